"""How often changes reach production."""

from __future__ import annotations

from datetime import datetime, timedelta

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome
from scanner.core.scales import DORA_2023, ours
from scanner.core.stages import Stage
from scanner.facts.forge import Deployments, Releases
from scanner.facts.history import CommitActivity, Tags
from scanner.facts.infrastructure import RuntimeTraits

WINDOW = 90


@check(
    CheckSpec(
        id="PRO-008",
        stage=Stage.PROCESS,
        practice="delivery",
        question="On how many days a week does a change reach production?",
        rationale="Small and frequent deployments are safer, are easier to undo and bring value sooner.",
        scale=Scale(
            "days a week",
            ((0, 0), (0.23, 35), (1, 65), (3, 88), (5, 100)),
            (DORA_2023, ours("bands of the report: monthly 0.23, weekly 1, each working day 5; points ours")),
        ),
        remedy="Automate the deployment of the default branch and make each change small enough to ship by itself.",
        effort=Effort(5, each=3, per="repository", spread=3),
        weight=2.0,
    )
)
def deployment_frequency(
    deployments: Deployments, releases: Releases, tags: Tags, activity: CommitActivity, traits: RuntimeTraits
) -> Outcome:
    """Days a week (0 to 7) with a production deployment, over 90 days (DORA); else the best proxy on record, named."""
    made = [d.at for d in deployments.deployments if d.production and d.state in ("success", "inactive")]
    if not made and not traits.deployable:
        return NotApplicable("it is not deployed by itself: PRO-009 asks about its releases")
    if not made and not activity.commits_90_days:
        return NotApplicable(f"nothing changed in {WINDOW} days, so there was nothing to deploy")
    published = [r.at for r in releases.releases if not r.prerelease]
    tagged = [t.at for t in tags.tags if t.at > tags.as_of - timedelta(days=365)]
    for dates, what, certainty in (
        (made, "production deployment", 1.0),
        (published, "release (a proxy: no deployment is on record)", 0.7),
        (tagged, "tag (a proxy: no deployment or release is on record)", 0.6),
    ):
        if dates:
            return _measured(_days(dates, deployments.as_of), what, certainty)
    return _measured(
        activity.mainline_days_90_days, "change on the default branch (a proxy: nothing else is on record)", 0.4
    )


def _days(dates: list[datetime], as_of: datetime) -> int:
    return len({d.date() for d in dates if as_of - timedelta(days=WINDOW) < d <= as_of})


def _measured(count: int, what: str, certainty: float) -> Measured:
    basis = Basis.MEASURED if certainty == 1 else Basis.INFERRED
    because = f"{count} of {WINDOW} days saw a {what}"
    return Measured(count * 7 / WINDOW, because, window_days=WINDOW, basis=basis, certainty=certainty)
