"""assessment.json: everything the assessment says, for machines. Its schema stands in docs/assessment.schema.json."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import date
from enum import Enum
from io import BytesIO

from reports import json_estate
from reports.document.checks import reference
from reports.format import Catalogue, ReportFormat
from reports.requests import RightRequest, requests
from scanner.core import assessment as a
from scanner.core.drawings import CouplingMap, FileMap, ModuleMap
from scanner.core.evidence import Unknown
from scanner.core.outcomes import Measured, NotApplicable
from scanner.core.subjects import Subject

SCHEMA_VERSION = "1.0"
CITED = 20
"""Most pieces of evidence cited for one indicator; ``evidence_total`` says how many there are."""

Json = dict[str, object]


def render(assessment: a.Assessment, catalogue: Catalogue) -> bytes:
    """The assessment as JSON (UTF-8), with a fixed order of keys and numbers of at most four decimals."""
    whole: Json = {
        "schema_version": SCHEMA_VERSION,
        "model_version": assessment.model_version,
        "tool_version": assessment.tool_version,
        "as_of": assessment.as_of,
        "targets": assessment.targets,
        "subjects": map(_profile, assessment.profiles),
        "stages": map(_stage, assessment.stages),
        "indicators": (_indicator(j, catalogue) for j in assessment.indicators),
        "findings": map(_finding, assessment.findings),
        "recommendations": map(_recommendation, assessment.recommendations),
        "risks": map(_risk, assessment.risks),
        "swot": map(_swot, assessment.swot),
        "gaps": map(_gap, assessment.gaps),
        "engagement": assessment.engagement,
        "title": assessment.title,
        "overall": _overall(assessment.overall),
        "questions": [
            {"check": q.check, "stage": q.stage.number, "text": q.text, "swing": q.swing} for q in assessment.questions
        ],
        "basis": {basis.value: count for basis, count in assessment.basis_counts},
        "estate": [{"label": label, "value": value} for label, value in assessment.estate],
        "plan": [_total(p) for p in assessment.plan],
        "months": [{"as_of": m.as_of, "checks": dict(m.checks)} for m in assessment.months],
        "drawings": map(_drawing, assessment.drawings),
        **json_estate.estate(assessment),
        "trend": _trend(assessment.trend) if assessment.trend else None,
        "requests": [_request(r) for r in requests(assessment)],
    }
    out = BytesIO()  # its value is not copied when it is taken: the document of a large estate has 100 MB
    for number, (key, value) in enumerate(whole.items()):
        out.write(b",\n" if number else b"{\n")
        out.write(_encoded(f'"{key}": '))
        for part in _parts(value):
            out.write(_encoded(part))
    out.write(b"\n}\n")
    return out.getvalue()


FORMAT = ReportFormat("json", ".json", "application/json", "assessment.json", render)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")


def _parts(value: object) -> Iterator[str]:
    """``value`` as JSON in pieces, a list with one item a line: short to write, and a difference shows what moved.

    An estate of a thousand repositories has a hundred thousand items: no two of them are in memory at once.
    """
    if isinstance(value, dict | str) or not isinstance(value, Iterable):
        yield _text(_plain(value))
        return
    before = "[\n"
    for item in value:
        yield before + _text(_plain(item))
        before = ",\n"
    yield "[]" if before == "[\n" else "\n]"


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _plain(value: object) -> object:
    """``value`` in JSON's own types: subjects by key, enums by value, dates in ISO form, numbers rounded."""
    if isinstance(value, float):
        return round(value, 4) + 0.0
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Subject):
        return value.key
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value


def _profile(p: a.SubjectProfile) -> Json:
    return {
        "subject": p.subject, "class": p.repo_class, "criticality": p.criticality, "weight": p.weight, "note": p.note, "head": p.head,
        "commits": p.commits, "languages": [{"language": name, "code_lines": lines} for name, lines in p.languages], "url": p.url,
    }  # fmt: skip


def _overall(o: a.Overall) -> Json:
    return {
        "score": o.score,
        "interval": [o.low, o.high],
        "coverage": o.coverage,
        "confidence": o.confidence,
        "level": o.level,
    }


def _stage(s: a.StageScore) -> Json:
    return {
        "id": s.stage.number, "key": s.stage.value, "name": s.stage.spec.name, "level": s.level, "score": s.score,
        "interval": [s.low, s.high], "coverage": s.coverage, "confidence": s.confidence, "assessable": s.assessable,
        "capped_by": s.capped_by, "practices": [_practice(p) for p in s.practices],
    }  # fmt: skip


def _practice(p: a.PracticeScore) -> Json:
    return {
        "key": p.key, "name": p.name, "score": p.score, "interval": [p.low, p.high], "coverage": p.coverage,
        "checks": [_check(c) for c in p.checks],
    }  # fmt: skip


def _check(c: a.CheckScore) -> Json:
    return {
        "check": c.check, "question": c.question, "state": c.state, "points": c.points, "level": c.level, "interval": [c.low, c.high],
        "known": c.known, "share": c.share, "moves": c.moves, "because": c.because,
        "subjects": [_points(s) for s in c.subjects], "worst": _points(c.worst) if c.worst else None,
    }  # fmt: skip


def _points(s: a.SubjectPoints) -> Json:
    return {"subject": s.subject, "points": s.points, "share": s.share}


