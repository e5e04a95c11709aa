"""How many commits say what they did."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.history import CommitMessages


@check(
    CheckSpec(
        id="COM-009",
        stage=Stage.COMMUNICATION,
        practice="informed",
        question="Do commit messages say what was changed?",
        rationale="History is the only document that is always complete; stock phrases make it useless.",
        scale=Scale(
            "% of human commits",
            ((30, 0), (60, 40), (85, 75), (97, 100)),
            (ours('a stray "wip" in thirty is human; four in ten and nobody can search the history'),),
            sample=30,
        ),
        remedy="Agree on a form for commit subjects and check it by a hook or in CI.",
        effort=Effort(0.25, each=0.1, per="repository"),
    )
)
def commit_messages(messages: CommitMessages) -> Outcome:
    """Share (0 to 100 %) of human commits whose subject is neither shorter than 10 characters nor a stock phrase."""
    if not messages.commits:
        return NotApplicable(f"no human commit in {messages.window_days} days")
    clear = messages.commits - messages.poor_subject
    return Measured(
        percent(clear, messages.commits),
        f"{clear} of {messages.commits} human commits have a telling subject",
        sample=messages.commits,
        window_days=messages.window_days,
    )
