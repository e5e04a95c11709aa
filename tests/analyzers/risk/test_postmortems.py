import pytest

from analyzers.risk.postmortems import postmortems
from scanner.core.evidence import Unknown
from tests.builders_checks_c import MOMENT, NO_ANSWERS, across, answers, document, documents, measured


@pytest.mark.parametrize(("days_old", "value"), [(365, 100), (366, 50), (731, 25)])
def test_the_newest_record_counts(days_old: int, value: float) -> None:
    estate = across(api=documents(document("postmortem", 900)), web=documents(document("postmortem", days_old)))
    assert measured(postmortems(estate, NO_ANSWERS, MOMENT)) == value


def test_without_a_record_people_are_asked() -> None:
    estate = across(api=documents(document("runbook")))
    assert measured(postmortems(estate, answers("RIS-013", 1), MOMENT)) == 100
    assert isinstance(postmortems(estate, NO_ANSWERS, MOMENT), Unknown)
    assert isinstance(postmortems(across(api=documents(document("postmortem", None))), NO_ANSWERS, MOMENT), Unknown)
