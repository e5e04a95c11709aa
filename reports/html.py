"""report.html: the whole report as one file that opens without network, script or style attribute."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from reports import words
from reports.charts import charts
from reports.document import rows, shapes
from reports.document.assemble import document
from reports.drawings.section import drawn
from reports.format import Catalogue, ReportFormat
from scanner.core.assessment import Assessment
from scanner.core.outcomes import Severity

if TYPE_CHECKING:
    from jinja2 import Environment

PICTURES = {
    "stages": "The sixteen stages as bars from 0 to 100 over the bands of the levels, with their intervals",
    "practices": "The practices of every stage with their scores; unknown ones are blank with a dashed edge",
    "findings": "Open findings by stage, stacked by severity",
    "effort": "Recommendations by effort in person-days and gain of the overall score in points",
    "risks": "The risks in a matrix of likelihood and impact",
    "trend": "Each stage's score at the previous scan and now, joined by a line",
    "history": "The overall score over the scans of this engagement",
}
"""What each picture shows, for those who cannot see it."""


@dataclass(frozen=True, slots=True)
class Links:
    """Which anchors the page holds, and what leads from a check to its findings and steps.

    ``staged`` are the anchors of findings that stand under their stage; ``steps`` and ``found`` go
    by check; ``step_anchors`` by the id of a recommendation, ``stage_anchors`` by a stage's name.
    """

    anchors: frozenset[str]
    staged: frozenset[str]
    steps: Mapping[str, tuple[shapes.RecommendationRow, ...]]
    found: Mapping[str, tuple[shapes.FindingRow, ...]]
    step_anchors: Mapping[str, str]
    stage_anchors: Mapping[str, str]


def render(assessment: Assessment, catalogue: Catalogue) -> bytes:
    """The assessment as one HTML page (UTF-8)."""
    doc = document(assessment, catalogue)
    environment = _environment()
    style = environment.get_template("report.css").render()
    page = environment.get_template("report.html.j2").render(
        doc=doc,
        links=_links(doc),
        pictures={name: _embedded(svg) for name, svg in charts(assessment).items()},
        alternatives=PICTURES,
        drawn=drawn(assessment),
        style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        levels=words.LEVELS,
        severities=tuple(s.value for s in reversed(Severity)),
        counts=_counts(assessment),
        history=_history(assessment),
    )
    return page.encode()


FORMAT = ReportFormat("html", ".html", "text/html", "report.html", render)


def tone(bar: shapes.Bar) -> int:
    """The level (1 to 5) whose colour a bar wears: its own, else that of its points; 0 when nothing is known."""
    if bar.points is None:
        return 0
    return bar.level or max(level for level, _, start in words.LEVELS if bar.points >= start or level == 1)


def headline(text: str) -> tuple[str, str]:
    """``text`` as its first question or sentence, and the rest."""
    for mark in ("? ", ". "):
        head, found, rest = text.partition(mark)
        if found:
            return head + mark.strip(), rest
    return text, ""


def polyline(curve: tuple[tuple[str, str], ...]) -> str:
    """A threshold curve as the points of an SVG polyline in a box of 200 × 60; empty below two distinct values."""
    pairs = [(float(x.replace(",", "")), float(y)) for x, y in curve]
    low, high = min((x for x, _ in pairs), default=0.0), max((x for x, _ in pairs), default=0.0)
    if low == high:
        return ""
    return " ".join(f"{200 * (x - low) / (high - low):.1f},{60 - 0.6 * y:.1f}" for x, y in pairs)


def _environment() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    folder = files("reports") / "templates"
    environment = Environment(
        loader=FunctionLoader(lambda name: (folder / name).read_text("utf-8")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"tone": tone, "headline": headline, "polyline": polyline}
    return environment


def _embedded(svg: str) -> str:
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


def _links(doc: shapes.Document) -> Links:
    staged = {f.anchor for s in doc.stages for f in s.findings}
    listed = {f.anchor: f for s in doc.stages for f in s.findings} | {f.anchor: f for f in doc.findings}
    planned = [step for _, part in doc.plan for step in part]
    checks = {c.anchor for s in doc.stages for p in s.practices for c in p.checks}
    steps: dict[str, list[shapes.RecommendationRow]] = defaultdict(list)
    found: dict[str, list[shapes.FindingRow]] = defaultdict(list)
    for step in planned:
        for check in step.addresses:
            steps[check].append(step)
    for finding in listed.values():
        found[finding.check].append(finding)
    return Links(
        anchors=frozenset({*checks, *listed, *(s.anchor for s in doc.stages), *(s.anchor for s in planned)}),
        staged=frozenset(staged),
        steps={check: tuple(several) for check, several in steps.items()},
        found={check: tuple(several) for check, several in found.items()},
        step_anchors={step.id: step.anchor for step in planned},
        stage_anchors={s.name: s.anchor for s in doc.stages},
    )


def _counts(assessment: Assessment) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Open findings by stage, one figure per severity from critical down; stages without any are left out."""
    counted = Counter((f.stage, f.severity) for f in assessment.findings if rows.is_open(f))
    ordered = sorted({stage for stage, _ in counted}, key=lambda s: s.number)
    return tuple((s.spec.name, tuple(counted[s, severity] for severity in reversed(Severity))) for s in ordered)


def _history(assessment: Assessment) -> tuple[tuple[str, str], ...]:
    """Day and overall score of every scan of the engagement, oldest first; empty without an earlier one."""
    if assessment.trend is None:
        return ()
    scores = {p.as_of: p.overall for p in assessment.trend.history} | {assessment.as_of: assessment.overall.score}
    return tuple((words.day(day), words.points(score)) for day, score in sorted(scores.items()))
