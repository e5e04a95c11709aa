"""report.md: the report for a repository, a ticket or a mail; shorter than report.pdf, with the same figures.

Ready fixes, evidence rows and threshold curves stand in report.html and report.pdf only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reports import markdown_drawn, words
from reports.document import shapes
from reports.document.assemble import document
from reports.drawings.section import drawn
from reports.format import Catalogue, ReportFormat
from reports.markdown_parts import linked, listing, table, text
from scanner.core.assessment import Assessment


def render(assessment: Assessment, catalogue: Catalogue) -> bytes:
    """The report as Markdown (GitHub's kind, UTF-8)."""
    whole = document(assessment, catalogue)
    before = (_cover, _summary, _reading, _estate)
    after = (
        _trend,
        _stages,
        _findings,
        _risks,
        _plan,
        _swot,
        _gaps,
        _interview,
        _method,
    )
    blocks = [
        *(block for part in before for block in part(whole)),
        *markdown_drawn.stack(whole.stack),
        *markdown_drawn.drawn(drawn(assessment)),
        *(block for part in after for block in part(whole)),
    ]
    return ("\n\n".join(blocks) + "\n").encode()


def _cover(d: shapes.Document) -> Iterator[str]:
    yield f"# Technical due diligence: {text(d.title)}"
    yield listing([
        f"As of {d.as_of}",
        f"Engagement: {text(d.engagement)}",
        f"Examined: {', '.join(text(t) for t in d.targets) or 'nothing was named'}",
        f"Model {text(d.model_version)}, Assay {text(d.tool_version)}",
    ])  # fmt: skip
    yield (
        "**Confidential.** This report describes weaknesses of systems in use, some of which an attacker could exploit. "
        "It judges systems and ways of working, never persons."
    )


def _summary(d: shapes.Document) -> Iterator[str]:
    s = d.summary
    score = "**not assessable as a whole**" if s.bar.level is None else f"**{s.score}**"
    yield "## Executive summary"
    yield text(s.sentence)
    yield table(
        ["Score", "Lies within", "Level", "Coverage", "Confidence"],
        [[score, s.interval, s.level, s.coverage, s.confidence]],
    )
    yield table(
        ["Stage", "Score", "Lies within", "Level", "Coverage"],
        [[f"{p.number} {text(p.name)}", p.score, p.interval, p.level, p.coverage] for p in d.stages],
    )
    yield "### Strengths"
    yield listing(f"{text(line.text)} ({text(line.stage)})" for line in s.strengths)
    yield "### Largest risks"
    yield listing(f"**{text(r.title)}** ({text(r.stage)}, exposure {r.exposure} of 25)" for r in s.risks)
    yield "### First steps"
    yield listing(
        f"{text(r.title)} ({r.horizon}, {r.effort}, {r.gain_overall} points overall)" for r in s.recommendations
    )
    yield "### What is not known"
    names = ", ".join(f"{p.number} {text(p.name)}" for p in s.unassessable)
    yield f"Not assessable, because too little is known: {names}." if names else "Every stage could be judged."
    yield f"{words.count(s.gaps, 'source')} not read in full: see the request list below."


def _reading(_: shapes.Document) -> Iterator[str]:
    yield "## How to read a score"
    levels = ", ".join(f"{level} {name} from {start}" for level, name, start in words.LEVELS)
    yield (
        f"Points run from 0 to 100; levels are {levels}. What is unknown is never counted as zero and never as a pass: "
        "the interval says where the score would lie if all of it turned out bad, and if all turned out good. Coverage is "
        "the share of the weight that could be answered; below one half a stage is not assessable."
    )


def _estate(d: shapes.Document) -> Iterator[str]:
    yield "## The estate"
    if d.estate:
        yield listing(f"{text(label)}: {text(value)}" for label, value in d.estate)
    yield table(
        ["Repository", "Class", "Criticality", "Weight", "Commits", "Languages", "Remark"],
        [[text(r.name), r.repo_class, r.criticality, r.weight, r.commits, text(r.languages), text(r.note)] for r in d.repositories],
    )  # fmt: skip


def _trend(d: shapes.Document) -> Iterator[str]:
    if d.trend is None:
        return
    t = d.trend
    yield "## Trend"
    yield f"Compared with {t.previous}: {t.new_total} new, {t.fixed_total} fixed, {t.known} known findings."
    moved = [*t.stages, *t.checks]
    yield table(
        ["What", "Before", "Now", "Change", "Note"],
        [[text(c.name), c.before, c.after, c.delta, text(c.note)] for c in moved],
    )
    for title, found in (("New findings", t.new), ("Fixed findings", t.fixed)):
        if found:
            yield f"### {title}"
            yield _table_of_findings(found)


def _stages(d: shapes.Document) -> Iterator[str]:
    yield "## The sixteen stages"
    for stage in d.stages:
        yield f"### {stage.number} {text(stage.name)}"
        yield f"*{text(stage.purpose)}*"
        scored = f"**{stage.score}** ({stage.interval}), level {stage.level}, coverage {stage.coverage}"
        yield f"{scored}, confidence {stage.confidence}. {text(stage.verdict)}"
        if stage.seen:
            yield f"What little was seen scores {stage.seen}; it does not count."
        if stage.capped_by:
            yield "What holds the level down:"
            yield listing(text(c) for c in stage.capped_by)
        rows = [_check(practice.name, c) for practice in stage.practices for c in practice.checks]
        if rows:
            yield table(["Practice", "Check", "Value", "Because", "Points", "Share", "Source"], rows)


def _check(practice: str, check: shapes.CheckRow) -> list[str]:
    known = check.state == "measured"
    ranks = sorted({s.rank for s in check.sources})
    return [
        text(practice),
        f"{text(check.id)} {text(check.question)}",
        text(check.value) if known else check.state,
        text(check.because),
        f"{check.points} ({check.interval})" if check.state != "not applicable" else "–",
        check.share if check.state != "not applicable" else "–",
        ", ".join(ranks),
    ]


def _findings(d: shapes.Document) -> Iterator[str]:
    yield "## Findings"
    tally = ", ".join(f"{count} {severity}" for severity, count in d.severities)
    yield f"{d.findings_open} open: {tally}."
    if d.findings:
        yield _table_of_findings(d.findings)
    if d.findings_open > len(d.findings):
        yield f"{d.findings_open - len(d.findings)} more findings in assessment.json."
    if d.waived:
        yield "### Waived findings"
        yield _table_of_findings(d.waived)


def _table_of_findings(found: Iterable[shapes.FindingRow]) -> str:
    return table(
        ["Severity", "Rule", "Repository", "Place", "What", "Status"],
        [
            [f.severity, text(f.rule), text(f.subject), linked(f.place, f.href), text(f.message),
             f"{f.status}: {text(f.waiver)}" if f.waiver else f.status]
            for f in found
        ],
    )  # fmt: skip


def _risks(d: shapes.Document) -> Iterator[str]:
    yield "## Risk register"
    yield table(
        ["Id", "Risk", "Likelihood × impact", "What it would mean", "Answer", "Owner"],
        [
            [text(r.id), f"**{text(r.title)}** {text(r.because)}", f"{r.likelihood} × {r.impact} = {r.exposure}",
             text(r.consequence), text("; ".join(r.mitigation)), text(r.owner)]
            for r in d.risks
        ],
    )  # fmt: skip


def _plan(d: shapes.Document) -> Iterator[str]:
    yield "## Plan"
    yield table(
        ["Horizon", "Steps", "Person-days", "Cost"], [[t.name, t.steps, t.effort, text(t.cost)] for t in d.totals]
    )
    for heading, steps in d.plan:
        if steps:
            yield f"### {heading}"
            yield table(
                ["Rank", "Step", "Stage", "Why", "Person-days", "Cost", "Gain overall", "Gain of the stage", "After", "Owner"],
                [
                    [str(r.rank), f"{text(r.title)} ({text(r.id)})", text(r.stage), text(r.why), r.effort, text(r.cost),
                     r.gain_overall, r.gain_stage, text(", ".join(r.prerequisites)), text(r.owner)]
                    for r in steps
                ],
            )  # fmt: skip


def _swot(d: shapes.Document) -> Iterator[str]:
    yield "## Strengths, weaknesses, opportunities, threats"
    for heading, lines in d.swot:
        yield f"### {heading}"
        yield listing(f"{text(line.text)} ({text(line.stage)}: {text(', '.join(line.checks))})" for line in lines)


def _gaps(d: shapes.Document) -> Iterator[str]:
    yield "## Gaps: the request list"
    if not d.gaps:
        yield "Everything that was asked for could be read."
        return
    if d.requests:
        yield "### Rights to ask for"
        yield table(
            ["Right", "Ask for", "Shows", "Missing for", "Opens up to", "Checks"],
            [
                [text(r.right), text(r.ask), text(r.facts), r.missing,
                 f"{r.coverage} of the whole: {text(r.opens)}" if r.coverage else "", text(", ".join(r.checks))]
                for r in d.requests
            ],
        )  # fmt: skip
        yield "### All gaps"
    yield table(
        ["What", "Of", "Why", "Detail", "What closes it", "Leaves open"],
        [
            [text(g.what), text(g.subjects), text(g.reason), text(g.detail), text(g.closes), text(", ".join(g.checks))]
            for g in d.gaps
        ],
    )


def _interview(d: shapes.Document) -> Iterator[str]:
    yield "## Interview agenda"
    if not d.questions:
        yield "No question is open."
        return
    yield table(
        ["Check", "Stage", "Question", "Up to (points)"],
        [[text(q.check), text(q.stage), text(q.text), q.swing] for q in d.questions],
    )


def _method(d: shapes.Document) -> Iterator[str]:
    yield "## Method and versions"
    yield (
        "Facts were read from git, the forge, advisories and the engagement file, without executing anything scanned; "
        "each check is a pure function of facts, and a missing fact makes its answer unknown. The same evidence, model and "
        "date give the same report to the byte."
    )
    if d.basis:
        yield listing(f"{count} answers {basis}" for basis, count in d.basis)
    if d.tools:
        yield table(["Collector and version", "What rests on it"], [[text(tool), uses] for tool, uses in d.tools])


FORMAT = ReportFormat("md", ".md", "text/markdown", "report.md", render)
