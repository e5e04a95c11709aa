"""Whether incidents are examined in writing."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Across, Unknown, Why
from scanner.core.figures import age_days
from scanner.core.outcomes import Measured, Outcome
from scanner.core.scales import SAMM, ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.engagement import Answers, Moment
from scanner.facts.tree import Documents


@check(
    CheckSpec(
        id="RIS-013",
        stage=Stage.RISK,
        practice="watch",
        question="Are incidents examined in writing?",
        rationale="An incident nobody examined will be met again.",
        scale=Scale(
            "% in place",
            ((0, 0), (25, 30), (50, 60), (100, 100)),
            (SAMM, ours("a habit shows a record within the last year")),
        ),
        remedy="Write a postmortem with dated actions for every incident that users noticed.",
        effort=Effort(1),
        controls=("ISO 27001:2022 A.5.27", "SOC 2 CC7.5"),
    )
)
def postmortems(documents: Across[Documents], answers: Answers, moment: Moment) -> Outcome:
    """How far incidents are examined: 100 % with a postmortem changed in 365 days, 50 % in 730, 25 % older; else as declared."""
    kept = [d for _, each in documents for d in each.of("postmortem")]
    if not kept:
        return answers.to("RIS-013")
    ages = [age_days(d.last_changed_at, moment.as_of) for d in kept if d.last_changed_at]
    if not ages:
        return Unknown(
            Why.UNSUPPORTED, "postmortems are kept, but history does not tell their age", "scan a full clone"
        )
    newest = min(ages)
    value = 100.0 if newest <= 365 else 50.0 if newest <= 730 else 25.0
    return Measured(
        value,
        f"{counted(len(kept), 'postmortem')} kept in the repositories, the newest changed {counted(round(newest), 'day')} ago",
    )
