"""How often a change had to be taken back."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.history import CommitMessages


@check(
    CheckSpec(
        id="ADA-006",
        stage=Stage.ADAPTATION,
        practice="quick",
        question="Do changes hold, without having to be taken back?",
        rationale="Speed that is taken back is not speed.",
        scale=Scale(
            "% of commits",
            ((0, 100), (1, 90), (3, 65), (6, 35), (12, 0)),
            (ours("one in a hundred is healthy caution; one in twenty is trial and error on the main line"),),
            sample=50,
        ),
        remedy="Look at the last ten reverts together and move the check that would have caught them before the merge.",
        effort=Effort(2),
    )
)
def revert_share(messages: CommitMessages) -> Outcome:
    """Share (0 to 100 %) of people's commits in the window that revert an earlier one, by their message."""
    if not messages.commits:
        return NotApplicable(f"nothing was committed in {messages.window_days} days")
    return Measured(
        percent(messages.reverts, messages.commits),
        f"{messages.reverts} of {messages.commits} commits revert an earlier one",
        sample=messages.commits,
        window_days=messages.window_days,
    )
