"""How many of the files that name dependencies could be read."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.dependencies import Dependencies


@check(
    CheckSpec(
        id="STA-004",
        stage=Stage.STATE,
        practice="evidence",
        question="Could every manifest and lock file be read whole?",
        rationale="A manifest that cannot be read hides dependencies, their licences and their vulnerabilities.",
        scale=Scale(
            "% of manifests",
            ((0, 0), (70, 40), (90, 75), (100, 100)),
            (ours("each unread manifest is a blind spot of the supply chain, so only all of them earn full points"),),
        ),
        remedy="Mend or remove the manifests that do not parse.",
        effort=Effort(0.25, each=0.1, per="finding"),
    )
)
def manifests_read(dependencies: Dependencies) -> Outcome:
    """Share (0 to 100 %) of manifests and lock files that were read without a problem."""
    manifests = dependencies.manifests
    if not manifests:
        return NotApplicable("the repository declares no dependencies")
    broken = sorted((m for m in manifests if m.problem), key=lambda m: m.path)
    return Measured(
        percent(len(manifests) - len(broken), len(manifests)),
        f"{len(manifests) - len(broken)} of {len(manifests)} manifests were read whole",
        places=tuple(
            Place(f"manifest not read whole: {m.problem}", Severity.MEDIUM, path=m.path, anchor=m.path)
            for m in broken[:200]
        ),
    )
