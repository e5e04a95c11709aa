"""Collects twelve-factor and operations signals, by paths and by plain words in product code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from collectors.blobs import matcher
from collectors.data import load_table
from collectors.infrastructure import dockerfile
from collectors.parsing import decode, several, text
from scanner.core.collecting import Ask, Collector, Found, found
from scanner.core.evidence import Unknown
from scanner.facts.ci import Pipelines
from scanner.facts.infrastructure import RuntimeTraits
from scanner.facts.tree import Tree, TreeEntry
from scanner.repository import Repository

_TABLE = {k: tuple(text(v) for v in several(row)) for k, row in load_table("traits.toml").items()}
_HEALTH = re.compile(
    r"[\"'`/](?:healthz?|livez|readyz|health_?check|health-check|liveness|readiness|_health|actuator/health)[\"'`/]"
)
_ENDPOINT = re.compile(
    r"[\"'`](?:https?|redis|postgres(?:ql)?|mysql|mongodb(?:\+srv)?|amqps?|kafka|tcp)://([A-Za-z0-9_.@:-]{3,200})"
)
_ADDRESS = re.compile(r"[\"'`](\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3})(?::\d{2,5})?[\"'`]")
_MAX_PER_FILE = 20
_MAX_TOTAL = 500


@dataclass(frozen=True, slots=True)
class CodeSignals:
    """What one file of code shows. Lists hold line numbers."""

    reads_environment: bool
    endpoints: tuple[int, ...]
    local_state: tuple[int, ...]
    health: bool


def signals(content: bytes) -> CodeSignals:
    """Plain words and addresses in one file; comment lines do not count."""
    source = decode(content)
    endpoints: list[int] = []
    local: list[int] = []
    health = False
    for number, line in enumerate(source.split("\n"), start=1):
        stripped = line[:2000].strip()
        if not stripped or stripped.startswith(("#", "//", "*", "/*", "<!--", "--")):
            continue
        if "://" in stripped or "." in stripped:
            endpoints += [number] if _hard_coded(stripped) else []
        if any(word in stripped for word in _TABLE["local_state"]):
            local.append(number)
        health = health or (
            ("heal" in stripped or "read" in stripped or "live" in stripped) and bool(_HEALTH.search(stripped))
        )
    environment = any(word in source for word in _TABLE["environment"])
    return CodeSignals(environment, tuple(endpoints[:_MAX_PER_FILE]), tuple(local[:_MAX_PER_FILE]), health)


def _hard_coded(line: str) -> bool:
    for host in _ENDPOINT.findall(line):
        bare = host.rpartition("@")[2].partition(":")[0].lower()
        if (
            ("." in bare or host.count(":"))
            and not any(known in bare for known in _TABLE["public_hosts"])
            and "environ" not in line
            and "getenv" not in line.lower()
        ):
            return True
    return any(
        not a.startswith(("127.", "0.", "255.")) and all(int(p) < 256 for p in a.split("."))
        for a in _ADDRESS.findall(line)
    )


def by_path(paths: Iterable[str], patterns: tuple[str, ...]) -> tuple[str, ...]:
    """Paths that match a pattern, ordered; see `matcher`."""
    return tuple(sorted(filter(matcher(*patterns), paths)))[:_MAX_TOTAL]


def deployable(paths: Iterable[str], pipelines: Pipelines) -> bool:
    """Whether something here is meant to run somewhere: a container file, a platform's file, a deploying pipeline."""
    lowered = [p.lower() for p in paths]
    return pipelines.does("deploy") or any(
        dockerfile.claims(p) or p.rsplit("/", 1)[-1] in _TABLE["platforms"] for p in lowered
    )


def traits(
    entries: Iterable[TreeEntry], code: Iterable[tuple[str, CodeSignals]], pipelines: Pipelines
) -> RuntimeTraits:
    """The fact, from the tree's entries and the signals of its product code."""
    listed = [e for e in entries if e.role not in ("vendored", "generated") and e.kind in ("file", "executable")]
    paths = [e.path for e in listed]
    live = [e.path for e in listed if e.role not in ("example", "documentation", "test")]
    migrations = [p for p in by_path(live, _TABLE["migrations"]) if not p.endswith("__init__.py")]
    read = sorted(code, key=lambda pair: pair[0])
    return RuntimeTraits(
        environment_config=tuple(p for p, s in read if s.reads_environment)[:_MAX_TOTAL],
        hard_coded_endpoints=tuple((p, n) for p, s in read for n in s.endpoints)[:_MAX_TOTAL],
        local_state=tuple((p, n) for p, s in read for n in s.local_state)[:_MAX_TOTAL],
        health_endpoints=tuple(p for p, s in read if s.health)[:_MAX_TOTAL],
        api_contracts=by_path(live, _TABLE["contracts"]),
        migrations=tuple(migrations),
        load_tests=by_path((p for p in paths if not p.startswith(".github/")), _TABLE["load_tests"]),
        dashboards=by_path(live, _TABLE["dashboards"]),
        alerts=by_path(live, _TABLE["alerts"]),
        slos=by_path(live, _TABLE["slos"]),
        deployable=deployable(live, pipelines),
    )


def collect(ask: Ask[Repository]) -> Iterator[Found]:
    """Runtime traits; product files that could not be read are counted in the caveat."""
    tree = ask.fact(Tree)
    product = [
        e
        for e in tree.entries
        if e.role == "product" and e.kind in ("file", "executable") and e.path.lower().endswith(_TABLE["code_suffixes"])
    ]
    read: list[tuple[str, CodeSignals]] = []
    unread = 0
    results = ask.source.per_blob(
        "runtime-traits", COLLECTOR.version, product, lambda _, content: signals(content), CodeSignals
    )
    for entry, result in results:
        if isinstance(result, Unknown):
            unread += 1
        else:
            read.append((entry.path, result))
    caveat = f"{unread} of {len(product)} product files could not be read" if unread else ""
    fact = traits(tree.entries, read, ask.fact(Pipelines))
    yield found(fact, f"paths and {len(product)} product files", commit=ask.source.head, caveat=caveat)


COLLECTOR = Collector("runtime-traits", "1", Repository, (RuntimeTraits,), collect, needs=(Tree, Pipelines))
