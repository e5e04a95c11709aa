"""The sixteen stages of the fractional-CTO model and their practices, as declared data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True)
class Practice:
    """A habit that a stage judges; ``weight`` is its share of the stage, relative to its siblings."""

    key: str
    name: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class StageSpec:
    """One stage: number (1 to 16), key, name, the question it answers, its practices, its weight in the whole."""

    number: int
    key: str
    name: str
    purpose: str
    practices: tuple[Practice, ...]
    weight: float = 1.0


def _p(key: str, name: str, weight: float = 1.0) -> Practice:
    return Practice(key, name, weight)


class Stage(Enum):
    """The sixteen stages in report order; the value is the key, `spec` the declaration."""

    GOALS = "goals"
    STATE = "state"
    STRATEGY = "strategy"
    BUDGET = "budget"
    TEAM = "team"
    ARCHITECTURE = "architecture"
    PROCESS = "process"
    SECURITY = "security"
    VENDORS = "vendors"
    COMMUNICATION = "communication"
    RISK = "risk"
    SCALABILITY = "scalability"
    EXPERIENCE = "experience"
    LEARNING = "learning"
    MEASUREMENT = "measurement"
    ADAPTATION = "adaptation"

    @property
    def spec(self) -> StageSpec:
        """The declaration of this stage."""
        return _SPECS[self.value]

    @property
    def number(self) -> int:
        """1 to 16, the order of the model."""
        return self.spec.number


_SPECS = {
    s.key: s
    for s in (
        StageSpec(
            1,
            "goals",
            "Understand business goals",
            "Is the work of the engineers the work the business wants?",
            (
                _p("stated", "Goals are stated"),
                _p("traced", "Work is traced to goals"),
                _p("directed", "Effort goes where the business wants it"),
            ),
        ),
        StageSpec(
            2,
            "state",
            "Assess current state",
            "Is it known what there is, and how good it is?",
            (
                _p("inventory", "The inventory is complete"),
                _p("known", "Strengths and weaknesses are known"),
                _p("evidence", "Evidence suffices"),
            ),
        ),
        StageSpec(
            3,
            "strategy",
            "Technology strategy",
            "Are decisions recorded, direction planned, and old technology retired in time?",
            (
                _p("decisions", "Decisions are recorded"),
                _p("direction", "Direction is planned and delivered"),
                _p("obsolescence", "Obsolescence is managed", 1.5),
            ),
        ),
        StageSpec(
            4,
            "budget",
            "Budget and resource planning",
            "Are cost and capacity known, allocated and planned?",
            (
                _p("cost", "Cost is known"),
                _p("allocation", "Cost is allocated"),
                _p("capacity", "Effort and capacity are estimated"),
            ),
        ),
        StageSpec(
            5,
            "team",
            "Team management",
            "Can the team carry the systems, also when people leave?",
            (
                _p("knowledge", "Knowledge is shared", 1.5),
                _p("continuity", "The team endures"),
                _p("balance", "Capability and load are balanced"),
            ),
        ),
        StageSpec(
            6,
            "architecture",
            "Technology stack and architecture",
            "Does the stack fit, is the structure sound, can the code be changed?",
            (
                _p("stack", "The stack fits"),
                _p("structure", "The structure is sound"),
                _p("maintainable", "The code is maintainable", 1.5),
            ),
        ),
        StageSpec(
            7,
            "process",
            "Development processes",
            "Do changes reach users quickly, safely and seen by two people?",
            (
                _p("integration", "Continuous integration"),
                _p("delivery", "Delivery", 1.5),
                _p("review", "Review"),
                _p("flow", "Flow of work"),
            ),
        ),
        StageSpec(
            8,
            "security",
            "Security and compliance",
            "Would an attacker, an auditor or an acquirer find what the team does not know?",
            (
                _p("code", "Code"),
                _p("dependencies", "Dependencies", 1.5),
                _p("secrets", "Secrets", 1.5),
                _p("pipeline", "Pipeline"),
                _p("infrastructure", "Infrastructure"),
                _p("access", "Access"),
                _p("licence", "Licence"),
                _p("governance", "Governance"),
            ),
            1.5,
        ),
        StageSpec(
            9,
            "vendors",
            "Vendor and tool selection",
            "Are vendors known, replaceable and healthy?",
            (
                _p("known", "Vendors are known"),
                _p("concentration", "Concentration is bounded"),
                _p("upstream", "Upstreams are healthy"),
            ),
        ),
        StageSpec(
            10,
            "communication",
            "Communication and reporting",
            "Is what people need to know written down, answered and current?",
            (_p("documented", "Documented"), _p("responsive", "Responsive"), _p("informed", "Informed")),
        ),
        StageSpec(
            11,
            "risk",
            "Risk management",
            "Are risks known, owned and rehearsed?",
            (
                _p("registered", "Risks are registered"),
                _p("continuity", "Continuity is prepared", 1.5),
                _p("watch", "Watch is kept"),
            ),
        ),
        StageSpec(
            12,
            "scalability",
            "Scalability and flexibility",
            "Could it carry ten times the load, and change in parts?",
            (_p("elastic", "Elastic"), _p("decoupled", "Decoupled"), _p("tested", "Tested at scale")),
        ),
        StageSpec(
            13,
            "experience",
            "User experience and customer feedback",
            "Does what users say and suffer reach the team, and change the product?",
            (
                _p("gathered", "Feedback is gathered"),
                _p("acted", "Feedback is acted on"),
                _p("tested", "Experience is tested"),
            ),
        ),
        StageSpec(
            14,
            "learning",
            "Educate and mentor",
            "Do people learn from each other, and newcomers quickly?",
            (
                _p("onboarding", "Onboarding"),
                _p("mentoring", "Teaching through review"),
                _p("kept", "Learning is kept"),
            ),
        ),
        StageSpec(
            15,
            "measurement",
            "Measure and iterate",
            "Is the running system observed, and are measures acted on?",
            (_p("observed", "Observed"), _p("measured", "Measured"), _p("improved", "Improved")),
        ),
        StageSpec(
            16,
            "adaptation",
            "Adapt to change",
            "Does the estate keep up, and quickly?",
            (_p("current", "Current"), _p("quick", "Quick to adapt"), _p("learning", "Learning")),
        ),
    )
}
