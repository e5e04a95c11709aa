"""How many people from outside the organisation may work on a repository that is not public."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.forge import ForgeRepository, RepositoryAccess


@check(
    CheckSpec(
        id="SEC-019",
        stage=Stage.SECURITY,
        practice="access",
        question="How many of those with access to private code stand outside the organisation?",
        rationale="Outside accounts escape the organisation's sign-in rules and are forgotten when a contract ends.",
        scale=Scale(
            "% of collaborators",
            ((0, 100), (10, 82), (30, 55), (60, 20), (100, 0)),
            (ours("a few contractors are ordinary; most of the access outside is loss of control"),),
        ),
        remedy="Review outside accounts each quarter, remove those without a contract, take in the rest as members.",
        effort=Effort(0.25, each=0.1, per="repository"),
        controls=("ISO 27001:2022 A.5.18",),
    )
)
def outside_collaborators(access: RepositoryAccess, record: ForgeRepository) -> Outcome:
    """Outside collaborators ÷ collaborators (0 to 100 %) of a repository that is not public."""
    if record.visibility == "public":
        return NotApplicable("the code is public: outside contributors are welcome")
    if not access.collaborators:
        return NotApplicable("nobody collaborates here")
    because = f"{access.outside} of {access.collaborators} collaborators are outside the organisation"
    return Measured(percent(access.outside, access.collaborators), because, sample=access.collaborators)
