from analyzers.strategy.overdue_milestones import overdue_milestones
from scanner.core.outcomes import NotApplicable
from scanner.facts.forge import Milestone, Milestones
from tests.builders import AS_OF
from tests.builders_checks_a import ago, measured


def test_only_open_dated_milestones_count() -> None:
    milestones = (
        Milestone("b", ago(1), None, 3, 5),
        Milestone("a", ago(-1), None, 3, 5),
        Milestone("undated", None, None, 3, 5),
        Milestone("closed late", ago(9), ago(2), 0, 5),
    )
    outcome = measured(overdue_milestones(Milestones(AS_OF, milestones)))
    assert (outcome.value, outcome.sample) == (50, 2)
    assert [p.anchor for p in outcome.places] == ["b"]


def test_nothing_open() -> None:
    assert isinstance(overdue_milestones(Milestones(AS_OF, (Milestone("x", ago(9), ago(2), 0, 1),))), NotApplicable)
