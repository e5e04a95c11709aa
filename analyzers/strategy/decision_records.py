"""How many technical decisions the estate has on record."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Across
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.tree import CodeSize, Documents


@check(
    CheckSpec(
        id="STR-001",
        stage=Stage.STRATEGY,
        practice="decisions",
        question="Are technical decisions recorded with their reasons?",
        rationale="Without records each newcomer, and each buyer, has to guess why the system is as it is.",
        scale=Scale(
            "decision records",
            ((0, 0), (1, 35), (5, 65), (12, 85), (25, 100)),
            (ours("a young product takes a handful of decisions that are costly to undo each year"),),
        ),
        remedy="Record each decision that is costly to undo as a short text beside the code, beginning with the last five.",
        effort=Effort(2.0),
        weight=1.5,
    )
)
def decision_records(documents: Across[Documents], sizes: Across[CodeSize]) -> Outcome:
    """Number of decision records in the repositories of the estate; a proxy, as wikis are not read."""
    if not any(size.product_code for _, size in sizes):
        return NotApplicable("there is no product code")
    counts = [len(fact.of("decision-record")) for _, fact in documents]
    with_any = sum(1 for count in counts if count)
    return Measured(
        sum(counts),
        f"{sum(counts)} decision records in {with_any} of {len(counts)} repositories (wikis are not read)",
        basis=Basis.INFERRED,
        certainty=0.9 if with_any else 0.6,
    )
