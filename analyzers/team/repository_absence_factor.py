"""How many people carry one repository."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.figures import absence_factor as contributor_absence_factor
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import CHAOSS_ABSENCE, ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.history import Contributors

ENOUGH_COMMITS = 20


@check(
    CheckSpec(
        id="TEA-002",
        stage=Stage.TEAM,
        practice="knowledge",
        question="Is each living repository carried by more than one person?",
        rationale="A repository that one person carries stops with that person, however large the team around it.",
        scale=Scale(
            "people",
            ((1, 25), (2, 70), (3, 90), (4, 100)),
            (CHAOSS_ABSENCE, ours("in one repository a second person is the step that matters most")),
            sample=50,
        ),
        remedy="Name a second person for the repository and give them its next changes.",
        effort=Effort(0.0, each=3.0, per="repository"),
    )
)
def repository_absence_factor(contributors: Contributors) -> Outcome:
    """Contributor absence factor of the repository: fewest people with over 50 % of the commits of 365 days."""
    counts = [p.commits_365_days for p in contributors.people if p.commits_365_days]
    if sum(counts) < ENOUGH_COMMITS:
        return NotApplicable(f"only {counted(sum(counts), 'human commit')} in a year")
    factor = contributor_absence_factor(counts)
    alone = (Place("one person makes over half of the changes", Severity.MEDIUM, anchor="absence-factor"),)
    return Measured(
        factor,
        f"{factor} of {counted(len(counts), 'person', 'people')} made over half of {sum(counts)} contributions (a commit counts for each of its authors)",
        sample=sum(counts),
        window_days=365,
        places=alone if factor == 1 else (),
    )
