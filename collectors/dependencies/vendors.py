"""Collects the vendors a repository depends on and what its libraries are there for, by shipped tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from collectors.dependencies.names import VendorNames, tools, vendors
from scanner.core.collecting import Ask, Collector, Found, found
from scanner.facts.ci import Pipelines
from scanner.facts.dependencies import Dependencies, Toolkit, Vendors, VendorUse
from scanner.facts.infrastructure import Containers, Infrastructure
from scanner.repository import Repository

Via = Literal["sdk", "image", "iac", "action", "configuration"]


def toolkit(dependencies: Dependencies) -> Toolkit:
    """Packages by what they are for; direct dependencies only, since transitive ones are nobody's choice."""
    names = sorted({d.name for d in dependencies.dependencies if d.direct})
    uses = ((use, tuple(n for n in names if n in known)) for use, known in tools())
    return Toolkit(tuple((use, seen) for use, seen in uses if seen))


def vendor_uses(
    dependencies: Dependencies, containers: Containers, infrastructure: Infrastructure, pipelines: Pipelines
) -> Vendors:
    """One row per vendor, way and name seen, at the first place."""
    rows: list[VendorUse] = []
    for vendor in vendors():
        seen = (
            *_seen(
                vendor,
                "sdk",
                ((d.name, d.path, d.line) for d in dependencies.dependencies if d.direct and d.name in vendor.packages),
            ),
            *_seen(vendor, "image", ((i.image, i.path, i.line) for i in containers.images if i.image in vendor.images)),
            *_seen(
                vendor,
                "iac",
                ((r.type, r.path, r.line) for r in infrastructure.resources if r.provider in vendor.providers),
            ),
            *_seen(
                vendor,
                "action",
                ((u.name, u.path, u.line) for u in pipelines.uses if u.owner and u.owner in vendor.actions),
            ),
        )
        rows += seen
    return Vendors(tuple(sorted(rows, key=lambda r: (r.vendor, r.via, r.evidence))))


def _seen(vendor: VendorNames, via: Via, places: Iterable[tuple[str, str, int]]) -> Iterator[VendorUse]:
    named: set[str] = set()
    for name, path, line in sorted(places, key=lambda p: (p[1], p[2], p[0])):
        if name not in named:
            named.add(name)
            yield VendorUse(vendor.vendor, vendor.purpose, via, name, path, line)


def collect(ask: Ask[Repository]) -> Iterator[Found]:
    """Toolkit from packages; vendors from packages, images, declared infrastructure and CI actions."""
    dependencies = ask.fact(Dependencies)
    commit = ask.source.head
    yield found(toolkit(dependencies), "shipped table of packages by use", commit=commit)
    fact = vendor_uses(dependencies, ask.fact(Containers), ask.fact(Infrastructure), ask.fact(Pipelines))
    yield found(fact, "shipped table of vendors", commit=commit)


COLLECTOR = Collector(
    "vendors", "2", Repository, (Toolkit, Vendors), collect, needs=(Dependencies, Containers, Infrastructure, Pipelines)
)
