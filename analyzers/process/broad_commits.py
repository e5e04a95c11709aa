"""How often one commit touches half the house."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import CODE_MAAT, ours
from scanner.core.stages import Stage
from scanner.facts.history import CommitActivity


@check(
    CheckSpec(
        id="PRO-021",
        stage=Stage.PROCESS,
        practice="flow",
        question="How many commits touch more than 30 files?",
        rationale="Such commits mix purposes, cannot be reviewed as one thing and cannot be undone in part.",
        scale=Scale(
            "% of commits",
            ((0, 100), (2, 90), (5, 72), (12, 40), (30, 0)),
            (CODE_MAAT, ours("renames and formatting explain one in fifty; one in eight is a habit")),
            sample=30,
        ),
        remedy="Commit each purpose by itself, and mechanical changes apart from those of meaning.",
        effort=Effort(1),
        weight=0.5,
    )
)
def broad_commits(activity: CommitActivity) -> Outcome:
    """Share (0 to 100 %) of people's non-merge commits of 365 days that touch over 30 files."""
    commits, broad = activity.commits_365_days, activity.commits_over_30_files_365_days
    if not commits:
        return NotApplicable("nobody committed in the last year")
    return Measured(percent(broad, commits), f"{broad} of {commits} commits touch over 30 files", commits, 365)
