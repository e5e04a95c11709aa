"""How many repositories sleep without being marked as asleep."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Across, Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.forge import ForgeRepository
from scanner.facts.history import CommitActivity


@check(
    CheckSpec(
        id="STA-007",
        stage=Stage.STATE,
        practice="inventory",
        question="Are repositories that nobody works on marked as archived?",
        rationale="A dormant repository that is not archived looks alive: its faults are neither mended nor excused.",
        scale=Scale(
            "% of repositories",
            ((0, 100), (20, 85), (50, 50), (90, 15)),
            (ours("finished libraries may rest unarchived, so one in five costs little"),),
            sample=3,
        ),
        remedy="Archive the dormant repositories, or state in their README that they are finished and who answers for them.",
        effort=Effort(0.5, each=0.1, per="finding"),
        weight=0.5,
    )
)
def dormant_repositories(activity: Across[CommitActivity], records: Across[ForgeRepository]) -> Outcome:
    """Share (0 to 100 %) of unarchived repositories, forks and templates left out, without a human commit in 365 days."""
    if not activity.known.keys() & records.known.keys():
        return Unknown(Why.SAMPLE_TOO_SMALL, "no repository has both its history and its forge record read")
    open_ones = [
        (subject, activity.known[subject])
        for subject, record in records
        if subject in activity.known and not (record.archived or record.fork or record.template)
    ]
    if not open_ones:
        return NotApplicable("no repository is open to work: all are archived, forks or templates")
    dormant = [subject for subject, fact in open_ones if not fact.commits_365_days]
    return Measured(
        percent(len(dormant), len(open_ones)),
        f"{len(dormant)} of {len(open_ones)} unarchived repositories had no human commit in a year",
        sample=len(open_ones),
        window_days=365,
        places=tuple(
            Place("dormant for a year and not archived", Severity.LOW, anchor=s.name, subject=s) for s in dormant[:200]
        ),
    )
