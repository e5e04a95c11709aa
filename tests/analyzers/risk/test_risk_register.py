import pytest

from analyzers.risk.risk_register import risk_register
from scanner.core.evidence import Unknown
from tests.builders_checks_c import MOMENT, NO_ANSWERS, across, answers, document, documents, measured


@pytest.mark.parametrize(("days_old", "value"), [(180, 100), (181, 50), (365, 50), (366, 25)])
def test_the_newest_register_counts_by_its_age(days_old: int, value: float) -> None:
    estate = across(api=documents(document("risk-register", 900)), web=documents(document("risk-register", days_old)))
    assert measured(risk_register(estate, NO_ANSWERS, MOMENT)) == value


def test_without_a_document_people_are_asked() -> None:
    estate = across(api=documents(document("readme")))
    assert measured(risk_register(estate, answers("RIS-001", 0.5), MOMENT)) == 50
    assert isinstance(risk_register(estate, NO_ANSWERS, MOMENT), Unknown)


def test_an_unknown_age_is_no_pass() -> None:
    assert isinstance(
        risk_register(across(api=documents(document("risk-register", None))), NO_ANSWERS, MOMENT), Unknown
    )
