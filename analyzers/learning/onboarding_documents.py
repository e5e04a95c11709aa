"""Whether a newcomer finds how to start."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.tree import CodeSize, Documents

LARGE = 5000
"""Product code lines from which a map of the code is asked for."""


@check(
    CheckSpec(
        id="LEA-003",
        stage=Stage.LEARNING,
        practice="onboarding",
        question="Does the repository tell a newcomer how to run it, how to contribute, and how it is built up?",
        rationale="Whatever is not written is asked of the same people again and again.",
        scale=Scale(
            "% of the parts",
            ((0, 0), (34, 40), (50, 60), (67, 75), (100, 100)),
            (ours("how to run comes first, the map last"),),
        ),
        remedy="Write what is missing of: commands to run it in the README, a contributing guide, an architecture overview.",
        effort=Effort(0, each=1, per="repository"),
        controls=("OSPS-GV-03.01",),
    )
)
def onboarding_documents(documents: Documents, size: CodeSize) -> Outcome:
    """Share (0 to 100 %) of three parts: commands in the README, contributing guide, and (from 5000 lines) a map of the code."""
    if not size.product_code:
        return NotApplicable("there is no product code")
    readmes = documents.of("readme")
    says_how = any(word in h.lower() for d in readmes for h in d.headings for word in ("contribut", "develop"))
    parts = {
        "commands to run it in the README": any(d.code_blocks for d in readmes),
        "a contributing guide": says_how or bool(documents.of("contributing", "onboarding")),
    }
    if size.product_code >= LARGE:
        parts["an architecture overview"] = bool(documents.of("architecture", "decision-record"))
    missing = sorted(part for part, there in parts.items() if not there)
    said = f"missing: {', '.join(missing)}" if missing else "all are there"
    return Measured(
        percent(len(parts) - len(missing), len(parts)), f"{len(parts) - len(missing)} of {len(parts)} parts; {said}"
    )
