"""How much of the code stands in packages that are rigid or useless, by Martin's main sequence."""

from __future__ import annotations

from analyzers.import_structure import certainty, couplings, unread
from scanner.core.checks import CheckSpec, Effort, Rank, Scale, Source, check
from scanner.core.figures import percent
from scanner.core.outcomes import Certainty, Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.code import ImportGraph
from scanner.facts.structure import Modules
from scanner.facts.tree import CodeSize

LIMIT = 0.7
DECLARING = frozenset({"C#", "C++", "Go", "Java", "Kotlin", "PHP", "Rust", "TypeScript"})
"""Languages in which a type must be declared abstract to be so; elsewhere abstractness is a matter of habit."""
MARTIN = Source(
    Rank.SECONDARY,
    "R. C. Martin, OO Design Quality Metrics: An Analysis of Dependencies, 1994: D = |A + I − 1|",
    "https://linux.ime.usp.br/~joaomm/mac499/arquivos/referencias/oodmetrics.pdf",
)
NDEPEND = Source(
    Rank.SECONDARY,
    "NDepend code metrics: a normalised distance from the main sequence over 0.7 might be a problem (rule ND1407)",
    "https://www.ndepend.com/docs/code-metrics",
)


@check(
    CheckSpec(
        id="ARC-019",
        stage=Stage.ARCHITECTURE,
        practice="structure",
        question="How much of the code stands in packages that are rigid, or abstract without use?",
        rationale="What many lean on and nothing abstracts cannot change without breaking them; what is abstract and unused is dead weight.",
        scale=Scale(
            "% of types",
            ((0, 100), (20, 80), (40, 55), (60, 30), (90, 0)),
            (MARTIN, NDEPEND, ours("plain values and tools may be concrete and stable, so a fifth costs little")),
            sample=5,
        ),
        remedy="Put an interface before each listed package that is rigid, or move what changes often out of it; drop interfaces nobody uses.",
        effort=Effort(1, each=2, per="finding"),
        weight=0.5,
    )
)
def main_sequence(graph: ImportGraph, modules: Modules, size: CodeSize) -> Outcome:
    """Share (0 to 100 %) of types in folders further than 0.7 from the main sequence (Martin 1994); folders without coupling left out."""
    if (why := unread(graph, size)) is not None:
        return why
    declaring = {m.folder for m in modules.modules if m.language in DECLARING}
    held = {
        f: c for f, c in couplings(graph, modules).items() if f in declaring and c.types and c.afferent + c.efferent
    }
    if len(held) < 2:
        return NotApplicable("fewer than two packages declare types and import each other")
    far = sorted((f for f, c in held.items() if c.distance > LIMIT), key=lambda f: (-held[f].types, f))
    places = tuple(
        Place(
            f"{'rigid' if c.instability < 0.5 else 'abstract without use'}: {c.afferent} packages lean on it, it leans on "
            f"{c.efferent}, {c.abstract_types} of {c.types} types are abstract (distance {c.distance:.2f})",
            Severity.LOW, path=f or ".", anchor=f or ".", certainty=Certainty.MEDIUM,
        )
        for f, c in ((f, held[f]) for f in far[:50])
    )  # fmt: skip
    types, off = sum(c.types for c in held.values()), sum(held[f].types for f in far)
    because = f"{len(far)} of {len(held)} packages are further than {LIMIT} from the main sequence; they hold {off} of {types} types"
    return Measured(percent(off, types), because, len(held), places=places, certainty=0.8 * certainty(graph))
