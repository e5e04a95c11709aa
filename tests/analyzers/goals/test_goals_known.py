from analyzers.goals.goals_known import goals_known
from scanner.core.evidence import Unknown
from tests.builders_checks_a import answered, measured


def test_its_own_answer_counts_and_silence_is_unknown() -> None:
    assert measured(goals_known(answered("GOA-002", 0.5))).value == 50
    assert isinstance(goals_known(answered("GOA-001", 1)), Unknown)
