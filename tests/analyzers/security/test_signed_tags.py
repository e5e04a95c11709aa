from datetime import timedelta

import pytest

from analyzers.security.signed_tags import signed_tags
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from scanner.facts.history import Tag, Tags
from tests.builders import AS_OF
from tests.builders_checks_b import measured, plain


def tag(signed: bool | None, *, annotated: bool = True, semantic: bool = True, days_ago: int = 9) -> Tag:
    return Tag("v1.0.0", AS_OF - timedelta(days=days_ago), semantic, signed, "ssh" if signed else "", annotated)


@pytest.mark.parametrize(
    ("tags", "value", "certainty"),
    [
        ((tag(True), tag(False), tag(False), tag(True)), 50, 1.0),
        ((tag(True), tag(None)), 100, 1.0),
        ((tag(True), tag(True, annotated=False)), 100, 0.7),
        ((tag(False, annotated=False), tag(True, semantic=False), tag(True, days_ago=366)), 0, 1.0),
    ],
)
def test_share_of_the_years_version_tags(tags: tuple[Tag, ...], value: float, certainty: float) -> None:
    outcome = measured(signed_tags(plain(Tags, tags=tags)))
    assert (outcome.value, outcome.certainty) == (value, certainty)


def test_no_versions_and_unread_tags() -> None:
    assert isinstance(signed_tags(plain(Tags, tags=(tag(True, semantic=False),))), NotApplicable)
    assert isinstance(signed_tags(plain(Tags, tags=(tag(None),))), Unknown)
