"""report.html: one self-contained file without scripts, safe to open anywhere."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files

from reports import words
from reports.charts import charts
from reports.document.assemble import document
from reports.document.shapes import Document
from reports.format import Catalogue, ReportFormat
from scanner.core.assessment import Assessment

BAR = 1.2
"""Pixels per point in the small bars of the tables."""


def render(assessment: Assessment, catalogue: Catalogue) -> bytes:
    """The report as HTML (UTF-8). Every text is escaped; the policy in its head admits no script and no address."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(template),
        autoescape=jinja2.select_autoescape(disabled_extensions=("css",), default=True),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(x=_along, level_of=words.level_of)
    style = environment.get_template("report.css").render()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    shown = document(assessment, catalogue)
    page = environment.get_template("report.html.j2").render(
        d=shown,
        anchors=_anchors(shown),
        charts={name: _embedded(svg) for name, svg in charts(assessment).items()},
        levels=words.LEVELS,
        style_hash=f"sha256-{digest}",
    )
    return page.encode("utf-8", "backslashreplace")


FORMAT = ReportFormat("html", ".html", "text/html", "report.html", render)


def template(name: str) -> str:
    """The text of a file in ``reports/templates``."""
    return files("reports").joinpath("templates", name).read_text("utf-8")


def _embedded(svg: str) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def _along(points: float, start: float = 1.0) -> str:
    """Where ``points`` (0 to 100) lie in a bar, or how wide they are when ``start`` is 0."""
    return f"{start + BAR * points:.1f}"


def _anchors(shown: Document) -> dict[str, str]:
    """The checks that have a place in the report, with their anchors."""
    return {c.id: c.anchor for s in shown.stages for p in s.practices for c in p.checks}
