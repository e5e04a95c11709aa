"""How much of the estate's services calls one and the same repository."""

from __future__ import annotations

from collections import defaultdict

from analyzers.service_map import service_map, unreadable
from scanner.core.checks import CheckSpec, Effort, Rank, Scale, Source, check
from scanner.core.evidence import Across
from scanner.core.figures import percent
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.subjects import Subject
from scanner.facts.services import ServiceSurface

NYGARD = Source(
    Rank.SECONDARY,
    "M. T. Nygard, Release It!, 2nd ed., 2018: integration points, chain reactions and cascading failures",
)
RUNNING = ("host", "service", "store")
"""Ties that matter while things run; a package or image is copied at build time and fails alone."""
FEWEST_SERVICES = 3
HALF = 50


@check(
    CheckSpec(
        id="SCA-014",
        stage=Stage.SCALABILITY,
        practice="decoupled",
        question="How many of the services call one and the same service directly?",
        rationale="When the one service that most others call is slow or down, they all are; it sets the ceiling of the whole.",
        scale=Scale(
            "% of the other services",
            ((20, 100), (40, 80), (60, 50), (80, 25), (100, 10)),
            (NYGARD, ours("a sign-on service is called by many; when most wait for one, there is one system")),
            sample=FEWEST_SERVICES,
        ),
        remedy="Let callers of the listed service do without it for a while: cache its answers, set timeouts, take events instead.",
        effort=Effort(2, each=4, per="finding", spread=3),
    )
)
def dependence_concentration(surfaces: Across[ServiceSurface]) -> Outcome:
    """Largest share (0 to 100 %) of the other services that call one repository, by hosts, service names and stores."""
    if len(surfaces.known) + len(surfaces.unknown) < 2:
        return NotApplicable("there is one repository")
    if hole := unreadable(surfaces):
        return hole
    drawn = service_map(surfaces.known)
    if len(drawn.services) < FEWEST_SERVICES:
        return NotApplicable(f"fewer than {FEWEST_SERVICES} repositories run a service")
    callers: dict[Subject, set[Subject]] = defaultdict(set)
    for source, target in drawn.pairs(*RUNNING):
        if source in drawn.services:
            callers[target].add(source)
    if not callers:
        return NotApplicable("no service was seen to call another")
    shares = {t: percent(len(c), len(set(drawn.services) - {t})) for t, c in callers.items()}
    ranked = sorted(shares, key=lambda t: (-shares[t], t))
    places = tuple(
        Place(f"called by {len(callers[t])} other services", Severity.MEDIUM, anchor=t.name, subject=t)
        for t in ranked[:50]
        if shares[t] > HALF
    )
    top = ranked[0]
    because = f"{top.name} is called by {len(callers[top])} of {len(set(drawn.services) - {top})} other services"
    return Measured(
        shares[top], because, sample=len(drawn.services), basis=Basis.INFERRED, places=places, certainty=0.8
    )
