"""Collects every pipeline of every CI system whose files are known."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.blobs import candidates, contents
from collectors.ci import azure, circleci, github_actions, gitlab, jenkins, small_systems
from collectors.ci.family import Family, Reading
from scanner.core.collecting import Ask, Collector, Found, found
from scanner.core.evidence import Unknown
from scanner.facts.ci import Pipelines
from scanner.facts.tree import Tree
from scanner.repository import Repository

FAMILIES: tuple[Family, ...] = (
    github_actions.FAMILY,
    gitlab.FAMILY,
    circleci.FAMILY,
    jenkins.FAMILY,
    azure.FAMILY,
    *small_systems.FAMILIES,
)


def family_of(path: str) -> Family | None:
    """The CI system that reads ``path``, None when none does."""
    return next((f for f in FAMILIES if f.claims(path)), None)


def read(path: str, content: bytes, default_branch: str) -> Reading:
    """What one pipeline file says. Raises ValueError when it cannot be read."""
    family = family_of(path)
    return family.parse(path, content, default_branch) if family else Reading()


def collect(ask: Ask[Repository]) -> Iterator[Found]:
    """All pipelines; a file that cannot be read is named with its reason."""
    readings: list[Reading] = []
    unparsed: list[tuple[str, str]] = []
    entries = candidates(ask.fact(Tree), lambda path: family_of(path) is not None)
    for entry, content in contents(ask.source, entries):
        if isinstance(content, Unknown):
            unparsed.append((entry.path, content.detail))
            continue
        try:
            readings.append(read(entry.path, content, ask.source.default_branch))
        except ValueError as error:
            unparsed.append((entry.path, str(error)))
    fact = Pipelines(
        tuple(p for r in readings for p in r.pipelines),
        tuple(u for r in readings for u in r.uses),
        tuple(sorted((w for r in readings for w in r.weaknesses), key=lambda w: (w.path, w.line, w.rule, w.detail))),
        tuple(unparsed),
    )
    yield found(fact, f"{len(entries)} pipeline files of the tree", commit=ask.source.head)


COLLECTOR = Collector("pipelines", "2", Repository, (Pipelines,), collect, needs=(Tree,))
