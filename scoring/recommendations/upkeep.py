"""Steps towards running systems that are watched, and an estate that keeps up."""

from __future__ import annotations

from scanner.core.checks import Effort
from scanner.core.stages import Stage
from scoring.recommendations.step import Step

_OBJECTIVE = """\
# monitoring/alerts.yml (Prometheus): page when the error budget of a 99.9 % objective burns 14 times too fast
groups:
  - name: orders-availability
    rules:
      - alert: OrdersErrorBudgetBurn
        expr: >
          sum(rate(http_requests_total{service="orders",code=~"5.."}[1h]))
          / sum(rate(http_requests_total{service="orders"}[1h])) > 14.4 * 0.001
        for: 5m
        labels: {severity: page}
        annotations: {runbook: docs/runbooks/orders.md}
"""

_KPI = """\
[[kpis]]
name = "Lead time from first commit to production"
check = "PRO-011"
owner = "Head of engineering"
target = "under 3 days by the end of the quarter"
"""

_DEPENDABOT = """\
# .github/dependabot.yml
version: 2
updates:
  - package-ecosystem: npm          # one block for every ecosystem in use
    directory: /
    schedule: {interval: weekly}
    groups: {minor-and-patch: {update-types: [minor, patch]}}
  - package-ecosystem: github-actions
    directory: /
    schedule: {interval: weekly}
"""

STEPS = (
    Step(
        id="REC-56",
        title="Let every service send metrics, traces, structured logs and errors, and answer whether it is well",
        stage=Stage.MEASUREMENT,
        addresses=("MEA-001", "MEA-003"),
        effort=Effort(2, each=2, per="repository"),
        owner_role="Platform engineer",
        kpi="MEA-001",
    ),
    Step(
        id="REC-57",
        title="Keep dashboards, alerts and service objectives as code, and record every deployment",
        stage=Stage.MEASUREMENT,
        addresses=("MEA-002", "MEA-007"),
        effort=Effort(5, each=0.5, per="repository"),
        owner_role="Platform engineer",
        kpi="MEA-002",
        prerequisites=("REC-56",),
        fix=_OBJECTIVE,
    ),
    Step(
        id="REC-58",
        title="Steer by few figures with owner and target, look at them monthly, and follow up on what was recommended",
        stage=Stage.MEASUREMENT,
        addresses=("MEA-006", "MEA-008", "MEA-009", "MEA-010"),
        effort=Effort(3),
        owner_role="Head of technology",
        kpi="MEA-006",
        target=80.0,
        fix=_KPI,
    ),
    Step(
        id="REC-59",
        title="Measure test coverage and speed in the pipeline, and refuse what makes them worse",
        stage=Stage.MEASUREMENT,
        addresses=("MEA-004", "MEA-005"),
        effort=Effort(0.5, each=1, per="repository"),
        owner_role="Team leads",
        kpi="MEA-004",
        prerequisites=("REC-14",),
    ),
    Step(
        id="REC-60",
        title="Let a bot propose updates for every ecosystem, and merge them within two weeks",
        stage=Stage.ADAPTATION,
        addresses=("ADA-001", "ADA-002", "ADA-004", "RIS-010"),
        effort=Effort(0.5, each=0.5, per="repository"),
        owner_role="Team leads",
        kpi="ADA-001",
        fix=_DEPENDABOT,
    ),
    Step(
        id="REC-61",
        title="Plan runtime upgrades a year ahead, and take security releases within a month",
        stage=Stage.ADAPTATION,
        addresses=("ADA-003", "ADA-005"),
        effort=Effort(1, each=2, per="repository", spread=3.0),
        owner_role="Lead architect",
        kpi="ADA-003",
        prerequisites=("REC-60",),
    ),
    Step(
        id="REC-62",
        title="Look back monthly, carry out one improvement each time, and state how AI tools may be used",
        stage=Stage.ADAPTATION,
        addresses=("ADA-006", "ADA-007", "ADA-008", "ADA-009"),
        effort=Effort(3),
        owner_role="Head of engineering",
        kpi="ADA-009",
        target=75.0,
    ),
)
