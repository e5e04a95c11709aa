"""Whether the state of the systems is described in the repositories."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Across, Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.tree import CodeSize, Documents

SUBSTANTIAL_LINES = 5000


@check(
    CheckSpec(
        id="STA-011",
        stage=Stage.STATE,
        practice="known",
        question="Is the structure of every substantial system described where its code is?",
        rationale="Strengths and weaknesses of a structure that only lives in heads cannot be discussed or handed over.",
        scale=Scale(
            "% of substantial repositories",
            ((0, 0), (25, 40), (60, 75), (90, 100)),
            (
                ours(
                    "code of some 5000 lines can no longer be read in a sitting; related repositories may share a text"
                ),
            ),
            sample=3,
        ),
        remedy="Write one page of architecture overview for each substantial repository that lacks it.",
        effort=Effort(0.5, each=1.0, per="finding"),
        controls=("OSPS-SA-01.01",),
    )
)
def architecture_described(sizes: Across[CodeSize], documents: Across[Documents]) -> Outcome:
    """Share (0 to 100 %) of repositories with at least 5000 lines of product code that hold an architecture document."""
    if not sizes.known.keys() & documents.known.keys():
        return Unknown(Why.SAMPLE_TOO_SMALL, "no repository has both its code and its documents read")
    large = [s for s, size in sizes if size.product_code >= SUBSTANTIAL_LINES and s in documents.known]
    if not large:
        return NotApplicable(f"no readable repository has {SUBSTANTIAL_LINES} lines of product code")
    silent = [s for s in large if not documents.known[s].of("architecture", "decision-record")]
    return Measured(
        percent(len(large) - len(silent), len(large)),
        f"{len(large) - len(silent)} of {len(large)} substantial repositories describe their architecture",
        sample=len(large),
        certainty=0.8,
        places=tuple(Place("no architecture document", Severity.LOW, anchor=s.name, subject=s) for s in silent[:200]),
    )
