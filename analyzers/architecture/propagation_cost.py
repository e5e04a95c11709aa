"""How far a change in one module can reach through imports."""

from __future__ import annotations

import networkx as nx

from scanner.core.checks import CheckSpec, Effort, Rank, Scale, Source, check
from scanner.core.evidence import Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.code import ImportGraph
from scanner.facts.tree import CodeSize

FEWEST_MODULES = 50
"""Below this, a small library that is one piece looks like a large system without structure (ours)."""
MACCORMACK = Source(
    Rank.PRIMARY,
    "MacCormack, Rusnak, Baldwin, Exploring the Structure of Complex Software Designs, Management Science 52(7), 2006",
    "https://doi.org/10.1287/mnsc.1060.0552",
)


@check(
    CheckSpec(
        id="ARC-005",
        stage=Stage.ARCHITECTURE,
        practice="structure",
        question="How much of the system can a change in one module reach?",
        rationale="The further a change can reach, the more must be known, tested and released for each one.",
        scale=Scale(
            "% of modules reachable",
            ((5, 100), (15, 80), (30, 55), (50, 30), (80, 0)),
            (MACCORMACK, ours("formula from the study, bands ours: a layered system stays well under a sixth")),
        ),
        remedy="Cut the widest-reaching modules off behind narrow interfaces so that changes stop there.",
        effort=Effort(10, spread=3),
    )
)
def propagation_cost(graph: ImportGraph, size: CodeSize) -> Outcome:
    """Mean share (0 to 100 %) of modules reachable from a module over imports, itself included (MacCormack 2006)."""
    if not size.product_code:
        return NotApplicable("there is no product code")
    if not graph.modules or graph.unresolved > len(graph.edges):
        return Unknown(Why.UNSUPPORTED, "the imports here could not be followed", "an import reader for its languages")
    net: nx.DiGraph[str] = nx.DiGraph(graph.edges)
    net.add_nodes_from(graph.modules)
    total = net.number_of_nodes()
    if total < FEWEST_MODULES:
        return NotApplicable(f"too few modules for the figure to mean anything: {total}")
    pairs = _reachable_pairs(net)
    because = f"on average {pairs / total:.1f} of {total} modules are reachable from a module"
    return Measured(percent(pairs, total * total), because, sample=total)


def _reachable_pairs(net: nx.DiGraph[str]) -> int:
    """Pairs (from, to) with a path, of length 0 too; sets of modules are bits, so that thousands stay quick."""
    condensed = nx.condensation(net)
    bit = {node: 1 << i for i, node in enumerate(sorted(net))}
    reach: dict[int, int] = {}
    for component in reversed(list(nx.topological_sort(condensed))):
        seen = sum(bit[m] for m in condensed.nodes[component]["members"])
        for successor in condensed.successors(component):
            seen |= reach[successor]
        reach[component] = seen
    return sum(len(condensed.nodes[c]["members"]) * seen.bit_count() for c, seen in reach.items())
