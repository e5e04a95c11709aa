"""An assessment as a document: the one entry point for the formats that people read."""

from __future__ import annotations

from collections import Counter

from reports import words
from reports.document import rows, shapes
from reports.document.stack import stack
from reports.document.stages import stages
from reports.format import Catalogue
from reports.requests import requests
from scanner.core.assessment import Assessment, Recommendation, Status
from scanner.core.outcomes import Severity

FINDINGS = 60
"""Findings listed across stages, worst first; the rest stand in assessment.json."""
HORIZONS = (("now", "Now, before closing"), ("30 days", "Within 30 days"), ("60 days", "Within 60 days"),
            ("100 days", "Within 100 days"), ("year", "Within a year"))  # fmt: skip
"""The horizons of the plan in order, with their headings."""
KINDS = (("strength", "Strengths"), ("weakness", "Weaknesses"), ("opportunity", "Opportunities"), ("threat", "Threats"))
"""The four quarters of the SWOT with their headings."""


def document(assessment: Assessment, catalogue: Catalogue) -> shapes.Document:
    """Everything the report says, in words and in order."""
    open_findings = [f for f in assessment.findings if rows.is_open(f)]
    severities = Counter(f.severity for f in open_findings)
    parts = stages(assessment, catalogue)
    return shapes.Document(
        title=words.plain(assessment.title, 200) or words.plain(assessment.engagement, 200),
        engagement=words.plain(assessment.engagement, 200),
        as_of=words.day(assessment.as_of),
        targets=tuple(words.plain(t, 200) for t in assessment.targets),
        model_version=assessment.model_version,
        tool_version=assessment.tool_version,
        summary=_summary(assessment, parts),
        stages=parts,
        estate=tuple((words.plain(k, 80), words.plain(v, 300)) for k, v in assessment.estate),
        repositories=tuple(
            rows.repository(p) for p in sorted(assessment.profiles, key=lambda p: (-p.weight, p.subject))
        ),
        stack=stack(assessment),
        findings=rows.findings(rows.worst_first(open_findings)[:FINDINGS], assessment.profiles),
        findings_open=len(open_findings),
        severities=tuple((s.value, severities[s]) for s in reversed(Severity)),
        waived=rows.findings((f for f in assessment.findings if f.status is Status.WAIVED), assessment.profiles),
        plan=tuple(
            (heading, tuple(rows.recommendation(r) for r in _ranked(assessment) if r.horizon == key))
            for key, heading in HORIZONS
        ),
        totals=tuple(rows.total(t, dict(HORIZONS).get(t.horizon or "", "The whole plan")) for t in assessment.plan),
        risks=_risks(assessment),
        swot=tuple(
            (heading, tuple(rows.swot(line) for line in assessment.swot if line.kind == kind))
            for kind, heading in KINDS
        ),
        gaps=tuple(rows.gap(g) for g in assessment.gaps),
        requests=tuple(rows.request(r) for r in requests(assessment)),
        questions=_questions(assessment),
        basis=tuple((b.value, n) for b, n in assessment.basis_counts),
        trend=_trend(assessment),
        tools=_tools(assessment),
    )


def _ranked(assessment: Assessment) -> list[Recommendation]:
    return sorted(assessment.recommendations, key=lambda r: (r.rank, r.id))


def _risks(assessment: Assessment) -> tuple[shapes.RiskRow, ...]:
    return tuple(rows.risk(r) for r in sorted(assessment.risks, key=lambda r: (-r.exposure, -r.impact, r.id)))


def _questions(assessment: Assessment) -> tuple[shapes.QuestionRow, ...]:
    ordered = sorted(assessment.questions, key=lambda q: (-q.swing, q.stage.number, q.check))
    return tuple(rows.question(q) for q in ordered)


def _summary(assessment: Assessment, parts: tuple[shapes.StageRow, ...]) -> shapes.Summary:
    overall = assessment.overall
    unassessable = tuple(p for p in parts if not p.assessable)
    return shapes.Summary(
        score=words.points(overall.score),
        bar=shapes.Bar(overall.score, overall.low, overall.high, overall.level),
        interval=words.interval(overall.low, overall.high),
        level=words.level_name(overall.level),
        coverage=words.share(overall.coverage),
        confidence=words.share(overall.confidence),
        sentence=_sentence(assessment, len(unassessable)),
        strengths=tuple(rows.swot(line) for line in assessment.swot if line.kind == "strength")[:5],
        risks=_risks(assessment)[:5],
        recommendations=tuple(rows.recommendation(r) for r in _ranked(assessment)[:5]),
        unassessable=unassessable,
        gaps=len(assessment.gaps),
        questions=_questions(assessment)[:5],
    )


def _sentence(assessment: Assessment, unassessable: int) -> str:
    """The result in plain words."""
    overall, total = assessment.overall, len(assessment.stages)
    counted = sum(1 for p in assessment.profiles if p.weight > 0)
    scope = f"{words.count(len(assessment.profiles), 'repository', 'repositories')}, of which {counted:,} count towards the scores"
    if overall.score is None:
        return f"Too little is known about {scope} to give an overall score: all of the {total} stages lack evidence."
    judged = f"{total - unassessable} of {total} stages could be judged"
    if overall.level is None:
        return (
            f"Not assessable as a whole: too little is known about {scope}. The score lies anywhere from "
            f"{words.interval(overall.low, overall.high)}. {judged}; those average {words.points(overall.score)} of 100."
        )
    return (
        f"On {scope}, the estate scores {words.points(overall.score)} of 100. Whatever the unknown part turns out to be, "
        f"the score lies from {words.interval(overall.low, overall.high)}. {judged}."
    )


def _trend(assessment: Assessment) -> shapes.TrendPart | None:
    trend = assessment.trend
    if trend is None:
        return None
    moved = sorted(trend.checks, key=lambda c: (-abs(c.delta or 0.0), c.key))
    return shapes.TrendPart(
        previous=words.day(trend.previous_as_of),
        stages=tuple(rows.change(c) for c in trend.stages),
        checks=tuple(rows.change(c) for c in moved[:30]),
        checks_more=max(0, len(moved) - 30),
        new=rows.findings(trend.new, assessment.profiles)[:20],
        new_total=len(trend.new),
        fixed=rows.findings(trend.fixed, assessment.profiles)[:20],
        fixed_total=len(trend.fixed),
        known=trend.known,
    )


def _tools(assessment: Assessment) -> tuple[tuple[str, str], ...]:
    """Every collector with its version and how many answers rest on it."""
    used = Counter((e.collector, e.version) for j in assessment.indicators for e in j.indicator.evidence)
    return tuple(
        (words.plain(f"{collector} {version}", 80), words.count(n, "answer"))
        for (collector, version), n in sorted(used.items())
    )
