"""How much of the work makes the product do something new."""

from __future__ import annotations

from collections import Counter

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Across, Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.history import CommitMessages


@check(
    CheckSpec(
        id="GOA-007",
        stage=Stage.GOALS,
        practice="directed",
        question="Is the share of work on new features in a healthy band?",
        rationale="Too few features means that upkeep eats the investment; nothing but features means that debt is being made.",
        scale=Scale(
            "% of classified commits",
            ((0, 10), (15, 50), (30, 100), (65, 100), (85, 65), (100, 35)),
            (ours("a band: a third to two thirds on features leaves room for repair, upkeep and security"),),
            sample=50,
        ),
        remedy="Agree a target mix of feature, fix and upkeep work and review it each quarter.",
        effort=Effort(1.0),
    )
)
def feature_share(messages: Across[CommitMessages]) -> Outcome:
    """Share (0 to 100 %) of feature commits among the commits of known kind, over the estate; a proxy for effort."""
    kinds: Counter[str] = Counter()
    commits = 0
    for _, fact in messages:
        commits += fact.commits
        kinds.update(dict(fact.kinds))
    classified = kinds.total()
    if not commits:
        return NotApplicable("no human commit in the window")
    if 2 * classified < commits or not classified:
        return Unknown(
            Why.SAMPLE_TOO_SMALL,
            f"the kind of only {classified} of {commits} commits can be told",
            "begin commit messages with their kind, as Conventional Commits do",
        )
    return Measured(
        percent(kinds["feature"], classified),
        f"{kinds['feature']} of {classified} classified commits add features (commits stand for effort)",
        sample=classified,
        window_days=max(fact.window_days for _, fact in messages),
        basis=Basis.INFERRED,
        certainty=0.6,
    )
