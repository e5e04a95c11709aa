"""Whether running services hang on one person."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Across
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.history import Contributors
from scanner.facts.infrastructure import RuntimeTraits


@check(
    CheckSpec(
        id="RIS-009",
        stage=Stage.RISK,
        practice="continuity",
        question="Can every running service lose any one person?",
        rationale="A service that one person changes stops being changed when that person leaves.",
        scale=Scale(
            "% of services",
            ((0, 0), (50, 40), (80, 75), (100, 100)),
            (ours("one person with over 80 % of a year's changes holds the working knowledge"),),
            sample=2,
        ),
        remedy="Pair a second person into each service that runs until both have shipped changes to it.",
        effort=Effort(0, each=15, per="finding"),
        controls=("SOC 2 CC1.4",),
    )
)
def single_person_services(contributors: Across[Contributors], traits: Across[RuntimeTraits]) -> Outcome:
    """Share (0 to 100 %) of deployables with over 10 commits in 365 d where no one person made over 80 % of them."""
    judged, single = 0, []
    for subject, each in contributors:
        if subject not in traits.known or not traits.known[subject].deployable:
            continue
        commits = [p.commits_365_days for p in each.people]
        if sum(commits) <= 10:
            continue
        judged += 1
        if 100 * max(commits) > 80 * sum(commits):
            single.append(subject)
    if not judged:
        return NotApplicable("no running service read here had more than 10 commits in 365 days")
    places = tuple(
        Place("one person made over 80 % of the year's changes", Severity.MEDIUM, subject=s) for s in single[:200]
    )
    return Measured(
        percent(judged - len(single), judged),
        f"{len(single)} of {judged} services that change depend on one person",
        sample=judged,
        window_days=365,
        places=places,
    )
