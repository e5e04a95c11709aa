from analyzers.team.deputies import deputies
from scanner.core.evidence import Unknown
from tests.builders_checks_a import answered, measured


def test_its_own_answer_counts_and_silence_is_unknown() -> None:
    assert measured(deputies(answered("TEA-008", 1))).value == 100
    assert isinstance(deputies(answered("TEA-007", 1)), Unknown)
