from analyzers.team.silo_files import silo_files
from scanner.core.outcomes import NotApplicable
from tests.builders_checks_a import activity, change, changes, measured, tree


def test_only_product_files_in_work_count() -> None:
    history = changes(
        change("a.py", share=0.9, revisions=10),
        change("b.py", share=0.8, revisions=10),
        change("c.py", share=1.0, revisions=2),
        change("vendor/x.js", share=1.0, revisions=9),
        change("d.py", share=0.4),
        change("e.py", share=0.5),
    )
    outcome = measured(
        silo_files(history, activity(), tree("a.py", "b.py", "c.py", "d.py", "e.py", vendored=("vendor/x.js",)))
    )
    assert (outcome.value, outcome.sample) == (25, 4)
    assert [p.path for p in outcome.places] == ["a.py"]


def test_nothing_in_work() -> None:
    assert isinstance(silo_files(changes(change("a.py", revisions=2)), activity(), tree("a.py")), NotApplicable)
