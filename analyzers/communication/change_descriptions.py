"""How many merged changes say in words what they do."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.forge import ChangeRequests


@check(
    CheckSpec(
        id="COM-008",
        stage=Stage.COMMUNICATION,
        practice="informed",
        question="Does each merged change say in words what it does and why?",
        rationale="The description is what a reviewer checks against, and what remains when the author has left.",
        scale=Scale(
            "% of merged changes",
            ((0, 0), (40, 45), (75, 80), (95, 100)),
            (ours("ten words are one plain sentence; trivial changes may do without"),),
            sample=10,
        ),
        remedy="Add a change-request template that asks what changes and why.",
        effort=Effort(0.0, each=0.1, per="repository"),
    )
)
def change_descriptions(changes: ChangeRequests) -> Outcome:
    """Share (0 to 100 %) of people's change requests merged in 90 days whose description has 10 words or more."""
    merged = changes.recent()
    if not merged:
        return NotApplicable("no change request of a person was merged in 90 days")
    told = sum(1 for r in merged if r.description_words >= 10)
    return Measured(
        percent(told, len(merged)),
        f"{told} of {len(merged)} merged changes have a description of ten words or more",
        sample=len(merged),
        window_days=90,
    )
