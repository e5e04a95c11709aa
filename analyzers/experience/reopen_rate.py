"""How many closed issues were not done after all."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.forge import Issues


@check(
    CheckSpec(
        id="EXP-007",
        stage=Stage.EXPERIENCE,
        practice="acted",
        question="Does what was closed stay closed?",
        rationale="A reopened issue is a promise the user saw broken.",
        scale=Scale(
            "% of closed issues",
            ((0, 100), (4, 90), (10, 65), (20, 35), (40, 0)),
            (ours("some reopenings are honest; one in five is closing by habit"),),
            sample=20,
        ),
        remedy="Let the reporter or a test confirm the repair before closing.",
        effort=Effort(1),
    )
)
def reopen_rate(issues: Issues) -> Outcome:
    """Share (0 to 100 %) of people's issues closed at least once that were opened again."""
    if not issues.enabled:
        return NotApplicable("issues are switched off here")
    closed = [i for i in issues.issues if not i.bot and (i.closed_at is not None or i.reopened)]
    if not closed:
        return NotApplicable(f"no issue touched in {issues.window_days} days was ever closed")
    again = sum(i.reopened for i in closed)
    return Measured(
        percent(again, len(closed)),
        f"{again} of {len(closed)} closed issues were opened again",
        sample=len(closed),
        window_days=issues.window_days,
    )
