from analyzers.communication.management_reporting import management_reporting
from scanner.core.evidence import Unknown
from scanner.facts.engagement import Answers
from tests.builders_checks_a import answered, measured


def test_its_own_answer_counts_and_silence_is_unknown() -> None:
    assert measured(management_reporting(answered("COM-013", 1))).value == 100
    assert isinstance(management_reporting(Answers(())), Unknown)
