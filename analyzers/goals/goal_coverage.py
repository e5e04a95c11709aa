"""How many goals somebody is working on."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Across, Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Basis, Measured, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.engagement import Engagement, Goal
from scanner.facts.history import CommitActivity


@check(
    CheckSpec(
        id="GOA-006",
        stage=Stage.GOALS,
        practice="traced",
        question="Is there recent work in the repositories of every business goal?",
        rationale="A goal that no repository serves, or whose repositories stand still, will be missed silently.",
        scale=Scale(
            "% of goals",
            ((0, 0), (50, 40), (80, 75), (100, 100)),
            (ours("one goal in five may wait its turn; half of them waiting means the plan is not the work"),),
            sample=3,
        ),
        remedy="Link each goal to the repositories that serve it, and start or drop the goals where nothing moves.",
        effort=Effort(0.5),
        weight=1.5,
    )
)
def goal_coverage(engagement: Engagement, activity: Across[CommitActivity]) -> Outcome:
    """Share (0 to 100 %) of goals with a linked repository that had a human commit in 90 days.

    Goals linked only by label or milestone, or to repositories that could not be read, are left out.
    """
    judged = [j for g in engagement.goals if (j := _served(g, activity)) is not None]
    if not judged:
        return Unknown(
            Why.NOT_ANSWERED,
            "no goal of the engagement file can be followed to a scanned repository",
            "name the repositories of each goal in the engagement file",
        )
    return Measured(
        percent(sum(judged), len(judged)),
        f"{sum(judged)} of {len(judged)} goals have a repository with commits in 90 days",
        sample=len(judged),
        window_days=90,
        basis=Basis.INFERRED,
        certainty=0.75,
    )


def _served(goal: Goal, activity: Across[CommitActivity]) -> bool | None:
    """Whether a linked repository is active; None when that cannot be told."""
    if not goal.repos:
        return None if goal.labels or goal.milestones else False
    linked = [fact for subject, fact in activity if subject.matches(goal.repos)]
    if any(fact.commits_90_days > 0 for fact in linked):
        return True
    unread = any(subject.matches(goal.repos) for subject in activity.unknown)
    return None if unread or not linked else False
