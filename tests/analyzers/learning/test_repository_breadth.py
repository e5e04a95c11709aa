from analyzers.learning.repository_breadth import repository_breadth
from scanner.core.outcomes import NotApplicable
from tests.builders_checks_a import across, contributors, measured, person


def test_regulars_of_two_repositories() -> None:
    facts = across(
        a=contributors(person("ann", 5), person("bob", 9), person("cleo", 9), person("guest", 4)),
        b=contributors(person("ann", 5), person("bob", 4), person("dan", 9)),
        c=contributors(person("dan", 1), person("cleo", 4), person("eve", 9)),
    )
    outcome = measured(repository_breadth(facts))
    assert (outcome.value, outcome.sample) == (20, 5)


def test_few_repositories_or_people_do_not_apply() -> None:
    team = contributors(*(person(name, 9) for name in ("ann", "bob", "cleo", "dan")))
    assert isinstance(repository_breadth(across(a=team, b=team)), NotApplicable)
    three = contributors(*(person(name, 9) for name in ("ann", "bob", "cleo")))
    assert isinstance(repository_breadth(across(a=three, b=three, c=three)), NotApplicable)
