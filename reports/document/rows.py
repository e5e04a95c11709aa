"""Findings, plan, risks, gaps and questions as rows of a report."""

from __future__ import annotations

from collections.abc import Iterable

from reports import words
from reports.document import shapes
from reports.requests import RightRequest
from scanner.core.assessment import (
    Change,
    EvidenceRef,
    Finding,
    Gap,
    PlanTotal,
    Question,
    Recommendation,
    Risk,
    Status,
    SubjectProfile,
    SwotLine,
)
from scanner.core.subjects import Subject

NAMED = 40
"""How many repositories or files a row names before it says how many more there are."""


def names(subjects: Iterable[Subject], limit: int = NAMED) -> str:
    """The subjects' names, the first ``limit`` of them, and how many more."""
    listed = [words.name(s) for s in subjects]
    more = f" and {len(listed) - limit:,} more" if len(listed) > limit else ""
    return ", ".join(listed[:limit]) + more


def evidence(ref: EvidenceRef) -> shapes.EvidenceRow:
    """One reference as a row; commit and digest are shortened as git does."""
    return shapes.EvidenceRow(
        words.name(ref.subject),
        ref.fact,
        words.plain(ref.source, 200),
        words.plain(f"{ref.collector} {ref.version}".strip(), 80),
        words.plain(ref.commit, 64)[:12],
        words.plain(ref.caveat, 300),
        ref.digest[:12],
    )


def finding(found: Finding, url: str) -> shapes.FindingRow:
    """A finding; ``url`` is the web address of its repository, or empty."""
    path = words.plain(found.path, 200)
    return shapes.FindingRow(
        fingerprint=words.plain(found.fingerprint, 80),
        anchor=f"finding-{words.slug(found.fingerprint)}",
        rule=words.plain(found.rule, 80),
        check=found.check,
        check_anchor=check_anchor(found.check),
        stage=found.stage.spec.name,
        subject=words.name(found.subject),
        place=f"{path}:{found.line}" if path and found.line else path,
        href=words.permalink(url, found.commit, found.path, found.line),
        commit=words.plain(found.commit, 64)[:12],
        severity=found.severity.value,
        confidence=found.confidence.value,
        status=found.status.value,
        message=words.plain(found.message),
        waiver=words.plain(found.waiver),
        evidence=tuple(evidence(e) for e in found.evidence[:3]),
    )


def findings(found: Iterable[Finding], profiles: Iterable[SubjectProfile]) -> tuple[shapes.FindingRow, ...]:
    """Findings as rows, worst first."""
    urls = {p.subject: p.url for p in profiles}
    return tuple(finding(f, urls.get(f.subject, "")) for f in worst_first(found))


def worst_first(found: Iterable[Finding]) -> list[Finding]:
    """Ordered by severity, then by what was seen and where."""
    return sorted(
        found, key=lambda f: (-f.severity.rank, f.stage.number, f.rule, f.subject, f.path, f.line or 0, f.fingerprint)
    )


def is_open(found: Finding) -> bool:
    """Whether the finding still asks for work: new or known, not fixed, not waived."""
    return found.status in {Status.NEW, Status.KNOWN}


def recommendation(step: Recommendation) -> shapes.RecommendationRow:
    """A step of the plan."""
    return shapes.RecommendationRow(
        id=words.plain(step.id, 40),
        anchor=f"step-{words.slug(step.id)}",
        rank=step.rank,
        title=words.plain(step.title, 300),
        stage=step.stage.spec.name,
        stage_anchor=stage_anchor(step.stage.value),
        why=words.plain(step.why),
        where=tuple(words.plain(w, 160) for w in step.where[:12]),
        where_more=max(0, len(step.where) - 12),
        effort=words.days(step.effort_days),
        formula=words.plain(step.effort_formula, 200),
        cost=words.money(step.cost),
        gain_stage=words.signed(step.gain.stage),
        gain_overall=words.signed(step.gain.overall),
        closed=step.findings_closed,
        prerequisites=tuple(words.plain(p, 80) for p in step.prerequisites),
        addresses=tuple(words.plain(a, 80) for a in step.addresses[:20]),
        owner=words.plain(step.owner_role, 80),
        kpi=words.plain(step.kpi, 300),
        horizon=step.horizon,
        fix=words.block(step.fix),
    )


