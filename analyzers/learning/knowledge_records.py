"""Whether what was learnt is written where the next person looks."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.tree import CodeSize, DocumentKind, Documents

RECORDS: tuple[DocumentKind, ...] = ("decision-record", "postmortem", "runbook", "architecture", "style-guide")
SMALL = 1000


@check(
    CheckSpec(
        id="LEA-009",
        stage=Stage.LEARNING,
        practice="kept",
        question="Are decisions, incidents and ways of working recorded beside the code?",
        rationale="What is not recorded is learnt again, at the same price.",
        scale=Scale(
            "kinds of record (of 5)",
            ((0, 20), (1, 60), (2, 85), (3, 100)),
            (ours("one kind shows the habit; three cover why, how and what went wrong"),),
        ),
        remedy="Record the next decision in one page beside the code, and go on.",
        effort=Effort(0, each=1, per="repository"),
    )
)
def knowledge_records(documents: Documents, size: CodeSize) -> Outcome:
    """Kinds of record (0 to 5) kept in a repository of 1000 or more product code lines."""
    if size.product_code < SMALL:
        return NotApplicable(f"fewer than {SMALL} lines of product code")
    kinds = sorted({d.kind for d in documents.of(*RECORDS)})
    return Measured(
        len(kinds),
        f"kept here: {', '.join(kinds)}"
        if kinds
        else "no decision record, postmortem, runbook, architecture or style guide is kept",
    )
