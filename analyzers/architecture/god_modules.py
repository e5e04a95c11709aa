"""How many modules everything leans on and that lean on everything."""

from __future__ import annotations

import networkx as nx

from analyzers.import_structure import certainty, unread
from scanner.core.checks import CheckSpec, Effort, Rank, Scale, Source, check
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.code import ImportGraph
from scanner.facts.tree import CodeSize

LIMIT = 20
FEWEST_MODULES = 2 * LIMIT
HUB = Source(
    Rank.SECONDARY,
    "Hub-like modularization (Suryanarayana, Samarthyam, Sharma, Refactoring for Software Design Smells, 2014) as Designite has it: "
    "20 or more others in each direction",
    "https://www.designite-tools.com/",
)


@check(
    CheckSpec(
        id="ARC-020",
        stage=Stage.ARCHITECTURE,
        practice="structure",
        question="How many modules do twenty others import that import twenty themselves?",
        rationale="Such a hub passes every change on in both directions: it breaks with what it uses and breaks all that use it.",
        scale=Scale(
            "% of modules",
            ((0, 100), (1, 80), (2.5, 55), (5, 25), (10, 0)),
            (
                HUB,
                ours("one hub in a hundred modules is a known crossing, one in twenty is how everything is connected"),
            ),
            sample=50,
        ),
        remedy="Split each hub by who uses which part of it, and let its parts be handed what they now import.",
        effort=Effort(1, each=3, per="finding"),
        weight=0.5,
    )
)
def god_modules(graph: ImportGraph, size: CodeSize) -> Outcome:
    """Share (0 to 100 %) of modules with a fan-in and a fan-out of 20 or more own modules each (hub-like modularization)."""
    if (why := unread(graph, size, FEWEST_MODULES)) is not None:
        return why
    net: nx.DiGraph[str] = nx.DiGraph(graph.edges)
    degrees = {m: (int(net.in_degree(m)), int(net.out_degree(m))) for m in graph.modules if m in net}
    hubs = sorted((m for m, d in degrees.items() if min(d) >= LIMIT), key=lambda m: (-degrees[m][0] * degrees[m][1], m))
    places = tuple(
        Place(f"{degrees[m][0]} modules import it, and it imports {degrees[m][1]}", Severity.MEDIUM, path=m, anchor=m)
        for m in hubs[:100]
    )
    count = len(graph.modules)
    because = f"{len(hubs)} of {count} modules are imported by {LIMIT} or more and import {LIMIT} or more"
    return Measured(percent(len(hubs), count), because, count, places=places, certainty=certainty(graph))
