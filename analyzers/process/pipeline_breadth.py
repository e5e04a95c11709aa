"""How many kinds of fault a pipeline looks for on every change."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Unknown, Why
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.ci import Pipelines, Step
from scanner.facts.tree import CodeSize

KINDS: tuple[tuple[str, tuple[Step, ...]], ...] = (
    ("test", ("test", "end-to-end")),
    ("lint or type check", ("lint", "type-check")),
    ("build or package", ("build", "package")),
    ("security scan", ("scan",)),
    ("coverage", ("coverage",)),
)


@check(
    CheckSpec(
        id="PRO-003",
        stage=Stage.PROCESS,
        practice="integration",
        question="How many kinds of fault does the pipeline look for on every change?",
        rationale="Machines find style, type, build and known security faults at once and leave reviewers the thinking.",
        scale=Scale(
            "kinds of five",
            ((0, 0), (1, 35), (2, 58), (3, 75), (4, 92), (5, 100)),
            (ours("test, lint or types, build, scan, coverage: three of five is ordinary"),),
        ),
        remedy="Add the missing steps, linting and a security scan first, to the pipeline that runs on every change.",
        effort=Effort(0.25, each=0.5, per="repository"),
        controls=("SSDF PW.7", "SSDF PW.8"),
    )
)
def pipeline_breadth(pipelines: Pipelines, size: CodeSize) -> Outcome:
    """Kinds of checking (0 to 5) that some pipeline does on every change: test, lint or types, build, scan, coverage."""
    if not size.product_code:
        return NotApplicable("there is no product code to check")
    missing = [kind for kind, steps in KINDS if not any(pipelines.does(s, on_change=True) for s in steps)]
    if missing and pipelines.unparsed:
        return Unknown(
            Why.UNPARSABLE,
            f"{counted(len(pipelines.unparsed), 'pipeline')} could not be read, which may do: {', '.join(missing)}",
        )
    because = (
        f"missing on every change: {', '.join(missing)}" if missing else "every kind of checking runs on every change"
    )
    return Measured(len(KINDS) - len(missing), because)
