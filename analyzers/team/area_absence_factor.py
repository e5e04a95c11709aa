"""Which parts of a repository one person carries."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import CHAOSS_ABSENCE, ours
from scanner.core.stages import Stage
from scanner.facts.knowledge import Knowledge
from scanner.facts.tree import Tree

ENOUGH_COMMITS = 20
FEWEST_AREAS = 2


@check(
    CheckSpec(
        id="TEA-019",
        stage=Stage.TEAM,
        practice="knowledge",
        question="Is each part of the repository carried by more than one person?",
        rationale="A repository with many hands may still hold a part that only one of them ever touches.",
        scale=Scale(
            "% of top directories in work",
            ((0, 10), (50, 50), (80, 80), (100, 100)),
            (CHAOSS_ABSENCE, ours("a small part may have one owner, so one in five costs a fifth")),
            sample=3,
        ),
        remedy="Name a second person for each directory listed here and give them its next changes.",
        effort=Effort(0.5, each=3.0, per="finding"),
    )
)
def area_absence_factor(knowledge: Knowledge, tree: Tree) -> Outcome:
    """Share (0 to 100 %) of top directories with product files whose contributor absence factor of 365 days is 2 or more.

    Directories with fewer than 20 human commits in the year are left out; asked where two or more remain.
    """
    product = {e.path.partition("/")[0] for e in tree.entries if e.role == "product" and "/" in e.path}
    worked = [a for a in knowledge.areas if a.area in product and a.commits_365_days >= ENOUGH_COMMITS]
    if len(worked) < FEWEST_AREAS:
        return NotApplicable(f"fewer than two top directories had {ENOUGH_COMMITS} human commits in a year")
    alone = sorted((a for a in worked if a.absence_factor < 2), key=lambda a: (-a.commits_365_days, a.area))
    return Measured(
        percent(len(worked) - len(alone), len(worked)),
        f"in {len(alone)} of {len(worked)} top directories in work one person made over half of the contributions",
        sample=len(worked),
        window_days=365,
        places=tuple(
            Place(
                f"one person made {100 * area.main_person_share:.0f} % of the year's contributions",
                Severity.LOW,
                path=area.area,
                anchor=area.area,
            )
            for area in alone[:20]
        ),
    )
