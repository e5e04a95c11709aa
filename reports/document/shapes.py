"""The parts of a report, as plain values that templates lay out.

Every string is one line of text safe to carry (not yet escaped for any format); ``anchor`` values
are safe in links; ``href`` values are http(s) addresses or empty. Figures come in two forms: the
words to print, and the number (0 to 100) that a bar needs.
"""

from __future__ import annotations

from dataclasses import dataclass

from reports.document.stack import StackPart


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar from 0 to 100 with its interval; ``points`` None draws the interval only."""

    points: float | None
    low: float
    high: float
    level: int | None


@dataclass(frozen=True, slots=True)
class SourceRow:
    """Where a threshold comes from, and how good that source is."""

    rank: str
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """What a figure was read from."""

    subject: str
    fact: str
    source: str
    tool: str
    commit: str
    caveat: str
    digest: str


@dataclass(frozen=True, slots=True)
class RepositoryRow:
    """One repository's answer to a check."""

    subject: str
    value: str
    points: str
    bar: Bar
    because: str


@dataclass(frozen=True, slots=True)
class HoleRow:
    """An answer that is missing: for whom, why, and what would close it."""

    subjects: str
    reason: str
    detail: str
    closes: str


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One bar of a stage's waterfall with everything that answers "how do you know?"."""

    id: str
    anchor: str
    question: str
    state: str
    value: str
    because: str
    points: str
    bar: Bar
    interval: str
    known: str
    share: str
    moves: str
    basis: str
    rationale: str
    remedy: str
    unit: str
    curve: tuple[tuple[str, str], ...]
    sources: tuple[SourceRow, ...]
    controls: tuple[str, ...]
    repositories: tuple[RepositoryRow, ...]
    repositories_more: int
    not_applicable: tuple[HoleRow, ...]
    holes: tuple[HoleRow, ...]
    evidence: tuple[EvidenceRow, ...]
    evidence_more: int
    caveats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PracticeRow:
    """A practice and its checks."""

    name: str
    score: str
    bar: Bar
    interval: str
    coverage: str
    checks: tuple[CheckRow, ...]


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding."""

    fingerprint: str
    anchor: str
    rule: str
    check: str
    check_anchor: str
    stage: str
    subject: str
    place: str
    href: str
    commit: str
    severity: str
    confidence: str
    status: str
    message: str
    waiver: str
    evidence: tuple[EvidenceRow, ...]


@dataclass(frozen=True, slots=True)
class RecommendationRow:
    """One step of the plan."""

    id: str
    anchor: str
    rank: int
    title: str
    stage: str
    stage_anchor: str
    why: str
    where: tuple[str, ...]
    where_more: int
    effort: str
    formula: str
    cost: str
    gain_stage: str
    gain_overall: str
    closed: int
    prerequisites: tuple[str, ...]
    addresses: tuple[str, ...]
    owner: str
    kpi: str
    horizon: str
    fix: str


@dataclass(frozen=True, slots=True)
class StageRow:
    """One stage with its practices, its open findings and its part of the plan."""

    number: int
    anchor: str
    name: str
    purpose: str
    assessable: bool
    score: str
    seen: str
    bar: Bar
    interval: str
    level: str
    coverage: str
    confidence: str
    verdict: str
    capped_by: tuple[str, ...]
    weakest: str
    practices: tuple[PracticeRow, ...]
    findings: tuple[FindingRow, ...]
    findings_more: int
    recommendations: tuple[RecommendationRow, ...]


@dataclass(frozen=True, slots=True)
class RiskRow:
    """A row of the risk register."""

    id: str
    title: str
    stage: str
    likelihood: int
    impact: int
    exposure: int
    because: str
    consequence: str
    checks: tuple[str, ...]
    subjects: str
    mitigation: tuple[str, ...]
    owner: str


@dataclass(frozen=True, slots=True)
class SwotRow:
    """A line of the SWOT."""

    text: str
    stage: str
    stage_anchor: str
    checks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GapRow:
    """A line of the request list."""

    what: str
    subjects: str
    reason: str
    detail: str
    closes: str
    checks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A right to ask the owner for. ``ask`` is empty where the name says it all; ``opens`` names stages and what they can gain."""

    right: str
    ask: str
    facts: str
    missing: str
    checks: tuple[str, ...]
    opens: str
    coverage: str


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A line of the interview agenda."""

    check: str
    stage: str
    text: str
    swing: str


@dataclass(frozen=True, slots=True)
class RepositoryProfile:
    """A repository of the estate."""

    name: str
    href: str
    repo_class: str
    criticality: str
    weight: str
    commits: str
    languages: str
    head: str
    note: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One thing that moved between two scans."""

    name: str
    before: str
    after: str
    delta: str
    direction: str
    note: str


@dataclass(frozen=True, slots=True)
class TrendPart:
    """The present scan against the previous one."""

    previous: str
    stages: tuple[ChangeRow, ...]
    checks: tuple[ChangeRow, ...]
    checks_more: int
    new: tuple[FindingRow, ...]
    new_total: int
    fixed: tuple[FindingRow, ...]
    fixed_total: int
    known: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What a reader with five minutes needs."""

    score: str
    bar: Bar
    interval: str
    level: str
    coverage: str
    confidence: str
    sentence: str
    strengths: tuple[SwotRow, ...]
    risks: tuple[RiskRow, ...]
    recommendations: tuple[RecommendationRow, ...]
    unassessable: tuple[StageRow, ...]
    gaps: int
    questions: tuple[QuestionRow, ...]


@dataclass(frozen=True, slots=True)
class TotalRow:
    """What the steps of one horizon, or of the whole plan, come to."""

    name: str
    steps: str
    effort: str
    cost: str


@dataclass(frozen=True, slots=True)
class Document:
    """The whole report."""

    title: str
    engagement: str
    as_of: str
    targets: tuple[str, ...]
    model_version: str
    tool_version: str
    summary: Summary
    stages: tuple[StageRow, ...]
    estate: tuple[tuple[str, str], ...]
    repositories: tuple[RepositoryProfile, ...]
    stack: StackPart
    findings: tuple[FindingRow, ...]
    findings_open: int
    severities: tuple[tuple[str, int], ...]
    waived: tuple[FindingRow, ...]
    plan: tuple[tuple[str, tuple[RecommendationRow, ...]], ...]
    totals: tuple[TotalRow, ...]
    risks: tuple[RiskRow, ...]
    swot: tuple[tuple[str, tuple[SwotRow, ...]], ...]
    gaps: tuple[GapRow, ...]
    requests: tuple[RequestRow, ...]
    questions: tuple[QuestionRow, ...]
    basis: tuple[tuple[str, int], ...]
    trend: TrendPart | None
    tools: tuple[tuple[str, str], ...]
