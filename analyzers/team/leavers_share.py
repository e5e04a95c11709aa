"""How much of what was built was built by people who are gone."""

from __future__ import annotations

from collections import Counter

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Across
from scanner.core.figures import percent
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.history import Contributors


@check(
    CheckSpec(
        id="TEA-005",
        stage=Stage.TEAM,
        practice="continuity",
        question="Are the people who built the systems still working on them?",
        rationale="What leavers built is kept by people who must read it first; the larger their part, the slower each change.",
        scale=Scale(
            "% of all human commits",
            ((15, 100), (40, 75), (70, 40), (95, 5)),
            (ours("turnover is normal over years; above two thirds, most of the reasons are gone with their authors"),),
            sample=200,
        ),
        remedy="Let present people take over the areas that leavers built, with time to read, test and document them.",
        effort=Effort(10.0),
    )
)
def leavers_share(contributors: Across[Contributors]) -> Outcome:
    """Share (0 to 100 %) of all human commits by people without a commit anywhere in 90 days; a proxy for having left."""
    ever: Counter[str] = Counter()
    recent: Counter[str] = Counter()
    for _, fact in contributors:
        for person in fact.people:
            ever[person.person] += person.commits_all
            recent[person.person] += person.commits_90_days
    if ever.total() < 20:
        return NotApplicable(f"only {ever.total()} human commits in the whole history")
    gone = sum(count for person, count in ever.items() if not recent[person])
    return Measured(
        percent(gone, ever.total()),
        f"{gone} of {ever.total()} human commits are by people without a commit in 90 days (taken as having left)",
        sample=ever.total(),
        window_days=90,
        basis=Basis.INFERRED,
        certainty=0.6,
    )
