"""Whether the team still works on how it works."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.figures import percent
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.ci import Pipelines
from scanner.facts.history import CommitActivity, FileChanges

BUSY = 20
"""Commits in 365 days from which a team is expected to touch its tooling too."""


@check(
    CheckSpec(
        id="ADA-007",
        stage=Stage.ADAPTATION,
        practice="learning",
        question="Does the team that changes the code also keep bettering the pipeline around it?",
        rationale="A pipeline that stands still while the code moves shows that nobody learns from its failures.",
        scale=Scale(
            "% of pipeline files",
            ((0, 30), (25, 65), (50, 85), (75, 100)),
            (ours("a good pipeline may rest; most of a living one is touched within a year"),),
        ),
        remedy="Take one improvement of the pipeline into each cycle, chosen from what cost most time.",
        effort=Effort(1),
    )
)
def tooling_renewal(pipelines: Pipelines, changes: FileChanges, activity: CommitActivity) -> Outcome:
    """Share (0 to 100 %) of pipeline files that people changed in 365 days, where the code itself changed (a proxy)."""
    paths = {p.path for p in pipelines.pipelines}
    if not paths:
        return NotApplicable("there is no pipeline to better")
    if activity.commits_365_days < BUSY:
        return NotApplicable(
            f"{counted(activity.commits_365_days, 'commit')} in 365 days: the code rests, and its pipeline may too"
        )
    touched = {f.path for f in changes.files if f.path in paths and f.revisions_365_days}
    return Measured(
        percent(len(touched), len(paths)),
        f"people changed {len(touched)} of {len(paths)} pipeline files in 365 days (a proxy for learning)",
        sample=len(paths),
        window_days=365,
        basis=Basis.INFERRED,
        certainty=0.6,
    )
