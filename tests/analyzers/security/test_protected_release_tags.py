import pytest

from analyzers.security.protected_release_tags import protected_release_tags
from scanner.core.evidence import Unknown, Why
from scanner.core.outcomes import NotApplicable
from scanner.facts.forge import Release, Releases, RepositoryAccess, TagRule
from tests.builders_checks_b import measured, plain

RELEASES = plain(Releases, releases=tuple(plain(Release, tag=tag) for tag in ("v1.0", "v1.1", "v2.0", "app/v1")))


@pytest.mark.parametrize(
    ("rules", "share"),
    [
        ((), 0.0),
        ((TagRule(("v*",)),), 75.0),  # one star stops at a slash
        ((TagRule(("v*",)), TagRule(("app/*",))), 100.0),
        ((TagRule(("**",)),), 100.0),
        ((TagRule(("**",), ("v1.*",)),), 50.0),
        ((TagRule(("staging-*",)),), 0.0),
    ],
)
def test_a_release_counts_when_a_rule_is_for_its_tag(rules: tuple[TagRule, ...], share: float) -> None:
    found = measured(protected_release_tags(plain(RepositoryAccess, protected_tags=rules), RELEASES))
    assert found.value == share
    assert bool(found.places) is (share < 100)


def test_no_release_is_no_question_and_no_rule_shown_no_answer() -> None:
    ruled = plain(RepositoryAccess, protected_tags=())
    assert isinstance(protected_release_tags(ruled, plain(Releases)), NotApplicable)
    told = protected_release_tags(plain(RepositoryAccess), RELEASES)
    assert isinstance(told, Unknown)
    assert told.why is Why.FORBIDDEN
