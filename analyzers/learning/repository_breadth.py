"""Whether people work in more than one repository."""

from __future__ import annotations

from collections import Counter

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Across
from scanner.core.figures import percent
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.history import Contributors

FEWEST_PEOPLE, FEWEST_REPOSITORIES, REGULAR = 4, 3, 5


@check(
    CheckSpec(
        id="LEA-012",
        stage=Stage.LEARNING,
        practice="kept",
        question="Do people get to know more than one part of the estate?",
        rationale="Who works in two repositories carries knowledge from one to the other, and can step in when somebody is away.",
        scale=Scale(
            "% of regular people",
            ((0, 20), (20, 60), (40, 90), (50, 100)),
            (ours("half of the people bridging is plenty; specialists are needed too"),),
            sample=8,
        ),
        remedy="Let people swap repositories for a fortnight each quarter, starting with those that one person carries.",
        effort=Effort(2),
        weight=0.5,
    )
)
def repository_breadth(contributors: Across[Contributors]) -> Outcome:
    """Share (0 to 100 %) of regular people with 5 or more commits of 365 days in each of two or more repositories.

    Regular is who has as many in one; asked from four such people and three repositories with one on.
    """
    homes: Counter[str] = Counter()
    worked = 0
    for _, fact in contributors:
        here = [p.person for p in fact.people if p.commits_365_days >= REGULAR]
        homes.update(here)
        worked += bool(here)
    if worked < FEWEST_REPOSITORIES or len(homes) < FEWEST_PEOPLE:
        return NotApplicable(f"{len(homes)} regular people in {worked} repositories are too few to ask for breadth")
    broad = sum(count > 1 for count in homes.values())
    return Measured(
        percent(broad, len(homes)),
        f"{broad} of {len(homes)} regular people work in two or more of {worked} repositories",
        sample=len(homes),
        window_days=365,
        basis=Basis.INFERRED,
        certainty=0.8,
    )
