from analyzers.scalability.co_change_islands import co_change_islands
from scanner.core.outcomes import NotApplicable
from scanner.facts.history import ChangeCoupling, CoupledPair
from tests.builders_checks_a import change, changes, measured, tree

PATHS = [f"{folder}/{n}.py" for folder in ("a", "b", "c", "d") for n in range(5)]
BUSY = changes(*(change(path, revisions=5) for path in PATHS))


def coupling(*pairs: tuple[str, str]) -> ChangeCoupling:
    return ChangeCoupling(365, 90, tuple(CoupledPair(a, b, 5, 0.5) for a, b in pairs))


def test_the_largest_group_across_folders() -> None:
    tied = coupling(
        ("a/0.py", "b/0.py"), ("b/0.py", "c/0.py"), ("c/0.py", "c/1.py"),  # four files of three folders
        ("d/0.py", "d/1.py"), ("d/1.py", "d/2.py"), ("d/2.py", "d/3.py"), ("d/3.py", "d/4.py"),  # five of one folder
        ("a/4.py", "b/4.py"), ("a/0.py", "tests/x.py"),
    )  # fmt: skip
    outcome = measured(co_change_islands(tied, BUSY, tree(*PATHS)))
    assert (outcome.value, outcome.sample) == (20, 20)
    assert [(p.path, p.message) for p in outcome.places] == [
        ("a/0.py", "4 files of 3 folders change together"),
        ("a/4.py", "2 files of 2 folders change together"),
    ]


def test_no_group_is_the_best_and_few_busy_files_do_not_apply() -> None:
    assert measured(co_change_islands(coupling(), BUSY, tree(*PATHS))).value == 0
    calm = changes(*(change(path, revisions=5) for path in PATHS[:19]), change(PATHS[19], revisions=4))
    assert isinstance(co_change_islands(coupling(), calm, tree(*PATHS)), NotApplicable)
