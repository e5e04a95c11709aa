"""How many purposes are paid for twice."""

from __future__ import annotations

from collections import defaultdict

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Across
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.dependencies import Vendors

SEVERAL_ARE_USUAL = ("cloud", "database", "storage", "ci", "ai", "other")


@check(
    CheckSpec(
        id="VEN-008",
        stage=Stage.VENDORS,
        practice="concentration",
        question="How many purposes are served by more than one vendor?",
        rationale="Two tools for one purpose are paid, learned, updated and secured twice, often by accident.",
        scale=Scale(
            "% of purposes",
            ((0, 100), (20, 80), (40, 50), (70, 20), (100, 0)),
            (ours("one migration in flight is ordinary; half of the purposes doubled is sprawl"),),
            sample=3,
        ),
        remedy="Name one vendor for each doubled purpose, and plan the other's removal before its renewal.",
        effort=Effort(5, spread=3),
    )
)
def duplicate_purposes(vendors: Across[Vendors]) -> Outcome:
    """Share (0 to 100 %) of purposes with two or more vendors; clouds, databases, CI, AI and others are not asked."""
    serving: dict[str, set[str]] = defaultdict(set)
    for _, known in vendors:
        for use in known.uses:
            if use.purpose not in SEVERAL_ARE_USUAL:
                serving[use.purpose].add(use.vendor)
    if not serving:
        return NotApplicable("no vendor with a purpose of its own was seen")
    doubled = [
        f"{purpose} ({', '.join(sorted(names))})" for purpose, names in sorted(serving.items()) if len(names) > 1
    ]
    because = f"{len(doubled)} of {len(serving)} purposes have several vendors" + (
        f": {'; '.join(doubled)}" if doubled else ""
    )
    return Measured(percent(len(doubled), len(serving)), because, sample=len(serving))
