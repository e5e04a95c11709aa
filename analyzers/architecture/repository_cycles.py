"""How many repositories depend on each other in a circle."""

from __future__ import annotations

import networkx as nx

from analyzers.service_map import service_map, unreadable
from scanner.core.checks import CheckSpec, Effort, Rank, Scale, Source, check
from scanner.core.evidence import Across
from scanner.core.figures import percent
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.services import ServiceSurface

PARNAS = Source(
    Rank.PRIMARY,
    "D. L. Parnas, Designing Software for Ease of Extension and Contraction, IEEE TSE 5(2), 1979: uses must form no loops",
    "https://doi.org/10.1109/TSE.1979.234169",
)
SYNCHRONOUS = ("package", "image", "repository", "chart", "proto", "state", "host", "service", "store")
"""Every kind of tie but channels: events are there to let two sides not wait for each other."""


@check(
    CheckSpec(
        id="ARC-018",
        stage=Stage.ARCHITECTURE,
        practice="structure",
        question="How many repositories depend on each other in a circle?",
        rationale="Repositories in a circle cannot be built, released or started one after the other: they are one system in several places.",
        scale=Scale(
            "% of tied repositories",
            ((0, 100), (10, 75), (25, 45), (50, 15), (80, 0)),
            (
                PARNAS,
                ours("across repositories no circle is ordinary: a quarter in circles is one lump released by hand"),
            ),
            sample=3,
        ),
        remedy="Break each circle: turn one direction into an event, or move what both sides need into a repository of its own.",
        effort=Effort(1, each=8, per="finding", spread=3),
    )
)
def repository_cycles(surfaces: Across[ServiceSurface]) -> Outcome:
    """Share (0 to 100 %) of repositories with a tie to another that stand in a circle of ties (Tarjan, by networkx)."""
    if len(surfaces.known) + len(surfaces.unknown) < 2:
        return NotApplicable("one repository cannot form a circle")
    if hole := unreadable(surfaces):
        return hole
    net: nx.DiGraph[str] = nx.DiGraph((a.name, b.name) for a, b in service_map(surfaces.known).pairs(*SYNCHRONOUS))
    if not net:
        return NotApplicable("no repository was seen to depend on another")
    circles = sorted(
        (sorted(c) for c in nx.strongly_connected_components(net) if len(c) > 1), key=lambda c: (-len(c), c)
    )
    subjects = {s.name: s for s in surfaces.known}
    places = tuple(
        Place(
            f"depends in a circle on {', '.join(c[1:6])}{' …' if len(c) > 6 else ''}",
            Severity.MEDIUM,
            anchor=" ".join(c)[:200],
            subject=subjects[c[0]],
        )
        for c in circles[:200]
    )
    tied = sum(len(c) for c in circles)
    because = f"{tied} of {len(net)} repositories that are tied to others stand in {len(circles)} circles"
    return Measured(
        percent(tied, len(net)), because, sample=len(net), basis=Basis.INFERRED, places=places, certainty=0.8
    )
