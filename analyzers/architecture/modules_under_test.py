"""How many modules some test imports."""

from __future__ import annotations

import networkx as nx

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Unknown, Why
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
        question="How many modules does some test import?",
        rationale="A module that no test even imports can break without anybody noticing before users do.",
        scale=Scale(
            "% of modules",
            ((0, 0), (20, 35), (50, 70), (80, 95), (90, 100)),
            (ours("entry points and plain declarations are reached indirectly, so full points from nine in ten"),),
            sample=5,
        ),
        remedy="Add a first test for each listed module, those that most others import first.",
        effort=Effort(1, each=0.5, per="finding"),
    )
)
def modules_under_test(graph: ImportGraph, size: CodeSize) -> Outcome:
    """Share (0 to 100 %) of product modules that a test file imports directly; a proxy of coverage."""
    if not size.product_code:
        return NotApplicable("there is no product code")
    if not graph.modules:
        return Unknown(Why.UNSUPPORTED, "the imports here could not be followed", "an import reader for its languages")
    tested = set(graph.imported_by_tests) & set(graph.modules)
    if size.test_code and not tested:
        return Unknown(
            Why.UNSUPPORTED,
            "there are tests, but none imports a module by name: they test from inside or from outside",
            "a published coverage report",
        )
    net: nx.DiGraph[str] = nx.DiGraph(graph.edges)
    net.add_nodes_from(graph.modules)
    bare = sorted((m for m in graph.modules if m not in tested), key=lambda m: (-net.in_degree(m), m))
    places = tuple(
        Place(f"no test imports it, {net.in_degree(m)} modules do", Severity.LOW, path=m, certainty=Certainty.MEDIUM)
        for m in bare[:50]
        if net.in_degree(m)
    )
    because = f"tests import {len(tested)} of {len(graph.modules)} modules directly"
    share = percent(len(tested), len(graph.modules))
    return Measured(share, because, len(graph.modules), basis=Basis.INFERRED, places=places, certainty=0.8)
