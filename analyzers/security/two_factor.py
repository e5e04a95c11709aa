"""Whether every member must sign in with a second factor."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Rank, Scale, Source, check
from scanner.core.evidence import Unknown, Why
from scanner.core.outcomes import Measured, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.forge import Organisation

OSPS = Source(Rank.PRIMARY, "OSPS Baseline, OSPS-AC-01.01: multi-factor sign-in", "https://baseline.openssf.org/")


@check(
    CheckSpec(
        id="SEC-016",
        stage=Stage.SECURITY,
        practice="access",
        question="Must every member of the organisation sign in with a second factor?",
        rationale="One reused password of one member opens all the code, and the pipelines that ship it.",
        scale=Scale(
            "% (required or not)", ((0, 0), (100, 100)), (OSPS, ours("it is one switch, so there is no middle"))
        ),
        remedy="Require two-factor authentication in the organisation's settings, after a notice to its members.",
        effort=Effort(0.5),
        weight=2.0,
        controls=("OSPS-AC-01.01", "ISO 27001:2022 A.8.5"),
    )
)
def two_factor(organisation: Organisation) -> Outcome:
    """100 % when the forge requires a second factor of every member, 0 % when it does not."""
    if organisation.two_factor_required is None:
        detail = "the forge shows this setting to the organisation's owners only"
        return Unknown(Why.FORBIDDEN, detail, "a token of an owner with “Organization administration: read”")
    if organisation.two_factor_required:
        return Measured(100, "the organisation requires a second factor")
    loose = Place("the organisation does not require a second factor", Severity.HIGH, anchor="two factor")
    return Measured(0, "the organisation does not require a second factor", places=(loose,))
