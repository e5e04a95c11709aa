from datetime import timedelta

from analyzers.process.semantic_versions import semantic_versions
from scanner.core.outcomes import NotApplicable
from scanner.facts.history import Tag, Tags
from tests.builders import AS_OF
from tests.builders_checks_b import measured, plain


def tag(days_ago: float, semantic: bool) -> Tag:
    return Tag("t", AS_OF - timedelta(days=days_ago), semantic)


def test_share_of_the_years_tags() -> None:
    tags = (tag(366, False), tag(365, False), tag(300, True), tag(20, True), tag(10, True), tag(1, False))
    assert measured(semantic_versions(plain(Tags, tags=tags))).value == 75


def test_no_recent_tags() -> None:
    assert isinstance(semantic_versions(plain(Tags, tags=(tag(400, True),))), NotApplicable)
