"""All declared steps, in the order of their ids."""

from __future__ import annotations

from collections.abc import Mapping

from scanner.core.checks import CheckSpec
from scoring.recommendations import delivery, direction, people, resilience, security, structure, upkeep, vendors
from scoring.recommendations.step import Step

STEPS: tuple[Step, ...] = tuple(
    sorted(
        (
            *direction.STEPS,
            *delivery.STEPS,
            *structure.STEPS,
            *people.STEPS,
            *resilience.STEPS,
            *security.STEPS,
            *upkeep.STEPS,
            *vendors.STEPS,
        ),
        key=lambda step: step.id,
    )
)
"""Every theme module's steps; ids are unique and prerequisites acyclic (tested)."""


def steps_for(specs: Mapping[str, CheckSpec]) -> tuple[Step, ...]:
    """The declared steps, and for each check that none of them addresses a step of its own remedy and effort.

    So a new check brings its recommendation with it, until a theme takes it up.
    """
    addressed = {check for step in STEPS for check in step.addresses}
    return STEPS + tuple(_own_step(specs[check]) for check in sorted(specs) if check not in addressed)


def _own_step(spec: CheckSpec) -> Step:
    return Step(
        id=f"REC-{spec.id}",
        title=spec.remedy.rstrip("."),
        stage=spec.stage,
        addresses=(spec.id,),
        effort=spec.effort,
        owner_role="Team leads",
        kpi=spec.id,
    )
