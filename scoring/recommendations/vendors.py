"""Steps towards vendors that are known, replaceable and healthy."""

from __future__ import annotations

from scanner.core.checks import Effort
from scanner.core.stages import Stage
from scoring.recommendations.step import Step

_VENDORS = """\
[[vendors]]
name = "Example Mail"
purpose = "transactional mail"
spend_per_year = 12000
renewal = 2027-09-30
exit_plan = "SMTP interface kept; two weeks to move"
"""

STEPS = (
    Step(
        id="REC-63",
        title="Keep one list of vendors with purpose, spend and renewal, and review it yearly against written criteria",
        stage=Stage.VENDORS,
        addresses=("VEN-001", "VEN-002", "VEN-003", "VEN-004"),
        effort=Effort(4),
        owner_role="Head of technology with head of finance",
        kpi="VEN-001",
        target=90.0,
        fix=_VENDORS,
    ),
    Step(
        id="REC-64",
        title="Write an exit plan for each vendor the business depends on, and settle on one vendor per purpose",
        stage=Stage.VENDORS,
        addresses=("VEN-005", "VEN-006", "VEN-007", "VEN-008"),
        effort=Effort(10, spread=3.0),
        owner_role="Lead architect",
        kpi="VEN-005",
        target=75.0,
        prerequisites=("REC-63",),
    ),
    Step(
        id="REC-65",
        title="Build on named versions from publishers you chose, and leave those who ended support",
        stage=Stage.VENDORS,
        addresses=("VEN-009", "VEN-010", "VEN-011", "VEN-012"),
        effort=Effort(1, each=1, per="repository", spread=3.0),
        owner_role="Platform engineer",
        kpi="VEN-010",
    ),
)
