"""Steps towards surviving loss, and hearing what users say and suffer."""

from __future__ import annotations

from scanner.core.checks import Effort
from scanner.core.stages import Stage
from scoring.recommendations.step import Step

_DATABASE = """\
resource "aws_db_instance" "orders" {
  multi_az                = true
  backup_retention_period = 14
  deletion_protection     = true
}
"""

_POLICY = """\
# SECURITY.md
## Report a vulnerability
Write to security@example.com or use "Report a vulnerability" on the Security page.
We answer within 3 working days and publish a fix within 90 days.
## Supported versions
"""

_ISSUE_FORM = """\
# .github/ISSUE_TEMPLATE/problem.yml
name: Something does not work
description: Tell us what you did and what happened
labels: [customer, bug]
body:
  - type: textarea
    attributes: {label: What did you do, and what happened?}
    validations: {required: true}
"""

STEPS = (
    Step(
        id="REC-41",
        title="Back up every database for two weeks and run it in more than one zone",
        stage=Stage.RISK,
        addresses=("RIS-005", "RIS-006"),
        effort=Effort(1, each=0.5, per="finding"),
        owner_role="Platform engineer",
        kpi="RIS-005",
        target=95.0,
        fix=_DATABASE,
    ),
    Step(
        id="REC-42",
        title="State recovery targets, write the runbooks, and rehearse a complete restore against the clock",
        stage=Stage.RISK,
        addresses=("RIS-003", "RIS-004", "RIS-007", "RIS-008"),
        effort=Effort(5, each=0.75, per="repository"),
        owner_role="Platform engineer",
        kpi="RIS-004",
        prerequisites=("REC-41",),
    ),
    Step(
        id="REC-43",
        title="Keep a risk register with owners and dates, and examine every serious incident in writing",
        stage=Stage.RISK,
        addresses=("RIS-001", "RIS-012", "RIS-013"),
        effort=Effort(3),
        owner_role="Head of technology",
        kpi="RIS-001",
    ),
    Step(
        id="REC-44",
        title="Say in every repository how a vulnerability is reported in private",
        stage=Stage.SECURITY,
        addresses=("SEC-024",),
        effort=Effort(0.5, each=0.05, per="repository"),
        owner_role="Security lead",
        kpi="SEC-024",
        target=95.0,
        fix=_POLICY,
    ),
    Step(
        id="REC-45",
        title="Give users one plain way to report and wish, talk with some of them monthly, and tell them what came of it",
        stage=Stage.EXPERIENCE,
        addresses=("EXP-001", "EXP-004", "EXP-005", "EXP-008"),
        effort=Effort(5),
        owner_role="Head of product",
        kpi="EXP-001",
        target=80.0,
        fix=_ISSUE_FORM,
    ),
    Step(
        id="REC-46",
        title="Let crashes and use of the interface reach the team without the user writing",
        stage=Stage.EXPERIENCE,
        addresses=("EXP-002", "EXP-003"),
        effort=Effort(1, each=2, per="repository"),
        owner_role="Head of product",
        kpi="EXP-002",
    ),
    Step(
        id="REC-47",
        title="Close reported defects within a month, with a test that keeps them closed",
        stage=Stage.EXPERIENCE,
        addresses=("EXP-006", "EXP-007"),
        effort=Effort(3, each=0.5, per="repository"),
        owner_role="Team leads",
        kpi="EXP-006",
        target=80.0,
        prerequisites=("REC-14",),
    ),
    Step(
        id="REC-48",
        title="Try the interface end to end in the pipeline: main journeys, accessibility, languages, size budget",
        stage=Stage.EXPERIENCE,
        addresses=("EXP-010", "EXP-011", "EXP-012", "EXP-013"),
        effort=Effort(2, each=5, per="repository"),
        owner_role="Team leads",
        kpi="EXP-010",
        target=75.0,
        prerequisites=("REC-14",),
        fix="npx playwright test          # journeys, with @axe-core/playwright for accessibility\n"
        "npx lhci autorun             # budget in lighthouserc.json\n",
    ),
)
