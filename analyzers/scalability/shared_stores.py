"""How many services keep their records where another service keeps its own."""

from __future__ import annotations

from analyzers.service_map import service_map, unreadable
from scanner.core.checks import CheckSpec, Effort, Rank, Scale, Source, check
from scanner.core.evidence import Across
from scanner.core.figures import percent
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.subjects import Subject
from scanner.facts.services import ServiceSurface

RICHARDSON = Source(
    Rank.SECONDARY,
    "C. Richardson, Microservices Patterns: database per service",
    "https://microservices.io/patterns/data/database-per-service.html",
)
QUEUE = "queue"
"""Brokers are there to be shared."""


@check(
    CheckSpec(
        id="SCA-015",
        stage=Stage.SCALABILITY,
        practice="decoupled",
        question="How many services share a data store with another service?",
        rationale="Two services on one store cannot change its schema, scale it or fail apart from each other.",
        scale=Scale(
            "% of services with a known store",
            ((0, 100), (10, 80), (25, 55), (50, 25), (100, 0)),
            (RICHARDSON, ours("one shared store is usually a split in progress; half of the services is one system")),
            sample=3,
        ),
        remedy="Give each listed store one owner, and let the other services ask that owner instead of its tables.",
        effort=Effort(3, each=15, per="finding", spread=3),
    )
)
def shared_stores(surfaces: Across[ServiceSurface]) -> Outcome:
    """Share (0 to 100 %) of repositories that name a data store, of those that name one which another names too."""
    if len(surfaces.known) + len(surfaces.unknown) < 2:
        return NotApplicable("one repository shares with nobody")
    if hole := unreadable(surfaces):
        return hole
    using = {subject for subject, s in surfaces if any(_is_store(i.kind, i.detail) for i in (*s.needs, *s.offers))}
    if not using:
        return NotApplicable("no repository names a data store")
    stores = [r for r in service_map(surfaces.known).resources if _is_store(r.kind, r.detail) and len(r.users) > 1]
    sharing: set[Subject] = {subject for store in stores for subject, _ in store.users}
    places = tuple(
        Place(
            f"uses the store {store.name}, as {', '.join(s.name for s, _ in store.users[1:6])} does",
            Severity.MEDIUM,
            path=store.users[0][1].path,
            line=store.users[0][1].line or None,
            anchor=store.name,
            subject=store.users[0][0],
        )
        for store in stores[:200]
    )
    because = f"{len(sharing)} of {len(using)} repositories that name a data store name one that another uses too"
    return Measured(
        percent(len(sharing), len(using)),
        because,
        sample=len(using),
        basis=Basis.INFERRED,
        places=places,
        certainty=0.8,
    )


def _is_store(kind: str, detail: str) -> bool:
    return kind == "store" and detail.partition(":")[0] != QUEUE
