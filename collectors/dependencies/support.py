"""Collects runtimes, frameworks, images, databases and services with a published end of support."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from collectors.blobs import candidates, contents
from collectors.data import load_table
from collectors.dependencies import lower_bounds, runtimes
from collectors.dependencies.runtimes import Pinned
from collectors.dependencies.support_table import Cycle, Product, SupportTable, kind_of, shipped
from collectors.parsing import several, text
from scanner.core.collecting import Ask, Collector, Found, found
from scanner.facts.dependencies import Component, ComponentKind, Dependencies, SupportStatus, Unlisted
from scanner.facts.infrastructure import Containers
from scanner.facts.tree import Tree
from scanner.repository import Repository

UNLISTED = 2_000
NO_VERSION = "no version is written: the newest is taken"
DIGEST = "only a digest is written"
UNWRITTEN = "no version is written here"
RANGE = "a range is written, not a version"
LOWER_BOUND = "only a range is written: what runs is unknown"
NO_NUMBER = "what is written names no version"
NO_CYCLE = "the end-of-life table has no release line of this version"
NOT_LISTED = "not in the end-of-life table"


@dataclass(frozen=True, slots=True)
class _Seen:
    """A part of the stack as some file writes it; ``product`` is None when the table does not know it."""

    product: Product | None
    name: str
    version: str
    path: str
    line: int
    image: bool = False
    reason: str = ""

    @property
    def kind(self) -> ComponentKind:
        """What sort of component it is."""
        if self.product is None:
            return "image" if self.image else "framework"
        return kind_of(self.product, image=self.image)


def support(
    dependencies: Dependencies,
    containers: Containers,
    pins: Iterable[tuple[str, Pinned]],
    table: SupportTable,
    on: date,
    bounds: Iterable[tuple[str, Pinned]] = (),
) -> SupportStatus:
    """The fact as of ``on``: one component per product, cycle and file; what the table does not tell of is unlisted."""
    told = ((path, pin, "") for path, pin in pins)
    lower = ((path, bound, LOWER_BOUND) for path, bound in bounds)
    runtimes_seen = (
        _Seen(product, product.key, pin.version, path, pin.line, reason=reason)
        for path, pin, reason in (*told, *lower)
        if (product := table.product(pin.product))
    )
    seen = [*_packages(dependencies, table), *_images(containers, table), *runtimes_seen]
    components: dict[tuple[str, str, str], Component] = {}
    unlisted: dict[tuple[str, str, str, str], Unlisted] = {}
    unmatched = 0
    for one in sorted(seen, key=lambda s: (s.path, s.line, s.name, s.version)):
        newest = one.product.latest(on) if one.product else None
        latest = (newest.name, newest.released) if newest else ("", None)
        cycle = None if one.reason or one.product is None else _cycle(one.product, one.version)
        if cycle is not None:
            found = Component(
                one.name, cycle.name, one.kind, cycle.ends, cycle.ended(on), one.path, one.line, one.version, *latest
            )
            components.setdefault((one.name, cycle.name, one.path), found)
            continue
        unmatched += not one.reason
        reason = one.reason or (NO_CYCLE if any(c.isdigit() for c in one.version) else NO_NUMBER)
        missed = Unlisted(one.name, one.version, one.kind, one.path, one.line, reason, *latest)
        unlisted.setdefault((one.path, one.name, one.version, reason), missed)
    return SupportStatus(
        table.as_of,
        tuple(components[k] for k in sorted(components)),
        unmatched,
        tuple(unlisted[k] for k in sorted(unlisted))[:UNLISTED],
    )


def _packages(dependencies: Dependencies, table: SupportTable) -> Iterator[_Seen]:
    """Direct dependencies that the table knows, and frameworks that it does not."""
    for package in dependencies.dependencies:
        if not package.direct:
            continue
        product = table.of_package(package.purl)
        framework = package.name.lower() in frameworks().get(package.ecosystem, frozenset())
        if product is None and not framework:
            continue
        unpinned = RANGE if package.requirement else UNWRITTEN
        reason = ("" if package.version else unpinned) if product else NOT_LISTED
        version = package.version or package.requirement
        yield _Seen(
            product, product.key if product else package.name, version, package.path, package.line, reason=reason
        )


def _images(containers: Containers, table: SupportTable) -> Iterator[_Seen]:
    for image in containers.images:
        product = table.of_image(image.image)
        reason = "" if image.tag else DIGEST if image.digest else NO_VERSION
        named = product.key if product else image.image
        yield _Seen(
            product,
            named,
            image.tag,
            image.path,
            image.line,
            image=True,
            reason=reason if product else reason or NOT_LISTED,
        )


def _cycle(product: Product, version: str) -> Cycle | None:
    return product.cycle_of(version) or next((c for c in product.cycles if c.name == version), None)


@cache
def frameworks() -> Mapping[str, frozenset[str]]:
    """Frameworks without an entry in the table, by ecosystem, in small letters."""
    return {
        ecosystem: frozenset(map(text, several(names))) for ecosystem, names in load_table("frameworks.toml").items()
    }


def collect(ask: Ask[Repository]) -> Iterator[Found]:
    """Support status at the date of the assessment, by the shipped table."""
    pins: list[tuple[str, Pinned]] = []
    bounds: list[tuple[str, Pinned]] = []
    unread: list[str] = []
    for entry, content in contents(ask.source, candidates(ask.fact(Tree), _claims)):
        if not isinstance(content, bytes):
            continue
        try:
            found_pins = runtimes.pinned(entry.path, content) if runtimes.claims(entry.path) else []
            lower = lower_bounds.lower_bounds(entry.path, content) if lower_bounds.claims(entry.path) else []
        except ValueError:
            unread.append(entry.path)
            continue
        pins += [(entry.path, p) for p in found_pins]
        bounds += [(entry.path, p) for p in lower]
    table = shipped()
    fact = support(ask.fact(Dependencies), ask.fact(Containers), pins, table, ask.as_of.date(), bounds)
    caveat = f"{len(unread)} files could not be read" if unread else ""
    yield found(fact, f"endoflife.date table of {table.as_of}", commit=ask.source.head, caveat=caveat)


def _claims(path: str) -> bool:
    return runtimes.claims(path) or lower_bounds.claims(path)


COLLECTOR = Collector(
    "support-status", "3", Repository, (SupportStatus,), collect, needs=(Tree, Dependencies, Containers)
)
