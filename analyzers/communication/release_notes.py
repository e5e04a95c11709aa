"""How many releases say what is new."""

from __future__ import annotations

from datetime import timedelta

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.forge import Releases
from scanner.facts.tree import Documents


@check(
    CheckSpec(
        id="COM-010",
        stage=Stage.COMMUNICATION,
        practice="informed",
        question="Does every release tell its users what changed?",
        rationale="Users who cannot read what changed do not upgrade, or upgrade into surprises.",
        scale=Scale(
            "% of releases",
            ((0, 0), (50, 45), (80, 80), (100, 100)),
            (ours("each release without notes leaves its users to guess"),),
            sample=3,
        ),
        remedy="Generate release notes from merged change requests and edit them by hand before each release.",
        effort=Effort(0.0, each=0.5, per="repository"),
        controls=("OSPS-BR-04.01",),
    )
)
def release_notes(releases: Releases, documents: Documents) -> Outcome:
    """Share (0 to 100 %) of final releases of 365 days with notes of 10 words or more, or told by a changelog since changed."""
    final = [r for r in releases.releases if not r.prerelease]
    if not final:
        return NotApplicable("nothing was released on the forge in a year")
    changelog = max((d.last_changed_at for d in documents.of("changelog") if d.last_changed_at), default=None)
    told = [
        r for r in final if r.notes_words >= 10 or (changelog is not None and changelog >= r.at - timedelta(days=30))
    ]
    return Measured(
        percent(len(told), len(final)),
        f"{len(told)} of {len(final)} releases have notes or a changelog kept since",
        sample=len(final),
        window_days=365,
    )
