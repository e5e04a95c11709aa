from datetime import timedelta

from analyzers.process.release_cadence import release_cadence
from scanner.core.outcomes import NotApplicable
from scanner.facts.history import CommitActivity, Tag, Tags
from scanner.facts.infrastructure import RuntimeTraits
from tests.builders import AS_OF
from tests.builders_checks_b import measured, plain

BUSY = plain(CommitActivity, commits_365_days=100)
LIBRARY, SERVICE = plain(RuntimeTraits), plain(RuntimeTraits, deployable=True)


def tags(*days_ago: float) -> Tags:
    return plain(
        Tags, tags=tuple(Tag(f"v{d}", AS_OF - timedelta(days=d), True) for d in sorted(days_ago, reverse=True))
    )


def test_tags_of_one_day_are_one_release_and_old_ones_do_not_count() -> None:
    assert measured(release_cadence(tags(365, 100.1, 100.2, 3), BUSY, SERVICE)).value == 2


def test_a_stuck_release_is_zero_but_a_finished_library_is_left_alone() -> None:
    assert measured(release_cadence(tags(500), BUSY, LIBRARY)).value == 0
    assert isinstance(release_cadence(tags(500), plain(CommitActivity), LIBRARY), NotApplicable)
    assert isinstance(release_cadence(tags(), BUSY, LIBRARY), NotApplicable)
    assert isinstance(release_cadence(tags(500), BUSY, SERVICE), NotApplicable), "PRO-008 asks a service"
