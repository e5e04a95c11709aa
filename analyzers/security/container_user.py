"""Whether containers run without the rights of root."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Rank, Scale, Source, check
from scanner.core.evidence import Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.infrastructure import Containers

CIS_DOCKER = Source(Rank.PRIMARY, "CIS Docker Benchmark, section 4: create a user for the container")


@check(
    CheckSpec(
        id="SEC-014",
        stage=Stage.SECURITY,
        practice="infrastructure",
        question="Do the container files end as a user other than root?",
        rationale="A break-in into a process that runs as root is halfway out of the container.",
        scale=Scale(
            "% of container files",
            ((0, 20), (50, 55), (100, 100)),
            (CIS_DOCKER, ours("an orchestrator may still refuse root, so none is weak rather than hopeless")),
        ),
        remedy="Create a user in each container file and switch to it in the final stage.",
        effort=Effort(0.1, each=0.25, per="finding"),
    )
)
def container_user(containers: Containers) -> Outcome:
    """Share (0 to 100 %) of container files whose final stage switches to a user other than root.

    A development container is left out: it runs on the developer's own machine.
    """
    files = [f for f in containers.files if not f.path.startswith(".devcontainer/")]
    if not files and containers.unparsed:
        return Unknown(Why.UNPARSABLE, f"{counted(len(containers.unparsed), 'container file')} could not be read")
    if not files:
        return NotApplicable("there is no container file of something that runs")
    rooted = sorted(f.path for f in files if f.user.split(":")[0].strip().lower() in ("", "root", "0"))
    places = tuple(
        Place("the container runs as root", Severity.MEDIUM, path=path, anchor="USER") for path in rooted[:200]
    )
    good, total = len(files) - len(rooted), len(files)
    return Measured(
        percent(good, total), f"{good} of {total} container files end as a user other than root", places=places
    )
