from analyzers.architecture.deep_nesting import deep_nesting
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable, Severity
from scanner.facts.code import Function, Functions
from tests.builders_checks_b import measured, plain


def functions(*levels_and_lines: tuple[int | None, int], seen: int = 100) -> Functions:
    made = tuple(plain(Function, name=f"f{c}", path="a.py", nesting=c, lines=n) for c, n in levels_and_lines)
    return plain(Functions, functions=made, code_lines=100, code_lines_measured=seen)


def test_share_is_by_lines_of_what_is_known_and_four_is_still_fine() -> None:
    outcome = measured(deep_nesting(functions((4, 40), (5, 20), (17, 20), (None, 30))))
    assert outcome.value == 50
    assert [(p.anchor, p.severity) for p in outcome.places] == [("f17", Severity.LOW), ("f5", Severity.LOW)]


def test_too_little_known_is_unknown() -> None:
    assert isinstance(deep_nesting(functions((1, 10), seen=49)), Unknown)
    assert isinstance(deep_nesting(functions((1, 10), (None, 11))), Unknown)


def test_without_code_or_functions_the_question_is_empty() -> None:
    assert isinstance(deep_nesting(plain(Functions)), NotApplicable)
    assert isinstance(deep_nesting(functions()), NotApplicable)
