from analyzers.team.tenure_spread import tenure_spread
from scanner.core.outcomes import NotApplicable
from scanner.facts.history import PersonActivity
from tests.builders_checks_a import across, ago, contributors, measured, person


def since(name: str, days: float, recent: int = 1, ever: int = 9) -> PersonActivity:
    return person(name, 9, recent, ever, first_at=ago(days))


def test_tenure_counts_from_the_first_commit_anywhere() -> None:
    here = contributors(
        since("ann", 366), since("bob", 365), since("cleo", 100), since("dan", 1000), since("eve", 2000, 0)
    )
    there = contributors(since("cleo", 730, 0))
    outcome = measured(tenure_spread(across(a=here, b=there)))
    assert (outcome.value, outcome.sample) == (75, 4)  # bob has been there for a year, not over one; eve is not active
    # 366, 365, 730 and 1000 days: quartiles 365.75 and 797.5, median 548
    assert "between 1.0 and 2.2 years, median 1.5" in outcome.because


def test_passers_by_small_teams_and_young_histories() -> None:
    few = contributors(since("ann", 900), since("bob", 900), since("cleo", 900), since("dan", 900, 1, 4))
    assert isinstance(tenure_spread(across(a=few)), NotApplicable)
    young = contributors(*(since(name, 729) for name in ("ann", "bob", "cleo", "dan")))
    assert isinstance(tenure_spread(across(a=young)), NotApplicable)
