from analyzers.state.stale_branches import stale_branches
from scanner.core.outcomes import NotApplicable
from tests.builders_checks_a import measured, profile


def test_the_count_is_the_value() -> None:
    assert measured(stale_branches(profile(branches=9, stale_branches=7))).value == 7
    assert measured(stale_branches(profile())).value == 0


def test_an_empty_repository_has_no_branches_to_judge() -> None:
    assert isinstance(stale_branches(profile(head="")), NotApplicable)
