"""How many critical systems rest on one person."""

from __future__ import annotations

from collections import Counter

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Across, Unknown, Why
from scanner.core.figures import absence_factor as contributor_absence_factor
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import CHAOSS_ABSENCE, ours
from scanner.core.stages import Stage
from scanner.facts.engagement import Engagement
from scanner.facts.history import Contributors

ENOUGH_COMMITS = 20


@check(
    CheckSpec(
        id="TEA-007",
        stage=Stage.TEAM,
        practice="knowledge",
        question="Does every business-critical system have more than one person who carries it?",
        rationale="One person on a system that stops the business is the risk that an acquirer asks about first.",
        scale=Scale(
            "% of critical systems",
            ((0, 0), (50, 30), (80, 65), (100, 100)),
            (CHAOSS_ABSENCE, ours("each exception can stop the business, so one in five already costs a third")),
        ),
        remedy="Build up a second person for each system listed here within a quarter.",
        effort=Effort(1.0, each=10.0, per="finding"),
        weight=2.0,
    )
)
def critical_key_people(engagement: Engagement, contributors: Across[Contributors]) -> Outcome:
    """Share (0 to 100 %) of systems of criticality 1 or 2 whose contributor absence factor over 365 days is 2 or more.

    Systems with fewer than 20 human commits in the year are left out.
    """
    if not engagement.systems:
        return Unknown(Why.NOT_ANSWERED, "no system is declared", "declare the systems in the engagement file")
    places: list[Place] = []
    judged = 0
    for system in engagement.systems:
        own = [(s, fact) for s, fact in contributors if s.matches(system.repos)] if system.criticality <= 2 else []
        commits: Counter[str] = Counter()
        for _, fact in own:
            for person in fact.people:
                commits[person.person] += person.commits_365_days
        if commits.total() < ENOUGH_COMMITS:
            continue
        judged += 1
        if contributor_absence_factor(commits.values()) < 2:
            message = f"one person makes over half of the changes of critical system {system.name}"
            places.append(Place(message, Severity.HIGH, anchor=system.name, subject=own[0][0]))
    if not judged and contributors.unknown:
        return Unknown(Why.SAMPLE_TOO_SMALL, "no critical system could be followed to a repository that was read")
    if not judged:
        return NotApplicable(f"no critical system with a readable repository had {ENOUGH_COMMITS} commits in a year")
    return Measured(
        percent(judged - len(places), judged),
        f"{judged - len(places)} of {judged} critical systems are carried by more than one person",
        sample=judged,
        window_days=365,
        places=tuple(places[:200]),
    )
