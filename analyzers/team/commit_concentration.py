"""How evenly the work is spread over the team."""

from __future__ import annotations

from collections import Counter

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Across
from scanner.core.figures import herfindahl
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.history import Contributors


@check(
    CheckSpec(
        id="TEA-009",
        stage=Stage.TEAM,
        practice="balance",
        question="Is the work spread over the team rather than heaped on a few?",
        rationale="A heaped load burns out those under it and leaves the others without practice.",
        scale=Scale(
            "Herfindahl index (0 to 1)",
            ((0.12, 100), (0.25, 75), (0.45, 45), (0.8, 10), (1, 0)),
            (ours("the index of n equal people is 1/n: eight are 0.12, four are 0.25, one is 1"),),
            sample=100,
        ),
        remedy="Plan the next quarter's work so that no one's share of it exceeds a third.",
        effort=Effort(2.0),
        weight=0.5,
    )
)
def commit_concentration(contributors: Across[Contributors]) -> Outcome:
    """Herfindahl index (0 to 1) of the estate's human commits of 365 days over people: the sum of squared shares."""
    commits: Counter[str] = Counter()
    for _, fact in contributors:
        for person in fact.people:
            commits[person.person] += person.commits_365_days
    total = commits.total()
    if total < 20:
        return NotApplicable(f"only {counted(total, 'human commit')} in a year")
    index = herfindahl(commits.values())
    return Measured(
        index,
        f"{total} contributions (a commit counts for each of its authors) are spread as if over {1 / index:.1f} equally busy people",
        sample=total,
        window_days=365,
    )
