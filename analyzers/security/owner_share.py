"""How many people may do everything in the organisation."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Rank, Scale, Source, check
from scanner.core.evidence import Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.forge import Organisation

ALLOWED = 3
LEGITIFY = Source(Rank.SECONDARY, "Legitify policies: an organisation has fewer than three owners")


@check(
    CheckSpec(
        id="SEC-017",
        stage=Stage.SECURITY,
        practice="access",
        question="How many members beyond three may do everything in the organisation?",
        rationale="Each owner can delete, publish or hand over everything; each is one stolen session away from that.",
        scale=Scale(
            "% of members",
            ((0, 100), (5, 80), (15, 45), (40, 10), (80, 0)),
            (LEGITIFY, ours("we allow three, so that one may be away; beyond them one in twenty is ordinary")),
        ),
        remedy="Reduce the owners to two or three, and give the others the rights of their teams.",
        effort=Effort(0.5),
        controls=("ISO 27001:2022 A.8.2",),
    )
)
def owner_share(organisation: Organisation) -> Outcome:
    """Owners beyond three ÷ members (0 to 100 %)."""
    members, owners = organisation.members, organisation.admins
    if members is None or owners is None:
        detail = "the forge does not show members and owners to this reader"
        return Unknown(Why.FORBIDDEN, detail, "a token of a member with “Organization members: read”")
    if not members:
        return NotApplicable("there is no member: it is a personal account")
    return Measured(
        percent(max(0, owners - ALLOWED), members), f"{owners} of {members} members are owners", sample=members
    )
