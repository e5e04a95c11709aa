from analyzers.state.dormant_repositories import dormant_repositories
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from scanner.facts.forge import ForgeRepository
from tests.builders_checks_a import across, activity, ago, measured, named


def record(*, archived: bool = False, fork: bool = False) -> ForgeRepository:
    return ForgeRepository("", (), archived, fork, False, "private", ago(900), "main", True, False, "", 0, 0, None, "")


def test_archives_and_forks_may_sleep() -> None:
    asleep = activity(commits_365_days=0, bot_commits_365_days=50)
    work = across(a=activity(), b=asleep, c=asleep, d=asleep)
    records = across(a=record(), b=record(), c=record(archived=True), d=record(fork=True))
    outcome = measured(dormant_repositories(work, records))
    assert (outcome.value, outcome.sample) == (50, 2)
    assert [p.subject for p in outcome.places] == [named("b")]


def test_nothing_open_does_not_apply_and_no_common_ground_is_unknown() -> None:
    assert isinstance(dormant_repositories(across(a=activity()), across(a=record(archived=True))), NotApplicable)
    assert isinstance(dormant_repositories(across(a=activity()), across(b=record())), Unknown)
