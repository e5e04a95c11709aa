"""How many modules nothing imports, starts or names."""

from __future__ import annotations

from analyzers.import_structure import certainty, unread
from scanner.core.checks import CheckSpec, Effort, Rank, Scale, Source, check
from scanner.core.figures import percent
from scanner.core.outcomes import Basis, Certainty, Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.code import ImportGraph
from scanner.facts.structure import Modules
from scanner.facts.tree import CodeSize

DECIDED = frozenset({"JavaScript", "Python", "Rust", "TypeScript"})
"""Languages in which a file that nobody imports and nobody starts is in no program; elsewhere linkers and frameworks find files."""
DEAD = Source(
    Rank.PRIMARY,
    "S. Romano, C. Vendome, G. Scanniello, D. Poshyvanyk, A Multi-Study Investigation Into Dead Code, IEEE TSE 46(1), 2020: "
    "dead code is common and makes code harder to comprehend and change",
    "https://doi.org/10.1109/TSE.2018.2842781",
)


@check(
    CheckSpec(
        id="ARC-021",
        stage=Stage.ARCHITECTURE,
        practice="maintainable",
        question="How many modules does nothing import, start or name?",
        rationale="Code that no program contains is still read, scanned, upgraded and feared when others are changed.",
        scale=Scale(
            "% of modules",
            ((0, 100), (5, 85), (15, 55), (30, 20), (50, 0)),
            (DEAD, ours("some are started in ways that a reader of files cannot see, so the first few cost little")),
            sample=10,
        ),
        remedy="Ask for each listed module how it is reached; remove those for which nobody knows.",
        effort=Effort(0.5, each=0.1, per="finding"),
        weight=0.5,
    )
)
def unused_modules(graph: ImportGraph, modules: Modules, size: CodeSize) -> Outcome:
    """Share (0 to 100 %) of modules that no module and no test imports and that nothing else seems to lead to (inferred)."""
    if (why := unread(graph, size, 1)) is not None:
        return why
    judged = [m.path for m in modules.modules if m.language in DECIDED]
    if len(judged) < 2:
        return NotApplicable("its languages do not tell by imports which files are used")
    imported = {target for _, target in graph.edges} | set(graph.imported_by_tests)
    unused = [m.path for m in modules.modules if m.language in DECIDED and not m.reached and m.path not in imported]
    lines = {f.path: f.code for f in size.files}
    places = tuple(
        Place(
            "no module or test imports it, and no setting names it",
            Severity.LOW,
            path=m,
            anchor=m,
            certainty=Certainty.LOW,
        )
        for m in sorted(unused, key=lambda m: (-lines.get(m, 0), m))[:100]
    )
    because = f"{len(unused)} of {len(judged)} modules are imported by none, and nothing else seems to lead to them"
    sure = 0.5 * certainty(graph)
    return Measured(
        percent(len(unused), len(judged)), because, len(judged), basis=Basis.INFERRED, places=places, certainty=sure
    )
