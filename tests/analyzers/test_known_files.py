from analyzers.known_files import known_files, present_people
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
    assert files[named("a")].knowers == {"1.py": {"ann"}, "3.py": frozenset()}
    assert files[named("a")].forgotten == 1
