"""Whether the forge's teams are teams: several people with something to answer for."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.forge import Teams

FEWEST_MEMBERS = 2


@check(
    CheckSpec(
        id="TEA-016",
        stage=Stage.TEAM,
        practice="balance",
        question="Do the teams on the forge have several members and repositories of their own?",
        rationale="Rights and reviews go by team; a team of one or with nothing in its care is a person or a leftover.",
        scale=Scale(
            "% of teams",
            ((0, 10), (50, 45), (75, 75), (95, 100)),
            (ours("one in four may be new, on its way out, or there for mentions only"),),
            sample=4,
        ),
        remedy="Give each team the repositories it answers for, join teams of one, and delete what nobody uses.",
        effort=Effort(0.5),
        weight=0.5,
    )
)
def working_teams(teams: Teams) -> Outcome:
    """Teams with two or more members and a repository ÷ teams (0 to 100 %); teams that only hold other teams are left out."""
    parents = {team.parent for team in teams.teams if team.parent}
    asked = [team for team in teams.teams if team.repositories or team.name not in parents]
    if not asked:
        return NotApplicable("there is no team on the forge")
    alone = sum(team.members < FEWEST_MEMBERS for team in asked)
    idle = sum(team.members >= FEWEST_MEMBERS and not team.repositories for team in asked)
    because = f"of {counted(len(asked), 'team')} {alone} have fewer than two members, {idle} more have no repository"
    return Measured(percent(len(asked) - alone - idle, len(asked)), because, sample=len(asked))
