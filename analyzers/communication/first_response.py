"""How soon somebody answers an issue."""

from __future__ import annotations

from datetime import timedelta

from scanner.core.checks import CheckSpec, Effort, Rank, Scale, Source, check
from scanner.core.figures import percent
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.forge import Issues


@check(
    CheckSpec(
        id="COM-005",
        stage=Stage.COMMUNICATION,
        practice="responsive",
        question="Do people who open an issue hear from somebody within three days?",
        rationale="Silence teaches users and colleagues not to report, and the faults remain.",
        scale=Scale(
            "% of issues",
            ((0, 0), (30, 40), (60, 70), (90, 100)),
            (
                Source(
                    Rank.PRIMARY,
                    "CHAOSS, time to first response (the measure; it sets no threshold)",
                    "https://chaoss.community/kb/metric-time-to-first-response/",
                ),
                ours("three days bridge a weekend; issues that wait for an idea make the last tenth"),
            ),
            sample=10,
        ),
        remedy="Give one person in turn the duty to answer or close each new issue within a working day.",
        effort=Effort(0.5),
    )
)
def first_response(issues: Issues) -> Outcome:
    """Share (0 to 100 %) of people's issues of 90 days, three days old or more, answered or closed within 72 hours.

    A proxy: notes that a team opens for itself need no answer, but cannot be told from reports.
    """
    if not issues.enabled:
        return NotApplicable("issues are switched off")
    wait = timedelta(hours=72)
    newest, oldest = issues.as_of - wait, issues.as_of - timedelta(days=90)
    asked = [i for i in issues.issues if not i.bot and oldest < i.created_at <= newest]
    if not asked:
        return NotApplicable("nobody opened an issue in 90 days")
    heard = [
        i
        for i in asked
        if any(at is not None and at - i.created_at <= wait for at in (i.first_response_at, i.closed_at))
    ]
    return Measured(
        percent(len(heard), len(asked)),
        f"{len(heard)} of {len(asked)} issues were answered or closed by a person within three days",
        sample=len(asked),
        window_days=90,
        basis=Basis.INFERRED,
        certainty=0.7,
    )
