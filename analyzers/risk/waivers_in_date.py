"""Whether accepted risks are looked at again when their time is up."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.engagement import Engagement, Moment


@check(
    CheckSpec(
        id="RIS-012",
        stage=Stage.RISK,
        practice="watch",
        question="Are accepted findings looked at again before their acceptance runs out?",
        rationale="An acceptance that nobody renews has become neglect.",
        scale=Scale(
            "% of waivers", ((0, 0), (50, 35), (80, 70), (100, 100)), (ours("an expired acceptance accepts nothing"),)
        ),
        remedy="Renew, fix or drop every waiver that has run out.",
        effort=Effort(0, each=0.25, per="finding"),
        weight=0.5,
        controls=("ISO 27001:2022 6.1.3",),
    )
)
def waivers_in_date(engagement: Engagement, moment: Moment) -> Outcome:
    """Share (0 to 100 %) of declared waivers that have not expired."""
    if not engagement.waivers:
        return NotApplicable("no finding is waived")
    today = moment.as_of.date()
    expired = sorted((w for w in engagement.waivers if w.expires < today), key=lambda w: (w.expires, w.fingerprint))
    places = tuple(
        Place(f"waiver of {w.fingerprint} ran out on {w.expires}", Severity.LOW, anchor=w.fingerprint)
        for w in expired[:200]
    )
    total = len(engagement.waivers)
    return Measured(
        percent(total - len(expired), total), f"{len(expired)} of {total} waivers have run out", places=places
    )
