from analyzers.architecture.stack_spread import stack_spread
from scanner.core.outcomes import NotApplicable
from scanner.facts.tree import CodeSize, LanguageLines
from tests.builders_checks_b import across, measured, plain


def size(**code: int) -> CodeSize:
    return plain(CodeSize, languages=tuple(plain(LanguageLines, language=n, code=c) for n, c in code.items()))


def test_a_language_counts_over_the_whole_estate() -> None:
    outcome = measured(stack_spread(across(api=size(Python=851, Shell=49, Perl=49), web=size(Shell=1, Rust=50))))
    assert outcome.value == 3, "Shell has exactly 5 % over both repositories"
    assert outcome.because.endswith("Python, Rust, Shell")


def test_no_code_no_spread() -> None:
    assert isinstance(stack_spread(across(docs=plain(CodeSize))), NotApplicable)
