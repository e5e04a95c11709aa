"""Whether the changelog keeps up with the versions."""

from __future__ import annotations

from datetime import timedelta

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Unknown, Why
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.history import Tags
from scanner.facts.tree import Documents


@check(
    CheckSpec(
        id="COM-011",
        stage=Stage.COMMUNICATION,
        practice="informed",
        question="Is there a changelog that keeps up with the versions?",
        rationale="Who depends on a versioned product plans by its changelog.",
        scale=Scale(
            "grade (0 none, 1 older than the newest version, 2 kept)",
            ((0, 10), (1, 45), (2, 100)),
            (
                ours(
                    "a month before the version is early enough to have spoken of it; forges' release notes may stand in"
                ),
            ),
        ),
        remedy="Keep a changelog by hand or from fragments, and make it part of each version.",
        effort=Effort(0.0, each=0.5, per="repository"),
        weight=0.5,
        controls=("OSPS-BR-04.01",),
    )
)
def changelog_kept(tags: Tags, documents: Documents) -> Outcome:
    """Grade (0 to 2) of the changelog against the newest semantic version; asked with two such tags in 365 days."""
    since = tags.as_of - timedelta(days=365)
    versions = [t.at for t in tags.tags if t.semantic and since < t.at <= tags.as_of]
    if len(versions) < 2:
        return NotApplicable("fewer than two versions were tagged in a year")
    logs = documents.of("changelog")
    if not logs:
        return Measured(0, f"there is no changelog for {len(versions)} versions", basis=Basis.INFERRED, certainty=0.7)
    changed = max((d.last_changed_at for d in logs if d.last_changed_at is not None), default=None)
    if changed is None:
        return Unknown(Why.UNSUPPORTED, "history does not tell when the changelog changed", "a full clone")
    kept = changed >= max(versions) - timedelta(days=30)
    return Measured(
        2 if kept else 1, f"the changelog {'keeps up with' if kept else 'is older than'} the newest version"
    )
