from datetime import timedelta

import pytest

from collectors.github.security import COLLECTOR, parse_code, parse_dependency, parse_secret
from scanner.core.evidence import Unknown, Unreadable, Why
from scanner.core.outcomes import Severity
from scanner.demo.forge import ForgeData, SettingsRecord
from scanner.facts.forge import Alert, SecurityAlerts, SecuritySettings
from tests.builders import AS_OF
from tests.builders_github import API, ago, asking, collected, data, node

OPENED = ago(days=9)
CLOSED = ago(days=4)


def test_alerts_of_all_kinds_are_read() -> None:
    found = collected(COLLECTOR, data(private=False))
    alerts = found["SecurityAlerts"].content
    assert isinstance(alerts, SecurityAlerts)
    assert alerts.kinds == ("dependency", "code", "secret")
    assert alerts.alerts == (
        Alert("dependency", Severity.CRITICAL, ago(days=40), None, "open"),
        Alert("dependency", Severity.LOW, ago(days=50), ago(days=45), "fixed"),
        Alert("code", Severity.HIGH, ago(days=10), ago(days=5), "dismissed"),
        Alert("secret", Severity.CRITICAL, ago(days=7), None, "open"),
    )
    assert found["SecuritySettings"].content == SecuritySettings(True, True, False, True, True)


def test_switched_off_is_no_proof_of_no_alerts() -> None:
    found = collected(COLLECTOR, data(private=False, settings=SettingsRecord(), alerts=()))
    alerts = found["SecurityAlerts"].content
    assert isinstance(alerts, Unknown)
    assert alerts.why is Why.UNSUPPORTED
    assert found["SecuritySettings"].content == SecuritySettings(False, False, False, False, False)


def test_one_kind_switched_off_is_told() -> None:
    found = collected(COLLECTOR, data(settings=SettingsRecord(vulnerability_alerts=True), alerts=API.alerts[:1]))
    alerts = found["SecurityAlerts"]
    assert isinstance(alerts.content, SecurityAlerts)
    assert alerts.content.kinds == ("dependency",)
    assert alerts.caveat == "code alerts: switched off; secret alerts: switched off"


def test_a_reader_without_rights_learns_nothing_of_settings() -> None:
    found = collected(COLLECTOR, data(admin=False, private=False))
    settings = found["SecuritySettings"].content
    assert settings == SecuritySettings(None, None, None, None, True)
    alerts = found["SecurityAlerts"].content
    assert isinstance(alerts, Unknown)
    assert alerts.why is Why.AMBIGUOUS_404
    assert "Dependabot alerts: read" in alerts.closes


def test_a_dependency_alert_that_is_closed_later_is_open_now() -> None:
    later = (AS_OF + timedelta(days=1)).isoformat()
    row = {"created_at": OPENED.isoformat(), "security_advisory": {"severity": "high"}}
    assert parse_dependency(node(**row, fixed_at=later), AS_OF) == Alert(
        "dependency", Severity.HIGH, OPENED, None, "open"
    )
    fixed = Alert("dependency", Severity.HIGH, OPENED, CLOSED, "fixed")
    assert parse_dependency(node(**row, fixed_at=CLOSED.isoformat()), AS_OF) == fixed
    dismissed = Alert("dependency", Severity.HIGH, OPENED, CLOSED, "dismissed")
    assert parse_dependency(node(**row, auto_dismissed_at=CLOSED.isoformat()), AS_OF) == dismissed
    assert parse_dependency(node(**row | {"created_at": later}), AS_OF) is None


@pytest.mark.parametrize(
    ("rule", "severity"),
    [
        ({"security_severity_level": "critical", "severity": "note"}, Severity.CRITICAL),
        ({"severity": "error"}, Severity.HIGH), ({"severity": "warning"}, Severity.MEDIUM),
        ({"severity": "note"}, Severity.LOW), ({"severity": "none"}, Severity.INFO), ({}, Severity.MEDIUM),
    ],
)  # fmt: skip
def test_a_code_alert_has_the_severity_of_its_rule(rule: dict[str, str], severity: Severity) -> None:
    found = parse_code(node(created_at=OPENED.isoformat(), rule=rule), AS_OF)
    assert found is not None
    assert found.severity is severity


def test_a_secret_alert_never_carries_its_value() -> None:
    row = {"created_at": OPENED.isoformat(), "secret": "AKIAIOSFODNN7EXAMPLE", "validity": "active"}
    found = parse_secret(node(**row), AS_OF)
    assert found == Alert("secret", Severity.CRITICAL, OPENED, None, "open")
    assert "AKIA" not in repr(found)
    closed = {"resolved_at": CLOSED.isoformat(), "validity": "inactive"}
    revoked = parse_secret(node(**row | closed, resolution="revoked"), AS_OF)
    assert revoked == Alert("secret", Severity.HIGH, OPENED, CLOSED, "fixed")
    ignored = parse_secret(node(**row | closed, resolution="wont_fix"), AS_OF)
    assert ignored == Alert("secret", Severity.HIGH, OPENED, CLOSED, "dismissed")


def asked(given: ForgeData) -> list[str]:
    with asking(given) as (ask, standin):
        list(COLLECTOR.collect(ask))
        return [name.removeprefix("GET /repos/acme/api") for name in standin.seen]


def test_what_the_record_says_is_off_and_what_a_private_repository_is_not_offered_is_not_asked_for() -> None:
    settings = SettingsRecord(vulnerability_alerts=True)
    assert asked(data(settings=settings, alerts=())) == ["", "/dependabot/alerts"]
    for admin in (True, False):
        public = asked(data(settings=settings, alerts=(), admin=admin, private=False))
        assert {"/code-scanning/alerts", "/secret-scanning/alerts", "/private-vulnerability-reporting"} < set(public)
    assert collected(COLLECTOR, data(settings=settings))["SecuritySettings"].content == SecuritySettings(
        True, False, False, False, None
    )


@pytest.mark.parametrize("kind", ["archived", "fork", "template"])
def test_a_repository_that_is_not_judged_is_asked_for_its_record_alone(kind: str) -> None:
    with asking(data(**{kind: True})) as (ask, standin), pytest.raises(Unreadable) as caught:
        list(COLLECTOR.collect(ask))
    assert caught.value.hole.why is Why.NOT_REQUESTED
    assert "not judged" in caught.value.hole.detail
    assert standin.seen == ["GET /repos/acme/api"]
