from analyzers.system_people import SystemPeople, system_people
from scanner.facts.engagement import System
from tests.builders_checks_a import across, contributors, person


def test_people_of_all_repositories_of_a_system() -> None:
    facts = across(
        shopa=contributors(person("ann", 6, 1), person("bob", 3), person("gone", 0, 0, 90)),
        shopb=contributors(person("bob", 3), person("cleo", 4, 2)),
        pay=contributors(person("dan", 99, 9)),
    )
    # ann 6, bob 6, cleo 4 of 16: two make over half
    assert system_people(System("shop", ("shop*",)), facts) == SystemPeople(2, 3, 2, 0.375)
    assert system_people(System("far", ("far",)), facts) == SystemPeople(0, 0, 0, 0.0)
