"""How old the oldest deploy key is."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Unknown, Why
from scanner.core.figures import age_days
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.engagement import Moment
from scanner.facts.forge import RepositoryAccess


@check(
    CheckSpec(
        id="SEC-037",
        stage=Stage.SECURITY,
        practice="access",
        question="How old is the oldest deploy key?",
        rationale="A deploy key never expires; an old one lies on machines that were sold, copied and forgotten.",
        scale=Scale(
            "days",
            ((180, 100), (365, 85), (730, 55), (1825, 15), (3650, 0)),
            (
                ours(
                    "renewed yearly like other stored credentials is good; after five years nobody knows all its copies"
                ),
            ),
        ),
        remedy="Replace deploy keys each year, and use an app's short-lived tokens where a machine can fetch them.",
        effort=Effort(0.1, each=0.25, per="repository"),
        weight=0.5,
        controls=("ISO 27001:2022 A.5.17",),
    )
)
def deploy_key_age(access: RepositoryAccess, moment: Moment) -> Outcome:
    """Days (0 and up) since the oldest deploy key was made."""
    if not access.deploy_keys:
        return NotApplicable("there is no deploy key")
    if access.oldest_key_at is None:
        return Unknown(Why.UNSUPPORTED, "the forge does not tell when deploy keys were made", "the owner's word")
    age = max(0.0, age_days(access.oldest_key_at, moment.as_of))
    return Measured(age, f"the oldest of {counted(access.deploy_keys, 'deploy key')} is {age:.0f} days old")
