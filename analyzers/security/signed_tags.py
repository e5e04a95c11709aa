"""Whether the tags that name versions are signed."""

from __future__ import annotations

from datetime import timedelta

from scanner.core.checks import CheckSpec, Effort, Rank, Scale, Source, check
from scanner.core.evidence import Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.history import Tags

WINDOW = 365
BY_COMMIT = 0.7
"""Certainty (ours) where some carry the signature of their commit only, which may be the forge's own."""
GIT = Source(Rank.PRIMARY, "Git, Signing Your Work", "https://git-scm.com/book/en/v2/Git-Tools-Signing-Your-Work")


@check(
    CheckSpec(
        id="SEC-044",
        stage=Stage.SECURITY,
        practice="pipeline",
        question="Do the tags that name versions carry a signature?",
        rationale="A tag without signature can be set by anybody who may push, and what is built from it passes for a release.",
        scale=Scale(
            "% of the year's version tags",
            ((0, 30), (50, 60), (90, 95), (100, 100)),
            (GIT, ours("few sign yet, so none is weak rather than hopeless")),
        ),
        remedy="Sign version tags (git tag -s, or a key of the release pipeline) and verify them before publishing.",
        effort=Effort(0.5, each=0.2, per="repository"),
        weight=0.5,
        controls=("OSPS-BR-06.01", "SSDF PS.2"),
    )
)
def signed_tags(tags: Tags) -> Outcome:
    """Version tags of 365 days that carry a signature ÷ all of them that could be read (0 to 100 %); none is verified."""
    recent = [t for t in tags.tags if t.semantic and t.at > tags.as_of - timedelta(days=WINDOW)]
    if not recent:
        return NotApplicable("no tag of the last year reads as a version")
    read = [t for t in recent if t.signed is not None]
    if not read:
        return Unknown(Why.CORRUPT, f"the objects of {counted(len(recent), 'version tag')} could not be read")
    signed = [t for t in read if t.signed]
    borrowed = sum(not t.annotated for t in signed)
    because = f"{len(signed)} of {counted(len(read), 'version tag')} carry a signature"
    if borrowed:
        because += f", {borrowed} of them that of their commit only"
    return Measured(
        percent(len(signed), len(read)), because, len(read), WINDOW, certainty=BY_COMMIT if borrowed else 1.0
    )
