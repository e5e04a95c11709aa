"""How many installed apps may change code, settings or credentials."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Unknown, Why
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.forge import Organisation


@check(
    CheckSpec(
        id="SEC-036",
        stage=Stage.SECURITY,
        practice="access",
        question="How many installed apps may change code, settings or credentials?",
        rationale="An app keeps its rights when the trial is over; whoever breaks into its maker can use them.",
        scale=Scale(
            "apps",
            ((0, 100), (3, 85), (8, 60), (20, 30), (40, 0)),
            (ours("an update bot, a deployer and a release bot are ordinary; beyond eight nobody knows them all"),),
        ),
        remedy="Remove the apps that nobody uses, and limit the others to the repositories and rights they need.",
        effort=Effort(0.5, each=0.1, per="finding"),
        weight=0.5,
        controls=("ISO 27001:2022 A.5.19",),
    )
)
def writing_apps(organisation: Organisation) -> Outcome:
    """Number (0 and up) of installed apps whose rights include writing code, settings, members or credentials."""
    apps, writing = organisation.apps, organisation.apps_writing
    if apps is None or writing is None:
        detail = "the forge shows installed apps to the organisation's owners only"
        return Unknown(Why.FORBIDDEN, detail, "a token of an owner with “Organization administration: read”")
    if not apps:
        return NotApplicable("no app is installed in the organisation")
    return Measured(writing, f"{writing} of {counted(apps, 'installed app')} may change code, settings or credentials")
