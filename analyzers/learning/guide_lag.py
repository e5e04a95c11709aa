"""How long the guides have stood still while the code went on."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Unknown, Why
from scanner.core.figures import age_days, median
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.history import RepositoryProfile
from scanner.facts.tree import Document, DocumentKind, Documents

GUIDES: tuple[DocumentKind, ...] = ("readme", "contributing", "onboarding", "architecture")


@check(
    CheckSpec(
        id="LEA-008",
        stage=Stage.LEARNING,
        practice="kept",
        question="Do the guides for newcomers keep up with the code?",
        rationale="A guide that no longer works costs a newcomer a day, and the trust in all the others.",
        scale=Scale(
            "days (median)",
            ((120, 100), (365, 75), (730, 45), (1825, 0)),
            (ours("a guide may stand still for some months; years of changing code outrun it"),),
        ),
        remedy="Let each newcomer correct the guides while following them.",
        effort=Effort(0, each=0.5, per="repository"),
    )
)
def guide_lag(documents: Documents, profile: RepositoryProfile) -> Outcome:
    """Median days (0 upwards) between the last change of a guide and the last change of the repository."""
    guides = [d for d in documents.of(*GUIDES) if _is_of_the_whole(d)]
    if not guides or profile.head_at is None:
        return NotApplicable("there are no guides to keep up")
    lags = [max(0.0, age_days(d.last_changed_at, profile.head_at)) for d in guides if d.last_changed_at]
    if not lags:
        return Unknown(Why.UNSUPPORTED, "history does not tell when the guides were last changed", "scan a full clone")
    return Measured(
        median(lags),
        f"the median of {counted(len(lags), 'guide')} was last changed {counted(round(median(lags)), 'day')} before the repository was",
    )


def _is_of_the_whole(document: Document) -> bool:
    """Whether a guide speaks of the repository; a README further down belongs to one part or example."""
    return document.kind != "readme" or document.path.rpartition("/")[0] in ("", "docs", ".github")
