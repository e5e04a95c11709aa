"""Whether version numbers say what changed."""

from __future__ import annotations

from datetime import timedelta

from scanner.core.checks import CheckSpec, Effort, Rank, Scale, Source, check
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.history import Tags

SEMVER = Source(Rank.PRIMARY, "Semantic Versioning 2.0.0", "https://semver.org/spec/v2.0.0.html")


@check(
    CheckSpec(
        id="PRO-010",
        stage=Stage.PROCESS,
        practice="delivery",
        question="Do the tags of the last year read as semantic versions?",
        rationale="A version number that says whether a change breaks lets users and tools update without reading.",
        scale=Scale(
            "% of tags",
            ((0, 30), (50, 55), (90, 100)),
            (SEMVER, ours("calendar and build tags are legitimate, so their absence costs little")),
            sample=3,
        ),
        remedy="Number releases MAJOR.MINOR.PATCH and let the release pipeline set the tag.",
        effort=Effort(0.25, each=0.25, per="repository"),
        weight=0.5,
        controls=("OSPS-BR-02.01",),
    )
)
def semantic_versions(tags: Tags) -> Outcome:
    """Share (0 to 100 %) of tags on commits of the last 365 days that read as semantic versions."""
    since = tags.as_of - timedelta(days=365)
    recent = [t for t in tags.tags if since < t.at <= tags.as_of]
    if not recent:
        return NotApplicable("no tag was set in the last year")
    semantic = sum(t.semantic for t in recent)
    because = f"{semantic} of {len(recent)} tags of the year are semantic versions"
    return Measured(percent(semantic, len(recent)), because, sample=len(recent), window_days=365)
