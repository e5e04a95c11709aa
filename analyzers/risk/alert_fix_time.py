"""Whether severe security alerts are settled in time."""

from __future__ import annotations

from datetime import timedelta

from scanner.core.checks import CheckSpec, Effort, Rank, Scale, Source, check
from scanner.core.evidence import Unknown, Why
from scanner.core.figures import age_days, percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.forge import SecurityAlerts

DAYS = {Severity.CRITICAL: 15, Severity.HIGH: 30}
"""Days to settle an alert, by severity (BOD 19-02)."""

CLOSES = "a token with “Dependabot alerts: read”, “Code scanning alerts: read” and “Secret scanning alerts: read”"


@check(
    CheckSpec(
        id="RIS-011",
        stage=Stage.RISK,
        practice="watch",
        question="Are severe security alerts settled within 15 (critical) or 30 (high) days?",
        rationale="The time between disclosure and repair is the attacker's time.",
        scale=Scale(
            "% of severe alerts",
            ((0, 0), (50, 40), (80, 75), (95, 100)),
            (
                Source(
                    Rank.PRIMARY,
                    "CISA Binding Operational Directive 19-02: critical within 15 days, high within 30",
                    "https://www.cisa.gov/news-events/directives/bod-19-02-vulnerability-remediation-requirements-internet-accessible-systems",
                ),
                ours("share in time: a few that need a redesign are normal"),
            ),
            sample=5,
        ),
        remedy="Give every critical and high alert an owner and a due date on the day it opens.",
        effort=Effort(0.5, each=0.5, per="finding"),
        controls=("ISO 27001:2022 A.8.8", "SOC 2 CC7.1", "SSDF RV.2"),
    )
)
def alert_fix_time(alerts: SecurityAlerts) -> Outcome:
    """Share (0 to 100 %) of due critical and high alerts, open or opened in 365 days, fixed or dismissed in time."""
    if not alerts.kinds:
        return Unknown(Why.UNSUPPORTED, "no kind of security alert could be read", CLOSES)
    in_time, late = 0, []
    for alert in alerts.alerts:
        if alert.severity not in DAYS or not (alert.state == "open" or age_days(alert.opened_at, alerts.as_of) <= 365):
            continue
        due = alert.opened_at + timedelta(days=DAYS[alert.severity])
        if alert.closed_at is not None and alert.closed_at <= due:
            in_time += 1
        elif due < alerts.as_of:
            late.append(alert)
    total = in_time + len(late)
    if not total and alerts.unread:
        detail = f"none of the alerts that were read is due, but {', '.join(alerts.unread)} alerts were not read"
        return Unknown(Why.FORBIDDEN, detail, CLOSES)
    if not total:
        return NotApplicable("no severe alert has been settled or fallen due in 365 days")
    still = [a for a in late if a.state == "open"]
    return Measured(
        percent(in_time, total),
        f"{in_time} of {total} severe alerts were settled in time; {len(still)} of the late ones are still open",
        sample=total,
        window_days=365,
        certainty=0.7 if alerts.unread else 1.0,
    )
