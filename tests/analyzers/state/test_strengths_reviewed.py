from analyzers.state.strengths_reviewed import strengths_reviewed
from scanner.core.evidence import Unknown
from tests.builders_checks_a import answered, measured


def test_its_own_answer_counts_and_silence_is_unknown() -> None:
    assert measured(strengths_reviewed(answered("STA-010", 0.25))).value == 25
    assert isinstance(strengths_reviewed(answered("STA-010", None)), Unknown)
