"""How much of the capacity goes into keeping things as they are."""

from __future__ import annotations

from collections import Counter

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Across, Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.history import CommitMessages


@check(
    CheckSpec(
        id="BUD-009",
        stage=Stage.BUDGET,
        practice="capacity",
        question="Is most of the capacity free for something other than repair and upkeep?",
        rationale="Capacity that repair and upkeep bind is not there for the plan, whatever the headcount says.",
        scale=Scale(
            "% of classified commits",
            ((35, 100), (50, 75), (70, 40), (95, 5)),
            (ours("a third on repair and upkeep is the price of living software; above two thirds it stands still"),),
            sample=50,
        ),
        remedy="Find the systems that bind most repair work and remove its causes there first.",
        effort=Effort(5.0),
    )
)
def maintenance_load(messages: Across[CommitMessages]) -> Outcome:
    """Share (0 to 100 %) of fix, maintenance and operations commits among those of known kind; commits stand for effort."""
    kinds: Counter[str] = Counter()
    for _, fact in messages:
        kinds.update(dict(fact.kinds))
    commits, classified = sum(fact.commits for _, fact in messages), kinds.total()
    if not commits:
        return NotApplicable("no human commit in the window")
    if 2 * classified < commits:
        return Unknown(
            Why.SAMPLE_TOO_SMALL,
            f"the kind of only {classified} of {commits} commits can be told",
            "begin commit messages with their kind, as Conventional Commits do",
        )
    upkeep = sum(kinds[kind] for kind in ("fix", "maintenance", "operations"))
    return Measured(
        percent(upkeep, classified),
        f"{upkeep} of {classified} classified commits are fixes, upkeep or operations (commits stand for effort)",
        sample=classified,
        window_days=max(fact.window_days for _, fact in messages),
        basis=Basis.INFERRED,
        certainty=0.6,
    )
