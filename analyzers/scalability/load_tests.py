"""Whether load is tried out before users do it."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Unknown, Why
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.ci import Pipelines
from scanner.facts.dependencies import Toolkit
from scanner.facts.infrastructure import RuntimeTraits


@check(
    CheckSpec(
        id="SCA-011",
        stage=Stage.SCALABILITY,
        practice="tested",
        question="Are there load tests for this service, and does a pipeline run them?",
        rationale="The first load test is otherwise the launch.",
        scale=Scale(
            "% in place",
            ((0, 20), (60, 75), (100, 100)),
            (ours("kept load tests are most of the worth; running them in the pipeline keeps them true"),),
        ),
        remedy="Write a load test for the two busiest requests and run it each week in the pipeline.",
        effort=Effort(1, each=3, per="repository"),
        weight=2.0,
        controls=("ISO 27001:2022 A.8.6", "SOC 2 A1.1"),
    )
)
def load_tests(traits: RuntimeTraits, toolkit: Toolkit, pipelines: Pipelines) -> Outcome:
    """60 % with load tests in a deployable, 100 % when a pipeline also runs a performance step, else 0 %."""
    if not traits.deployable:
        return NotApplicable("nothing here is deployed")
    kept = bool(traits.load_tests or toolkit.of("load-test"))
    run = pipelines.does("performance")
    if pipelines.unparsed and not run:
        return Unknown(
            Why.UNPARSABLE,
            f"{counted(len(pipelines.unparsed), 'pipeline file')} could not be read",
            "repair the pipeline files named in the gaps",
        )
    value = 100.0 if kept and run else 60.0 if kept or run else 0.0
    said = {
        100.0: "load tests are kept and a pipeline runs them",
        60.0: "load tests are kept or run, not both",
        0.0: "no load tests are seen",
    }
    return Measured(value, said[value])
