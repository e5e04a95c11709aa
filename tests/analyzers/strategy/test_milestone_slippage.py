from analyzers.strategy.milestone_slippage import milestone_slippage
from scanner.core.outcomes import NotApplicable
from scanner.facts.forge import Milestone, Milestones
from tests.builders import AS_OF
from tests.builders_checks_a import ago, measured


def test_median_of_those_closed_within_the_year() -> None:
    milestones = (
        Milestone("late", ago(100), ago(80), 0, 5),
        Milestone("early", ago(50), ago(54), 0, 5),
        Milestone("punctual", ago(30), ago(20), 0, 5),
        Milestone("last year", ago(900), ago(400), 0, 5),
        Milestone("no date", None, ago(10), 0, 5),
        Milestone("open", ago(10), None, 3, 5),
    )
    outcome = measured(milestone_slippage(Milestones(AS_OF, milestones)))
    assert (outcome.value, outcome.sample) == (10, 3)


def test_nothing_closed() -> None:
    assert isinstance(milestone_slippage(Milestones(AS_OF, ())), NotApplicable)
