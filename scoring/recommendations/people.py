"""Steps towards knowledge that is shared, written down and passed on."""

from __future__ import annotations

from scanner.core.checks import Effort
from scanner.core.stages import Stage
from scoring.recommendations.step import Step

_CODEOWNERS = """\
# .github/CODEOWNERS: teams rather than persons, so that it outlives joiners and leavers
*            @ORG/platform
/payments/   @ORG/payments @ORG/platform
/docs/       @ORG/everyone
"""

_CONTRIBUTING = """\
# CONTRIBUTING.md
## Run it: three commands from a fresh clone to a running system
## Test it: one command
## Change it: branch, commit message, review, merge
## Find your way: the parts, and which file to read first (link to ARCHITECTURE.md)
## Ask: channel and people on duty
"""

STEPS = (
    Step(
        id="REC-31",
        title="Pair a second person into every system that one person carries, until both have shipped changes to it",
        stage=Stage.TEAM,
        addresses=(
            "TEA-001",
            "TEA-002",
            "TEA-003",
            "TEA-004",
            "TEA-007",
            "TEA-017",
            "TEA-018",
            "TEA-019",
            "RIS-009",
            "LEA-012",
        ),
        effort=Effort(5, each=5, per="repository"),
        owner_role="Head of engineering",
        kpi="TEA-001",
        target=70.0,
        prerequisites=("REC-32",),
    ),
    Step(
        id="REC-32",
        title="Name owners for all code, by team, in the repository",
        stage=Stage.TEAM,
        addresses=("TEA-012", "TEA-023"),
        effort=Effort(0.5, each=0.1, per="repository"),
        owner_role="Team leads",
        kpi="TEA-012",
        target=90.0,
        fix=_CODEOWNERS,
    ),
    Step(
        id="REC-33",
        title="Appoint deputies with a handover plan, and have leavers' systems explained and recorded while one can ask",
        stage=Stage.TEAM,
        addresses=("TEA-008", "TEA-005", "TEA-006", "TEA-013", "TEA-014", "TEA-020", "TEA-021", "TEA-022", "LEA-002"),
        effort=Effort(10),
        owner_role="Head of engineering",
        kpi="TEA-008",
        target=75.0,
    ),
    Step(
        id="REC-34",
        title="Spread reviews over the team, and changes with them",
        stage=Stage.TEAM,
        addresses=("TEA-009", "TEA-010", "TEA-011", "LEA-005", "LEA-011"),
        effort=Effort(2, each=0.1, per="repository"),
        owner_role="Team leads",
        kpi="TEA-011",
        target=75.0,
        prerequisites=("REC-15",),
        fix="# GitHub: Organisation > Teams > Settings > Code review: enable auto assignment, load balance, 1 reviewer\n",
    ),
    Step(
        id="REC-35",
        title="Give every repository a README that starts a stranger, and every service its operating documents",
        stage=Stage.COMMUNICATION,
        addresses=("COM-001", "COM-002", "COM-003", "COM-004"),
        effort=Effort(0.5, each=1, per="repository"),
        owner_role="Team leads",
        kpi="COM-003",
    ),
    Step(
        id="REC-36",
        title="Answer and decide in time: a weekly duty for open issues and change requests",
        stage=Stage.COMMUNICATION,
        addresses=("COM-005", "COM-006", "COM-007"),
        effort=Effort(1, each=0.25, per="repository"),
        owner_role="Team leads",
        kpi="COM-005",
        target=80.0,
    ),
    Step(
        id="REC-37",
        title="Say in every change, commit and release what changed and why",
        stage=Stage.COMMUNICATION,
        addresses=("COM-008", "COM-009", "COM-010", "COM-011"),
        effort=Effort(0.5, each=0.25, per="repository"),
        owner_role="Team leads",
        kpi="COM-008",
    ),
    Step(
        id="REC-38",
        title="Report delivery, quality, cost and risk to management monthly, and incidents to users as they happen",
        stage=Stage.COMMUNICATION,
        addresses=("COM-012", "COM-013"),
        effort=Effort(4),
        owner_role="Head of technology",
        kpi="COM-013",
    ),
    Step(
        id="REC-39",
        title="Write the guide by which a newcomer ships a first change in the first week, and keep it current",
        stage=Stage.LEARNING,
        addresses=("LEA-001", "LEA-003", "LEA-008", "LEA-009"),
        effort=Effort(1, each=1, per="repository"),
        owner_role="Team leads",
        kpi="LEA-003",
        prerequisites=("REC-35",),
        fix=_CONTRIBUTING,
    ),
    Step(
        id="REC-40",
        title="Give every engineer a mentor, training time, and review or pairing from the first change on",
        stage=Stage.LEARNING,
        addresses=("LEA-004", "LEA-006", "LEA-007", "LEA-010"),
        effort=Effort(5),
        owner_role="Head of engineering",
        kpi="LEA-007",
        target=75.0,
    ),
)
