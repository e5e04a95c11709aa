"""What the estate would lose if its most decisive person left."""

from __future__ import annotations

from collections import Counter

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Across, Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.history import CommitActivity, FileChanges
from scanner.facts.tree import Tree


@check(
    CheckSpec(
        id="TEA-004",
        stage=Stage.TEAM,
        practice="continuity",
        question="Would most files in work still have their main author if any one person left?",
        rationale="The departure test: what is lost is what only the leaver has worked on lately.",
        scale=Scale(
            "% of files in work",
            ((10, 100), (25, 75), (50, 40), (85, 5)),
            (
                ours(
                    "in a team of ten an even share is a tenth; half of the files in one head is the whole company's risk"
                ),
            ),
            sample=50,
        ),
        remedy="Plan handovers for the areas that one person holds, before it is needed.",
        effort=Effort(10.0),
        weight=1.5,
    )
)
def departure_loss(changes: Across[FileChanges], activity: Across[CommitActivity], trees: Across[Tree]) -> Outcome:
    """Share (0 to 100 %) of product files in work (3 revisions a year) mostly changed by one and the same person, at worst."""
    pairs = [
        (fact, trees.known[subject])
        for subject, fact in changes
        if subject in trees.known and subject in activity.known
    ]
    if not pairs:
        return Unknown(Why.SAMPLE_TOO_SMALL, "no repository has both its history and its tree read", "a full scan")
    held: Counter[str] = Counter()
    worked = 0
    for fact, tree in pairs:
        product = {e.path for e in tree.entries if e.role == "product"}
        for file in fact.files:
            if file.revisions_365_days >= 3 and file.path in product:
                worked += 1
                held.update([file.main_person] if file.main_person_share > 0.5 else [])
    if not worked:
        return NotApplicable("no product file was changed three times in a year")
    worst = max(held.values(), default=0)
    return Measured(
        percent(worst, worked),
        f"the departure of one person would take the main author of {worst} of {worked} product files in work",
        sample=worked,
        window_days=365,
    )
