"""Security features that are switched on, and the alerts they raised."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Literal

from scanner.core.collecting import Ask, Collector, Found, found, hole
from scanner.core.evidence import Unknown, Unreadable, Why
from scanner.core.outcomes import Severity
from scanner.facts.forge import Alert, SecurityAlerts, SecuritySettings
from scanner.http.forge import ABSENT
from scanner.http.github.judged import expect_judged, is_private
from scanner.http.github.permissions import (
    ADMINISTRATION,
    CODE_SCANNING,
    DEPENDABOT,
    METADATA,
    SECRET_SCANNING,
    Permission,
)
from scanner.http.github.sources import GithubRepositorySource
from scanner.http.refused import Refused
from scanner.http.shape import Node

MOST_PAGES = 5
AlertKind = Literal["dependency", "code", "secret"]
_SWITCHED_OFF = ("disabled", "not enabled", "must be enabled", "no analysis found")


@dataclass(frozen=True, slots=True)
class _Feed:
    """One kind of alerts: where it is listed and how a row reads."""

    kind: AlertKind
    path: str
    permission: Permission
    parse: Callable[[Node, datetime], Alert | None]
    switch: str = ""
    """What the repository's record calls the feature."""
    hides_values: bool = False


@dataclass(frozen=True, slots=True)
class _Heard:
    """What a feed answered: its alerts, that it is switched off, or why it could not be read."""

    alerts: tuple[Alert, ...] = ()
    on: bool | None = None
    problem: Unknown | None = None
    more: bool = False


def collect(ask: Ask[GithubRepositorySource]) -> Iterator[Found]:
    """One request for each kind of alerts that is not known to be off, more for over 100 of them.

    One for whether there are alerts at all where their list does not tell, one for a public repository's private reports.
    """
    expect_judged(ask.source)
    heard = {feed.kind: _listen(ask, feed) for feed in FEEDS}
    yield _alerts(heard, ask)
    yield _settings(heard, ask.source)


def _listen(ask: Ask[GithubRepositorySource], feed: _Feed) -> _Heard:
    if _is_off(ask.source, feed):
        return _Heard(on=False)
    hide = {"hide_secret": "true"} if feed.hides_values else {}
    read: list[Node] = []
    more = False
    try:
        for page in ask.source.pages(feed.path, feed.permission, "", MOST_PAGES, **hide):
            read += page.items
            more = page.more
        return _Heard(_sorted(feed.parse(node, ask.as_of) for node in read), on=True, more=more)
    except Refused as refused:
        off = refused.status in (403, 404) and any(word in refused.said.lower() for word in _SWITCHED_OFF)
        return _Heard(on=False if off else None, problem=refused.hole)
    except Unreadable as problem:
        return _Heard(problem=problem.hole)


def _is_off(source: GithubRepositorySource, feed: _Feed) -> bool:
    """Whether the record says so of a private repository; of public ones, where scanning is free, only the list tells."""
    try:
        return (
            is_private(source) and _status(source.record().node_or_none("security_and_analysis"), feed.switch) is False
        )
    except Unreadable:
        return False


def _sorted(alerts: Iterable[Alert | None]) -> tuple[Alert, ...]:
    return tuple(sorted((a for a in alerts if a), key=lambda a: (a.opened_at, a.severity.rank), reverse=True))


def _alerts(heard: dict[AlertKind, _Heard], ask: Ask[GithubRepositorySource]) -> Found:
    source = "GET " + ", ".join(ask.source.path(feed.path) for feed in FEEDS)
    readable = {kind: h for kind, h in heard.items() if h.on}
    if not readable:
        unread = [h.problem for h in heard.values() if h.problem and h.on is None]
        off = Unknown(Why.UNSUPPORTED, "dependency, code and secret alerts are all switched off", "switch alerts on")
        return hole(SecurityAlerts, unread[0] if unread else off, source)
    said = [f"{kind} alerts: {_reason(h)}" for kind, h in heard.items() if not h.on]
    said += [f"{kind} alerts: the newest {len(h.alerts)} only" for kind, h in readable.items() if h.more]
    alerts = tuple(alert for h in readable.values() for alert in h.alerts)
    missing = tuple(kind for kind, h in heard.items() if h.on is None)
    return found(SecurityAlerts(ask.as_of, tuple(readable), alerts, missing), source, caveat="; ".join(said))


def _reason(heard: _Heard) -> str:
    if heard.on is False:
        return "switched off"
    return heard.problem.why.value if heard.problem else "unread"


