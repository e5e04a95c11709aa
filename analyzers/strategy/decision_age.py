"""How long ago the last decision was recorded."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Across, Unknown, Why
from scanner.core.figures import age_days
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.history import CommitActivity
from scanner.facts.tree import Documents


@check(
    CheckSpec(
        id="STR-002",
        stage=Stage.STRATEGY,
        practice="decisions",
        question="Are decisions still being recorded?",
        rationale="Records that stop show a habit that was given up while decisions went on.",
        scale=Scale(
            "days since the newest decision record changed",
            ((90, 100), (180, 85), (365, 60), (730, 30), (1460, 5)),
            (ours("an active product decides something worth recording every quarter or two"),),
        ),
        remedy="Make a decision record part of every change that alters structure, data or vendors.",
        effort=Effort(0.5),
    )
)
def decision_age(documents: Across[Documents], activity: Across[CommitActivity]) -> Outcome:
    """Days since a decision record last changed anywhere in the estate."""
    records = [(d, facts.as_of) for _, facts in documents for d in facts.of("decision-record")]
    if not records:
        return NotApplicable("there are no decision records")
    if not any(fact.commits_365_days for _, fact in activity):
        return NotApplicable("nobody committed in a year, so there was little to decide")
    ages = [age_days(d.last_changed_at, as_of) for d, as_of in records if d.last_changed_at is not None]
    if not ages:
        return Unknown(Why.UNSUPPORTED, "history does not tell when the records changed", "a full clone")
    return Measured(
        max(0.0, min(ages)),
        f"the newest of {counted(len(records), 'decision record')} changed {counted(round(max(0.0, min(ages))), 'day')} ago",
    )
