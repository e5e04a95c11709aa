"""How long ago the locked dependencies were last renewed."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Unknown, Why
from scanner.core.figures import age_days, median
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.dependencies import Dependencies
from scanner.facts.history import CommitActivity, FileChanges


@check(
    CheckSpec(
        id="ADA-002",
        stage=Stage.ADAPTATION,
        practice="current",
        question="Were the locked dependencies renewed lately?",
        rationale="A lock file that nobody renews pins the faults of its day.",
        scale=Scale(
            "days (median)",
            ((30, 100), (90, 85), (180, 62), (365, 35), (730, 0)),
            (ours("a quarter is a normal rhythm; past a year updates become projects"),),
        ),
        remedy="Renew every lock file at least each quarter, with the tests as judge.",
        effort=Effort(0, each=1, per="repository"),
        controls=("SSDF PW.4",),
    )
)
def lock_file_age(dependencies: Dependencies, changes: FileChanges, activity: CommitActivity) -> Outcome:
    """Median days (0 upwards) since people last changed the lock files; unknown where bots commit and people have not lately."""
    locks = {m.path for m in dependencies.manifests if m.kind == "lock"}
    if not locks:
        return NotApplicable("no lock file is kept here")
    ages = [age_days(f.last_at, changes.as_of) for f in changes.files if f.path in locks]
    if not ages:
        return Unknown(Why.UNSUPPORTED, "no commit by a person touched the lock files", "scan a full clone")
    age = median(ages)
    if age > 90 and activity.bot_commits_365_days:
        return Unknown(
            Why.UNSUPPORTED,
            f"people last changed the lock files {counted(round(age), 'day')} ago, but bots commit here and may have since",
            "grant read access to change requests, which tell what bots updated",
        )
    return Measured(
        age, f"the median of {counted(len(ages), 'lock file')} was last changed {counted(round(age), 'day')} ago"
    )
