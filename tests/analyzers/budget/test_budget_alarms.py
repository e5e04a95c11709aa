from analyzers.budget.budget_alarms import budget_alarms
from scanner.core.outcomes import NotApplicable
from tests.builders_checks_a import across, infrastructure, measured, resource


def test_budgets_are_counted_over_the_estate() -> None:
    facts = across(a=infrastructure(resource("database")), b=infrastructure(resource("budget")))
    outcome = measured(budget_alarms(facts))
    assert (outcome.value, outcome.certainty) == (1, 0.9)


def test_none_is_a_weak_zero_and_no_cloud_does_not_apply() -> None:
    assert measured(budget_alarms(across(a=infrastructure(resource("database"))))).certainty == 0.6
    portable = infrastructure(resource("compute", provider="kubernetes"))
    assert isinstance(budget_alarms(across(a=portable, b=infrastructure())), NotApplicable)
