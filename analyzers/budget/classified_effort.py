"""How much of the work can be told apart by kind."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Across
from scanner.core.figures import percent
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.history import CommitMessages


@check(
    CheckSpec(
        id="BUD-007",
        stage=Stage.BUDGET,
        practice="allocation",
        question="Can the work of engineers be told apart into features, fixes and upkeep?",
        rationale="People are the largest cost; work of unknown kind can be neither capitalised nor steered.",
        scale=Scale(
            "% of human commits",
            ((0, 0), (40, 45), (70, 80), (90, 100)),
            (ours("a tenth unclear does not change a quarter's picture; more than half unclear is no picture"),),
            sample=50,
        ),
        remedy="Begin commit messages with their kind, or label change requests, and check it in CI.",
        effort=Effort(0.5, each=0.1, per="repository"),
    )
)
def classified_effort(messages: Across[CommitMessages]) -> Outcome:
    """Share (0 to 100 %) of the estate's human commits whose kind can be told; commits stand for effort."""
    commits = sum(fact.commits for _, fact in messages)
    if not commits:
        return NotApplicable("no human commit in the window")
    classified = sum(count for _, fact in messages for _, count in fact.kinds)
    return Measured(
        percent(classified, commits),
        f"the kind of {classified} of {commits} human commits can be told (commits stand for effort)",
        sample=commits,
        window_days=max(fact.window_days for _, fact in messages),
        basis=Basis.INFERRED,
        certainty=0.7,
    )
