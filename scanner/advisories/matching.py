"""Whether an OSV record's ``affected`` entry holds for a version (https://ossf.github.io/osv-schema/#evaluation)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cvss import CVSS2, CVSS3, CVSS4, CVSSError

from scanner.advisories.source import severity_of
from scanner.advisories.versions import Ordered, version_key
from scanner.core.outcomes import Severity

_WORDS = {
    "low": Severity.LOW,
    "moderate": Severity.MEDIUM,
    "medium": Severity.MEDIUM,
    "high": Severity.HIGH,
    "critical": Severity.CRITICAL,
}
_SEMVER_ECOSYSTEMS = frozenset({"npm", "Go", "crates.io"})


@dataclass(frozen=True, slots=True)
class Hit:
    """That a version is affected, and the nearest fixes above it."""

    fixed_in: tuple[str, ...]


def affected_by(ecosystem: str, version: str, entry: Mapping[str, object]) -> Hit | None:
    """Literal versions first, then SEMVER and ECOSYSTEM ranges; GIT ranges are left out.

    ValueError when only a range could tell and ``version`` has no place in the order.
    """
    literal = version in texts(entry.get("versions")) or _without_v(ecosystem, version) in texts(entry.get("versions"))
    ranges = [r for r in objects(entry.get("ranges")) if r.get("type") in ("SEMVER", "ECOSYSTEM")]
    if not ranges:
        return Hit(()) if literal else None
    key = version_key(ecosystem)
    try:
        mine = key(version)
    except ValueError:
        if literal:
            return Hit(())
        raise
    hits = [h for r in ranges if (h := _in_range(key, mine, objects(r.get("events")))) is not None]
    if not hits and not literal:
        return None
    return Hit(tuple(sorted({f for h in hits for f in h.fixed_in})))


def rating(record: Mapping[str, object], entry: Mapping[str, object]) -> tuple[Severity, float | None]:
    """Severity and CVSS base score: the newest vector's, else the database's word, else medium."""
    vectors = [*objects(record.get("severity")), *objects(entry.get("severity"))]
    by_type = {str(v.get("type")): str(v.get("score")) for v in vectors}
    for kind in ("CVSS_V4", "CVSS_V3", "CVSS_V2"):
        score = cvss_score(by_type[kind]) if kind in by_type else None
        if score is not None:
            return severity_of(score), score
    for holder in (record, entry):
        specific = holder.get("database_specific")
        word = specific.get("severity") if isinstance(specific, dict) else None
        if isinstance(word, str) and word.lower() in _WORDS:
            return _WORDS[word.lower()], None
    return Severity.MEDIUM, None


def cvss_score(vector: str) -> float | None:
    """The base score of a CVSS v2, v3 or v4 vector, None when it is not one."""
    try:
        if vector.startswith("CVSS:4"):
            return float(CVSS4(vector).base_score)
        if vector.startswith("CVSS:3"):
            return float(CVSS3(vector).base_score)
        return float(CVSS2(vector).base_score)
    except (CVSSError, ValueError, KeyError, ArithmeticError):
        return None


def texts(value: object) -> list[str]:
    """The texts in a list, [] when it is none."""
    return [v for v in value if isinstance(v, str)] if isinstance(value, list) else []


def objects(value: object) -> list[dict[str, object]]:
    """The objects in a list, [] when it is none."""
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []


def _without_v(ecosystem: str, version: str) -> str:
    return version.removeprefix("v") if ecosystem in _SEMVER_ECOSYSTEMS else version


def _in_range(key: Callable[[str], Ordered], mine: Ordered, events: list[dict[str, object]]) -> Hit | None:
    """Walk the events in the order of their versions; a range with a version out of order tells nothing."""
    points: list[tuple[Ordered | None, str, str]] = []
    try:
        for event in events:
            for kind in ("introduced", "fixed", "last_affected"):
                if isinstance(version := event.get(kind), str):
                    lowest = kind == "introduced" and version == "0"
                    points.append((None if lowest else key(version), kind, version))
    except ValueError:
        return None
    vulnerable = False
    for at, kind, _ in _in_order(points):
        if kind == "introduced" and (at is None or not mine < at):
            vulnerable = True
        elif (kind == "fixed" and at is not None and not mine < at) or (
            kind == "last_affected" and at is not None and at < mine
        ):
            vulnerable = False
    if not vulnerable:
        return None
    later = (v for at, kind, v in _in_order(points) if kind == "fixed" and at is not None and mine < at)
    nearest = next(later, None)
    return Hit((nearest,) if nearest else ())


def _in_order(points: list[tuple[Ordered | None, str, str]]) -> list[tuple[Ordered | None, str, str]]:
    lowest = [p for p in points if p[0] is None]
    rest = [(at, kind, v) for at, kind, v in points if at is not None]
    ordered: list[tuple[Ordered, str, str]] = []
    for point in rest:
        position = sum(not point[0] < other[0] for other in ordered)
        ordered.insert(position, point)
    return [*lowest, *ordered]
