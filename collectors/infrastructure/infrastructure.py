"""Collects declared infrastructure: Terraform, CloudFormation, Kubernetes, compose, and known faults in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from collectors.blobs import candidates, contents
from collectors.infrastructure import dockerfile, reading
from collectors.infrastructure.declared import Declared
from scanner.core.collecting import Ask, Collector, Found, found
from scanner.core.evidence import Unknown
from scanner.facts.infrastructure import Infrastructure
from scanner.facts.tree import Tree
from scanner.repository import Repository

_ENVIRONMENTS = {
    "prod": "production", "production": "production", "prd": "production", "live": "production", "staging": "staging", "stage": "staging", "stg": "staging", "preprod": "staging", "uat": "staging",
    "dev": "development", "development": "development", "test": "test", "testing": "test", "qa": "test", "sandbox": "sandbox", "demo": "demo",
}  # fmt: skip


def environments(paths: Iterable[str]) -> tuple[str, ...]:
    """The environments that paths of infrastructure files name: a folder, or a word of the file's name."""
    seen = set()
    for path in paths:
        *folders, name = path.lower().split("/")
        words = {*folders, *name.replace("-", ".").replace("_", ".").split(".")}
        seen |= {_ENVIRONMENTS[w] for w in words if w in _ENVIRONMENTS}
    return tuple(sorted(seen))


def read(path: str, content: bytes) -> Declared:
    """What one file declares. ValueError when it cannot be read."""
    if dockerfile.claims(path):
        return Declared(("docker",), (), dockerfile.parse(path, content).faults)
    return reading.read(path, content)


def collect(ask: Ask[Repository]) -> Iterator[Found]:
    """Infrastructure; tests and examples are left out, a file that cannot be read is named with its reason."""
    entries = candidates(ask.fact(Tree), lambda p: dockerfile.claims(p) or reading.claims(p))
    declared: list[Declared] = []
    unparsed: list[tuple[str, str]] = []
    speaking: list[str] = []
    for entry, content in contents(
        ask.source, (e for e in entries if e.role not in ("test", "example", "documentation"))
    ):
        try:
            if isinstance(content, Unknown):
                unparsed.append((entry.path, content.detail))
                continue
            one = read(entry.path, content)
        except ValueError as error:
            unparsed.append((entry.path, str(error)))
            continue
        declared.append(one)
        if one.tools:
            speaking.append(entry.path)
        if one.unparsed:
            unparsed.append((entry.path, one.unparsed))
    fact = Infrastructure(
        tuple(sorted({t for d in declared for t in d.tools})),
        tuple(sorted((r for d in declared for r in d.resources), key=lambda r: (r.path, r.line, r.type, r.name))),
        tuple(sorted((f for d in declared for f in d.faults), key=lambda f: (f.path, f.line, f.rule, f.anchor))),
        environments(speaking),
        tuple(unparsed),
    )
    yield found(fact, f"{len(entries)} candidate files of the tree", commit=ask.source.head)


COLLECTOR = Collector("infrastructure", "2", Repository, (Infrastructure,), collect, needs=(Tree,))
