"""All declared steps, in the order of their ids."""

from __future__ import annotations

from scoring.recommendations import delivery, direction, people, resilience, security, structure, upkeep
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
        ),
        key=lambda step: step.id,
    )
)
"""Every theme module's steps; ids are unique and prerequisites acyclic (tested)."""
