"""How many modules are tied into import cycles."""

from __future__ import annotations

import networkx as nx

from scanner.core.checks import CheckSpec, Effort, Rank, Scale, Source, check
from scanner.core.evidence import Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.code import ImportGraph
from scanner.facts.tree import CodeSize

PARNAS = Source(
    Rank.PRIMARY,
    "D. L. Parnas, Designing Software for Ease of Extension and Contraction, IEEE TSE 5(2), 1979: uses must form no loops",
    "https://doi.org/10.1109/TSE.1979.234169",
)


@check(
    CheckSpec(
        id="ARC-004",
        stage=Stage.ARCHITECTURE,
        practice="structure",
        question="How many modules are tied into import cycles?",
        rationale="Modules in a cycle can only be understood, tested, replaced and released together.",
        scale=Scale(
            "% of modules",
            ((0, 100), (5, 80), (10, 65), (25, 40), (50, 15), (80, 0)),
            (PARNAS, ours("a few small cycles are common; a quarter of all modules in cycles is one lump")),
            sample=5,
        ),
        remedy="Break each cycle by moving what both sides need into a module of its own or by inverting one import.",
        effort=Effort(0.5, each=1, per="finding"),
        weight=2.0,
    )
)
def import_cycles(graph: ImportGraph, size: CodeSize) -> Outcome:
    """Share (0 to 100 %) of modules in a strongly connected component of two or more (Tarjan, by networkx)."""
    if not size.product_code:
        return NotApplicable("there is no product code")
    if not graph.modules or graph.unresolved > len(graph.edges):
        return Unknown(Why.UNSUPPORTED, "the imports here could not be followed", "an import reader for its languages")
    if len(graph.modules) < 2:
        return NotApplicable("one module cannot form a cycle")
    net: nx.DiGraph[str] = nx.DiGraph(graph.edges)
    net.add_nodes_from(graph.modules)
    groups = (sorted(c) for c in nx.strongly_connected_components(net) if len(c) > 1)
    cycles = sorted(groups, key=lambda c: (-len(c), c))
    tied = sum(len(c) for c in cycles)
    places = tuple(
        Place(
            f"{len(c)} modules import each other in a cycle: {', '.join(c[:5])}{' …' if len(c) > 5 else ''}",
            Severity.MEDIUM if len(c) > 5 else Severity.LOW,
            path=c[0],
            anchor=c[0],
        )
        for c in cycles[:200]
    )
    because = f"{tied} of {net.number_of_nodes()} modules stand in {len(cycles)} import cycles"
    return Measured(percent(tied, net.number_of_nodes()), because, sample=net.number_of_nodes(), places=places)