def _indicator(j: a.Judged, catalogue: Catalogue) -> Json:
    outcome = j.indicator.outcome
    spec = catalogue.get(j.indicator.check)
    measured = outcome if isinstance(outcome, Measured) else None
    unknown = outcome if isinstance(outcome, Unknown) else None
    state = "measured" if measured else "not_applicable" if isinstance(outcome, NotApplicable) else "unknown"
    return {
        "check": j.indicator.check,
        "subject": j.indicator.subject,
        "outcome": state,
        "value": measured.value if measured else None,
        "unit": spec.scale.unit if spec else "",
        "basis": measured.basis if measured else None,
        "sample": measured.sample if measured else None,
        "window_days": measured.window_days if measured else None,
        "because": outcome.because if not isinstance(outcome, Unknown) else "",
        "unknown_reason": {"why": unknown.why, "detail": unknown.detail, "closes": unknown.closes} if unknown else None,
        "level": j.level,
        "points": j.points,
        "sufficiency": j.sufficiency,
        "evidence": [_evidence(reference(e)) for e in j.indicator.evidence[:CITED]],
        "evidence_total": len(j.indicator.evidence),
    }


def _evidence(e: a.EvidenceRef) -> Json:
    return {
        "subject": e.subject, "fact": e.fact, "source": e.source, "collector": e.collector, "version": e.version, "commit": e.commit,
        "caveat": e.caveat, "digest": e.digest,
    }  # fmt: skip


def _finding(f: a.Finding) -> Json:
    return {
        "fingerprint": f.fingerprint, "rule": f.rule, "check": f.check, "stage": f.stage.number, "subject": f.subject, "path": f.path,
        "line": f.line, "commit": f.commit, "severity": f.severity, "confidence": f.confidence, "status": f.status, "message": f.message,
        "waiver": f.waiver, "evidence": [_evidence(e) for e in f.evidence],
    }  # fmt: skip


def _recommendation(r: a.Recommendation) -> Json:
    return {
        "id": r.id, "title": r.title, "stage": r.stage.number, "why": r.why, "where": r.where,
        "effort_days": {"low": r.effort_days.low, "likely": r.effort_days.likely, "high": r.effort_days.high},
        "effort_formula": r.effort_formula, "gain": {"stage": r.gain.stage, "overall": r.gain.overall},
        "prerequisites": r.prerequisites, "kpi": r.kpi, "horizon": r.horizon, "rank": r.rank, "owner_role": r.owner_role,
        "addresses": r.addresses, "findings_closed": r.findings_closed, "cost": _cost(r.cost), "fix": r.fix,
    }  # fmt: skip


def _cost(cost: tuple[float, float, float, str] | None) -> Json | None:
    return dict(zip(("low", "likely", "high", "currency"), cost, strict=True)) if cost else None


def _total(p: a.PlanTotal) -> Json:
    days = {"low": p.effort_days.low, "likely": p.effort_days.likely, "high": p.effort_days.high}
    return {"horizon": p.horizon, "steps": p.steps, "effort_days": days, "cost": _cost(p.cost)}


def _risk(r: a.Risk) -> Json:
    return {
        "id": r.id, "title": r.title, "stage": r.stage.number, "likelihood": r.likelihood, "impact": r.impact, "exposure": r.exposure,
        "because": r.because, "consequence": r.consequence, "checks": r.checks, "subjects": r.subjects, "mitigation": r.mitigation,
        "owner_role": r.owner_role,
    }  # fmt: skip


def _swot(s: a.SwotLine) -> Json:
    return {"kind": s.kind, "text": s.text, "stage": s.stage.number, "checks": s.checks}


def _gap(g: a.Gap) -> Json:
    return {
        "subjects": g.subjects,
        "what": g.what,
        "why": g.why,
        "detail": g.detail,
        "closes": g.closes,
        "checks": g.checks,
    }


def _request(r: RightRequest) -> Json:
    return {
        "right": r.right, "ask": r.ask, "facts": r.facts, "repositories": r.repositories, "estate": r.estate, "checks": r.checks,
        "opens": [{"stage": stage.number, "coverage": lacking} for stage, lacking in r.opens], "coverage": r.coverage,
    }  # fmt: skip


def _drawing(d: a.Drawing) -> Json:
    """What was drawn of a repository, by its size and digest: the pictures themselves stand in the other reports."""
    return {
        "subject": d.subject,
        "cells": len(d.files.cells) if isinstance(d.files, FileMap) else None,
        "modules": len(d.modules.nodes) if isinstance(d.modules, ModuleMap) else None,
        "pairs": len(d.coupling.pairs) if isinstance(d.coupling, CouplingMap) else None,
        "digest": hashlib.sha256(repr(d).encode("utf-8", "backslashreplace")).hexdigest(),
        "evidence": [_evidence(e) for e in d.evidence],
    }


def _trend(t: a.Trend) -> Json:
    return {
        "previous_as_of": t.previous_as_of,
        "stages": _changes(t.stages),
        "checks": _changes(t.checks),
        "new": [f.fingerprint for f in t.new],
        "fixed": [_finding(f) for f in t.fixed],
        "known": t.known,
        "history": [{"as_of": p.as_of, "overall": p.overall, "stages": dict(p.stages)} for p in t.history],
    }


def _changes(changes: Iterable[a.Change]) -> list[Json]:
    return [{"key": c.key, "name": c.name, "before": c.before, "after": c.after, "note": c.note} for c in changes]
