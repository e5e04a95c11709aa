from analyzers.measurement.measures_reviewed import measures_reviewed
from tests.builders_checks_c import asks_its_own_question


def test_it_reads_its_own_answer() -> None:
    asks_its_own_question(measures_reviewed)
