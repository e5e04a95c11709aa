"""Whether reports from outside are led to the team in a usable form."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Across
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.subjects import Subject
from scanner.facts.tree import CodeSize, Documents, Tree

TEMPLATES = (
    ".github/issue_template/*",
    ".github/issue_template.md",
    "issue_template.md",
    ".gitlab/issue_templates/*",
    "docs/issue_template.md",
)


@check(
    CheckSpec(
        id="EXP-001",
        stage=Stage.EXPERIENCE,
        practice="gathered",
        question="Does every repository with code say how users report a problem or a wish?",
        rationale="A report without steps or version costs a second round, or is never made.",
        scale=Scale(
            "% of repositories",
            ((0, 15), (40, 55), (75, 85), (95, 100)),
            (ours("inner libraries may share their product's channel"),),
        ),
        remedy="Add issue forms and a SUPPORT.md to the organisation's .github repository.",
        effort=Effort(1),
    )
)
def feedback_channels(trees: Across[Tree], documents: Across[Documents], sizes: Across[CodeSize]) -> Outcome:
    """Share (0 to 100 %) of repositories with code that hold issue templates or a support document, or share ``.github``'s."""

    def has(subject: Subject) -> bool:
        return trees.known[subject].has(*TEMPLATES) or bool(documents.known[subject].of("support"))

    read = [s for s, _ in trees if s in documents.known]
    asked = [s for s in read if s in sizes.known and sizes.known[s].product_code]
    if not asked:
        return NotApplicable("no repository read here holds product code")
    if any(s.name.endswith("/.github") and has(s) for s in read):
        return Measured(
            100.0, f"the organisation's own .github repository guides reports for all {len(asked)} repositories"
        )
    bare = [s for s in asked if not has(s)]
    places = tuple(Place("nothing says how to report a problem here", Severity.INFO, subject=s) for s in bare[:200])
    guided = len(asked) - len(bare)
    return Measured(
        percent(guided, len(asked)),
        f"{guided} of {len(asked)} repositories with code hold issue templates or a support document",
        sample=len(asked),
        places=places,
    )
