"""How many members sign in with a password alone."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Rank, Scale, Source, check
from scanner.core.evidence import Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.forge import Organisation

OSPS = Source(Rank.PRIMARY, "OSPS Baseline, OSPS-AC-01.01: multi-factor sign-in", "https://baseline.openssf.org/")


@check(
    CheckSpec(
        id="SEC-029",
        stage=Stage.SECURITY,
        practice="access",
        question="How many members of the organisation sign in without a second factor?",
        rationale="The rule is only as good as the accounts it reaches: one without a second factor is the one that is taken over.",
        scale=Scale(
            "% of members",
            ((0, 100), (2, 60), (10, 25), (30, 0)),
            (OSPS, ours("the baseline asks it of everybody, so the first percent costs most")),
        ),
        remedy="Ask the members without a second factor to set one up by a date, then require it of everybody.",
        effort=Effort(0.5),
        controls=("OSPS-AC-01.01", "ISO 27001:2022 A.8.5"),
    )
)
def members_without_two_factor(organisation: Organisation) -> Outcome:
    """Members without a second factor ÷ members (0 to 100 %); where it is required and the list not shown, 0 by inference."""
    members, without = organisation.members, organisation.members_without_two_factor
    if without is None and organisation.two_factor_required:
        because = "the organisation requires a second factor, so nobody should be without one"
        return Measured(0, because, basis=Basis.INFERRED, certainty=0.9)
    if members is None or without is None:
        detail = "the forge shows who has no second factor to the organisation's owners only"
        return Unknown(Why.FORBIDDEN, detail, "a token of an owner with “Organization administration: read”")
    if not members:
        return NotApplicable("there is no member: it is a personal account")
    because = f"{without} of {counted(members, 'member')} sign in without a second factor"
    loose = Place("members sign in without a second factor", Severity.HIGH, anchor="members without second factor")
    return Measured(
        percent(min(without, members), members), because, sample=members, places=(loose,) if without else ()
    )
