"""What people told: the engagement file (``assay.toml``)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Literal

from scanner.core.evidence import Fact, Unknown, Why
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome
from scanner.core.subjects import Kind

TIER_CERTAINTY = {"claim": 0.5, "document": 0.75, "verified": 1.0}
"""How far an answer is trusted by its evidence tier (ours: a claim counts half)."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A business goal. ``repos``, ``labels`` and ``milestones`` link it to work."""

    id: str
    text: str
    metric: str = ""
    target: str = ""
    due: date | None = None
    repos: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    milestones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class System:
    """A system: repositories by name or pattern, criticality 1 (business stops) to 4 (nobody notices)."""

    name: str
    repos: tuple[str, ...]
    criticality: int = 3
    owner: str = ""
    sla: str = ""
    rto_hours: float | None = None
    rpo_hours: float | None = None
    data_classes: tuple[str, ...] = ()
    production_environment: str = ""


@dataclass(frozen=True, slots=True)
class Money:
    """Money per year or month in ``currency``; None when not told."""

    currency: str = "EUR"
    revenue_per_year: float | None = None
    cloud_per_month: float | None = None
    tools_per_month: float | None = None
    day_rate: float | None = None
    remediation_budget: float | None = None


@dataclass(frozen=True, slots=True)
class Vendor:
    """A declared vendor."""

    name: str
    purpose: str = ""
    spend_per_year: float | None = None
    renewal: date | None = None
    exit_plan: str = ""


@dataclass(frozen=True, slots=True)
class Waiver:
    """An accepted finding: annotates it until ``expires``, never changes a measure."""

    fingerprint: str
    reason: str
    owner: str
    expires: date


@dataclass(frozen=True, slots=True)
class Kpi:
    """A KPI the client steers by: a check id or a name, with owner and target."""

    name: str
    check: str = ""
    owner: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class Team:
    """Headcount by role, as told."""

    role: str
    people: int


@dataclass(frozen=True, slots=True)
class Engagement(Fact):
    """The engagement as told. Absent file: this fact is a hole (NOT_REQUESTED)."""

    about: ClassVar[Kind] = Kind.ORG
    client: str
    purpose: Literal["kickoff", "buy-side", "sell-side", "lender"] = "kickoff"
    profile: Literal["startup", "scale-up", "enterprise", "open-source"] = "scale-up"
    goals: tuple[Goal, ...] = ()
    systems: tuple[System, ...] = ()
    money: Money = Money()
    teams: tuple[Team, ...] = ()
    vendors: tuple[Vendor, ...] = ()
    kpis: tuple[Kpi, ...] = ()
    waivers: tuple[Waiver, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """One interview answer, keyed by the id of the check it answers.

    ``value`` is 0 (no), 0.25 (partly, ad hoc), 0.5 (mostly), 1 (fully), or None for "unknown";
    ``applies`` False for "na".
    """

    question: str
    value: float | None
    applies: bool = True
    tier: Literal["claim", "document", "verified"] = "claim"
    evidence: str = ""
    by: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Answers(Fact):
    """All interview answers. Without an engagement file this is known and empty: nothing was answered."""

    about: ClassVar[Kind] = Kind.ORG
    answers: tuple[Answer, ...]

    def to(self, check: str) -> Outcome:
        """The declared outcome of check ``check``, value in percent (0 to 100); Unknown when nobody answered."""
        for answer in self.answers:
            if answer.question != check:
                continue
            if not answer.applies:
                return NotApplicable(f"declared not applicable{_by(answer)}")
            if answer.value is None:
                break
            return Measured(
                100 * answer.value,
                f"declared {answer.value:g} of 1 ({answer.tier}{': ' + answer.evidence if answer.evidence else ''}){_by(answer)}",
                basis=Basis.DECLARED,
                certainty=TIER_CERTAINTY[answer.tier],
            )
        return Unknown(Why.NOT_ANSWERED, "nobody has answered this question", f"answer {check} in the engagement file")


def _by(answer: Answer) -> str:
    return f" by {answer.by}" if answer.by else ""


@dataclass(frozen=True, slots=True)
class Moment(Fact):
    """The moment (UTC) the assessment speaks of: always known. For checks that compare dates."""

    about: ClassVar[Kind] = Kind.ORG
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Selection(Fact):
    """How many repositories the targets led to, and how many of them the user chose not to look at."""

    about: ClassVar[Kind] = Kind.ORG
    repositories_found: int
    repositories_left_out: int


@dataclass(frozen=True, slots=True)
class ScanLedger(Fact):
    """The scan's own account, made by the pipeline: how many facts per repository are known, how many holes."""

    about: ClassVar[Kind] = Kind.ORG
    repositories_found: int
    repositories_read: int
    repositories_counted: int
    facts_known: int
    facts_unknown: int
    facts_not_requested: int
