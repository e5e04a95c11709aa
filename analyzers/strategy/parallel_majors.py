"""How many packages are in use in two generations at once."""

from __future__ import annotations

from collections import defaultdict

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Across
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.subjects import Subject
from scanner.facts.dependencies import Dependencies


@check(
    CheckSpec(
        id="STR-010",
        stage=Stage.STRATEGY,
        practice="obsolescence",
        question="Is each package used in one generation only across the estate?",
        rationale="Two majors side by side are a migration in flight: each day of it costs double knowledge and double repair.",
        scale=Scale(
            "% of packages used in several places",
            ((0, 100), (10, 85), (30, 55), (60, 20), (100, 5)),
            (ours("a tenth in migration is healthy movement; half of them is drift without a plan"),),
            sample=10,
        ),
        remedy="Finish the migrations listed here, or decide and record which generation stays.",
        effort=Effort(0.5, each=2.0, per="finding"),
    )
)
def parallel_majors(dependencies: Across[Dependencies]) -> Outcome:
    """Share (0 to 100 %) of the direct packages locked in two or more repositories that are there in several majors.

    The major is the first number of the version, for 0.x the first two.
    """
    majors: defaultdict[tuple[str, str], defaultdict[str, set[Subject]]] = defaultdict(lambda: defaultdict(set))
    for subject, fact in dependencies:
        for d in fact.dependencies:
            if d.direct and (major := _major(d.version)):
                majors[d.ecosystem, d.name][major].add(subject)
    shared = {key: by for key, by in majors.items() if len(set().union(*by.values())) > 1}
    if not shared:
        return NotApplicable("no direct package with an exact version is used in two repositories")
    split = sorted(key for key, by in shared.items() if len(by) > 1)
    return Measured(
        percent(len(split), len(shared)),
        f"{len(split)} of {len(shared)} packages used in several repositories are there in several majors",
        sample=len(shared),
        places=tuple(
            Place(
                f"{name} is used in majors {', '.join(sorted(shared[ecosystem, name]))}",
                Severity.LOW,
                anchor=f"{ecosystem}:{name}",
                subject=min(set().union(*shared[ecosystem, name].values())),
            )
            for ecosystem, name in split[:200]
        ),
    )


def _major(version: str) -> str:
    """``4`` of ``v4.17.1``, ``0.3`` of ``0.3.9``, empty when the version does not begin with a number."""
    parts = version.removeprefix("v").split(".")
    if not parts[0].isdecimal():
        return ""
    return ".".join(parts[:2]) if parts[0] == "0" else parts[0]
