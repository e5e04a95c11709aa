"""Whether people with a disability are thought of before release."""

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
        id="EXP-011",
        stage=Stage.EXPERIENCE,
        practice="tested",
        question="Is the user interface checked for accessibility by a tool?",
        rationale="What keeps some users out is a legal risk in many markets, and cheap to see early.",
        scale=Scale(
            "% in place",
            ((0, 25), (60, 75), (100, 100)),
            (ours("a linter finds the simple half; a pipeline keeps it found"),),
        ),
        remedy="Add an accessibility linter and an automated audit of the main pages to the pipeline.",
        effort=Effort(0, each=2, per="repository"),
    )
)
def accessibility_tests(tree: Tree, toolkit: Toolkit, pipelines: Pipelines) -> Outcome:
    """100 % when a pipeline runs accessibility checks of a user interface, 60 % when only a library is there, else 0 %."""
    if absent := no_interface(tree):
        return absent
    if pipelines.does("accessibility"):
        return Measured(100.0, "a pipeline runs accessibility checks")
    if pipelines.unparsed:
        return Unknown(
            Why.UNPARSABLE,
            f"{counted(len(pipelines.unparsed), 'pipeline file')} could not be read",
            "repair the pipeline files named in the gaps",
        )
    if seen := toolkit.of("accessibility"):
        return Measured(
            60.0, f"{seen[0]} is used, but no pipeline is seen to run it", basis=Basis.INFERRED, certainty=0.8
        )
    return Measured(0.0, "no accessibility checks are seen")
