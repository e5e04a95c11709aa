"""How many of the documents that people rely on are kept up."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Unknown, Why
from scanner.core.figures import age_days, percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.history import CommitActivity
from scanner.facts.tree import Document, Documents


@check(
    CheckSpec(
        id="COM-004",
        stage=Stage.COMMUNICATION,
        practice="documented",
        question="Are the documents changed along with the code?",
        rationale="A document older than the code it describes misleads with authority.",
        scale=Scale(
            "% of guiding documents",
            ((0, 5), (20, 45), (50, 75), (80, 100)),
            (ours("some texts stay true for years; where code moves, half of them need a touch in a year"),),
            sample=2,
        ),
        remedy="Review the documents listed here, and ask in the change-request template whether documents must change.",
        effort=Effort(0.25, each=0.25, per="finding"),
        weight=0.5,
    )
)
def document_freshness(documents: Documents, activity: CommitActivity) -> Outcome:
    """Share (0 to 100 %) of guiding documents changed in 365 days, in repositories with 20 human commits in that time."""
    if activity.commits_365_days < 20:
        return NotApplicable(
            f"only {counted(activity.commits_365_days, 'human commit')} in a year: little to keep up with"
        )
    kinds = documents.of("readme", "architecture", "runbook", "api", "onboarding", "contributing")
    guiding = [d for d in kinds if _is_of_the_whole(d)]
    dated = [(d.path, age_days(d.last_changed_at, documents.as_of)) for d in guiding if d.last_changed_at is not None]
    if not guiding:
        return NotApplicable("there are no guiding documents")
    if not dated:
        return Unknown(Why.UNSUPPORTED, "history does not tell when the documents changed", "a full clone")
    old = sorted(path for path, age in dated if age > 365)
    return Measured(
        percent(len(dated) - len(old), len(dated)),
        f"{len(dated) - len(old)} of {len(dated)} guiding documents changed within a year",
        sample=len(dated),
        window_days=365,
        places=tuple(Place("unchanged for over a year", Severity.INFO, path=path, anchor=path) for path in old[:200]),
    )


def _is_of_the_whole(document: Document) -> bool:
    """Whether a guide speaks of the repository; a README further down belongs to one part or example."""
    return document.kind != "readme" or document.path.rpartition("/")[0] in ("", "docs", ".github")
