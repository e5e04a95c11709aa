from datetime import timedelta

from analyzers.security.alerts_fixed_in_time import alerts_fixed_in_time
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable, Severity
from scanner.facts.forge import Alert, SecurityAlerts
from tests.builders import AS_OF
from tests.builders_checks_b import measured, plain


def alert(opened: float, closed: float | None, state: str, severity: Severity = Severity.HIGH) -> Alert:
    at = None if closed is None else AS_OF - timedelta(days=closed)
    return plain(Alert, severity=severity, opened_at=AS_OF - timedelta(days=opened), closed_at=at, state=state)


def alerts(*made: Alert) -> SecurityAlerts:
    return plain(SecurityAlerts, kinds=("dependency",), alerts=made)


def test_young_open_and_dismissed_alerts_are_not_yet_late() -> None:
    outcome = alerts_fixed_in_time(
        alerts(
            alert(100, 70, "fixed"), alert(10, 9, "fixed"), alert(100, 69, "fixed"), alert(31, None, "open"),
            alert(30, None, "open"), alert(100, 99, "dismissed"), alert(400, None, "open", Severity.MEDIUM),
        )
    )  # fmt: skip
    assert measured(outcome).value == 50
    assert measured(outcome).because.endswith("1 are open for longer")


def test_unreadable_is_unknown_and_none_due_is_no_question() -> None:
    assert isinstance(alerts_fixed_in_time(plain(SecurityAlerts)), Unknown)
    assert isinstance(alerts_fixed_in_time(alerts(alert(1, None, "open"))), NotApplicable)
