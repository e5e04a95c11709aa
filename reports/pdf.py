"""report.pdf: the report typeset for an investor.

The template is given to typst as bytes and the content as one JSON text, so nothing from a
repository is ever read as markup and no folder is needed. Only the fonts inside typst are used:
the same assessment gives the same bytes on every machine, but letters outside them (Chinese,
Japanese, Korean, Arabic) show as boxes; the report says so and names the formats that have them.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from importlib.resources import files

from reports import words
from reports.charts import charts
from reports.document.assemble import document
from reports.drawings.section import drawn
from reports.format import Catalogue, ReportFormat
from scanner.core.assessment import Assessment

FONT = "Libertinus Serif"
MEANINGS = {
    1: "Left to chance: what works depends on single persons.",
    2: "Done, but not everywhere and not reliably.",
    3: "A stated and followed way of working.",
    4: "Followed everywhere and watched by figures.",
    5: "Improved steadily on the ground of its figures.",
}
"""What each level means in practice."""
_DAY = 86_400


def render(assessment: Assessment, catalogue: Catalogue) -> bytes:
    """The report as PDF, tagged for screen readers and dated ``as_of``."""
    import typst

    whole = document(assessment, catalogue)
    given = {
        "doc": asdict(whole),
        "charts": charts(assessment, FONT),
        "drawn": asdict(drawn(assessment, FONT)),
        "font": FONT,
        "levels": [(level, name, start, MEANINGS[level]) for level, name, start in words.LEVELS],
        "short_title": words.plain(whole.title, 80),
        "cover_title": words.plain(whole.title, 120),
    }
    pdf: bytes = typst.compile(
        files("reports.templates").joinpath("report.typ").read_bytes(),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(given, ensure_ascii=False, allow_nan=False)},
        timestamp=(assessment.as_of - date(1970, 1, 1)).days * _DAY,
    )
    return pdf


FORMAT = ReportFormat("pdf", ".pdf", "application/pdf", "report.pdf", render)
