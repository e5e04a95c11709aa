from analyzers.architecture.tangled_functions import tangled_functions
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable, Severity
from scanner.facts.code import Function, Functions
from tests.builders_checks_b import measured, plain


def functions(*cognitive_and_lines: tuple[int | None, int], seen: int = 100) -> Functions:
    made = tuple(plain(Function, name=f"f{c}", path="a.py", cognitive=c, lines=n) for c, n in cognitive_and_lines)
    return plain(Functions, functions=made, code_lines=100, code_lines_measured=seen)


def test_share_is_by_lines_of_what_is_known_and_fifteen_is_still_fine() -> None:
    outcome = measured(tangled_functions(functions((15, 40), (16, 20), (61, 20), (None, 30))))
    assert outcome.value == 50
    assert [(p.anchor, p.severity) for p in outcome.places] == [("f61", Severity.MEDIUM), ("f16", Severity.LOW)]


def test_too_little_known_is_unknown() -> None:
    assert isinstance(tangled_functions(functions((1, 10), seen=49)), Unknown)
    assert isinstance(tangled_functions(functions((1, 10), (None, 11))), Unknown)


def test_without_code_or_functions_the_question_is_empty() -> None:
    assert isinstance(tangled_functions(plain(Functions)), NotApplicable)
    assert isinstance(tangled_functions(functions()), NotApplicable)
