from analyzers.architecture.debt_markers import debt_markers
from scanner.core.outcomes import NotApplicable
from scanner.facts.tree import Marker, Markers
from tests.builders_checks_b import measured, plain


def test_density_counts_all_marks_not_only_those_listed() -> None:
    listed = (Marker("a.py", 3, "TODO"), Marker("a.py", 1, "FIXME"), Marker("b.py", 9, "hack"))
    outcome = measured(debt_markers(Markers(total=30, code_lines=6000, markers=listed)))
    assert outcome.value == 5
    assert [(p.path, p.line) for p in outcome.places] == [("a.py", 1), ("b.py", 9)], "a TODO is no finding"


def test_a_few_lines_have_no_density() -> None:
    assert isinstance(debt_markers(plain(Markers, total=3, code_lines=199)), NotApplicable)
