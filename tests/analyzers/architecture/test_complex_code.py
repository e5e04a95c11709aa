import pytest

from analyzers.architecture.complex_code import complex_code
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable, Severity
from scanner.facts.code import Function, Functions
from tests.builders_checks_b import measured, plain


def functions(*complexity_and_lines: tuple[int, int], seen: int = 100) -> Functions:
    made = tuple(plain(Function, name=f"f{c}", path="a.py", complexity=c, lines=n) for c, n in complexity_and_lines)
    return plain(Functions, functions=made, code_lines=100, code_lines_measured=seen)


def test_share_is_by_lines_and_ten_is_still_fine() -> None:
    outcome = measured(complex_code(functions((10, 30), (11, 20), (51, 30), (1, 20))))
    assert outcome.value == 50
    assert [(p.anchor, p.severity) for p in outcome.places] == [("f51", Severity.HIGH), ("f11", Severity.LOW)]


def test_too_little_measured_is_unknown() -> None:
    assert isinstance(complex_code(functions((1, 10), seen=49)), Unknown)


@pytest.mark.parametrize("empty", [plain(Functions), functions()])
def test_without_code_or_functions_the_question_is_empty(empty: Functions) -> None:
    assert isinstance(complex_code(empty), NotApplicable)
