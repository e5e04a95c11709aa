from analyzers.scalability.scale_smells import scale_smells
from scanner.core.outcomes import Measured, NotApplicable
from scanner.facts.code import ScaleSmells, Smell
from tests.builders_checks_c import measured


def test_smells_are_counted_per_thousand_lines() -> None:
    smells = (Smell("query-in-loop", "b.py", 3, "for x"), Smell("unbounded-read", "a.py", 9, "read()"))
    outcome = scale_smells(ScaleSmells(smells, 4000, 0))
    assert isinstance(outcome, Measured)
    assert outcome.value == 0.5
    assert [(p.path, p.line) for p in outcome.places] == [("a.py", 9), ("b.py", 3)]


def test_clean_code_is_measured_and_no_python_is_not() -> None:
    assert measured(scale_smells(ScaleSmells((), 100, 0))) == 0
    assert isinstance(scale_smells(ScaleSmells((), 0, 0)), NotApplicable)
