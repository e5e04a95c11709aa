"""Collects the known vulnerabilities of every dependency with an exact version."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.advisories.source import Advisories, Advisory
from scanner.core.collecting import Ask, Collector, Found, found
from scanner.core.evidence import Unreadable, Why
from scanner.core.text import counted
from scanner.facts.dependencies import Dependencies, Dependency, Vulnerabilities, Vulnerability

NAMED = 5
"""Unreadable manifests that the caveat names; the others are counted."""
_SCOPE_ORDER = ("runtime", "unknown", "optional", "build", "development")


def assess(dependencies: Dependencies, advisories: Advisories) -> Vulnerabilities:
    """The fact: one row per vulnerability, package and version, at its most exposed place.

    A dependency counts as unassessed without an exact version, without data on its ecosystem, or
    when its version cannot be compared. A manifest that was not read whole counts as one more
    unassessed, for at least that many may hide in it. Raises Unreadable when the source fails, or
    when manifests are there, none of them named a dependency and some could not be read.
    """
    broken = unreadable(dependencies)
    if broken and not dependencies.dependencies:
        detail = f"none of the {counted(len(broken), 'unreadable manifest')} could be matched"
        raise Unreadable(Why.UNPARSABLE, detail, "repair the manifests named in the gaps")
    places: dict[tuple[str, str, str], list[Dependency]] = {}
    unassessed = len(broken)
    for dependency in dependencies.dependencies:
        if dependency.version and advisories.covers(dependency.ecosystem):
            places.setdefault((dependency.ecosystem, dependency.name, dependency.version), []).append(dependency)
        else:
            unassessed += 1
    assessed = 0
    rows: list[Vulnerability] = []
    for (ecosystem, name, version), seen in sorted(places.items()):
        try:
            matches = advisories.match(ecosystem, name, version)
        except ValueError:
            unassessed += len(seen)
            continue
        assessed += len(seen)
        worst = min(seen, key=lambda d: (_SCOPE_ORDER.index(d.scope), not d.direct, d.path, d.line))
        rows += [_row(match, worst) for match in matches]
    rows.sort(key=lambda v: (-v.severity.rank, v.ecosystem, v.name, v.version, v.id))
    return Vulnerabilities(advisories.source, advisories.newest, assessed, unassessed, tuple(rows))


def unreadable(dependencies: Dependencies) -> tuple[str, ...]:
    """The paths of manifests and lock files that were not read whole, sorted."""
    return tuple(sorted(m.path for m in dependencies.manifests if m.problem))


def _caveat(unassessed: int, broken: tuple[str, ...]) -> str:
    said = []
    if unassessed > len(broken):
        without = counted(unassessed - len(broken), "dependency", "dependencies")
        said.append(f"not assessed for want of an exact version or advisory data: {without}")
    if broken:
        more = f" and {len(broken) - NAMED} more" if len(broken) > NAMED else ""
        said.append(f"{counted(len(broken), 'manifest')} could not be read: {', '.join(broken[:NAMED])}{more}")
    return "; ".join(said)


def _row(match: Advisory, place: Dependency) -> Vulnerability:
    return Vulnerability(
        match.id, match.aliases, place.ecosystem, place.name, place.version, match.severity, match.cvss, match.fixed_in,
        match.published, place.direct, place.scope, place.path, place.line,
    )  # fmt: skip


def collect(ask: Ask[Advisories]) -> Iterator[Found]:
    """Vulnerabilities known to the advisory source."""
    dependencies = ask.fact(Dependencies)
    fact = assess(dependencies, ask.source)
    yield found(fact, ask.source.source, caveat=_caveat(fact.unassessed, unreadable(dependencies)))


COLLECTOR = Collector(
    "vulnerabilities",
    "2",
    Advisories,
    (Vulnerabilities,),
    collect,
    needs=(Dependencies,),
    absent="no advisory data: give --advisories PATH (a folder or zip of OSV records), or let the scan go online",
)
