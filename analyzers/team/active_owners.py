"""Whether the people named as owners still work on what they own."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.knowledge import OwnerActivity


@check(
    CheckSpec(
        id="TEA-023",
        stage=Stage.TEAM,
        practice="balance",
        question="Do the people named as owners of code still work on it?",
        rationale="An owner who left or moved on is asked for reviews that nobody gives, and hides that the part has no owner.",
        scale=Scale(
            "% of owners",
            ((0, 0), (40, 40), (70, 80), (90, 100)),
            (ours("in 90 days an owner reviews more than writes, so one in ten may have written nothing"),),
            sample=4,
        ),
        remedy="Replace the persons of CODEOWNERS by teams, and give the patterns listed here to someone who is there.",
        effort=Effort(0.5, each=0.25, per="finding"),
        weight=0.5,
    )
)
def active_owners(owners: OwnerActivity) -> Outcome:
    """Share (0 to 100 %) of people named in CODEOWNERS who changed a file of theirs in 90 days.

    Of those that can be matched to commits by login or address; unknown when that is under half of them.
    """
    if not owners.present:
        return NotApplicable("there is no CODEOWNERS file")
    if not owners.people:
        return NotApplicable("CODEOWNERS names teams only" if owners.teams else "CODEOWNERS names nobody")
    matched = owners.people - owners.unmatched
    if 2 * matched < owners.people:
        return Unknown(
            Why.SAMPLE_TOO_SMALL,
            f"only {matched} of {owners.people} owners can be matched to commits by login or address",
            "a people file that names the addresses of each login",
        )
    places = tuple(
        Place("nobody named for this pattern committed in 90 days", Severity.LOW, rule=p, anchor=p)
        for p in owners.abandoned
    )
    return Measured(
        percent(owners.active_there, matched),
        f"{owners.active_there} of {matched} owners changed a file of theirs in 90 days, {owners.active_elsewhere} only others, {owners.inactive} none; {owners.unmatched} could not be matched",
        sample=matched,
        window_days=90,
        places=places,
    )
