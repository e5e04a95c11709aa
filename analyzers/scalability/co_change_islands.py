"""Whether the code falls into groups that change by themselves."""

from __future__ import annotations

from pathlib import PurePosixPath

import networkx as nx

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import CODE_MAAT, ours
from scanner.core.stages import Stage
from scanner.facts.history import ChangeCoupling, FileChanges
from scanner.facts.tree import Tree

ENOUGH_FILES = 20


@check(
    CheckSpec(
        id="SCA-018",
        stage=Stage.SCALABILITY,
        practice="decoupled",
        question="Do the files that change together form small groups within a folder?",
        rationale="A large group that hangs together across folders is one part, whatever the folders say; it cannot be split among teams.",
        scale=Scale(
            "% of busy product files",
            ((0, 100), (5, 90), (15, 65), (35, 30), (60, 0)),
            (
                CODE_MAAT,
                ours("a feature runs through some folders; a third of all busy files in one group is a monolith"),
            ),
            sample=40,
        ),
        remedy="Cut the largest group where it crosses folders: move what belongs together, put an interface between the rest.",
        effort=Effort(5, each=2, per="finding", spread=3.0),
        weight=0.5,
    )
)
def co_change_islands(coupling: ChangeCoupling, changes: FileChanges, tree: Tree) -> Outcome:
    """Share (0 to 100 %) of busy product files in the largest connected group of the coupling graph that spans folders.

    Busy files have 5 or more revisions in 365 days, as coupling asks for 5 shared ones.
    """
    product = {e.path for e in tree.entries if e.role == "product"}
    busy = [f.path for f in changes.files if f.revisions_365_days >= 5 and f.path in product]
    if len(busy) < ENOUGH_FILES:
        return NotApplicable(f"only {len(busy)} product files were changed five times in a year")
    graph: nx.Graph[str] = nx.Graph((p.a, p.b) for p in coupling.pairs if p.a in product and p.b in product)
    islands = [sorted(group) for group in nx.connected_components(graph) if _spans(group)]
    islands.sort(key=lambda group: (-len(group), group[0]))
    largest = len(islands[0]) if islands else 0
    return Measured(
        percent(min(largest, len(busy)), len(busy)),
        f"{len(islands)} groups of files that change together span folders; the largest holds {largest} of {len(busy)} busy product files",
        sample=len(busy),
        window_days=coupling.window_days,
        places=tuple(
            Place(
                f"{len(group)} files of {len({PurePosixPath(path).parent for path in group})} folders change together",
                Severity.INFO,
                path=group[0],
                anchor=group[0],
            )
            for group in islands[:10]
        ),
    )


def _spans(group: set[str]) -> bool:
    return len({PurePosixPath(path).parent for path in group}) > 1
