"""How many modules some test imports."""

from __future__ import annotations

import networkx as nx

from analyzers.reach_of_tests import loaded_by_tests
from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Unknown
from scanner.core.figures import percent
from scanner.core.outcomes import Basis, Certainty, Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.code import ImportGraph
from scanner.facts.tree import CodeSize


@check(
    CheckSpec(
        id="ARC-008",
        stage=Stage.ARCHITECTURE,
        practice="maintainable",
        question="How many modules does some test load, by itself or through what it imports?",
        rationale="A module that no test even loads can break without anybody noticing before users do.",
        scale=Scale(
            "% of modules",
            ((0, 0), (30, 25), (60, 55), (90, 90), (100, 100)),
            (ours("tests through the public interface load all of a library, so only full reach earns full points"),),
            sample=5,
        ),
        remedy="Add a first test for each listed module, those that most others import first.",
        effort=Effort(1, each=0.5, per="finding"),
        weight=0.5,
    )
)
def modules_under_test(graph: ImportGraph, size: CodeSize) -> Outcome:
    """Share (0 to 100 %) of product modules that a test imports or that such a module imports; an upper bound of coverage."""
    if not size.product_code:
        return NotApplicable("there is no product code")
    loaded = loaded_by_tests(graph, size)
    if isinstance(loaded, Unknown):
        return loaded
    net: nx.DiGraph[str] = nx.DiGraph(graph.edges)
    net.add_nodes_from(graph.modules)
    bare = sorted((m for m in graph.modules if m not in loaded), key=lambda m: (-net.in_degree(m), m))
    places = tuple(
        Place(f"no test loads it, {_modules(net.in_degree(m))} it", Severity.LOW, path=m, certainty=Certainty.MEDIUM)
        for m in bare[:50]
        if net.in_degree(m)
    )
    count = len(graph.modules)
    because = f"tests load {len(loaded)} of {count} modules, {len(set(graph.imported_by_tests) & loaded)} of them by name (an upper bound of coverage)"
    share = percent(len(loaded), count)
    return Measured(share, because, len(graph.modules), basis=Basis.INFERRED, places=places, certainty=0.6)


def _modules(count: int) -> str:
    return "1 module imports" if count == 1 else f"{count} modules import"
