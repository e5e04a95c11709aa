from analyzers.team.people_practices import people_practices
from scanner.core.evidence import Unknown
from scanner.facts.engagement import Answers
from tests.builders_checks_a import answered, measured


def test_its_own_answer_counts_and_silence_is_unknown() -> None:
    assert measured(people_practices(answered("TEA-014", 0.25))).value == 25
    assert isinstance(people_practices(Answers(())), Unknown)
