"""The stack of the estate in one list: what the end-of-life table tells of, and what it does not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from scanner.core.evidence import Across
from scanner.core.stack import STACK_KINDS, StackInventory, StackItem, StackKind, Standing, Support
from scanner.core.subjects import Subject
from scanner.facts.dependencies import SupportStatus, Vendors
from scanner.facts.infrastructure import Infrastructure
from scanner.facts.tree import CodeSize
from scanner.pipeline.drawings.folders import shown

ITEMS = 400
"""Most items; those beyond are counted."""
PLACES = 100
"""Most places of one item."""
YEAR = timedelta(days=365)
CLIENT = "a client library names no version of the server"
UNTOLD = "the file names no version"
VERSIONLESS = "a managed service without versions"
UNPINNED = "no file pins a version"
_RUNTIMES = {
    "Python": "python", "Go": "go", "JavaScript": "nodejs", "TypeScript": "nodejs", "TSX": "nodejs", "JSX": "nodejs", "Vue": "nodejs", "Java": "eclipse-temurin",
    "Kotlin": "eclipse-temurin", "Scala": "eclipse-temurin", "Ruby": "ruby", "PHP": "php", "Rust": "rust", "C#": "dotnet", "F#": "dotnet", "Elixir": "elixir",
    "Erlang": "erlang", "Perl": "perl", "Julia": "julia",
}  # fmt: skip
_VERSIONLESS = ("dynamodb", "cosmosdb", "firestore", "bigtable", "spanner", "bigquery")
_WORST_FIRST: tuple[Support, ...] = ("ended", "ending", "unknown", "supported")


@dataclass(frozen=True, slots=True)
class _Key:
    """What makes two places one item."""

    kind: StackKind
    name: str
    version: str
    cycle: str
    support: Support
    ends: date | None
    latest: str
    latest_on: date | None
    reason: str


_Found = tuple[_Key, Standing]


def stack(
    sizes: Across[CodeSize],
    support: Across[SupportStatus],
    vendors: Across[Vendors],
    infrastructure: Across[Infrastructure],
    on: date,
) -> StackInventory:
    """Everything that the repositories build upon as of ``on``, worst support first within each kind."""
    places: dict[_Key, list[Standing]] = defaultdict(list)
    for key, place in (*_components(support, on), *_databases(support, vendors, infrastructure)):
        places[key].append(place)
    items = [*_languages(sizes, places), *(_item(key, sorted(set(found), key=_place)) for key, found in places.items())]
    ordered = sorted(items, key=_order)
    days = [fact.table_as_of for _, fact in support]
    return StackInventory(tuple(ordered[:ITEMS]), max(days, default=None), tuple(sorted(support.unknown.items())), max(0, len(ordered) - ITEMS))  # fmt: skip


def _order(item: StackItem) -> tuple[int, int, int, str, str, str]:
    worst = 0 if item.kind == "language" else _WORST_FIRST.index(item.support)
    return (STACK_KINDS.index(item.kind), worst, -item.code_lines, item.name, item.version, item.reason)


def _place(place: Standing) -> tuple[Subject, str, int]:
    return place.subject, place.path, place.line


def _components(support: Across[SupportStatus], on: date) -> Iterator[_Found]:
    for subject, fact in support:
        for c in fact.components:
            ending = c.eol_on is not None and c.eol_on <= on + YEAR
            state: Support = "ended" if c.ended else "ending" if ending else "supported"
            undated = {"ended": "the table gives no day", "supported": "no end is announced"}
            reason = undated.get(state, "") if c.eol_on is None else ""
            key = _Key(
                c.kind,
                shown(c.product),
                shown(c.version or c.cycle),
                c.cycle,
                state,
                c.eol_on,
                c.latest,
                c.latest_on,
                reason,
            )
            yield key, Standing(subject, shown(c.path), c.line)
        for u in fact.unlisted:
            key = _Key(u.kind, shown(u.product), shown(u.version), "", "unknown", None, u.latest, u.latest_on, u.reason)
            yield key, Standing(subject, shown(u.path), u.line)


def _databases(
    support: Across[SupportStatus], vendors: Across[Vendors], infrastructure: Across[Infrastructure]
) -> Iterator[_Found]:
    """Databases that only a client library or a declaration without version tells of."""
    for subject, fact in vendors:
        for use in fact.uses:
            if use.purpose == "database" and use.via == "sdk":
                yield (
                    _unknown(use.vendor, f"{CLIENT} ({shown(use.evidence)})"),
                    Standing(subject, shown(use.path), use.line),
                )
    for subject, declared in infrastructure:
        told = support.known.get(subject)
        versions = {(c.path, c.line) for c in told.components} if told else set()
        for resource in declared.of("database", "cache"):
            managed = resource.type.startswith(("aws_", "azurerm_", "google_", "AWS::"))
            if managed and (resource.path, resource.line) not in versions:
                versionless = any(name in resource.type.lower() for name in _VERSIONLESS)
                reason = VERSIONLESS if versionless else UNTOLD
                yield _unknown(resource.type, reason), Standing(subject, shown(resource.path), resource.line)


def _unknown(name: str, reason: str) -> _Key:
    return _Key("database", shown(name), "", "", "unknown", None, "", None, reason)


def _item(key: _Key, places: list[Standing]) -> StackItem:
    return StackItem(
        key.kind, key.name, key.version, key.cycle, key.support, key.ends, key.latest, key.latest_on, key.reason,
        tuple(places[:PLACES]), len(places),
    )  # fmt: skip


def _languages(sizes: Across[CodeSize], places: Mapping[_Key, list[Standing]]) -> Iterator[StackItem]:
    """Each language with the versions of its runtime that the repositories written in it pin, the worst support among them."""
    lines: Counter[str] = Counter()
    spoken: dict[str, list[Subject]] = defaultdict(list)
    for subject, size in sizes:
        for told in size.languages:
            if told.code:
                lines[told.language] += told.code
                spoken[told.language].append(subject)
    for language, subjects in sorted(spoken.items()):
        product = _RUNTIMES.get(language, "")
        pinned = [
            k
            for k, found in places.items()
            if k.kind == "runtime" and k.name == product and {p.subject for p in found} & set(subjects)
        ]
        worst: Support = min((k.support for k in pinned), key=_WORST_FIRST.index, default="unknown")
        ends = min((k.ends for k in pinned if k.support == worst and k.ends is not None), default=None)
        newest = max(
            ((k.latest, k.latest_on) for k in pinned), key=lambda pair: pair[1] or date.min, default=("", None)
        )
        reason = (
            f"as its runtime {product}" if pinned else UNPINNED if product else "no support dates are published for it"
        )
        versions = ", ".join(sorted({k.version for k in pinned if k.version})[:6])
        standing = tuple(Standing(subject, "", 0) for subject in sorted(subjects))
        yield StackItem(
            "language", shown(language), versions, "", worst, ends, *newest, reason, standing[:PLACES], len(standing), lines[language]
        )  # fmt: skip
