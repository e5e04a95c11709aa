"""Whether the credentials of the pipelines are renewed."""

from __future__ import annotations

from datetime import timedelta

from scanner.core.checks import CheckSpec, Effort, Rank, Scale, Source, check
from scanner.core.evidence import Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.forge import AutomationSettings

YEAR = timedelta(days=365)
LEGITIFY = Source(Rank.SECONDARY, "Legitify policies: secrets are updated at least yearly")


@check(
    CheckSpec(
        id="SEC-034",
        stage=Stage.SECURITY,
        practice="secrets",
        question="Were the credentials that pipelines hold renewed within the year?",
        rationale="A credential that is never renewed is known to everybody who ever saw it, those who left included.",
        scale=Scale(
            "% of stored credentials",
            ((0, 15), (50, 50), (80, 80), (100, 100)),
            (
                LEGITIFY,
                ours(
                    "half renewed shows a habit with gaps; what is no credential at all lowers an honest share a little"
                ),
            ),
        ),
        remedy="Renew stored credentials each year, and replace them by short-lived ones (OpenID Connect) where the other side can.",
        effort=Effort(0.5, each=0.25, per="finding"),
        controls=("ISO 27001:2022 A.5.17",),
    )
)
def secret_rotation(settings: AutomationSettings) -> Outcome:
    """Stored credentials set or renewed in the 365 days before ``as_of`` ÷ those whose date is told (0 to 100 %)."""
    if settings.enabled is False:
        return NotApplicable("the forge's pipelines are switched off here")
    if settings.secrets is None:
        detail = "the forge does not show this reader which credentials pipelines hold"
        return Unknown(Why.FORBIDDEN, detail, "a token with “Secrets: read”")
    if not settings.secrets:
        return NotApplicable("the forge keeps no credential for pipelines here")
    if all(s.created_at is None and s.updated_at is None for s in settings.secrets):
        return NotApplicable("the forge keeps no dates of its credentials")
    dated = [(s.name, s.updated_at) for s in settings.secrets if s.updated_at is not None]
    if not dated:
        return Unknown(Why.UNSUPPORTED, "the forge does not tell when credentials were renewed", "the owner's word")
    old = sorted((at, name) for name, at in dated if settings.as_of - at > YEAR)
    places = tuple(
        Place(
            f"{name} was not renewed for over {'three years' if settings.as_of - at > 3 * YEAR else 'a year'}",
            Severity.MEDIUM if settings.as_of - at > 3 * YEAR else Severity.LOW,
            anchor=f"secret {name}",
        )
        for at, name in old[:200]
    )
    because = f"{len(dated) - len(old)} of {counted(len(dated), 'stored credential')} were renewed within the year"
    return Measured(percent(len(dated) - len(old), len(dated)), because, sample=len(dated), places=places)