def _settings(heard: dict[AlertKind, _Heard], source: GithubRepositorySource) -> Found:
    analysis = source.record().node_or_none("security_and_analysis")
    scanning = _status(analysis, "secret_scanning")
    alerts_on = heard["dependency"].on
    settings = SecuritySettings(
        vulnerability_alerts=_vulnerability_alerts(source) if alerts_on is None else alerts_on,
        secret_scanning=heard["secret"].on if scanning is None else scanning,
        push_protection=_status(analysis, "secret_scanning_push_protection"),
        code_scanning=heard["code"].on,
        private_reporting=_private_reporting(source),
    )
    if settings == SecuritySettings(None, None, None, None, None):
        unread = Unknown(Why.FORBIDDEN, "no security setting may be seen", ADMINISTRATION.closes)
        return hole(SecuritySettings, unread, source.label())
    offered = [f.name for f in fields(settings) if f.name != "private_reporting" or not is_private(source)]
    unseen = [name.replace("_", " ") for name in offered if getattr(settings, name) is None]
    return found(settings, source.label(), caveat=f"not shown: {', '.join(unseen)}" if unseen else "")


def _status(analysis: Node | None, key: str) -> bool | None:
    feature = analysis.node_or_none(key) if analysis else None
    return None if feature is None else feature.text("status") == "enabled"


def _vulnerability_alerts(source: GithubRepositorySource) -> bool | None:
    """204: on; 404: off, but only an administrator's 404 means that."""
    try:
        source.once("/vulnerability-alerts", ADMINISTRATION)
    except Refused as refused:
        return False if refused.status == 404 and source.is_admin() else None
    except Unreadable:
        return None
    return True


def _private_reporting(source: GithubRepositorySource) -> bool | None:
    """None where GitHub does not offer it, which is in all repositories that are not public, or does not show it."""
    path = "/private-vulnerability-reporting"
    if is_private(source):
        return None
    try:
        return Node(source.once(path, METADATA), source.label(path)).flag("enabled")
    except Unreadable:
        return None


def _alert(
    kind: AlertKind, severity: Severity, node: Node, closed_at: datetime | None, as_of: datetime, *, fixed: bool
) -> Alert | None:
    opened_at = node.moment("created_at")
    if opened_at > as_of:
        return None
    if closed_at is None or closed_at > as_of:
        return Alert(kind, severity, opened_at, None, "open")
    return Alert(kind, severity, opened_at, closed_at, "fixed" if fixed else "dismissed")


def parse_dependency(node: Node, as_of: datetime) -> Alert | None:
    """A Dependabot alert as it stood at ``as_of``."""
    severity = Severity(_one_of(node.node("security_advisory").text("severity")))
    closed_at = _first(node, "fixed_at", "dismissed_at", "auto_dismissed_at")
    return _alert("dependency", severity, node, closed_at, as_of, fixed=node.has("fixed_at"))


def parse_code(node: Node, as_of: datetime) -> Alert | None:
    """A code scanning alert; a rule without a security level counts by its own (error: high, warning: medium)."""
    rule = node.node("rule")
    plain = {"error": "high", "warning": "medium", "note": "low", "none": "info"}
    level = rule.text_or("security_severity_level") or plain.get(rule.text_or("severity"), "medium")
    closed_at = _first(node, "fixed_at", "dismissed_at")
    return _alert("code", Severity(_one_of(level)), node, closed_at, as_of, fixed=node.has("fixed_at"))


def parse_secret(node: Node, as_of: datetime) -> Alert | None:
    """A secret scanning alert; its value is neither asked for nor read. Still valid or public: critical, else high."""
    worse = node.text_or("validity") == "active" or node.flag_or_false("publicly_leaked")
    severity = Severity.CRITICAL if worse else Severity.HIGH
    fixed = node.text_or("resolution") == "revoked"
    return _alert("secret", severity, node, node.moment_or_none("resolved_at"), as_of, fixed=fixed)


def _one_of(severity: str) -> str:
    return severity if severity in set(Severity) else "medium"


def _first(node: Node, *keys: str) -> datetime | None:
    return next((node.moment(key) for key in keys if node.has(key)), None)


FEEDS = (
    _Feed("dependency", "/dependabot/alerts", DEPENDABOT, parse_dependency),
    _Feed("code", "/code-scanning/alerts", CODE_SCANNING, parse_code, "code_security"),
    _Feed("secret", "/secret-scanning/alerts", SECRET_SCANNING, parse_secret, "secret_scanning", hides_values=True),
)

COLLECTOR = Collector(
    name="github-security",
    version="2",
    source=GithubRepositorySource,
    provides=(SecuritySettings, SecurityAlerts),
    collect=collect,
    permissions=(
        "Administration: read", "Dependabot alerts: read", "Code scanning alerts: read", "Secret scanning alerts: read",
    ),
    absent=ABSENT,
)  # fmt: skip
