from analyzers.architecture.long_functions import long_functions
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable, Severity
from scanner.facts.code import Function, Functions
from tests.builders_checks_b import measured, plain


def functions(*lengths: int, seen: int = 1000) -> Functions:
    made = tuple(plain(Function, name=f"f{n}", path="a.py", lines=n) for n in lengths)
    return plain(Functions, functions=made, code_lines=1000, code_lines_measured=seen)


def test_sixty_lines_are_still_a_page() -> None:
    outcome = measured(long_functions(functions(60, 61, 241, 38)))
    assert outcome.value == 75.5
    assert [(p.anchor, p.severity) for p in outcome.places] == [("f241", Severity.MEDIUM), ("f61", Severity.LOW)]


def test_unmeasured_code_is_unknown_and_no_code_is_no_question() -> None:
    assert isinstance(long_functions(functions(10, seen=499)), Unknown)
    assert isinstance(long_functions(plain(Functions)), NotApplicable)
