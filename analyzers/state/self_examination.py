"""How many ways the team has of finding its own weaknesses."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Unknown, Why
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.ci import Pipelines, Step
from scanner.facts.tree import CodeSize

LOOKS: tuple[tuple[str, tuple[Step, ...]], ...] = (
    ("tests", ("test", "end-to-end")),
    ("static checks", ("lint", "type-check")),
    ("coverage", ("coverage",)),
    ("security scans", ("scan",)),
)


@check(
    CheckSpec(
        id="STA-009",
        stage=Stage.STATE,
        practice="known",
        question="Do the pipelines tell the team where its code is weak?",
        rationale="A team that tests, lints, measures coverage and scans knows its weaknesses before an assessor does.",
        scale=Scale(
            "kinds of automatic examination (0 to 4)",
            ((0, 0), (1, 40), (2, 65), (3, 85), (4, 100)),
            (ours("tests come first; each further look finds faults that the others cannot see"),),
        ),
        remedy="Add the missing examinations (tests, static checks, coverage, security scan) to the pipeline.",
        effort=Effort(0.5, each=1.0, per="repository"),
        controls=("SSDF PW.7", "SSDF PW.8"),
    )
)
def self_examination(pipelines: Pipelines, size: CodeSize) -> Outcome:
    """How many of four examinations the pipelines do: tests, static checks, coverage, security scans (0 to 4)."""
    if not size.product_code:
        return NotApplicable("there is no product code")
    if pipelines.unparsed and not pipelines.pipelines:
        return Unknown(Why.UNPARSABLE, "no pipeline file could be parsed", "pipeline files that parse")
    done = [name for name, steps in LOOKS if any(pipelines.does(step) for step in steps)]
    return Measured(len(done), f"the pipelines run {len(done)} of 4 examinations: {', '.join(done) or 'none'}")
