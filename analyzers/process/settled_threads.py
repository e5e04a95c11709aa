"""Whether what reviewers wrote was settled before the merge."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Rank, Scale, Source, check
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.forge import ChangeRequests

GITHUB = Source(
    Rank.SECONDARY,
    "GitHub, About protected branches: require conversation resolution before merging",
    "https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-protected-branches/about-protected-branches",
)


@check(
    CheckSpec(
        id="PRO-024",
        stage=Stage.PROCESS,
        practice="review",
        question="Are the threads of a review settled before the change is merged?",
        rationale="A remark that is merged over teaches reviewers not to make the next one.",
        scale=Scale(
            "% of review threads",
            ((0, 20), (50, 50), (80, 82), (95, 100)),
            (GITHUB, ours("praise and asides are often left open, so full points from 95 %")),
            sample=20,
        ),
        remedy="Require that all conversations are resolved before merging.",
        effort=Effort(0.1, each=0.05, per="repository"),
        weight=0.5,
    )
)
def settled_threads(changes: ChangeRequests) -> Outcome:
    """Review threads marked resolved ÷ review threads (0 to 100 %), of people's changes merged in 90 days.

    As they stand today: a thread that was resolved after the merge counts as settled.
    """
    merged = changes.recent()
    threads = sum(request.threads for request in merged)
    if not threads:
        return NotApplicable(f"none of {counted(len(merged), 'change')} merged in 90 days has a review thread")
    settled = sum(min(request.threads_resolved, request.threads) for request in merged)
    because = f"{settled} of {counted(threads, 'review thread')} of merged changes are marked as resolved"
    return Measured(percent(settled, threads), because, sample=threads, window_days=90)
