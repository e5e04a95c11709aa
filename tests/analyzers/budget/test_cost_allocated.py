from analyzers.budget.cost_allocated import cost_allocated
from scanner.core.evidence import Unknown
from tests.builders_checks_a import answered, measured


def test_its_own_answer_counts_and_silence_is_unknown() -> None:
    assert measured(cost_allocated(answered("BUD-006", 0.5))).value == 50
    assert isinstance(cost_allocated(answered("BUD-001", 1)), Unknown)
