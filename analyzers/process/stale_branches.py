"""How many branches were left behind."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Rank, Scale, Source, check
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.history import CommitActivity, RepositoryProfile

DORA_TRUNK = Source(
    Rank.SECONDARY,
    "DORA, capability trunk-based development: three or fewer active branches, merged at least daily",
    "https://dora.dev/capabilities/trunk-based-development/",
)


@check(
    CheckSpec(
        id="PRO-020",
        stage=Stage.PROCESS,
        practice="flow",
        question="How many branches beside the default one have had no commit for 90 days?",
        rationale="Forgotten branches hide unfinished work, old secrets and releases that nobody maintains.",
        scale=Scale(
            "branches",
            ((0, 100), (3, 90), (10, 70), (30, 40), (100, 10), (300, 0)),
            (DORA_TRUNK, ours("a few release branches rest legitimately; dozens were forgotten")),
        ),
        remedy="Delete merged and abandoned branches, and let the forge delete each branch when it is merged.",
        effort=Effort(0.1, each=0.1, per="repository"),
        weight=0.5,
    )
)
def stale_branches(profile: RepositoryProfile, activity: CommitActivity) -> Outcome:
    """Number (0 and up) of branches other than the default one whose newest commit is over 90 days old."""
    if not activity.commits_90_days:
        return NotApplicable("the whole repository has rested for 90 days")
    share = f" ({percent(profile.stale_branches, profile.branches):.0f} %)" if profile.branches else ""
    because = f"{profile.stale_branches} of {profile.branches} branches{share} have had no commit for 90 days"
    return Measured(profile.stale_branches, because)
