from analyzers.strategy.strategy_stated import strategy_stated
from scanner.core.evidence import Unknown
from scanner.facts.engagement import Answers
from tests.builders_checks_a import answered, measured


def test_its_own_answer_counts_and_silence_is_unknown() -> None:
    assert measured(strategy_stated(answered("STR-004", 1))).value == 100
    assert isinstance(strategy_stated(Answers(())), Unknown)
