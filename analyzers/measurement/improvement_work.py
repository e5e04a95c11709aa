"""How much of the work betters the product from within."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.history import CommitMessages

IMPROVING = frozenset({"maintenance", "operations", "security", "test", "documentation"})


@check(
    CheckSpec(
        id="MEA-008",
        stage=Stage.MEASUREMENT,
        practice="improved",
        question="Does a healthy part of the work better what is there, beside features and fixes?",
        rationale="Teams that only add slow down; teams that only tidy stand still.",
        scale=Scale(
            "% of commits",
            ((0, 10), (10, 60), (20, 100), (50, 100), (75, 60), (95, 25)),
            (ours("a band: a fifth to a half of the work keeps a product able to change"),),
            sample=40,
        ),
        remedy="Reserve a fifth of each cycle for the improvements the measures call for.",
        effort=Effort(1),
    )
)
def improvement_work(messages: CommitMessages) -> Outcome:
    """Share (0 to 100 %) of commits, among those whose kind can be told, for upkeep, operations, security, tests or documents."""
    if not messages.commits:
        return NotApplicable(f"nothing was committed in {messages.window_days} days")
    told = sum(count for _, count in messages.kinds)
    if 2 * told < messages.commits:
        return Unknown(
            Why.SAMPLE_TOO_SMALL,
            f"the kind of only {told} of {messages.commits} commits can be told",
            "name the kind of change in commit messages",
        )
    better = sum(count for kind, count in messages.kinds if kind in IMPROVING)
    return Measured(
        percent(better, told),
        f"{better} of {told} commits whose kind can be told better what is there (told by their messages)",
        sample=told,
        window_days=messages.window_days,
        basis=Basis.INFERRED,
        certainty=0.7,
    )
