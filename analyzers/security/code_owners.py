"""Whether someone is named to answer for each part of the code."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import SCORECARD, ours
from scanner.core.stages import Stage
from scanner.facts.history import CommitActivity
from scanner.facts.tree import Ownership

FEWEST_PEOPLE = 3


@check(
    CheckSpec(
        id="SEC-025",
        stage=Stage.SECURITY,
        practice="governance",
        question="Is someone named to answer for each part of the code?",
        rationale="Where nobody is named, sensitive parts change without those who understand them being asked.",
        scale=Scale(
            "% of product files",
            ((0, 25), (50, 60), (80, 90), (95, 100)),
            (SCORECARD, ours("small teams know without a file, so none costs less than full points would suggest")),
        ),
        remedy="Add a CODEOWNERS file that names a team for each folder, sensitive folders first.",
        effort=Effort(0.25, each=0.25, per="repository"),
        weight=0.5,
        status="retired",
    )
)
def code_owners(ownership: Ownership, activity: CommitActivity) -> Outcome:
    """Share (0 to 100 %) of product files that CODEOWNERS gives an owner; asked from three active people on."""
    if activity.people_365_days < FEWEST_PEOPLE:
        return NotApplicable(f"{activity.people_365_days} people worked here in the year: everyone knows who answers")
    if not ownership.files:
        return NotApplicable("there are no product files to own")
    if not ownership.present:
        return Measured(0, "there is no CODEOWNERS file")
    because = f"{ownership.files_owned} of {ownership.files} product files have a named owner"
    return Measured(percent(ownership.files_owned, ownership.files), because, sample=ownership.files)
