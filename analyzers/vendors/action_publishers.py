"""How many strangers can change what the pipelines do."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.ci import Pipelines

FORGE_OWNED = ("actions", "github")


@check(
    CheckSpec(
        id="VEN-009",
        stage=Stage.VENDORS,
        practice="upstream",
        question="How many outside publishers can change what the pipelines do at any time?",
        rationale="Each publisher whose steps are not pinned is a vendor with a key to the pipeline, chosen in passing.",
        scale=Scale(
            "publishers",
            ((0, 100), (2, 78), (5, 48), (10, 18), (20, 0)),
            (ours("the forge's own steps are left out, and pinning takes a publisher off the count"),),
        ),
        remedy="Pin the steps of the listed publishers, and replace those of single persons by a few lines of your own.",
        effort=Effort(0.25, each=0.1, per="finding"),
    )
)
def action_publishers(pipelines: Pipelines) -> Outcome:
    """Distinct owners (0 and up) of actions, the forge's own left out, with at least one use that is not pinned."""
    others = [u for u in pipelines.uses if u.pin != "local" and u.owner.lower() not in FORGE_OWNED]
    if not others:
        return NotApplicable("the pipelines use no steps of outside publishers")
    first = {}
    for use in sorted(others, key=lambda u: (u.path, u.line, u.name), reverse=True):
        if use.pin != "sha":
            first[use.owner.lower()] = use
    places = tuple(
        Place(
            f"{u.owner} can change {u.name} at any time", Severity.LOW, path=u.path, line=u.line, anchor=u.owner.lower()
        )
        for _, u in sorted(first.items())
    )
    publishers = len({u.owner.lower() for u in others})
    because = f"{len(first)} of {publishers} outside publishers have a step in use that is not pinned"
    return Measured(len(first), because, sample=len(others), places=places[:200])
