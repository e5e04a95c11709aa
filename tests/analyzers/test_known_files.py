from analyzers.known_files import in_order, known_files, numbers, present_people
from tests.builders_checks_a import across, contributors, named, person, tree
from tests.builders_people import knowledge, knows


def test_who_is_active_anywhere_is_present() -> None:
    people = across(a=contributors(person("ann", 5), person("bob", 5)), b=contributors(person("ann", 1, 1)))
    assert present_people(people) == {"ann"}


def test_forgotten_files_stay_apart_from_those_that_all_share() -> None:
    known = knowledge(knows("1.py", "ann", "gone"), knows("2.py", "gone"), knows("3.py"), knows("v.js", "ann"))
    trees = across(a=tree("1.py", "2.py", "3.py", vendored=("v.js",)), c=tree("1.py"))
    files = known_files(across(a=known, b=known), trees, frozenset({"ann"}))
    assert list(files) == [named("a")]
    assert files[named("a")].knowers == {"1.py": {"P1"}, "3.py": frozenset()}
    assert files[named("a")].forgotten == 1


def test_people_are_numbered_by_the_paths_they_are_met_in_whatever_they_are_called() -> None:
    def told(first: str, second: str, third: str) -> tuple[object, dict[str, str]]:
        known = across(a=knowledge(knows("2.py", first, second), knows("1.py", second), knows("3.py", third)))
        trees, present = across(a=tree("1.py", "2.py", "3.py")), frozenset({first, second, third})
        return known_files(known, trees, present)[named("a")].knowers, numbers(known, trees, present)

    files, people = told("ann", "bob", "cleo")
    assert people == {"bob": "P1", "ann": "P2", "cleo": "P3"}
    assert files == {"1.py": {"P1"}, "2.py": {"P1", "P2"}, "3.py": {"P3"}}
    assert told("zoe", "yan", "abe")[0] == files, "another key gives other pseudonyms and the same numbers"


def test_people_who_know_the_same_files_are_interchangeable() -> None:
    known, trees = across(a=knowledge(knows("1.py", "ann", "bob"))), across(a=tree("1.py"))
    assert known_files(known, trees, frozenset({"ann", "bob"}))[named("a")].knowers == {"1.py": {"P1", "P2"}}
    assert in_order({"P10", "P2", "P1"}) == ("P1", "P2", "P10")
