"""Whether a risk register is kept, and kept current."""

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
        id="RIS-001",
        stage=Stage.RISK,
        practice="registered",
        question="Is a risk register kept, and looked at at least twice a year?",
        rationale="A risk nobody wrote down has no owner, and comes back as a surprise.",
        scale=Scale(
            "% in place",
            ((0, 0), (25, 30), (50, 60), (100, 100)),
            (SAMM, ours("a register unread for half a year is history")),
        ),
        remedy="Keep a one-page risk register with likelihood, impact, owner and date, and review it each quarter.",
        effort=Effort(2),
        controls=("ISO 27001:2022 6.1.2", "SOC 2 CC3.2"),
    )
)
def risk_register(documents: Across[Documents], answers: Answers, moment: Moment) -> Outcome:
    """How far a register is in place: 100 % changed within 180 days, 50 % within 365, 25 % older; else as declared."""
    kept = [d for _, each in documents for d in each.of("risk-register")]
    if not kept:
        return answers.to("RIS-001")
    ages = [age_days(d.last_changed_at, moment.as_of) for d in kept if d.last_changed_at]
    if not ages:
        return Unknown(
            Why.UNSUPPORTED, "a risk register is kept, but history does not tell its age", "scan a full clone"
        )
    newest = min(ages)
    value = 100.0 if newest <= 180 else 50.0 if newest <= 365 else 25.0
    return Measured(
        value, f"the risk register in the repositories was last changed {counted(round(newest), 'day')} ago"
    )
