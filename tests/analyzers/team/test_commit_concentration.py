import pytest

from analyzers.team.commit_concentration import commit_concentration
from scanner.core.outcomes import NotApplicable
from tests.builders_checks_a import across, contributors, measured, person


def test_four_equal_people_are_a_quarter() -> None:
    facts = across(
        a=contributors(person("ann", 10), person("bob", 5)),
        b=contributors(person("bob", 5), person("cid", 10), person("dee", 10), person("old", 0)),
    )
    assert measured(commit_concentration(facts)).value == pytest.approx(0.25)


def test_one_person_is_one_and_too_little_is_nothing() -> None:
    assert measured(commit_concentration(across(a=contributors(person("ann", 20))))).value == 1
    assert isinstance(commit_concentration(across(a=contributors(person("ann", 19)))), NotApplicable)
