"""Whether what is published can be traced and trusted."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import SCORECARD, ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.ci import Pipelines


@check(
    CheckSpec(
        id="SEC-012",
        stage=Stage.SECURITY,
        practice="pipeline",
        question="Do the pipelines that publish sign what they publish and list what is in it?",
        rationale="Without signature and list of parts, nobody can tell a genuine release from a planted one.",
        scale=Scale(
            "% of the two",
            ((0, 30), (50, 70), (100, 100)),
            (SCORECARD, ours("few sign yet, so neither is weak rather than hopeless")),
        ),
        remedy="Sign releases and images in the pipeline, and publish a bill of materials with each.",
        effort=Effort(0.5, each=0.5, per="repository"),
        weight=0.5,
        controls=("OSPS-BR-06.01", "SSDF PS.2", "SSDF PS.3"),
    )
)
def release_provenance(pipelines: Pipelines) -> Outcome:
    """Share (0 to 100 %) of signing and bill of materials done by some pipeline of a repository that publishes."""
    if not (pipelines.does("release") or pipelines.does("package") or pipelines.does("deploy")):
        return NotApplicable("no pipeline publishes anything")
    done = {"a signature": pipelines.does("sign"), "a bill of materials": pipelines.does("sbom")}
    missing = [name for name, there in done.items() if not there]
    if missing and pipelines.unparsed:
        return Unknown(
            Why.UNPARSABLE, f"{counted(len(pipelines.unparsed), 'pipeline')} could not be read and may add {missing[0]}"
        )
    because = f"missing from what is published: {', '.join(missing)}" if missing else "releases are signed and listed"
    return Measured(percent(len(done) - len(missing), len(done)), because)
