"""Which systems hang on what one person knows."""

from __future__ import annotations

from analyzers.departures import worst_departure
from analyzers.known_files import known_files, present_people
from analyzers.system_people import system_people
from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Across, Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.engagement import Engagement
from scanner.facts.history import Contributors
from scanner.facts.knowledge import Knowledge
from scanner.facts.tree import Tree

ENOUGH_FILES = 10
_SEVERITY = {1: Severity.HIGH, 2: Severity.HIGH, 3: Severity.MEDIUM}


@check(
    CheckSpec(
        id="TEA-018",
        stage=Stage.TEAM,
        practice="continuity",
        question="Would each system still be known to the team if any one person left it?",
        rationale="A system is bought with the people who know it; where that is one person, it can walk out of the door.",
        scale=Scale(
            "% of systems",
            ((0, 0), (50, 40), (80, 75), (100, 100)),
            (ours("half of the files in work in one head is the whole system's risk, and each system can stop alone"),),
        ),
        remedy="Let a second person make the next changes of each system listed here, reviewed by the first.",
        effort=Effort(1.0, each=8.0, per="finding"),
    )
)
def system_knowledge(
    engagement: Engagement, knowledge: Across[Knowledge], people: Across[Contributors], trees: Across[Tree]
) -> Outcome:
    """Share (0 to 100 %) of declared systems in which no one person is the last to know half of the busy product files.

    Systems with fewer than 10 busy product files are left out; a person is present who committed anywhere in 90 days.
    """
    if not engagement.systems:
        return Unknown(Why.NOT_ANSWERED, "no system is declared", "declare the systems in the engagement file")
    files = known_files(knowledge, trees, present_people(people))
    places: list[Place] = []
    judged = 0
    for system in engagement.systems:
        own = [subject for subject in files if subject.matches(system.repos)]
        known = [who for subject in own for who in files[subject].knowers.values()]
        if len(known) < ENOUGH_FILES:
            continue
        judged += 1
        worst = worst_departure(known, 1)
        if 2 * worst.files >= len(known):
            team = system_people(system, people)
            said = (
                f"{worst.files} of {len(known)} files in work of system {system.name} are known to one present person only, {', '.join(worst.people)} "
                f"(contributor absence factor {team.absence_factor}, largest share {100 * team.main_person_share:.0f} %, "
                f"people {team.people_90_days} in 90 and {team.people_365_days} in 365 days)"
            )
            severity = _SEVERITY.get(system.criticality, Severity.LOW)
            places.append(Place(said, severity, anchor=system.name, subject=own[0]))
    if not judged and (knowledge.unknown or trees.unknown or people.unknown):
        return Unknown(Why.SAMPLE_TOO_SMALL, "no system could be followed to a repository that was read")
    if not judged:
        return NotApplicable(f"no system had {ENOUGH_FILES} product files in work in a year")
    return Measured(
        percent(judged - len(places), judged),
        f"{judged - len(places)} of {judged} systems in work do not hang on what one person knows",
        sample=judged,
        window_days=365,
        basis=Basis.INFERRED,
        certainty=0.7,
        places=tuple(places[:200]),
    )
