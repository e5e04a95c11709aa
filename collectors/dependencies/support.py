"""Collects runtimes, frameworks, images, databases and services with a published end of support."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from collectors.blobs import candidates, contents
from collectors.dependencies import runtimes
from collectors.dependencies.runtimes import Pinned
from collectors.dependencies.support_table import Cycle, Product, SupportTable, kind_of, shipped
from scanner.core.collecting import Ask, Collector, Found, found
from scanner.facts.dependencies import Component, Dependencies, SupportStatus
from scanner.facts.infrastructure import Containers
from scanner.facts.tree import Tree
from scanner.repository import Repository


def support(
    dependencies: Dependencies,
    containers: Containers,
    pins: Iterable[tuple[str, Pinned]],
    table: SupportTable,
    on: date,
) -> SupportStatus:
    """The fact as of ``on``: one component per product, cycle and file."""
    seen: list[tuple[Product, str, str, int, bool]] = []
    for dependency in dependencies.dependencies:
        product = table.of_package(dependency.purl)
        if product and dependency.version and dependency.direct:
            seen.append((product, dependency.version, dependency.path, dependency.line, False))
    for image in containers.images:
        product = table.of_image(image.image)
        if product and image.tag:
            seen.append((product, image.tag, image.path, image.line, True))
    for path, pin in pins:
        if product := table.product(pin.product):
            seen.append((product, pin.version, path, pin.line, False))
    components: dict[tuple[str, str, str], Component] = {}
    unmatched = 0
    for product, version, path, line, image_like in sorted(seen, key=lambda s: (s[2], s[3], s[0].key, s[1])):
        cycle = product.cycle_of(version) or _exact(product, version)
        if cycle is None:
            unmatched += 1
            continue
        kind = kind_of(product, image=image_like)
        component = Component(product.key, cycle.name, kind, cycle.ends, cycle.ended(on), path, line)
        components.setdefault((product.key, cycle.name, path), component)
    return SupportStatus(table.as_of, tuple(components[k] for k in sorted(components)), unmatched)


def _exact(product: Product, version: str) -> Cycle | None:
    return next((c for c in product.cycles if c.name == version), None)


def collect(ask: Ask[Repository]) -> Iterator[Found]:
    """Support status at the date of the assessment, by the shipped table."""
    pins: list[tuple[str, Pinned]] = []
    unread: list[str] = []
    for entry, content in contents(ask.source, candidates(ask.fact(Tree), runtimes.claims)):
        try:
            pins += (
                [(entry.path, p) for p in runtimes.pinned(entry.path, content)] if isinstance(content, bytes) else []
            )
        except ValueError:
            unread.append(entry.path)
    table = shipped()
    fact = support(ask.fact(Dependencies), ask.fact(Containers), pins, table, ask.as_of.date())
    caveat = f"{len(unread)} files could not be read" if unread else ""
    yield found(fact, f"endoflife.date table of {table.as_of}", commit=ask.source.head, caveat=caveat)


COLLECTOR = Collector(
    "support-status", "2", Repository, (SupportStatus,), collect, needs=(Tree, Dependencies, Containers)
)
