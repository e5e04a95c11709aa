from analyzers.team.leavers_areas import leavers_areas
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from tests.builders_checks_a import across, contributors, measured, named, person, tree
from tests.builders_people import area, knowledge

TEAM = contributors(person("ann", 9, 1), person("gone", 900))
TREE = tree("src/a.py", "web/a.py", "lib/a.py", "few/a.py", "api/a.py")


def test_directories_whose_builders_left() -> None:
    known = knowledge(
        areas=(
            area("src", {"gone": 81, "ann": 19}),
            area("web", {"gone": 80, "ann": 20}),
            area("lib", {"ann": 50}),
            area("few", {"gone": 49}),
            area("doc", {"gone": 99}),
            area("api", {"gone": 40, "bob": 60}),
        )
    )
    people = across(a=TEAM, b=contributors(person("bob", 1, 1)))  # bob moved to another repository: he has not left
    outcome = measured(leavers_areas(across(a=known), people, across(a=TREE)))
    assert (outcome.value, outcome.sample) == (25, 4)
    assert [(p.path, p.subject) for p in outcome.places] == [("src", named("a"))]
    assert "19 %" in outcome.places[0].message


def test_dormant_small_and_unread() -> None:
    known = across(a=knowledge(areas=(area("src", {"gone": 81}),)))
    nobody = across(a=contributors(person("gone", 900)))
    assert isinstance(leavers_areas(known, nobody, across(a=TREE)), NotApplicable)
    assert isinstance(leavers_areas(known, across(a=TEAM), across(b=TREE)), Unknown)
    small = across(a=knowledge(areas=(area("src", {"gone": 9}),)))
    assert isinstance(leavers_areas(small, across(a=TEAM), across(a=TREE)), NotApplicable)
