"""What scoring hands to reports: judged indicators, stages, findings, recommendations, risks, gaps, trends."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal

from scanner.core.departures import Departures
from scanner.core.drawings import CouplingMap, FileMap, ModuleMap, RepositoryCoupling
from scanner.core.evidence import Unknown, Why
from scanner.core.outcomes import Basis, Certainty, Indicator, Severity
from scanner.core.service_drawing import ServiceDrawing
from scanner.core.stack import StackInventory
from scanner.core.stages import Stage
from scanner.core.subjects import Subject

RepoClass = Literal["active", "dormant", "archived", "fork", "template", "empty", "unread"]


@dataclass(frozen=True, slots=True)
class SubjectProfile:
    """How much a repository counts, and why.

    ``weight`` = criticality weight × activity weight; 0 when it does not count (archived, fork,
    template, empty) with the reason in ``note``. ``criticality`` is 1 (most critical) to 4.
    """

    subject: Subject
    repo_class: RepoClass
    criticality: int
    weight: float
    note: str
    head: str = ""
    commits: int = 0
    languages: tuple[tuple[str, int], ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """An indicator with its points (0 to 100) and level (1 to 5); None when not measured.

    ``sufficiency`` (0 to 1) is the share of its weight that counts as known.
    """

    indicator: Indicator
    points: float | None = None
    level: int | None = None
    sufficiency: float = 0.0


@dataclass(frozen=True, slots=True)
class SubjectPoints:
    """One repository's part in a check: its points and its share (0 to 1) of the check."""

    subject: Subject
    points: float
    share: float


@dataclass(frozen=True, slots=True)
class CheckScore:
    """One bar of the waterfall.

    ``share`` is the part (0 to 1) of the stage's applicable weight; ``points`` 0 to 100, None when
    unknown; ``low`` and ``high`` bound it whatever the unknown part turns out to be; ``known`` is the
    share of its weight that is known; ``moves`` = points above (+) or below (-) the stage's score, ×
    its share: what it adds to or takes from the stage.
    """

    check: str
    question: str
    state: Literal["measured", "not_applicable", "unknown"]
    points: float | None
    level: int | None
    low: float
    high: float
    known: float
    share: float
    moves: float
    because: str
    subjects: tuple[SubjectPoints, ...] = ()
    worst: SubjectPoints | None = None


@dataclass(frozen=True, slots=True)
class PracticeScore:
    """A practice: the weighted mean of its checks. ``score`` is None when nothing was measured."""

    key: str
    name: str
    score: float | None
    low: float
    high: float
    coverage: float
    checks: tuple[CheckScore, ...]


@dataclass(frozen=True, slots=True)
class StageScore:
    """A stage: score 0 to 100 within [low, high], coverage and confidence 0 to 1, level 1 to 5.

    ``assessable`` is False below half known weight; then ``level`` is None and ``score`` is only
    what little was seen. ``capped_by`` says which open findings hold the level down.
    """

    stage: Stage
    level: int | None
    score: float | None
    low: float
    high: float
    coverage: float
    confidence: float
    assessable: bool
    capped_by: tuple[str, ...]
    practices: tuple[PracticeScore, ...]


@dataclass(frozen=True, slots=True)
class Overall:
    """The whole: mean of the assessable stages by stage weight, with its interval over all stages."""

    score: float | None
    low: float
    high: float
    coverage: float
    confidence: float
    level: int | None


class Status(StrEnum):
    """A finding against the previous scan of the same engagement, and against waivers."""

    NEW = "new"
    KNOWN = "known"
    FIXED = "fixed"
    WAIVED = "waived"


@dataclass(frozen=True, slots=True)
class EvidenceRef:
    """What a figure leads back to. ``digest`` is empty for facts that hold pseudonyms."""

    subject: Subject
    fact: str
    source: str
    collector: str
    version: str
    commit: str = ""
    caveat: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One place that needs attention. ``fingerprint`` survives moved lines."""

    fingerprint: str
    rule: str
    check: str
    stage: Stage
    subject: Subject
    path: str
    line: int | None
    commit: str
    severity: Severity
    confidence: Certainty
    status: Status
    message: str
    evidence: tuple[EvidenceRef, ...]
    waiver: str = ""


@dataclass(frozen=True, slots=True)
class Days:
    """Person-days: low, likely, high."""

    low: float
    likely: float
    high: float


@dataclass(frozen=True, slots=True)
class Gain:
    """Points that the stage and the whole would gain, by re-scoring with the evidence as it would be."""

    stage: float
    overall: float


Horizon = Literal["now", "30 days", "60 days", "100 days", "year"]


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One step of the plan. ``cost`` is (low, likely, high, currency) when a day rate is declared."""

    id: str
    title: str
    stage: Stage
    why: str
    where: tuple[str, ...]
    addresses: tuple[str, ...]
    effort_days: Days
    effort_formula: str
    gain: Gain
    findings_closed: int
    prerequisites: tuple[str, ...]
    owner_role: str
    kpi: str
    horizon: Horizon
    rank: int
    fix: str = ""
    cost: tuple[float, float, float, str] | None = None


