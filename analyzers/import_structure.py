"""The import graph as packages and layers: coupling, distance from the main sequence, imports that go upward."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import networkx as nx

from scanner.core.evidence import Unknown, Why
from scanner.core.outcomes import NotApplicable
from scanner.facts.code import ImportGraph
from scanner.facts.structure import Modules
from scanner.facts.tree import CodeSize

FEWEST_MODULES = 20
"""Below this, a program has no structure that could be good or bad (ours)."""
_SEEN = 0.5
"""Share of the product code, in lines, whose language the graph must follow."""


@dataclass(frozen=True, slots=True)
class Coupling:
    """One folder of modules after R. C. Martin 1994, counted in folders as JDepend does.

    ``afferent`` other folders import from it, ``efferent`` other folders it imports from; ``types`` and ``abstract_types``
    are declared in it.
    """

    afferent: int
    efferent: int
    types: int
    abstract_types: int

    @property
    def instability(self) -> float:
        """Ce ÷ (Ca + Ce), 0 (all lean on it) to 1. ZeroDivisionError for a folder that stands alone."""
        return self.efferent / (self.afferent + self.efferent)

    @property
    def abstractness(self) -> float:
        """Abstract types ÷ types, 0 to 1. ZeroDivisionError for a folder without types."""
        return self.abstract_types / self.types

    @property
    def distance(self) -> float:
        """|A + I − 1|, 0 (on the main sequence) to 1."""
        return abs(self.abstractness + self.instability - 1)


def unread(graph: ImportGraph, size: CodeSize, fewest: int = FEWEST_MODULES) -> Unknown | NotApplicable | None:
    """Why structure cannot be judged: no code, too little of it, or imports that were not followed; None when it can be."""
    if not size.product_code:
        return NotApplicable("there is no product code")
    lines = Counter[bool]()
    for file in size.files:
        lines[file.language in graph.languages] += file.code if file.role == "product" else 0
    if not graph.modules or graph.unresolved > len(graph.edges) or lines[True] < _SEEN * lines.total():
        return Unknown(Why.UNSUPPORTED, "the imports here could not be followed", "an import reader for its languages")
    if len(graph.modules) < fewest:
        return NotApplicable(f"too few modules for a structure to show: {len(graph.modules)}")
    return None


def certainty(graph: ImportGraph) -> float:
    """Share (0 to 1) of the imports between own modules that were found: what was not found may be any edge."""
    return len(graph.edges) / (len(graph.edges) + graph.unresolved) if graph.edges else 1.0


def couplings(graph: ImportGraph, modules: Modules) -> dict[str, Coupling]:
    """The coupling of each folder that holds modules, by folder. Linear in the imports."""
    folder = {m.path: m.folder for m in modules.modules}
    inward: dict[str, set[str]] = defaultdict(set)
    outward: dict[str, set[str]] = defaultdict(set)
    for source, target in graph.edges:
        if source in folder and target in folder and folder[source] != folder[target]:
            inward[folder[target]].add(folder[source])
            outward[folder[source]].add(folder[target])
    types, abstract = Counter[str](), Counter[str]()
    for module in modules.modules:
        types[module.folder] += module.types
        abstract[module.folder] += module.abstract_types
    return {f: Coupling(len(inward[f]), len(outward[f]), types[f], abstract[f]) for f in sorted(set(folder.values()))}


def between_folders(graph: ImportGraph, modules: Modules) -> Counter[tuple[str, str]]:
    """How many imports lead from one folder to another, by (from, to). A folder and one that lies in it count as one package."""
    folder = {m.path: m.folder for m in modules.modules}
    pairs = ((folder[a], folder[b]) for a, b in graph.edges if a in folder and b in folder)
    return Counter((a, b) for a, b in pairs if not _holds(a, b) and not _holds(b, a))


def _holds(outer: str, inner: str) -> bool:
    return outer in ("", inner) or inner.startswith(f"{outer}/")


def depth(imports: Mapping[tuple[str, str], int]) -> int:
    """Layers: folders on the longest path of imports, cycles counted as one; 0 without imports."""
    net: nx.DiGraph[str] = nx.DiGraph(sorted(imports))
    return 1 + int(nx.dag_longest_path_length(nx.condensation(net))) if imports else 0


def upward(imports: Mapping[tuple[str, str], int]) -> list[tuple[str, str]]:
    """The imports between folders that run against the others: those that a good order of each cycle leaves pointing up.

    The order is that of P. Eades, X. Lin, W. F. Smyth, A fast and effective heuristic for the feedback arc set problem,
    Information Processing Letters 47, 1993, weighted by imports: an upper bound of the least number.
    """
    net: nx.DiGraph[str] = nx.DiGraph(sorted(imports))
    found: list[tuple[str, str]] = []
    for tied in nx.strongly_connected_components(net):
        if len(tied) > 1:
            inner = {(a, b): imports[a, b] for a in sorted(tied) for b in sorted(net[a]) if b in tied}
            place = {name: number for number, name in enumerate(_ordered(inner))}
            found += [(a, b) for a, b in inner if place[a] > place[b]]
    return sorted(found)


def _ordered(imports: Mapping[tuple[str, str], int]) -> list[str]:
    """Folders from the top: again and again what nobody imports first, what imports nothing last, else the most importing."""
    out: dict[str, dict[str, int]] = defaultdict(dict)
    into: dict[str, dict[str, int]] = defaultdict(dict)
    for (a, b), count in imports.items():
        out[a][b] = into[b][a] = count
    left = sorted(out.keys() | into.keys())
    given, taken = ({n: sum(held[n].values()) for n in left} for held in (out, into))
    waiting = [(_rank(given[n], taken[n]), n) for n in left]
    heapq.heapify(waiting)
    done: set[str] = set()
    first: list[str] = []
    last: list[str] = []
    while waiting:
        rank, name = heapq.heappop(waiting)
        if name in done or rank != _rank(given[name], taken[name]):
            continue
        done.add(name)
        (last if not given[name] and taken[name] else first).append(name)
        for other, count in out[name].items():
            if other not in done:
                taken[other] -= count
                heapq.heappush(waiting, (_rank(given[other], taken[other]), other))
        for other, count in into[name].items():
            if other not in done:
                given[other] -= count
                heapq.heappush(waiting, (_rank(given[other], taken[other]), other))
    return first + last[::-1]


def _rank(given: int, taken: int) -> tuple[int, int]:
    """What is placed next: sinks and sources before the others, of these the one that imports most more than it is imported."""
    return (0, 0) if not given or not taken else (1, taken - given)
