"""Which repositories are drawn, and from which evidence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar

from reports.document.checks import reference
from scanner.core.assessment import Drawing, SubjectProfile
from scanner.core.drawings import Coupling, CouplingMap
from scanner.core.evidence import Fact, Ledger, Unknown, Why
from scanner.core.subjects import Subject
from scanner.facts.code import ImportGraph
from scanner.facts.history import ChangeCoupling, Contributors, FileChanges
from scanner.facts.tree import CodeSize
from scanner.pipeline.drawings.files import file_map
from scanner.pipeline.drawings.folders import shown
from scanner.pipeline.drawings.modules import module_map

REPOSITORIES = 6
"""Most repositories that are drawn."""
PAIRS = 40
"""Most coupled pairs of one repository."""
_READ: tuple[type[Fact], ...] = (CodeSize, FileChanges, Contributors, ImportGraph, ChangeCoupling)
F = TypeVar("F", bound=Fact)


def draw(ledger: Ledger, profiles: Iterable[SubjectProfile], as_of: datetime) -> tuple[Drawing, ...]:
    """The repositories that count, the active ones and then those with most code first, at most `REPOSITORIES`."""
    read = [p for p in profiles if p.weight > 0 and p.repo_class in ("active", "dormant") and p.head]
    ordered = sorted(read, key=lambda p: (p.repo_class != "active", -sum(n for _, n in p.languages), p.subject))
    return tuple(drawing(ledger, profile.subject, as_of) for profile in ordered[:REPOSITORIES])


def drawing(ledger: Ledger, subject: Subject, as_of: datetime) -> Drawing:
    """What the pictures of ``subject`` show."""
    size = _known(ledger, subject, CodeSize)
    graph = _known(ledger, subject, ImportGraph)
    coupled = _known(ledger, subject, ChangeCoupling)
    changes = _known(ledger, subject, FileChanges)
    contributors = ledger.fact(subject, Contributors)
    paths = frozenset(line.path for line in size.files) if isinstance(size, CodeSize) else frozenset()
    cited = [item for fact in _READ if (item := ledger.cite(subject, fact)) is not None]
    return Drawing(
        subject,
        size if isinstance(size, Unknown) else file_map(size, changes, contributors, as_of),
        graph if isinstance(graph, Unknown) else module_map(graph, paths),
        coupled if isinstance(coupled, Unknown) else coupling_map(coupled),
        tuple(reference(item) for item in cited if not isinstance(item.content, Unknown)),
    )


def coupling_map(fact: ChangeCoupling) -> CouplingMap:
    """The closest `PAIRS`."""
    closest = sorted(fact.pairs, key=lambda p: (-p.degree, -p.shared, p.a, p.b))[:PAIRS]
    pairs = tuple(Coupling(shown(p.a), shown(p.b), p.shared, p.degree) for p in closest)
    return CouplingMap(pairs, len(fact.pairs), fact.commits, fact.window_days)


def _known(ledger: Ledger, subject: Subject, fact_type: type[F]) -> F | Unknown:
    item = ledger.get(subject, fact_type)
    if item is None:
        return Unknown(Why.NOT_REQUESTED, f"{fact_type.__name__} was not collected")
    if isinstance(item.content, fact_type | Unknown):
        return item.content
    return Unknown(Why.CORRUPT, f"what is stored of {fact_type.__name__} is something else")
