"""How many imports go up the layers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from analyzers.import_structure import between_folders, certainty, depth, unread, upward
from scanner.core.checks import CheckSpec, Effort, Rank, Scale, Source, check
from scanner.core.figures import percent
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.code import ImportGraph
from scanner.facts.structure import Layering, Modules
from scanner.facts.tree import CodeSize

SARKAR = Source(
    Rank.PRIMARY,
    "S. Sarkar, G. M. Rama, A. C. Kak, API-Based and Information-Theoretic Metrics for Measuring the Quality of Software "
    "Modularization, IEEE TSE 33(1), 2007: a layer calls none above it (back-call violation index)",
    "https://doi.org/10.1109/TSE.2007.4",
)


@check(
    CheckSpec(
        id="ARC-022",
        stage=Stage.ARCHITECTURE,
        practice="structure",
        question="How many imports between packages go up the layers?",
        rationale="An import that goes up ties the bottom to the top: neither can then be understood, tested or replaced alone.",
        scale=Scale(
            "% of imports between packages",
            ((0, 100), (2, 90), (5, 75), (10, 50), (20, 25), (40, 0)),
            (SARKAR, ours("no import ought to go up; one in ten means that the layers are a wish")),
            sample=10,
        ),
        remedy="Turn each listed import round: hand the lower package what it needs, or move that down.",
        effort=Effort(1, each=0.5, per="finding"),
    )
)
def layering(graph: ImportGraph, modules: Modules, size: CodeSize) -> Outcome:
    """Share (0 to 100 %) of imports between declared layers, else between folders, that go up; undeclared layers are inferred."""
    if (why := unread(graph, size)) is not None:
        return why
    declared = [_against(layering, graph) for layering in modules.layerings]
    if total := sum(count for count, _ in declared):
        wrong = [pair for _, pairs in declared for pair in pairs]
        places = tuple(
            Place(f"imports {b}, which its layers put above it", Severity.MEDIUM, path=a, anchor=b)
            for a, b in wrong[:100]
        )
        because = f"{len(wrong)} of {total} imports between declared layers go up"
        return Measured(percent(len(wrong), total), because, total, places=places, certainty=certainty(graph))
    imports = between_folders(graph, modules)
    if not imports:
        return NotApplicable("its packages do not import each other")
    against = Counter({pair: imports[pair] for pair in upward(imports)})
    places = tuple(
        Place(
            f"{count} {'import goes' if count == 1 else 'imports go'} up to {b or 'the root'}, where {imports[b, a]} come down from",
            Severity.LOW, path=a or ".", anchor=f"{a} → {b}",
        )
        for (a, b), count in sorted(against.items(), key=lambda item: (-item[1], item[0]))[:100]
    )  # fmt: skip
    total, up = imports.total(), against.total()
    down = depth({pair: count for pair, count in imports.items() if pair not in against})
    because = f"{up} of {total} imports between packages go against the others, which make {down} layers"
    return Measured(
        percent(up, total), because, total, basis=Basis.INFERRED, places=places, certainty=0.7 * certainty(graph)
    )


def _against(layering: Layering, graph: ImportGraph) -> tuple[int, list[tuple[str, str]]]:
    """(imports between the layers, those that go up)."""
    ranks = {m: _rank(m, layering.layers) for m in graph.modules}
    crossing = [(a, b) for a, b in graph.edges if _differ(ranks[a], ranks[b])]
    return len(crossing), [(a, b) for a, b in crossing if (ranks[a] or 0) > (ranks[b] or 0)]


def _differ(a: int | None, b: int | None) -> bool:
    return a is not None and b is not None and a != b


def _rank(module: str, layers: Iterable[Iterable[str]]) -> int | None:
    """The number of the layer that a module is in, counted from the top, by the outermost folder named; None when it is in none."""
    place = f"/{module.rpartition('.')[0] or module}/"
    named = ((place.find(f"/{name}/"), -len(name), n) for n, layer in enumerate(layers) for name in layer)
    return min((hit for hit in named if hit[0] >= 0), default=(0, 0, None))[2]
