"""Whether speed is measured as the code changes."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Unknown, Why
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.ci import Pipelines
from scanner.facts.tree import CodeSize, Tree

SMALL = 1000
BENCHMARKS = (
    "benchmarks/*",
    "*/benchmarks/*",
    "benches/*",
    "*/benches/*",
    "bench/*",
    "*/bench/*",
    "*benchmark*",
    "*_bench.*",
    "bench_*",
    "asv.conf.json",
)


@check(
    CheckSpec(
        id="MEA-005",
        stage=Stage.MEASUREMENT,
        practice="measured",
        question="Is the speed of the code measured as it changes?",
        rationale="Slowness arrives in small steps that only a series of figures shows.",
        scale=Scale("% in place", ((0, 35), (50, 70), (100, 100)), (ours("a weak signal: not all code must be fast"),)),
        remedy="Benchmark the two hottest paths in the pipeline and keep the series.",
        effort=Effort(0, each=2, per="repository"),
        weight=0.5,
    )
)
def performance_tracking(size: CodeSize, tree: Tree, pipelines: Pipelines) -> Outcome:
    """100 % when a pipeline has a performance step, 50 % with benchmark files, else 0 %; from 1000 product code lines."""
    if size.product_code < SMALL:
        return NotApplicable(f"fewer than {SMALL} lines of product code")
    if pipelines.does("performance"):
        return Measured(100.0, "a pipeline measures performance")
    if pipelines.unparsed:
        return Unknown(
            Why.UNPARSABLE,
            f"{counted(len(pipelines.unparsed), 'pipeline file')} could not be read",
            "repair the pipeline files named in the gaps",
        )
    if files := tree.matching(*BENCHMARKS):
        return Measured(
            50.0,
            f"{counted(len(files), 'benchmark file')} kept, but no pipeline is seen to run them",
            basis=Basis.INFERRED,
            certainty=0.8,
        )
    return Measured(0.0, "neither a performance step nor benchmark files are seen")
