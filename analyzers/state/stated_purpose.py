"""Whether the repository says what it is for."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.history import RepositoryProfile
from scanner.facts.tree import Documents

ELSEWHERE = (".github/", ".gitlab/", "docs/")


@check(
    CheckSpec(
        id="STA-005",
        stage=Stage.STATE,
        practice="inventory",
        question="Does the repository's README say what it is for?",
        rationale="An inventory is only as good as what each entry says of itself.",
        scale=Scale(
            "words of the main README",
            ((0, 0), (15, 40), (40, 75), (100, 100)),
            (ours("a purpose takes two sentences; a hundred words also say for whom"),),
        ),
        remedy="State in the README what the repository does, for whom, and which system it belongs to.",
        effort=Effort(0.0, each=0.25, per="repository"),
    )
)
def stated_purpose(profile: RepositoryProfile, documents: Documents) -> Outcome:
    """Words of the longest README at the top of the tree, 0 when there is none."""
    if not profile.head:
        return NotApplicable("the repository is empty")
    readmes = [d.words for d in documents.of("readme") if d.path.count("/") == 0 or d.path.startswith(ELSEWHERE)]
    if not readmes:
        return Measured(0, "there is no README at the top of the tree")
    return Measured(max(readmes), f"the main README has {counted(max(readmes), 'word')}")
