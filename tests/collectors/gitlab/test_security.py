from collections.abc import Mapping
from typing import Any

from collectors.gitlab.security import COLLECTOR
from scanner.core.collecting import Found
from scanner.core.evidence import Unknown, Why
from scanner.core.outcomes import Severity
from scanner.facts.forge import Alert, SecurityAlerts, SecuritySettings
from tests.builders import AS_OF
from tests.builders_gitlab import PROJECT, PROJECT_RECORD, ago, asking, iso


def collected(**given: Any) -> dict[str, Found]:
    with asking(**given) as (ask, _):
        return {item.fact_type.__name__: item for item in COLLECTOR.collect(ask)}


def answered(enabled: list[str], *rows: Mapping[str, object], more: bool = False) -> dict[str, object]:
    ends = {"hasNextPage": more, "endCursor": "y"}
    return {"Security": {"securityScanners": {"enabled": enabled}, "vulnerabilities": {"pageInfo": ends, "nodes": list(rows)}}}  # fmt: skip


def test_vulnerabilities_of_scanners_that_are_on() -> None:
    got = collected()
    assert got["SecurityAlerts"].content == SecurityAlerts(
        AS_OF,
        ("code", "secret"),
        (
            Alert("code", Severity.HIGH, ago(days=10), None, "open"),
            Alert("code", Severity.MEDIUM, ago(days=20), ago(days=12), "dismissed"),
            Alert("secret", Severity.CRITICAL, ago(days=30), ago(days=25), "fixed"),
        ),
    )
    assert got["SecurityAlerts"].caveat == "dependency alerts: switched off"
    assert got["SecuritySettings"].content == SecuritySettings(False, True, False, True, None)


def test_what_was_fixed_after_the_date_was_open_then() -> None:
    row = {"reportType": "SAST", "severity": "LOW", "state": "RESOLVED", "detectedAt": iso(days=9), "resolvedAt": iso(days=-1), "dismissedAt": None}  # fmt: skip
    later = row | {"detectedAt": iso(days=-1)}
    told = collected(queries=answered(["SAST"], row, later))["SecurityAlerts"].content
    assert isinstance(told, SecurityAlerts)
    assert told.alerts == (Alert("code", Severity.LOW, ago(days=9), None, "open"),)


def test_without_any_scanner_there_are_no_alert_facts() -> None:
    got = collected(queries=answered([]))
    told = got["SecurityAlerts"].content
    assert isinstance(told, Unknown)
    assert told.why is Why.UNSUPPORTED
    assert got["SecuritySettings"].content == SecuritySettings(False, False, False, False, None)


def test_a_reader_who_is_no_maintainer_does_not_know_what_is_not_shown() -> None:
    hidden = {"Security": {"securityScanners": None, "vulnerabilities": None}}
    developer = PROJECT_RECORD | {"permissions": {"project_access": {"access_level": 20}, "group_access": None}}
    told = collected(queries=hidden, routes={PROJECT: developer})["SecurityAlerts"].content
    assert isinstance(told, Unknown)
    assert told.why is Why.AMBIGUOUS_404
    assert "Developer" in told.closes
    maintained = collected(queries=hidden)["SecurityAlerts"].content
    assert isinstance(maintained, Unknown)
    assert maintained.why is Why.NO_SUCH_NOTION
