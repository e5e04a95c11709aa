"""How many repositories belong to a declared system."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Across, Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.engagement import Engagement
from scanner.facts.history import RepositoryProfile


@check(
    CheckSpec(
        id="STA-006",
        stage=Stage.STATE,
        practice="inventory",
        question="Does every repository belong to a known system?",
        rationale="Code that belongs to no system has no owner, no criticality and no budget.",
        scale=Scale(
            "% of repositories",
            ((0, 0), (50, 40), (80, 75), (95, 100)),
            (ours("experiments and forks need no system, so full points from 95 %"),),
            sample=3,
        ),
        remedy="Assign each repository listed here to a system in the engagement file, or archive it.",
        effort=Effort(0.5, each=0.05, per="finding"),
        controls=("ISO 27001:2022 A.5.9",),
    )
)
def mapped_repositories(engagement: Engagement, profiles: Across[RepositoryProfile]) -> Outcome:
    """Share (0 to 100 %) of repositories with commits that a declared system names."""
    if not engagement.systems:
        return Unknown(Why.NOT_ANSWERED, "no system is declared", "declare the systems in the engagement file")
    patterns = tuple(p for s in engagement.systems for p in s.repos)
    filled = [subject for subject, profile in profiles if profile.head]
    if not filled:
        return NotApplicable("every repository is empty")
    loose = [subject for subject in filled if not subject.matches(patterns)]
    return Measured(
        percent(len(filled) - len(loose), len(filled)),
        f"{len(filled) - len(loose)} of {len(filled)} repositories belong to a declared system",
        sample=len(filled),
        basis=Basis.DECLARED,
        certainty=0.75,
        places=tuple(
            Place("belongs to no declared system", Severity.LOW, anchor=s.name, subject=s) for s in loose[:200]
        ),
    )
