"""The section as a whole: the estate's services, every drawn repository, who is not drawn, who would be missed, and the months."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from reports import words
from reports.document import rows
from reports.drawings.across import across
from reports.drawings.coupling import coupling
from reports.drawings.departures import departures
from reports.drawings.hotspots import hotspots
from reports.drawings.knowledge import knowledge
from reports.drawings.modules import modules
from reports.drawings.months import months
from reports.drawings.services import services
from reports.drawings.shapes import Drawn, DrawnRepository, Picture
from scanner.core.assessment import Assessment, Drawing
from scanner.core.drawings import FileMap
from scanner.core.evidence import Unknown

P = TypeVar("P")


def drawn(assessment: Assessment, font: str = "inherit") -> Drawn:
    """All pictures of ``assessment`` with their words."""
    shown = {d.subject for d in assessment.drawings}
    rest = sorted(p.subject for p in assessment.profiles if p.weight > 0 and p.subject not in shown)
    return Drawn(
        services(assessment.services, font),
        tuple(_repository(d, number, font) for number, d in enumerate(assessment.drawings, start=1)),
        "" if shown else "Nothing is drawn: no repository that counts could be read.",
        f"Not drawn: {rows.names(rest)}." if shown and rest else "",
        across(assessment.coupling, font),
        departures(assessment.departures),
        months(assessment, font),
    )


def _repository(drawing: Drawing, number: int, font: str) -> DrawnRepository:
    code: list[Picture]
    if isinstance(drawing.files, FileMap) and drawing.files.cells:
        code = [hotspots(drawing.files, f"hot{number}", font), knowledge(drawing.files, f"who{number}", font)]
    else:
        why = _why(drawing.files) if isinstance(drawing.files, Unknown) else "There is no product code."
        code = [Picture("Where it changes, and who changes it", "", "", (why,))]
    return DrawnRepository(
        words.name(drawing.subject),
        f"drawn-{number}",
        (
            code[0],
            _known(drawing.modules, "How it hangs together", lambda m: modules(m, f"net{number}", font)),
            *code[1:],
            _known(drawing.coupling, "What changes together", lambda c: coupling(c, f"pair{number}", font)),
        ),
        tuple(rows.evidence(e) for e in drawing.evidence),
    )


def _known(part: P | Unknown, heading: str, make: Callable[[P], Picture]) -> Picture:
    return Picture(heading, "", "", (_why(part),)) if isinstance(part, Unknown) else make(part)


def _why(hole: Unknown) -> str:
    closes = f" What closes it: {words.plain(hole.closes, 300)}." if hole.closes else ""
    return f"Unknown: {words.REASONS[hole.why]} ({words.plain(hole.detail, 300)}).{closes}"
