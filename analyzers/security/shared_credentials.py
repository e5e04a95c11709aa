"""Whether the credentials that all repositories share are renewed, hidden and limited."""

from __future__ import annotations

from datetime import timedelta

from scanner.core.checks import CheckSpec, Effort, Rank, Scale, Source, check
from scanner.core.evidence import Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.forge import SharedCredentials

YEAR = timedelta(days=365)
LEGITIFY = Source(Rank.SECONDARY, "Legitify policies: secrets are updated at least yearly")


@check(
    CheckSpec(
        id="SEC-042",
        stage=Stage.SECURITY,
        practice="secrets",
        question="Are the credentials that all repositories share renewed yearly, or where no dates are kept masked and protected?",
        rationale="One pipeline that leaks a shared credential leaks it for every repository that is given it.",
        scale=Scale(
            "% of shared credentials",
            ((0, 15), (50, 50), (80, 80), (100, 100)),
            (
                LEGITIFY,
                ours("as for credentials of one repository; what is no credential lowers an honest share a little"),
            ),
        ),
        remedy="Renew shared credentials each year, mask and protect their variables, end tokens, and share each with few.",
        effort=Effort(0.5, each=0.25, per="finding"),
        controls=("ISO 27001:2022 A.5.17",),
    )
)
def shared_credentials(shared: SharedCredentials) -> Outcome:
    """Shared credentials in order ÷ those that can be judged (0 to 100 %).

    In order: renewed in the 365 days before ``as_of``; of a forge without dates masked and protected; a deploy token
    that ends within a year.
    """
    tokens = shared.deploy_tokens or ()
    if not shared.secrets and not tokens:
        return NotApplicable("the organisation keeps no credential for its repositories")
    loose: list[tuple[str, str]] = []
    judged = len(tokens)
    for secret in shared.secrets:
        if secret.updated_at is not None:
            judged += 1
            if shared.as_of - secret.updated_at > YEAR:
                loose.append((f"secret {secret.name}", "was not renewed for over a year"))
        elif secret.guarded is not None:
            judged += 1
            if not secret.guarded:
                loose.append((f"variable {secret.name}", "is not both masked and protected"))
    lasting = [t for t in tokens if not t.ends_within_year(shared.as_of)]
    loose += [(f"deploy token {t.name}", "does not end within a year") for t in lasting]
    if not judged:
        return Unknown(
            Why.UNSUPPORTED, "the forge does not tell when shared credentials were renewed", "the owner's word"
        )
    places = tuple(
        Place(f"{what} {why}", Severity.MEDIUM, anchor=f"shared {what}") for what, why in sorted(loose)[:200]
    )
    because = f"{judged - len(loose)} of {counted(judged, 'shared credential')} are in order"
    return Measured(percent(judged - len(loose), judged), because, sample=judged, places=places)
