import pytest

from analyzers.architecture.copied_code import copied_code
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable, Severity
from scanner.facts.duplication import Copy, Duplication
from tests.builders_checks_b import measured


def test_share_of_copied_lines() -> None:
    copies = (Copy("a.py", 3, 50), Copy("b.py", 9, 10))
    outcome = measured(copied_code(Duplication(copies, 60, 400, 400, 400)))
    assert outcome.value == 15
    assert [(p.path, p.line, p.severity) for p in outcome.places] == [
        ("a.py", 3, Severity.MEDIUM),
        ("b.py", 9, Severity.LOW),
    ]


@pytest.mark.parametrize("seen", [Duplication((), 0, 199, 199, 400), Duplication((), 0, 0, 400, 400)])
def test_too_little_compared_is_unknown_not_free_of_copies(seen: Duplication) -> None:
    assert isinstance(copied_code(seen), Unknown)


def test_a_few_lines_are_no_question() -> None:
    assert isinstance(copied_code(Duplication((), 0, 199, 199, 199)), NotApplicable)
