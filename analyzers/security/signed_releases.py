"""Whether the files of releases come with signatures."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Unknown, Why
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import SCORECARD, ours
from scanner.core.stages import Stage
from scanner.facts.forge import Release, Releases

LATEST = 5
SIGNED, PROVEN = 8, 10
"""Scorecard's points of a release with a signature, and of one with provenance."""


@check(
    CheckSpec(
        id="SEC-045",
        stage=Stage.SECURITY,
        practice="pipeline",
        question="Do the files of the latest releases come with a signature or with provenance?",
        rationale="Who downloads a file without either cannot tell the genuine one from one that was put in its place.",
        scale=Scale(
            "points of 10",
            ((0, 30), (8, 85), (10, 100)),
            (SCORECARD, ours("few sign yet, so none is weak rather than hopeless")),
        ),
        remedy="Let the release pipeline attach a signature, or a provenance attestation, to the files of each release.",
        effort=Effort(0.5, each=0.5, per="repository"),
        weight=0.5,
        controls=("OSPS-BR-06.01", "SSDF PS.2", "SSDF PS.3"),
    )
)
def signed_releases(releases: Releases) -> Outcome:
    """Mean points (0 to 10) of the latest five releases with files: 8 with a signature's file, 10 with provenance."""
    latest = [r for r in releases.releases if r.assets][:LATEST]
    if not latest:
        return NotApplicable("no release of the last year has files of its own")
    points = [p for r in latest if (p := _points(r)) is not None]
    if len(points) < len(latest):
        return Unknown(Why.UNSUPPORTED, "the names of the files of releases were not all told")
    signed = sum(p > 0 for p in points)
    because = f"{signed} of the latest {len(latest)} releases with files come with a signature or provenance"
    return Measured(sum(points) / len(points), because, len(points), 365)


def _points(release: Release) -> int | None:
    """None: too few of its files' names are known to say."""
    if release.provenance_assets:
        return PROVEN
    if release.signed_assets:
        return SIGNED
    return None if release.signed_assets is None or release.provenance_assets is None else 0
