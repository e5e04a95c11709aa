"""How evenly the work of reviewing is spread."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Across
from scanner.core.figures import gini
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.forge import ChangeRequests


@check(
    CheckSpec(
        id="TEA-011",
        stage=Stage.TEAM,
        practice="balance",
        question="Is the work of reviewing shared among those who take part?",
        rationale="A few reviewers for everybody become the queue that all changes wait in, and the only ones who learn.",
        scale=Scale(
            "Gini coefficient (0 to 1)",
            ((0.35, 100), (0.5, 80), (0.65, 50), (0.85, 10)),
            (ours("seniors review more by right, so up to 0.35 is even enough; at 0.85 a few do it all"),),
            sample=30,
        ),
        remedy="Assign reviewers in turn, and pair new reviewers with the present ones.",
        effort=Effort(0.5, each=0.1, per="repository"),
    )
)
def review_load(changes: Across[ChangeRequests]) -> Outcome:
    """Gini coefficient (0 to 1) of reviewed change requests per person over authors and reviewers of 90 days."""
    given: Counter[str] = Counter()
    for _, fact in changes:
        since = fact.as_of - timedelta(days=90)
        for request in fact.requests:
            reviewers = {v.person for v in request.reviews if not v.bot and since < v.at <= fact.as_of}
            given.update(reviewers - {request.person})
            if not request.bot and since < request.created_at <= fact.as_of:
                given[request.person] += 0
    if len(given) < 4:
        return NotApplicable("fewer than four people wrote or reviewed changes in 90 days")
    if not given.total():
        return NotApplicable("no review was given in 90 days")
    return Measured(
        gini(sorted(given.values())),
        f"{given.total()} reviews by {sum(1 for n in given.values() if n)} of {len(given)} people who took part",
        sample=given.total(),
        window_days=90,
    )
