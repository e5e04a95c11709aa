"""How many people would have to be away for half of the estate's work to stop."""

from __future__ import annotations

from collections import Counter

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Across
from scanner.core.figures import absence_factor as contributor_absence_factor
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import CHAOSS_ABSENCE, ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.history import Contributors

ENOUGH_COMMITS = 20


@check(
    CheckSpec(
        id="TEA-001",
        stage=Stage.TEAM,
        practice="knowledge",
        question="Is the work of the estate carried by enough people that no one or two are decisive?",
        rationale="When one or two people make half of all changes, their absence stops the company's technology.",
        scale=Scale(
            "people",
            ((1, 10), (2, 50), (3, 70), (5, 90), (8, 100)),
            (CHAOSS_ABSENCE, ours("one is an emergency, two a risk; three lets one be ill while another is on leave")),
            sample=100,
        ),
        remedy="Pair the people who carry most with others on their systems, and rotate review and on-call duty.",
        effort=Effort(10.0),
        weight=2.0,
    )
)
def absence_factor(contributors: Across[Contributors]) -> Outcome:
    """Contributor absence factor: fewest people whose commits of 365 days sum to over 50 % of the estate's (CHAOSS)."""
    commits: Counter[str] = Counter()
    for _, fact in contributors:
        for person in fact.people:
            commits[person.person] += person.commits_365_days
    if commits.total() < ENOUGH_COMMITS:
        return NotApplicable(f"only {counted(commits.total(), 'human commit')} in a year")
    factor = contributor_absence_factor(commits.values())
    active = sum(1 for count in commits.values() if count)
    return Measured(
        factor,
        f"{factor} of {counted(active, 'person', 'people')} made over half of {commits.total()} contributions (a commit counts for each of its authors)",
        sample=commits.total(),
        window_days=365,
    )
