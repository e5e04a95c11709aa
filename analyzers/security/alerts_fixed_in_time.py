"""How many serious alerts of the forge are put right within a month."""

from __future__ import annotations

from datetime import timedelta

from scanner.core.checks import CheckSpec, Effort, Rank, Scale, Source, check
from scanner.core.evidence import Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.forge import SecurityAlerts

LIMIT = timedelta(days=30)
BOD_19_02 = Source(
    Rank.PRIMARY,
    "CISA, Binding Operational Directive 19-02: high faults of exposed systems in 30 days",
    "https://www.cisa.gov/news-events/directives/bod-19-02-vulnerability-remediation-requirements-internet-accessible-systems",
)
CLOSES = "a token with “Dependabot alerts: read”, “Code scanning alerts: read” and “Secret scanning alerts: read”"


@check(
    CheckSpec(
        id="SEC-006",
        stage=Stage.SECURITY,
        practice="dependencies",
        question="How many serious security alerts of the forge were fixed within 30 days?",
        rationale="An alert that nobody acts on is a record that the fault was known.",
        scale=Scale(
            "% of serious alerts",
            ((0, 0), (40, 35), (70, 65), (90, 90), (100, 100)),
            (BOD_19_02, ours("limit from the directive; seven of ten in time is what an ordinary team manages")),
            sample=5,
        ),
        remedy="Assign each serious alert on the day it opens, and review the open ones weekly.",
        effort=Effort(1, each=0.5, per="repository"),
        controls=("SSDF RV.2", "ISO 27001:2022 A.8.8"),
    )
)
def alerts_fixed_in_time(alerts: SecurityAlerts) -> Outcome:
    """Share (0 to 100 %) of high and critical alerts, fixed or over 30 days old, fixed in 30 days; dismissed left out."""
    if not alerts.kinds:
        return Unknown(Why.FORBIDDEN, "no kind of alert could be read", CLOSES)
    serious = [a for a in alerts.alerts if a.severity in (Severity.HIGH, Severity.CRITICAL) and a.state != "dismissed"]
    due = [a for a in serious if a.state == "fixed" or alerts.as_of - a.opened_at > LIMIT]
    if not due and alerts.unread:
        return Unknown(
            Why.FORBIDDEN, f"no serious alert came due, but {', '.join(alerts.unread)} alerts were not read", CLOSES
        )
    if not due:
        return NotApplicable(f"no serious alert ({', '.join(sorted(alerts.kinds))}) was fixed or has come due")
    timely = sum(a.state == "fixed" and a.closed_at is not None and a.closed_at - a.opened_at <= LIMIT for a in due)
    still = sum(a.state == "open" for a in due)
    because = f"{timely} of {len(due)} serious alerts were fixed within 30 days; {still} are open for longer"
    return Measured(percent(timely, len(due)), because, sample=len(due), certainty=0.7 if alerts.unread else 1.0)
