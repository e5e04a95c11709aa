"""Steps towards clear goals, a known estate, a planned direction and known cost."""

from __future__ import annotations

from scanner.core.checks import Effort
from scanner.core.stages import Stage
from scoring.recommendations.step import Step

_GOALS = """\
[[goals]]
id = "G1"
text = "Halve the time from order to delivery"
metric = "median hours from order to delivery"
target = "24"
due = 2027-03-31
repos = ["orders", "fulfilment"]
"""

_PULL_REQUEST_TEMPLATE = """\
# .github/pull_request_template.md
## Why
Closes #<issue>

## What changed

## How it was tested
"""

_DECISION = """\
# docs/adr/0001-title.md
# 1. Title: what was decided
Date: 2027-01-31. Status: accepted.
## Context
What forces the decision.
## Decision
What we do.
## Consequences
What becomes easier, what harder, what would make us decide again.
"""

_TAGS = """\
provider "aws" {
  default_tags {
    tags = { product = "orders", team = "fulfilment", environment = var.environment }
  }
}
"""

STEPS = (
    Step(
        id="REC-01",
        title="Write down the business goals with metric, target and date, and share them with every engineer",
        stage=Stage.GOALS,
        addresses=("GOA-001", "GOA-002", "GOA-006"),
        effort=Effort(2),
        owner_role="Chief executive with head of technology",
        kpi="GOA-001",
        fix=_GOALS,
    ),
    Step(
        id="REC-02",
        title="Link every change to the issue it serves",
        stage=Stage.GOALS,
        addresses=("GOA-004", "GOA-005", "BUD-007"),
        effort=Effort(0.5, each=0.1, per="repository"),
        owner_role="Head of engineering",
        kpi="GOA-005",
        target=80.0,
        prerequisites=("REC-01",),
        fix=_PULL_REQUEST_TEMPLATE,
    ),
    Step(
        id="REC-03",
        title="Give every business-critical system an owner and enough of the team's time",
        stage=Stage.GOALS,
        addresses=("GOA-008", "GOA-009"),
        effort=Effort(1, each=1, per="finding"),
        owner_role="Head of technology",
        kpi="GOA-008",
    ),
    Step(
        id="REC-04",
        title="Open what could not be read: grant the missing access and repair unreadable manifests",
        stage=Stage.STATE,
        addresses=("STA-001", "STA-002", "STA-003", "STA-004"),
        effort=Effort(0.5, each=0.1, per="finding"),
        owner_role="Platform engineer",
        kpi="STA-001",
        target=95.0,
    ),
    Step(
        id="REC-05",
        title="Map every repository to a system, say what it is for, and archive what nobody works on",
        stage=Stage.STATE,
        addresses=("STA-005", "STA-006", "STA-007", "STA-011"),
        effort=Effort(1, each=0.25, per="repository"),
        owner_role="Lead architect",
        kpi="STA-006",
        target=90.0,
        fix='[[systems]]\nname = "orders"\nrepos = ["orders", "orders-*"]\ncriticality = 1\nowner = "team fulfilment"\n',
    ),
    Step(
        id="REC-06",
        title="Review strengths and weaknesses with the team, on the figures of this assessment, twice a year",
        stage=Stage.STATE,
        addresses=("STA-009", "STA-010"),
        effort=Effort(2, each=0.5, per="repository"),
        owner_role="Head of technology",
        kpi="STA-010",
        target=80.0,
    ),
    Step(
        id="REC-07",
        title="Record technical decisions with their reasons, and bring drifted records up to date",
        stage=Stage.STRATEGY,
        addresses=("STR-001", "STR-002", "STR-003"),
        effort=Effort(2, each=0.1, per="finding"),
        owner_role="Lead architect",
        kpi="STR-001",
        fix=_DECISION,
    ),
    Step(
        id="REC-08",
        title="Write a technology strategy and a dated roadmap that follow from the goals, and re-plan monthly",
        stage=Stage.STRATEGY,
        addresses=("STR-004", "STR-005", "STR-006", "STR-007", "GOA-003"),
        effort=Effort(6),
        owner_role="Head of technology",
        kpi="STR-005",
        target=80.0,
        prerequisites=("REC-01",),
    ),
    Step(
        id="REC-09",
        title="Replace runtimes, frameworks and images that have lost, or will soon lose, their maker's support",
        stage=Stage.STRATEGY,
        addresses=("STR-008", "STR-009", "ARC-011"),
        effort=Effort(1, each=2, per="finding", spread=3.0),
        owner_role="Lead architect",
        kpi="STR-008",
        target=90.0,
    ),
    Step(
        id="REC-10",
        title="Finish migrations under way, so that each package is used in one generation only",
        stage=Stage.STRATEGY,
        addresses=("STR-010", "ARC-010"),
        effort=Effort(2, each=2, per="finding", spread=3.0),
        owner_role="Lead architect",
        kpi="STR-010",
        target=75.0,
    ),
    Step(
        id="REC-11",
        title="Collect what people, cloud and tools cost, tag cloud resources, and set a budget with an alarm",
        stage=Stage.BUDGET,
        addresses=("BUD-002", "BUD-004", "BUD-005", "BUD-006"),
        effort=Effort(3, each=0.5, per="repository"),
        owner_role="Head of finance with platform engineer",
        kpi="BUD-005",
        fix=_TAGS,
    ),
    Step(
        id="REC-12",
        title="Bring the cloud bill back into proportion: remove idle resources, resize, commit to steady load",
        stage=Stage.BUDGET,
        addresses=("BUD-001",),
        effort=Effort(8),
        owner_role="Platform engineer",
        kpi="BUD-001",
        target=75.0,
        prerequisites=("REC-11",),
    ),
    Step(
        id="REC-13",
        title="Reserve capacity for upkeep on purpose, estimate larger work, and compare with what it took",
        stage=Stage.BUDGET,
        addresses=("BUD-008", "BUD-009", "BUD-010", "BUD-011", "GOA-007", "GOA-010"),
        effort=Effort(4),
        owner_role="Head of engineering",
        kpi="BUD-009",
        target=75.0,
        prerequisites=("REC-02",),
    ),
)
