"""Whether the product is tried as a user would use it."""

from __future__ import annotations

from analyzers.experience import no_interface
from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Unknown, Why
from scanner.core.outcomes import Basis, Measured, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.ci import Pipelines
from scanner.facts.dependencies import Toolkit
from scanner.facts.tree import Tree


@check(
    CheckSpec(
        id="EXP-010",
        stage=Stage.EXPERIENCE,
        practice="tested",
        question="Is the user interface tried end to end before each release?",
        rationale="Parts that pass their own tests still fail together in front of the user.",
        scale=Scale(
            "% in place",
            ((0, 15), (60, 70), (100, 100)),
            (ours("tests that a pipeline does not run are run when someone remembers"),),
        ),
        remedy="Write end-to-end tests for the three most used journeys and run them in the pipeline.",
        effort=Effort(0, each=4, per="repository"),
        weight=1.5,
    )
)
def end_to_end_tests(tree: Tree, toolkit: Toolkit, pipelines: Pipelines) -> Outcome:
    """100 % when a pipeline runs end-to-end tests of a user interface, 60 % when only a library is there, else 0 %."""
    if absent := no_interface(tree):
        return absent
    if pipelines.does("end-to-end"):
        return Measured(100.0, "a pipeline runs end-to-end tests")
    if pipelines.unparsed:
        return Unknown(
            Why.UNPARSABLE,
            f"{counted(len(pipelines.unparsed), 'pipeline file')} could not be read",
            "repair the pipeline files named in the gaps",
        )
    if seen := (*toolkit.of("end-to-end"), *toolkit.of("visual")):
        return Measured(
            60.0, f"{seen[0]} is used, but no pipeline is seen to run it", basis=Basis.INFERRED, certainty=0.8
        )
    return Measured(0.0, "no end-to-end tests are seen")
