"""A golden assessment for report tests: small, complete, and hostile where strangers write.

Three repositories (one empty, one named by an attacker), sixteen stages of which two are not
assessable, holes, a waiver, a trend with new and fixed findings. Its figures are plausible and
fixed; they are not the product of the scoring model.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from scanner.core.assessment import (
    Assessment,
    Change,
    CheckScore,
    Days,
    EvidenceRef,
    Finding,
    Gain,
    Gap,
    Horizon,
    Judged,
    Overall,
    PracticeScore,
    Question,
    Recommendation,
    Risk,
    StageScore,
    Status,
    SubjectPoints,
    SubjectProfile,
    SwotLine,
    Trend,
    TrendPoint,
)
from scanner.core.checks import CheckSpec, Effort, Rank, Scale, Source
from scanner.core.evidence import Evidence, Fact, Unknown, Why
from scanner.core.outcomes import Basis, Certainty, Indicator, Measured, NotApplicable, Severity
from scanner.core.stages import Practice, Stage
from scanner.core.subjects import Kind, Subject

AS_OF = date(2026, 6, 30)
SCRIPT = "<script>alert(1)</script>"
FORMULA = "=cmd()"
TYPST = '#set page(paper: "a0") #panic(1)'
MATHS = "$x$ and *b* and _i_ and `c`"
RTL = "user\u202egnp.exe\u2066"
LINKS = "[click](javascript:alert(1)) ![pic](https://evil.example/x.png) <img src=x onerror=alert(1)>"
LONG = "A" * 2500 + " " + "very long " * 250
HOSTILE = (SCRIPT, FORMULA, TYPST, MATHS, RTL, LINKS, LONG)

ORG = Subject(Kind.ORG, "acme")
API = Subject(Kind.REPO, "acme/api")
HOSTILE_REPO = Subject(Kind.REPO, f"acme/{SCRIPT}")
EMPTY = Subject(Kind.REPO, "acme/empty")
UNASSESSABLE = (Stage.GOALS, Stage.EXPERIENCE)
HEAD = "4f2c1d9e8b7a6f5e4d3c2b1a0f9e8d7c6b5a4f3e"


@dataclass(frozen=True, slots=True)
class Commits(Fact):
    """A fact that tests cite."""

    total: int


@dataclass(frozen=True, slots=True)
class People(Fact):
    """A fact with pseudonyms: its digest must not be printed."""

    personal = True
    total: int


def evidence(subject: Subject, *, hole: bool = False) -> Evidence:
    content = Unknown(Why.FORBIDDEN, "403") if hole else Commits(7)
    return Evidence(
        subject, Commits, content, f"git log {HEAD[:8]}", "history", "3", HEAD, "first 1,000 of 4,211", "ab" * 32
    )


def personal_evidence() -> Evidence:
    return Evidence(API, People, People(3), "git shortlog", "people", "1", HEAD, "", "secretdigest")


def check_id(stage: Stage, number: int) -> str:
    return f"{stage.value[:3].upper()}-{number:03}"


def catalogue() -> dict[str, CheckSpec]:
    """One check per practice of every stage."""
    specs = {}
    for stage in Stage:
        for number, practice in enumerate(stage.spec.practices, start=1):
            key = check_id(stage, number)
            specs[key] = CheckSpec(
                id=key,
                stage=stage,
                practice=practice.key,
                question=f"How far does this hold: {practice.name.lower()}?",
                rationale=f"Without it, {practice.name.lower()} depends on luck.",
                scale=Scale(
                    "% of merged changes",
                    ((0, 0), (50, 40), (80, 75), (95, 100)),
                    (
                        Source(
                            Rank.PRIMARY, "DORA, Accelerate State of DevOps 2023", "https://dora.dev/research/2023/"
                        ),
                        Source(Rank.OURS, "a few emergency merges are normal", "javascript:alert(1)"),
                    ),
                    sample=10,
                ),
                remedy=f"Make {practice.name.lower()} a rule of the repository.",
                effort=Effort(0.5, each=0.25, per="repository"),
                controls=("SSDF PW.7", "ISO 27001 A.8.28"),
            )
    return specs


def _figure(stage: Stage, number: int) -> float:
    """A fixed, varied score from 8 to 97."""
    return 8 + (stage.number * 37 + number * 23) % 90


def _is_hole(stage: Stage, number: int) -> bool:
    return stage in UNASSESSABLE or (stage.number + number) % 7 == 0


def _check(stage: Stage, number: int, practice: Practice) -> CheckScore:
    key, value = check_id(stage, number), _figure(stage, number)
    question, part = f"How far does this hold: {practice.name.lower()}?", 1 / len(stage.spec.practices)
    if _is_hole(stage, number):
        because = f"the rules of the branch could not be read ({SCRIPT})"
        return CheckScore(key, question, "unknown", None, None, 0, 100, 0, part, 0, because)
    if stage is Stage.SCALABILITY and number == 3:
        return CheckScore(key, question, "not_applicable", None, None, 0, 100, 0, 0, 0, "nothing here is deployed")
    level = 1 + sum(value >= start for start in (30, 50, 70, 85))
    because = f"{value:.0f} of 100 merged changes had it; {(MATHS, FORMULA, TYPST, RTL)[number % 4]}"
    subjects = (SubjectPoints(HOSTILE_REPO, max(0, value - 20), 0.4), SubjectPoints(API, min(100, value + 10), 0.6))
    moves = (value - 55) * part
    return CheckScore(
        key,
        question,
        "measured",
        value,
        level,
        value - 4,
        min(100, value + 6),
        0.9,
        part,
        moves,
        because,
        subjects,
        subjects[0],
    )


def _practices(stage: Stage) -> tuple[PracticeScore, ...]:
    scored = []
    for number, practice in enumerate(stage.spec.practices, start=1):
        check = _check(stage, number, practice)
        scored.append(
            PracticeScore(practice.key, practice.name, check.points, check.low, check.high, check.known, (check,))
        )
    return tuple(scored)


def stage_score(stage: Stage) -> StageScore:
    practices = _practices(stage)
    known = [p for p in practices if p.score is not None]
    capped = ("SEC-003: a live secret stands in the history of acme/api",) if stage is Stage.SECURITY else ()
    if stage in UNASSESSABLE:
        return StageScore(stage, None, None, 0, 100, 0.0, 0.0, False, (), practices)
    score = sum(p.score or 0 for p in known) / len(known)
    coverage = len(known) / len(practices)
    level = 2 if capped else 1 + sum(score >= start for start in (30, 50, 70, 85))
    spread = 100 * (1 - coverage) / 2
    return StageScore(
        stage,
        level,
        score,
        max(0, score - 4 - spread),
        min(100, score + 5 + spread),
        coverage,
        0.8 * coverage,
        True,
        capped,
        practices,
    )


def indicators() -> tuple[Judged, ...]:
    found: list[Judged] = []
    for stage in Stage:
        for number, _ in enumerate(stage.spec.practices, start=1):
            found += _answers(stage, number)
    return tuple(found)


def _answers(stage: Stage, number: int) -> list[Judged]:
    key, value = check_id(stage, number), _figure(stage, number)
    nothing = Judged(Indicator(key, EMPTY, NotApplicable("the repository is empty"), (evidence(EMPTY),)))
    if _is_hole(stage, number):
        hole = Unknown(Why.FORBIDDEN, f"the branch rules answered 403 {SCRIPT}", "grant Administration: read")
        return [Judged(Indicator(key, s, hole, (evidence(s, hole=True),))) for s in (API, HOSTILE_REPO)] + [nothing]
    basis = Basis.INFERRED if number == 2 else Basis.MEASURED
    strong = Measured(min(100, value + 10), f"{value + 10:.0f} of 100 changes", sample=100, window_days=90, basis=basis)
    weak = Measured(max(0, value - 20), f"few changes {TYPST}", sample=12)
    cited = (evidence(API), personal_evidence()) if stage is Stage.TEAM else (evidence(API),)
    return [
        Judged(Indicator(key, API, strong, cited), min(100, value + 10), 4, 1.0),
        Judged(Indicator(key, HOSTILE_REPO, weak, (evidence(HOSTILE_REPO),)), max(0, value - 20), 2, 0.6),
        nothing,
    ]


def finding(number: int, **given: object) -> Finding:
    """A finding, known and of medium severity unless told otherwise."""
    stage = (Stage.SECURITY, Stage.ARCHITECTURE, Stage.PROCESS, Stage.SCALABILITY)[number % 4]
    plain = Finding(
        fingerprint=f"{0xF0000000 + number:016x}",
        rule=("bandit:B602", "CVE-2019-10906", "ARC-001", "PRO-002")[number % 4],
        check=check_id(stage, 1),
        stage=stage,
        subject=API,
        path=f"src/module_{number}/handler.py",
        line=10 + number,
        commit=HEAD,
        severity=tuple(Severity)[(number * 3) % 5],
        confidence=Certainty.HIGH,
        status=Status.NEW if number % 3 == 0 else Status.KNOWN,
        message="A command is built from user input and given to a shell",
        evidence=(EvidenceRef(API, "Commits", "git grep", "patterns", "2", HEAD, "", "cd" * 32),),
    )
    return replace(plain, **given)


def findings() -> tuple[Finding, ...]:
    hostile = tuple(
        finding(100 + i, message=text, path=f"a/{text[:40]}", subject=HOSTILE_REPO, severity=Severity.CRITICAL)
        for i, text in enumerate(HOSTILE)
    )
    waived = finding(
        200,
        status=Status.WAIVED,
        waiver=f"accepted by the CTO until 2026-12-31 {SCRIPT}",
        message="TLS is off in a test fixture",
    )
    return tuple(finding(i) for i in range(96)) + hostile + (waived,)


def recommendation(rank: int, stage: Stage, horizon: Horizon, title: str, **given: object) -> Recommendation:
    plain = Recommendation(
        id=f"R{rank:02}",
        title=title,
        stage=stage,
        why=f"{rank + 3} findings and the measure {check_id(stage, 1)} rest on it",
        where=("acme/api", f"acme/{SCRIPT}"),
        addresses=(check_id(stage, 1),),
        effort_days=Days(0.5 * rank, 1.0 * rank, 2.0 * rank),
        effort_formula="0.5 d + 0.25 d × number of repositories (÷ and × 2 for low and high)",
        gain=Gain(12.0 / rank, 3.2 / rank),
        findings_closed=rank + 3,
        prerequisites=("R01",) if rank == 3 else (),
        owner_role="head of engineering",
        kpi="share of merged changes with an approval ≥ 95 %",
        horizon=horizon,
        rank=rank,
        cost=(400.0 * rank, 800.0 * rank, 1600.0 * rank, "EUR"),
    )
    return replace(plain, **given)


def recommendations() -> tuple[Recommendation, ...]:
    fix = f"--- a/ci.yml\n+++ b/ci.yml\n+  permissions: {{}}  {SCRIPT}\n+  run: echo {MATHS}"
    return (
        recommendation(
            1, Stage.SECURITY, "now", "Revoke the live credentials and remove them from the history", fix=fix
        ),
        recommendation(2, Stage.PROCESS, "now", "Require one approval by another person on the default branch"),
        recommendation(3, Stage.SECURITY, "30 days", f"Update the exploited dependency {TYPST}"),
        recommendation(4, Stage.TEAM, "60 days", "Name a second owner for every critical system", cost=None),
        recommendation(5, Stage.RISK, "100 days", "Rehearse a restore of the production database"),
        recommendation(6, Stage.ARCHITECTURE, "year", "Split the module where most changes and most complexity meet"),
        recommendation(7, Stage.ADAPTATION, "30 days", "Switch on an update bot for all lock files"),
    )


def risks() -> tuple[Risk, ...]:
    rows = (
        ("K1", "A live credential is public", Stage.SECURITY, 5, 5),
        ("K2", "One person holds the knowledge of billing", Stage.TEAM, 4, 4),
        ("K3", f"Restore was never rehearsed {SCRIPT}", Stage.RISK, 2, 5),
        ("K4", "A framework leaves support in four months", Stage.STRATEGY, 4, 3),
        ("K5", f"Costs cannot be attributed {FORMULA}", Stage.BUDGET, 3, 2),
        ("K6", "Single region", Stage.SCALABILITY, 2, 4),
    )
    return tuple(
        Risk(
            key, title, stage, likelihood, impact, likelihood * impact, f"{check_id(stage, 1)} measured it",
            "service stops, or data leaks", (check_id(stage, 1),), (API, HOSTILE_REPO), ("R01 Revoke the credentials",),
            "head of engineering",
        )
        for key, title, stage, likelihood, impact in rows
    )  # fmt: skip


def gaps() -> tuple[Gap, ...]:
    return (
        Gap((API, HOSTILE_REPO), "branch rules", Why.FORBIDDEN, f"GET /rules answered 403 {SCRIPT}",
            "a token with Administration: read", ("PRO-001", "SEC-006")),
        Gap((EMPTY,), "history", Why.CORRUPT, f"object {HEAD[:12]} is missing {MATHS}", "a fresh clone", ()),
        Gap((ORG,), "business goals", Why.NOT_ANSWERED, f"no goals are declared {TYPST}", "answer GOA-001 in assay.toml", ("GOA-001",)),
        Gap((ORG,), "cloud account", Why.NOT_REQUESTED, "no cloud export was given", "a read-only billing export", ()),
    )  # fmt: skip


def trend() -> Trend:
    moved = tuple(
        Change(s.value, s.spec.name, None if s in UNASSESSABLE else 40.0 + s.number, stage_score(s).score)
        for s in Stage
    )
    checks = (
        Change("PRO-001", "How far does this hold: continuous integration?", 40.0, 62.5, "review became a rule"),
        Change("SEC-002", f"How far does this hold: dependencies? {SCRIPT}", 71.0, 60.0),
        Change("GOA-001", "How far does this hold: goals are stated?", 30.0, None, "no longer answered"),
    )
    fixed = finding(300, status=Status.FIXED, message=f"Debug mode was on in production {MATHS}")
    past = (TrendPoint(date(2025, 12, 31), 41.0, ()), TrendPoint(date(2026, 3, 31), 47.5, ()))
    return Trend(date(2026, 3, 31), moved, checks, findings()[:2], (fixed,), 61, past)


def profiles() -> tuple[SubjectProfile, ...]:
    return (
        SubjectProfile(API, "active", 1, 4.0, "declared critical", HEAD, 4211, (("Python", 82_000), ("Go", 18_000)), "https://github.com/acme/api"),
        SubjectProfile(HOSTILE_REPO, "dormant", 3, 0.5, f"no commit for 200 days {FORMULA}", HEAD, 12, (("C", 10),), "javascript:alert(1)"),
        SubjectProfile(EMPTY, "empty", 4, 0.0, "no commits: it does not count"),
    )  # fmt: skip


def swot() -> tuple[SwotLine, ...]:
    return (
        SwotLine("strength", "Delivery is frequent and automated", Stage.PROCESS, ("PRO-001", "PRO-002")),
        SwotLine("strength", f"Documentation is current {SCRIPT}", Stage.COMMUNICATION, ("COM-001",)),
        SwotLine("weakness", "Secrets are in the history", Stage.SECURITY, ("SEC-003",)),
        SwotLine("opportunity", "An update bot gives much for one day of work", Stage.ADAPTATION, ("ADA-001",)),
        SwotLine("threat", f"Django 3.2 is out of support {TYPST}", Stage.STRATEGY, ("STR-003",)),
    )


def golden() -> Assessment:
    """The assessment that every format must render whole."""
    return Assessment(
        engagement="acme-2026",
        title=f"Acme GmbH {SCRIPT}",
        model_version="1.0.0",
        tool_version="0.1.0",
        as_of=AS_OF,
        targets=("https://github.com/acme", f"file:///srv/{SCRIPT}"),
        profiles=profiles(),
        overall=Overall(53.4, 41.2, 66.6, 0.71, 0.6, 3),
        stages=tuple(stage_score(s) for s in Stage),
        indicators=indicators(),
        findings=findings(),
        recommendations=recommendations(),
        risks=risks(),
        swot=swot(),
        gaps=gaps(),
        questions=(
            Question("GOA-001", Stage.GOALS, f"Which goals does the business have for the next year? {RTL}", 33.3),
            Question("EXP-002", Stage.EXPERIENCE, "How often are customers asked?", 25.0),
        ),
        basis_counts=((Basis.MEASURED, 84), (Basis.INFERRED, 22), (Basis.DECLARED, 0)),
        trend=trend(),
        estate=(("Systems", "billing, storefront"), ("Deployment source", f"release tags {SCRIPT}")),
    )


def bare() -> Assessment:
    """Nothing was found, nothing is known, nothing was scanned before."""
    unknown = tuple(StageScore(s, None, None, 0, 100, 0, 0, False, (), ()) for s in Stage)
    return Assessment(
        engagement="x", title="", model_version="1.0.0", tool_version="0.1.0", as_of=AS_OF, targets=(), profiles=(),
        overall=Overall(None, 0, 100, 0, 0, None), stages=unknown, indicators=(), findings=(), recommendations=(),
        risks=(), swot=(), gaps=(),
    )  # fmt: skip
