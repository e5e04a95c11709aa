"""How many people may change the rules of a repository."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Rank, Scale, Source, check
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.forge import RepositoryAccess

ALLOWED = 3
LEGITIFY = Source(
    Rank.SECONDARY, "Legitify policies: at most 5 % of a repository's users are admins, three always allowed"
)


@check(
    CheckSpec(
        id="SEC-018",
        stage=Stage.SECURITY,
        practice="access",
        question="How many people beyond three may change the rules of the repository?",
        rationale="Whoever administers a repository can switch off every protection in it, by mistake or on purpose.",
        scale=Scale(
            "% of collaborators",
            ((0, 100), (5, 88), (20, 55), (50, 20), (90, 0)),
            (LEGITIFY, ours("beyond the three always allowed; half of all as admins is no separation of duties")),
        ),
        remedy="Give write access by team, and keep admin rights to two or three people.",
        effort=Effort(0.1, each=0.1, per="repository"),
        controls=("ISO 27001:2022 A.8.2",),
    )
)
def repository_admins(access: RepositoryAccess) -> Outcome:
    """Admins beyond three ÷ collaborators (0 to 100 %)."""
    if not access.collaborators:
        return NotApplicable("nobody collaborates here")
    because = f"{access.admins} of {access.collaborators} collaborators are admins"
    beyond = max(0, access.admins - ALLOWED)
    return Measured(percent(beyond, access.collaborators), because, sample=access.collaborators)