def total(part: PlanTotal, name: str) -> shapes.TotalRow:
    """A line of the plan's sums."""
    return shapes.TotalRow(
        name,
        words.count(part.steps, "step"),
        words.days(part.effort_days),
        words.money(part.cost) or "no rate declared",
    )


def risk(row: Risk) -> shapes.RiskRow:
    """A row of the register."""
    return shapes.RiskRow(
        id=words.plain(row.id, 40),
        title=words.plain(row.title, 300),
        stage=row.stage.spec.name,
        likelihood=row.likelihood,
        impact=row.impact,
        exposure=row.exposure,
        because=words.plain(row.because),
        consequence=words.plain(row.consequence),
        checks=row.checks,
        subjects=names(row.subjects, 12),
        mitigation=tuple(words.plain(m, 300) for m in row.mitigation),
        owner=words.plain(row.owner_role, 80),
    )


def swot(line: SwotLine) -> shapes.SwotRow:
    """A line of the SWOT."""
    return shapes.SwotRow(words.plain(line.text), line.stage.spec.name, stage_anchor(line.stage.value), line.checks)


def gap(hole: Gap) -> shapes.GapRow:
    """A line of the request list."""
    return shapes.GapRow(
        words.plain(hole.what, 300),
        names(hole.subjects),
        words.REASONS[hole.why],
        words.plain(hole.detail, 2000),
        words.plain(hole.closes),
        hole.checks,
    )


def request(right: RightRequest) -> shapes.RequestRow:
    """A right to ask for."""
    counted = [words.count(right.repositories, "repository", "repositories")] if right.repositories else []
    estate = ["the estate itself"] if right.estate else []
    return shapes.RequestRow(
        words.plain(right.right, 200)[:1].upper() + words.plain(right.right, 200)[1:],
        words.plain(right.ask) if right.ask != right.right else "",
        ", ".join(words.plain(fact, 300) for fact in right.facts),
        " and ".join(counted + estate),
        right.checks,
        ", ".join(f"{stage.spec.name} {_unbroken(lacking)}" for stage, lacking in right.opens[:4]),
        _unbroken(right.coverage) if right.coverage else "",
    )


def _unbroken(part: float) -> str:
    """A share that no line break parts; a small one is not called nothing."""
    return words.share(part).replace(" ", "\N{NO-BREAK SPACE}") if part >= 0.005 else "under 1\N{NO-BREAK SPACE}%"


def question(line: Question) -> shapes.QuestionRow:
    """A line of the interview agenda."""
    return shapes.QuestionRow(line.check, line.stage.spec.name, words.plain(line.text), words.number(line.swing))


def change(moved: Change) -> shapes.ChangeRow:
    """Before, after and the difference; the direction is up, down, same or unknown."""
    delta = moved.delta
    rounded = None if delta is None else round(delta, 1)
    direction = "unknown" if rounded is None else "up" if rounded > 0 else "down" if rounded < 0 else "same"
    return shapes.ChangeRow(
        words.plain(moved.name, 200),
        words.points(moved.before),
        words.points(moved.after),
        words.signed(delta),
        direction,
        words.plain(moved.note, 300),
    )


def repository(profile: SubjectProfile) -> shapes.RepositoryProfile:
    """A repository of the estate; languages as shares of what was counted."""
    total = sum(size for _, size in profile.languages)
    ordered = sorted(profile.languages, key=lambda pair: (-pair[1], pair[0]))[:4]
    spoken = ", ".join(f"{words.plain(lang, 30)} {words.share(size / total)}" for lang, size in ordered if total)
    return shapes.RepositoryProfile(
        name=words.name(profile.subject),
        href=words.web(profile.url),
        repo_class=profile.repo_class,
        criticality=str(profile.criticality),
        weight=words.number(profile.weight),
        commits=f"{profile.commits:,}",
        languages=spoken,
        head=words.plain(profile.head, 64)[:12],
        note=words.plain(profile.note, 300),
    )


def check_anchor(check: str) -> str:
    """The anchor of a check."""
    return f"check-{words.slug(check)}"


def stage_anchor(key: str) -> str:
    """The anchor of a stage."""
    return f"stage-{words.slug(key)}"
