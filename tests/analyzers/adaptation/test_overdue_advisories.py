from analyzers.adaptation.overdue_advisories import overdue_advisories
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable, Severity
from tests.builders_checks_c import MOMENT, measured, vulnerabilities, vulnerability


def test_only_severe_repairable_and_old_ones_count_once() -> None:
    found = vulnerabilities(
        vulnerability(31),
        vulnerability(31, path="other/package-lock.json"),
        vulnerability(30),
        vulnerability(90, severity=Severity.MEDIUM),
        vulnerability(91, fixed_in=()),
        assessed=50,
    )
    assert measured(overdue_advisories(found, MOMENT)) == 2


def test_clean_unassessed_and_empty_differ() -> None:
    assert measured(overdue_advisories(vulnerabilities(), MOMENT)) == 0
    assert isinstance(overdue_advisories(vulnerabilities(assessed=4, unassessed=5), MOMENT), Unknown), (
        "too little is seen"
    )
    assert isinstance(overdue_advisories(vulnerabilities(vulnerability(1, published=None)), MOMENT), Unknown), (
        "no date is no pass"
    )
    assert isinstance(overdue_advisories(vulnerabilities(assessed=0), MOMENT), NotApplicable)
