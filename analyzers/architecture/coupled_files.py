"""How many busy files change together with files elsewhere."""

from __future__ import annotations

from pathlib import PurePosixPath

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import CODE_MAAT, ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.history import ChangeCoupling, FileChanges
from scanner.facts.tree import CodeSize

FEWEST_REVISIONS = 5
FEWEST_FILES = 10


@check(
    CheckSpec(
        id="ARC-006",
        stage=Stage.ARCHITECTURE,
        practice="structure",
        question="How many of the busy files keep changing together with a file in another folder?",
        rationale="Files that always change together belong together; across folders they betray a boundary in the wrong place.",
        scale=Scale(
            "% of busy product files",
            ((0, 100), (10, 85), (25, 65), (50, 30), (80, 0)),
            (
                CODE_MAAT,
                ours("some coupling across folders is the price of layers; half of the busy files is a wrong cut"),
            ),
            sample=FEWEST_FILES,
        ),
        remedy="For each listed pair, move the shared reason to change into one module or give it a stable interface.",
        effort=Effort(1, each=1, per="finding"),
    )
)
def coupled_files(coupling: ChangeCoupling, changes: FileChanges, size: CodeSize) -> Outcome:
    """Share (0 to 100 %) of product files with ≥ 5 revisions in 365 days coupled to one in another folder."""
    product = {f.path for f in size.files if f.role == "product"}
    if not product:
        return NotApplicable("there is no product code")
    busy = {c.path for c in changes.files if c.path in product and c.revisions_365_days >= FEWEST_REVISIONS}
    if len(busy) < FEWEST_FILES:
        return NotApplicable(f"only {counted(len(busy), 'product file')} changed {FEWEST_REVISIONS} times in the year")
    pairs = [
        p
        for p in coupling.pairs
        if p.a in busy and p.b in busy and PurePosixPath(p.a).parent != PurePosixPath(p.b).parent
    ]
    pairs.sort(key=lambda p: (-p.degree, -p.shared, p.a, p.b))
    tied = {path for p in pairs for path in (p.a, p.b)}
    places = tuple(
        Place(f"changed together with {p.b} in {p.shared} commits ({p.degree:.0%})", Severity.LOW, path=p.a, anchor=p.b)
        for p in pairs[:200]
    )
    because = f"{len(tied)} of {len(busy)} busy product files change together with one in another folder"
    return Measured(percent(len(tied), len(busy)), because, sample=len(busy), window_days=365, places=places)
