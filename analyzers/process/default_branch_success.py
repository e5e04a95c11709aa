"""How often the default branch is green."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.forge import Runs

OF_CHANGE_REQUESTS = ("pull_request", "pull_request_target", "merge_request_event")


@check(
    CheckSpec(
        id="PRO-004",
        stage=Stage.PROCESS,
        practice="integration",
        question="How often do pipeline runs on the default branch succeed?",
        rationale="A red default branch stops everyone, and one that is often red is no longer looked at.",
        scale=Scale(
            "% of runs",
            ((50, 0), (70, 30), (85, 60), (95, 88), (99, 100)),
            (ours("the branch everyone builds on should be green: one red run in twenty is ordinary"),),
            sample=20,
        ),
        remedy="Fix or remove the jobs that fail most, and require green checks before merging.",
        effort=Effort(2, each=1, per="repository"),
        controls=("OSPS-QA-03.01",),
    )
)
def default_branch_success(runs: Runs) -> Outcome:
    """Successful ÷ (successful + failed) runs (0 to 100 %) on the default branch in the window; others are left out."""
    ended = [
        r.conclusion
        for r in runs.runs
        if r.branch == runs.default_branch
        and r.event not in OF_CHANGE_REQUESTS  # a fork's branch may bear the same name
        and r.conclusion in ("success", "failure")
    ]
    if not ended:
        return NotApplicable(f"no pipeline run ended on the default branch in {runs.window_days} days")
    green = ended.count("success")
    because = f"{green} of {len(ended)} runs on the default branch succeeded"
    return Measured(percent(green, len(ended)), because, sample=len(ended), window_days=runs.window_days)
