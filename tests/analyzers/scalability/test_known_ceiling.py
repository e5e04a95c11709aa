from analyzers.scalability.known_ceiling import known_ceiling
from tests.builders_checks_c import asks_its_own_question


def test_it_reads_its_own_answer() -> None:
    asks_its_own_question(known_ceiling)
