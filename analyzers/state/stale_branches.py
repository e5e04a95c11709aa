"""How many branches were left lying."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.history import RepositoryProfile


@check(
    CheckSpec(
        id="STA-008",
        stage=Stage.STATE,
        practice="inventory",
        question="Are branches removed when their work is done?",
        rationale="Left branches hide unfinished work, old secrets and the question whether something was ever merged.",
        scale=Scale(
            "branches without a commit in 90 days",
            ((0, 100), (5, 90), (20, 60), (60, 25), (200, 0)),
            (ours("release branches rest by design, so a handful costs almost nothing"),),
        ),
        remedy="Delete merged branches automatically and decide on the rest once.",
        effort=Effort(0.1, each=0.25, per="repository"),
        weight=0.5,
        status="retired",
    )
)
def stale_branches(profile: RepositoryProfile) -> Outcome:
    """Number of branches other than the default one without a commit in 90 days."""
    if not profile.head:
        return NotApplicable("the repository is empty")
    return Measured(
        profile.stale_branches,
        f"{counted(profile.stale_branches, 'branch', 'branches')} beside {profile.default_branch} without a commit in 90 days",
        window_days=90,
    )
