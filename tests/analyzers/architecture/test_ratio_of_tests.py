import pytest

from analyzers.architecture.ratio_of_tests import ratio_of_tests
from scanner.core.outcomes import Basis, NotApplicable
from scanner.facts.tree import CodeSize
from tests.builders_checks_b import measured, plain


@pytest.mark.parametrize(("tests", "expected"), [(0, 0), (100, 0.5), (400, 2)])
def test_ratio_of_lines(tests: int, expected: float) -> None:
    outcome = measured(ratio_of_tests(plain(CodeSize, product_code=200, test_code=tests)))
    assert outcome.value == expected
    assert outcome.basis is Basis.INFERRED


def test_a_script_needs_no_tests() -> None:
    assert isinstance(ratio_of_tests(plain(CodeSize, product_code=199)), NotApplicable)
