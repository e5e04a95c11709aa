from analyzers.scalability.capacity_rehearsal import capacity_rehearsal
from tests.builders_checks_c import asks_its_own_question


def test_it_reads_its_own_answer() -> None:
    asks_its_own_question(capacity_rehearsal)
