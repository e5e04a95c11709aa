"""Whether a change in one folder stays in that folder."""

from __future__ import annotations

from pathlib import PurePosixPath

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import CODE_MAAT, ours
from scanner.core.stages import Stage
from scanner.facts.history import ChangeCoupling
from scanner.facts.tree import CodeSize


@check(
    CheckSpec(
        id="SCA-009",
        stage=Stage.SCALABILITY,
        practice="decoupled",
        question="Can one part of the code change without another part changing with it?",
        rationale="Parts that always change together cannot be owned, scaled or replaced apart.",
        scale=Scale(
            "% of product files",
            ((0, 100), (3, 85), (8, 60), (20, 30), (40, 0)),
            (CODE_MAAT, ours("a few seams per hundred files are normal")),
            sample=20,
        ),
        remedy="Move what changes together into one folder, or put a stable interface between the two.",
        effort=Effort(2, each=1, per="finding"),
    )
)
def change_isolation(coupling: ChangeCoupling, size: CodeSize) -> Outcome:
    """Share (0 to 100 %) of product files that keep changing together with a product file of another folder, 365 d."""
    product = {f.path for f in size.files if f.role == "product"}
    if not product:
        return NotApplicable("there is no product code")
    if not coupling.commits:
        return NotApplicable(f"nothing changed in {coupling.window_days} days")
    across = [
        p
        for p in coupling.pairs
        if p.a in product and p.b in product and PurePosixPath(p.a).parent != PurePosixPath(p.b).parent
    ]
    places = tuple(
        Place(f"changes together with {p.b} ({p.shared} shared commits)", Severity.INFO, path=p.a, anchor=p.b)
        for p in sorted(across, key=lambda p: (-p.degree * p.shared, p.a, p.b))[:50]
    )
    tied = {path for p in across for path in (p.a, p.b)}
    return Measured(
        percent(len(tied), len(product)),
        f"{len(tied)} of {len(product)} product files keep changing together with a file of another folder",
        sample=coupling.commits,
        window_days=coupling.window_days,
        places=places,
    )
