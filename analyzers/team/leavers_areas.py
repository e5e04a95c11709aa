"""Which parts of the estate were built by people who are gone."""

from __future__ import annotations

from analyzers.known_files import present_people
from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Across, Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.history import Contributors
from scanner.facts.knowledge import Knowledge
from scanner.facts.tree import Tree

ENOUGH_CHANGES = 50
PRESENT_SHARE = 0.2
"""Below this share of an area's changes by people present, its reasons have left with its authors."""


@check(
    CheckSpec(
        id="TEA-020",
        stage=Stage.TEAM,
        practice="continuity",
        question="Has each part of the code somebody left who built some of it?",
        rationale="Where nobody is left who wrote it, each change begins with reading, and the reasons cannot be asked for.",
        scale=Scale(
            "% of top directories",
            ((0, 100), (15, 80), (40, 45), (80, 5)),
            (ours("some finished parts outlive their authors; when it is two in five, the system is inherited"),),
            sample=5,
        ),
        remedy="Give each directory listed here an owner with time to read, test and document it.",
        effort=Effort(1.0, each=3.0, per="finding"),
        weight=0.5,
    )
)
def leavers_areas(knowledge: Across[Knowledge], people: Across[Contributors], trees: Across[Tree]) -> Outcome:
    """Share (0 to 100 %) of top directories with product files of which people present made under a fifth of the changes.

    Changes are those of files still there, ever; directories with fewer than 50 are left out. Present is who committed
    anywhere in 90 days, a proxy: the others are taken as having left.
    """
    present = present_people(people)
    judged, places = 0, []
    pairs = [(subject, fact, trees.known[subject]) for subject, fact in knowledge if subject in trees.known]
    if not pairs:
        return Unknown(Why.SAMPLE_TOO_SMALL, "no repository has both its history and its tree read", "a full scan")
    if not present:
        return NotApplicable("nobody committed in 90 days: what is dormant is told elsewhere")
    for subject, fact, tree in pairs:
        product = {e.path.partition("/")[0] for e in tree.entries if e.role == "product" and "/" in e.path}
        for area in fact.areas:
            if area.area not in product or area.changes < ENOUGH_CHANGES:
                continue
            judged += 1
            share = sum(h.changes for h in area.holders if h.person in present) / area.changes
            if share < PRESENT_SHARE:
                said = f"people present made {100 * share:.0f} % of the changes of its {area.files} files"
                places.append(Place(said, Severity.LOW, path=area.area, anchor=area.area, subject=subject))
    if not judged:
        return NotApplicable(f"no top directory with product files had {ENOUGH_CHANGES} changes")
    return Measured(
        percent(len(places), judged),
        f"people present made under a fifth of the changes in {len(places)} of {judged} top directories",
        sample=judged,
        window_days=90,
        basis=Basis.INFERRED,
        certainty=0.6,
        places=tuple(places[:50]),
    )
