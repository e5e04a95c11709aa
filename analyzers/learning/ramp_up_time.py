"""How fast newcomers become productive."""

from __future__ import annotations

from datetime import datetime, timedelta

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Across, Unknown, Why
from scanner.core.figures import days, median
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.history import Contributors


@check(
    CheckSpec(
        id="LEA-001",
        stage=Stage.LEARNING,
        practice="onboarding",
        question="How many days pass between a newcomer's first and tenth commit?",
        rationale="A short way to the tenth change shows that code, tools and people let newcomers in.",
        scale=Scale(
            "days (median)",
            ((14, 100), (30, 88), (60, 72), (120, 48), (240, 20), (365, 0)),
            (ours("ten changes within a month or two is a decent start in full-time work"),),
            sample=4,
        ),
        remedy="Give every newcomer a first task for the first week, a buddy, and a set-up that runs on one command.",
        effort=Effort(3),
    )
)
def ramp_up_time(contributors: Across[Contributors]) -> Outcome:
    """Median days from first to tenth commit of people first seen in 730 days who got there (a proxy; single repositories)."""
    first: dict[str, datetime] = {}
    tenth: dict[str, datetime] = {}
    for _, each in contributors:
        for p in each.people:
            first[p.person] = min(p.first_at, first.get(p.person, p.first_at))
            if p.tenth_at is not None:
                tenth[p.person] = min(p.tenth_at, tenth.get(p.person, p.tenth_at))
    since = max(c.as_of for _, c in contributors) - timedelta(days=730)
    joined = sorted(person for person, at in first.items() if at > since)
    if not joined:
        return NotApplicable("nobody committed for the first time in 730 days")
    spans = [days(tenth[person] - first[person]) for person in joined if person in tenth]
    if not spans:
        return Unknown(
            Why.SAMPLE_TOO_SMALL, f"none of {len(joined)} newcomers has reached a tenth commit in one repository"
        )
    return Measured(
        median(spans),
        f"the median of {counted(len(spans), 'newcomer')} took {counted(round(median(spans)), 'day')}; not there yet: {len(joined) - len(spans)}",
        sample=len(spans),
        window_days=730,
        basis=Basis.INFERRED,
        certainty=0.7,
    )
