from analyzers.budget.work_estimated import work_estimated
from scanner.core.evidence import Unknown
from scanner.facts.engagement import Answers
from tests.builders_checks_a import answered, measured


def test_its_own_answer_counts_and_silence_is_unknown() -> None:
    assert measured(work_estimated(answered("BUD-011", 0))).value == 0
    assert isinstance(work_estimated(Answers(())), Unknown)