@dataclass(frozen=True, slots=True)
class PlanTotal:
    """What the steps of one horizon come to together; ``horizon`` None is the whole plan. Money as in `Recommendation`."""

    horizon: Horizon | None
    steps: int
    effort_days: Days
    cost: tuple[float, float, float, str] | None = None


@dataclass(frozen=True, slots=True)
class Risk:
    """A row of the risk register: likelihood and impact 1 to 5, exposure their product."""

    id: str
    title: str
    stage: Stage
    likelihood: int
    impact: int
    exposure: int
    because: str
    consequence: str
    checks: tuple[str, ...]
    subjects: tuple[Subject, ...]
    mitigation: tuple[str, ...]
    owner_role: str


@dataclass(frozen=True, slots=True)
class SwotLine:
    """A line of the SWOT; ``checks`` are the measures it rests on."""

    kind: Literal["strength", "weakness", "opportunity", "threat"]
    text: str
    stage: Stage
    checks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that could not be read or was not told: what, why, what it leaves unknown, what closes it."""

    subjects: tuple[Subject, ...]
    what: str
    why: Why
    detail: str
    closes: str
    checks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A line of the interview agenda: an unanswered check, and how far its answer could move the stage (points)."""

    check: str
    stage: Stage
    text: str
    swing: float


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that moved between two scans. Points before and after; None when not measured then."""

    key: str
    name: str
    before: float | None
    after: float | None
    note: str = ""

    @property
    def delta(self) -> float | None:
        """After − before, None when either is unknown."""
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """The scores of one past scan, under the model of the present one."""

    as_of: date
    overall: float | None
    stages: tuple[tuple[str, float | None], ...]


@dataclass(frozen=True, slots=True)
class MonthPoint:
    """A past month, reconstructed from what git tells of it: (check, points 0 to 100) of every check that it could measure."""

    as_of: date
    checks: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Trend:
    """The present scan against the previous one of the same engagement."""

    previous_as_of: date
    stages: tuple[Change, ...]
    checks: tuple[Change, ...]
    new: tuple[Finding, ...]
    fixed: tuple[Finding, ...]
    known: int
    history: tuple[TrendPoint, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the pictures of one repository show, with what it was read from; a part that is not known is a hole."""

    subject: Subject
    files: FileMap | Unknown
    modules: ModuleMap | Unknown
    coupling: CouplingMap | Unknown
    evidence: tuple[EvidenceRef, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything a report may say. A function of evidence, model and ``as_of`` alone."""

    engagement: str
    title: str
    model_version: str
    tool_version: str
    as_of: date
    targets: tuple[str, ...]
    profiles: tuple[SubjectProfile, ...]
    overall: Overall
    stages: tuple[StageScore, ...]
    indicators: tuple[Judged, ...]
    findings: tuple[Finding, ...]
    recommendations: tuple[Recommendation, ...]
    risks: tuple[Risk, ...]
    swot: tuple[SwotLine, ...]
    gaps: tuple[Gap, ...]
    questions: tuple[Question, ...] = ()
    basis_counts: tuple[tuple[Basis, int], ...] = ()
    trend: Trend | None = field(default=None)
    estate: tuple[tuple[str, str], ...] = ()
    plan: tuple[PlanTotal, ...] = ()
    months: tuple[MonthPoint, ...] = ()
    """Reconstructed months before ``as_of``, oldest first."""
    drawings: tuple[Drawing, ...] = ()
    """The largest repositories that count, largest first; the others are not drawn."""
    services: ServiceDrawing | Unknown | None = None
    stack: StackInventory | None = None
    coupling: RepositoryCoupling | Unknown | None = None
    departures: Departures | Unknown | None = None
    """What the whole estate asks of itself, builds upon, and would forget; None: not looked at."""
