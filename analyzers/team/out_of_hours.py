"""How much of the work is done at night and on weekends."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Across
from scanner.core.figures import percent
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.history import Contributors


@check(
    CheckSpec(
        id="TEA-010",
        stage=Stage.TEAM,
        practice="balance",
        question="Is the work done in working hours?",
        rationale="Steady work at night and on weekends is overload, and the last sign before people leave.",
        scale=Scale(
            "% of human commits",
            ((10, 100), (25, 75), (45, 40), (80, 5)),
            (ours("flexible hours and on-call make a tenth normal; near half the team works two shifts"),),
            sample=100,
        ),
        remedy="Look with the team into what drives work out of hours: on-call load, deadlines, or choice.",
        effort=Effort(1.0),
        weight=0.5,
    )
)
def out_of_hours(contributors: Across[Contributors]) -> Outcome:
    """Share (0 to 100 %) of the estate's human commits of 365 days on weekends or from 20:00 to 07:00, in their own zone.

    Only for teams of three or more: no figure of single people is made.
    """
    people = {p.person for _, fact in contributors for p in fact.people if p.commits_365_days}
    timed = sum(fact.timed_commits_365_days for _, fact in contributors)
    if len(people) < 3 or not timed:
        return NotApplicable("fewer than three people committed in a year: no figure of single people is made")
    late = sum(fact.out_of_hours_commits_365_days for _, fact in contributors)
    return Measured(
        percent(late, timed),
        f"{late} of {timed} human commits were made at night or on a weekend (some work so by choice)",
        sample=timed,
        window_days=365,
        basis=Basis.INFERRED,
        certainty=0.6,
    )
