from analyzers.risk.oldest_exposure import oldest_exposure
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable, Severity
from tests.builders_checks_c import MOMENT, measured, vulnerabilities, vulnerability


def test_the_oldest_repairable_runtime_weakness_counts() -> None:
    found = vulnerabilities(
        vulnerability(days_old=40),
        vulnerability(days_old=100, severity=Severity.CRITICAL),
        vulnerability(days_old=900, severity=Severity.MEDIUM),
        vulnerability(days_old=900, fixed_in=()),
        vulnerability(days_old=900, scope="development"),
    )
    assert measured(oldest_exposure(found, MOMENT)) == 100


def test_clean_unassessed_and_empty_differ() -> None:
    assert measured(oldest_exposure(vulnerabilities(), MOMENT)) == 0
    assert isinstance(oldest_exposure(vulnerabilities(assessed=4, unassessed=5), MOMENT), Unknown), "too little is seen"
    assert isinstance(oldest_exposure(vulnerabilities(vulnerability(1, published=None)), MOMENT), Unknown), (
        "no date is no pass"
    )
    assert isinstance(oldest_exposure(vulnerabilities(assessed=0), MOMENT), NotApplicable)
