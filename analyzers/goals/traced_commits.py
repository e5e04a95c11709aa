"""How many commits say what they are for."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.history import CommitMessages


@check(
    CheckSpec(
        id="GOA-004",
        stage=Stage.GOALS,
        practice="traced",
        question="Do commits refer to the issue, ticket or change request they serve?",
        rationale="Work that refers to nothing cannot be traced to a goal, a customer or a decision later.",
        scale=Scale(
            "% of human commits",
            ((0, 0), (30, 40), (60, 70), (90, 100)),
            (ours("small repairs need no ticket, so full points from 90 %; under a third the trace is accidental"),),
            sample=30,
        ),
        remedy="Name the issue in each commit message or merge with the change request's number, and check it in CI.",
        effort=Effort(0.5, each=0.25, per="repository"),
    )
)
def traced_commits(messages: CommitMessages) -> Outcome:
    """Share (0 to 100 %) of human, non-merge commits of the window whose message refers to an issue or change request."""
    if not messages.commits:
        return NotApplicable(f"no human commit in {messages.window_days} days")
    return Measured(
        percent(messages.with_reference, messages.commits),
        f"{messages.with_reference} of {messages.commits} human commits refer to an issue or change request",
        sample=messages.commits,
        window_days=messages.window_days,
    )
