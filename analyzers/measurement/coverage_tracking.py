"""Whether it is known how much of the code the tests reach."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Unknown, Why
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.ci import Automation, Pipelines
from scanner.facts.tree import CodeSize

SMALL = 200


@check(
    CheckSpec(
        id="MEA-004",
        stage=Stage.MEASUREMENT,
        practice="measured",
        question="Does a pipeline measure how much of the code the tests reach?",
        rationale="The figure itself matters less than seeing it fall.",
        scale=Scale(
            "% in place",
            ((0, 20), (50, 60), (100, 100)),
            (ours("a configuration that no pipeline uses is half the way"),),
        ),
        remedy="Measure coverage in the pipeline and show the difference on every change.",
        effort=Effort(0, each=0.5, per="repository"),
        controls=("SSDF PW.8",),
    )
)
def coverage_tracking(size: CodeSize, pipelines: Pipelines, automation: Automation) -> Outcome:
    """100 % when a pipeline measures coverage, 50 % when it is only configured, else 0 %; from 200 product code lines."""
    if size.product_code < SMALL:
        return NotApplicable(f"fewer than {SMALL} lines of product code")
    if pipelines.does("coverage"):
        return Measured(100.0, "a pipeline measures test coverage")
    if pipelines.unparsed:
        return Unknown(
            Why.UNPARSABLE,
            f"{counted(len(pipelines.unparsed), 'pipeline file')} could not be read",
            "repair the pipeline files named in the gaps",
        )
    if automation.coverage_configs:
        return Measured(
            50.0, f"coverage is configured in {automation.coverage_configs[0]}, but no pipeline is seen to measure it"
        )
    return Measured(0.0, "coverage is neither configured nor measured")
