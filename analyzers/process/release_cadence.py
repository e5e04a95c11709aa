"""How often a repository that publishes versions does so."""

from __future__ import annotations

from datetime import timedelta

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.history import CommitActivity, Tags
from scanner.facts.infrastructure import RuntimeTraits


@check(
    CheckSpec(
        id="PRO-009",
        stage=Stage.PROCESS,
        practice="delivery",
        question="On how many days of the year was a version released?",
        rationale="Versions that come rarely come large: they are feared, late and hard to undo.",
        scale=Scale(
            "release days a year",
            ((0, 0), (1, 40), (4, 70), (12, 95), (24, 100)),
            (ours("quarterly is ordinary for a library, monthly is good; nothing in a year of changes is stuck"),),
        ),
        remedy="Release what is merged on a fixed, short rhythm, by a pipeline and not by hand.",
        effort=Effort(1, each=1, per="repository"),
    )
)
def release_cadence(tags: Tags, activity: CommitActivity, traits: RuntimeTraits) -> Outcome:
    """Distinct days (0 to 365) of the last 365 whose commits were tagged; tags are a proxy of releases."""
    if not tags.tags:
        return NotApplicable("it has never tagged a version")
    since = tags.as_of - timedelta(days=365)
    days = {t.at.date() for t in tags.tags if since < t.at <= tags.as_of}
    if not days and traits.deployable:
        return NotApplicable("it is deployed without versions: PRO-008 asks how often")
    if not days and not activity.commits_365_days:
        return NotApplicable("nothing changed in a year, so there was nothing to release")
    return Measured(
        len(days),
        f"versions were tagged on {counted(len(days), 'day')} of the year, with {counted(activity.commits_365_days, 'commit')} by people",
        window_days=365,
        basis=Basis.INFERRED,
        certainty=0.8,
    )
