import pytest

from analyzers.security.known_vulnerabilities import known_vulnerabilities
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable, Severity
from scanner.facts.dependencies import Dependencies, Manifest, Vulnerabilities, Vulnerability
from tests.builders_checks_b import measured, plain

WELL = Dependencies((), ())


def advisory(cve: str, severity: Severity, **given: object) -> Vulnerability:
    return plain(Vulnerability, **({"id": cve, "severity": severity, "direct": True, "name": "lib"} | given))


def test_weights_and_one_advisory_in_two_lock_files_counts_once() -> None:
    advisories = (
        advisory("CVE-1", Severity.HIGH, path="a.lock", fixed_in=("2.0",)),
        advisory("CVE-1", Severity.HIGH, path="b.lock"),
        advisory("CVE-2", Severity.MEDIUM, direct=False),
        advisory("CVE-3", Severity.CRITICAL, scope="development"),
    )
    outcome = measured(known_vulnerabilities(Vulnerabilities("osv", None, 30, 10, advisories), WELL))
    assert outcome.value == pytest.approx(5 + 1 + 2)
    assert outcome.certainty == 0.75
    assert [(p.rule, p.severity) for p in outcome.places[:2]] == [("CVE-1", Severity.HIGH), ("CVE-1", Severity.HIGH)]


@pytest.mark.parametrize(
    ("scope", "severity"),
    [("runtime", Severity.CRITICAL), ("unknown", Severity.CRITICAL), ("development", Severity.MEDIUM)],
)
def test_only_what_ships_is_critical(scope: str, severity: Severity) -> None:
    found = plain(Vulnerabilities, assessed=1, vulnerabilities=(advisory("CVE-1", Severity.CRITICAL, scope=scope),))
    assert measured(known_vulnerabilities(found, WELL)).places[0].severity is severity


def test_unassessed_is_unknown_unless_something_was_found() -> None:
    assert isinstance(known_vulnerabilities(plain(Vulnerabilities, assessed=4, unassessed=5), WELL), Unknown)
    found = plain(Vulnerabilities, assessed=4, unassessed=5, vulnerabilities=(advisory("CVE-1", Severity.LOW),))
    assert measured(known_vulnerabilities(found, WELL)).value == 0.5
    assert isinstance(known_vulnerabilities(plain(Vulnerabilities), WELL), NotApplicable)


def test_an_unreadable_manifest_is_named_and_lowers_the_certainty() -> None:
    broken = Dependencies((Manifest("pom.xml", "Maven", "manifest", "not XML"), Manifest("a", "npm", "lock", "")), ())
    outcome = measured(known_vulnerabilities(plain(Vulnerabilities, assessed=3, unassessed=1), broken))
    assert outcome.certainty == 0.75
    assert "1 unreadable manifest" in outcome.because
    assert "nothing is known of the other 1" in outcome.because
