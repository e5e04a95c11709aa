from analyzers.risk.alert_fix_time import alert_fix_time
from scanner.core.evidence import Unknown
from scanner.core.outcomes import Measured, NotApplicable, Severity
from scanner.facts.forge import Alert, SecurityAlerts
from tests.builders import AS_OF
from tests.builders_checks_c import ago


def alert(severity: Severity, opened: float, closed: float | None = None) -> Alert:
    if closed is None:
        return Alert("dependency", severity, ago(opened), None, "open")
    return Alert("dependency", severity, ago(opened), ago(closed), "fixed")


def test_each_severity_has_its_own_deadline() -> None:
    alerts = (
        alert(Severity.CRITICAL, 100, 85),
        alert(Severity.CRITICAL, 100, 84),
        alert(Severity.HIGH, 100, 70),
        alert(Severity.HIGH, 800),
        alert(Severity.MEDIUM, 300),
        alert(Severity.HIGH, 800, 400),
    )
    outcome = alert_fix_time(SecurityAlerts(AS_OF, ("dependency",), alerts))
    assert isinstance(outcome, Measured)
    assert (outcome.value, outcome.sample) == (50, 4), "late: the second, and the one open for 800 days"


def test_an_alert_not_yet_due_says_nothing() -> None:
    fresh = SecurityAlerts(AS_OF, ("dependency",), (alert(Severity.CRITICAL, 14),))
    assert isinstance(alert_fix_time(fresh), NotApplicable)


def test_no_readable_kind_is_unknown() -> None:
    assert isinstance(alert_fix_time(SecurityAlerts(AS_OF, (), ())), Unknown)
