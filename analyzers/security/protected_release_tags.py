"""Whether what was released can be moved under its name."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Rank, Scale, Source, check
from scanner.core.evidence import Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.forge import Releases, RepositoryAccess

GITLAB = Source(
    Rank.SECONDARY,
    "GitLab, Protected tags: they keep those without the right from making, updating and deleting tags",
    "https://docs.gitlab.com/user/project/protected_tags/",
)


@check(
    CheckSpec(
        id="SEC-040",
        stage=Stage.SECURITY,
        practice="pipeline",
        question="Is there a rule on who may make, move or delete the tags of releases?",
        rationale="Whoever may push may else put other code under the name of a version that customers already trust.",
        scale=Scale(
            "% of the year's releases",
            ((0, 35), (50, 60), (100, 100)),
            (GITLAB, ours("few rule their tags yet, so none is weak rather than hopeless")),
        ),
        remedy="Protect the tags of versions by a rule on their names, such as v*: only who releases makes them, nobody moves them.",
        effort=Effort(0.1, each=0.1, per="repository"),
        weight=0.5,
        controls=("SSDF PS.1",),
    )
)
def protected_release_tags(access: RepositoryAccess, releases: Releases) -> Outcome:
    """Releases of the last 365 days whose tag a rule covers ÷ all of them (0 to 100 %)."""
    tags = sorted({release.tag for release in releases.releases})
    if not tags:
        return NotApplicable("nothing was released in the year")
    if access.protected_tags is None:
        detail = "the forge does not show this reader which tags are protected"
        return Unknown(Why.FORBIDDEN, detail, "a token with “Metadata: read”")
    free = [tag for tag in tags if not any(rule.covers(tag) for rule in access.protected_tags)]
    because = f"a rule protects the tags of {len(tags) - len(free)} of {counted(len(tags), 'release')}"
    loose = Place(f"no rule protects {counted(len(free), 'tag')} of releases", Severity.LOW, anchor="release tags")
    return Measured(percent(len(tags) - len(free), len(tags)), because, places=(loose,) if free else ())
