"""Whether vision and roadmap are written where engineers work, and kept current."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Across, Unknown, Why
from scanner.core.figures import age_days
from scanner.core.outcomes import Basis, Measured, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.tree import Documents

KINDS = ("vision", "roadmap")


@check(
    CheckSpec(
        id="GOA-003",
        stage=Stage.GOALS,
        practice="stated",
        question="Is the product's direction written down beside the code, and current?",
        rationale="People who cannot read where the product is going build for the direction they guess.",
        scale=Scale(
            "grade (0 none, 1 older than a year, 2 changed within a year)",
            ((0, 0), (1, 50), (2, 100)),
            (ours("direction is reviewed at least once in a business year, so an older text is half worth"),),
        ),
        remedy="Write a one-page vision or roadmap, link it from the main README and review it each quarter.",
        effort=Effort(1.0),
        weight=0.5,
    )
)
def direction_documents(documents: Across[Documents]) -> Outcome:
    """Grade 0 to 2 of the newest vision or roadmap document of the estate; a proxy, as wikis are not read."""
    found = [(d.last_changed_at, facts.as_of) for _, facts in documents for d in facts.documents if d.kind in KINDS]
    if not found:
        return Measured(
            0,
            f"none of {len(documents.known)} repositories holds a vision or roadmap (wikis are not read)",
            basis=Basis.INFERRED,
            certainty=0.5,
        )
    ages = [age_days(changed, as_of) for changed, as_of in found if changed is not None]
    if not ages:
        return Unknown(Why.UNSUPPORTED, "history does not tell when the vision or roadmap changed", "a full clone")
    return Measured(
        2 if min(ages) <= 365 else 1,
        f"{counted(len(found), 'vision or roadmap document')}, the newest changed {counted(round(min(ages)), 'day')} ago",
    )
