"""Security scanners that are switched on, and the vulnerabilities they found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Literal

from scanner.core.collecting import Ask, Collector, Found, found, hole
from scanner.core.evidence import Unknown, Unreadable, Why
from scanner.core.outcomes import Severity
from scanner.facts.forge import Alert, SecurityAlerts, SecuritySettings
from scanner.http.forge import ABSENT
from scanner.http.gitlab import DEVELOPER, GitlabQuery
from scanner.http.gitlab_sources import GitlabProjectSource, is_unknown_field
from scanner.http.shape import Node

MOST_PAGES = 5
QUERY = GitlabQuery(
    "Security",
    """
    query Security($path: ID!, $after: String) {
      project(fullPath: $path) {
        securityScanners { enabled }
        vulnerabilities(first: 100, after: $after, sort: detected_desc) {
          pageInfo { hasNextPage endCursor }
          nodes { reportType severity state detectedAt resolvedAt dismissedAt }
        }
      }
    }
    """,
    DEVELOPER,
)
"""Titles and descriptions, which may quote a secret, are not asked for."""
AlertKind = Literal["dependency", "code", "secret"]
_KINDS: dict[str, AlertKind] = {
    "DEPENDENCY_SCANNING": "dependency",
    "CONTAINER_SCANNING": "dependency",
    "SAST": "code",
    "SECRET_DETECTION": "secret",
}
"""By GitLab's name of the scanner; findings of running applications and of infrastructure are of no kind here."""
_ORDER: tuple[AlertKind, ...] = ("dependency", "code", "secret")


def collect(ask: Ask[GitlabProjectSource]) -> Iterator[Found]:
    """One query for each 100 vulnerabilities, at most five."""
    source = ask.source
    source.expect_judged()
    where = f"POST /api/graphql {QUERY.name}({source.full_name})"
    told = _read(source)
    if isinstance(told, Unknown):
        yield hole(SecurityAlerts, told, where)
        yield hole(SecuritySettings, told, where)
        return
    on, read, more = told
    if on:
        missing = [f"{kind} alerts: switched off" for kind in _ORDER if kind not in on]
        said = [*missing, *([f"the newest {len(read):,} vulnerabilities only"] if more else [])]
        fact = SecurityAlerts(ask.as_of, tuple(kind for kind in _ORDER if kind in on), parse(read, on, ask.as_of))
        yield found(fact, where, caveat="; ".join(said))
    else:
        off = Unknown(
            Why.UNSUPPORTED, "dependency, code and secret scanners are all switched off", "switch scanners on"
        )
        yield hole(SecurityAlerts, off, where)
    yield found(_settings(source.record(), on), where)


def _read(source: GitlabProjectSource) -> tuple[frozenset[AlertKind], list[Node], bool] | Unknown:
    """Kinds of scanners that are on, vulnerabilities latest first, and whether there are more; else why it is not told."""
    read: list[Node] = []
    scanners: Node | None = None
    cursor: str | None = None
    more = False
    for _ in range(MOST_PAGES):
        try:
            project = source.query(QUERY, after=cursor)
        except Unreadable as problem:
            if not is_unknown_field(problem):
                raise
            return source.missing("list of vulnerabilities")
        scanners = project.node_or_none("securityScanners")
        listed = project.node_or_none("vulnerabilities")
        if scanners is None or listed is None:
            refused = Unknown(Why.AMBIGUOUS_404, f"{project.where}: no vulnerabilities", QUERY.right.closes)
            return source.missing("list of vulnerabilities") if source.lacks() else refused
        read += listed.nodes("nodes")
        ends = listed.node("pageInfo")
        more = ends.flag("hasNextPage")
        if not more:
            break
        if ends.text("endCursor", 1000) == cursor:
            raise Unreadable(Why.UNPARSABLE, f"the pages of {project.where} lead in a circle")
        cursor = ends.text("endCursor", 1000)
    enabled = scanners.texts("enabled") if scanners else ()
    return frozenset(_KINDS[name] for name in enabled if name in _KINDS), read, more


def _settings(record: Node, on: frozenset[AlertKind]) -> SecuritySettings:
    """Private reports are confidential issues, which need no switch: none is told of."""
    guard = record.flag_or_none("secret_push_protection_enabled")
    return SecuritySettings(
        vulnerability_alerts="dependency" in on,
        secret_scanning="secret" in on,
        push_protection=record.flag_or_none("pre_receive_secret_detection_enabled") if guard is None else guard,
        code_scanning="code" in on,
        private_reporting=None,
    )


def parse(nodes: Iterable[Node], kinds: frozenset[AlertKind], as_of: datetime) -> tuple[Alert, ...]:
    """Vulnerabilities of ``kinds`` as they stood at ``as_of``, newest first."""
    alerts = []
    for node in nodes:
        kind = _KINDS.get(node.text("reportType"))
        opened_at = node.moment("detectedAt")
        if kind is None or kind not in kinds or opened_at > as_of:
            continue
        fixed = node.has("resolvedAt")
        closed_at = node.moment_or_none("resolvedAt" if fixed else "dismissedAt")
        if node.text("state") not in ("RESOLVED", "DISMISSED") or closed_at is None or closed_at > as_of:
            alerts.append(Alert(kind, _severity(node), opened_at, None, "open"))
        else:
            alerts.append(Alert(kind, _severity(node), opened_at, closed_at, "fixed" if fixed else "dismissed"))
    return tuple(sorted(alerts, key=lambda a: (a.opened_at, a.severity.rank, a.kind), reverse=True))


def _severity(node: Node) -> Severity:
    told = node.text("severity").lower()
    return Severity(told) if told in set(Severity) else Severity.MEDIUM


COLLECTOR = Collector(
    name="gitlab-security",
    version="1",
    source=GitlabProjectSource,
    provides=(SecuritySettings, SecurityAlerts),
    collect=collect,
    permissions=("read_api, held by a Developer",),
    absent=ABSENT,
)
