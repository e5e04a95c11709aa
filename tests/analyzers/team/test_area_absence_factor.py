from analyzers.team.area_absence_factor import area_absence_factor
from scanner.core.outcomes import NotApplicable
from tests.builders_checks_a import measured, tree
from tests.builders_people import area, knowledge

ALONE = area("src", {"ann": 9}, commits=20, factor=1, share=0.6)


def test_directories_in_work_that_one_person_carries() -> None:
    known = knowledge(
        areas=(
            ALONE,
            area("web", {"ann": 9}, commits=30, factor=2),
            area("api", {"ann": 9}, commits=25, factor=3),
            area("cli", {"ann": 9}, commits=40, factor=2),
            area("old", {"ann": 9}, commits=19, factor=1),
            area("docs", {"ann": 9}, commits=99, factor=1),
        )
    )
    outcome = measured(
        area_absence_factor(known, tree("src/a.py", "web/a.js", "api/a.py", "cli/a.py", "old/a.py", "docs"))
    )
    assert (outcome.value, outcome.sample) == (75, 4)
    assert [(p.path, p.message) for p in outcome.places] == [
        ("src", "one person made 60 % of the year's contributions")
    ]


def test_a_single_directory_in_work_is_the_repository() -> None:
    assert isinstance(area_absence_factor(knowledge(areas=(ALONE,)), tree("src/a.py", "web/a.py")), NotApplicable)
