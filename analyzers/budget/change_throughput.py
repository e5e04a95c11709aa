"""How many changes the team finishes per person."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Across
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.forge import ChangeRequests


@check(
    CheckSpec(
        id="BUD-010",
        stage=Stage.BUDGET,
        practice="capacity",
        question="Does the team finish changes at a steady rate for its size?",
        rationale="The rate at which a team finishes changes is what a plan in person-days is divided by.",
        scale=Scale(
            "merged changes per person and month",
            ((0, 0), (1, 40), (3, 75), (6, 100)),
            (
                ours(
                    "a change finished per person and week keeps batches small; a figure of the team, never of a person"
                ),
            ),
            sample=20,
        ),
        remedy="Cut changes smaller and remove what blocks merging, beginning with review and pipeline waits.",
        effort=Effort(3.0),
        weight=0.5,
    )
)
def change_throughput(changes: Across[ChangeRequests]) -> Outcome:
    """People's change requests merged in 90 days ÷ their authors ÷ 3 months; only for three authors or more."""
    merged = [r for _, fact in changes for r in fact.recent()]
    people = len({r.person for r in merged})
    if people < 3:
        return NotApplicable("fewer than three people merged changes in 90 days: no figure of single people is made")
    return Measured(
        len(merged) / people / 3,
        f"merged in 90 days: {counted(len(merged), 'change')} of {counted(people, 'person', 'people')}",
        sample=len(merged),
        window_days=90,
        basis=Basis.INFERRED,
        certainty=0.7,
    )
