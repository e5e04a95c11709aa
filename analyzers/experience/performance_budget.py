"""Whether the interface is kept from growing slow."""

from __future__ import annotations

from analyzers.experience import no_interface
from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Unknown, Why
from scanner.core.outcomes import Basis, Measured, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.ci import Pipelines
from scanner.facts.tree import Tree

BUDGETS = (
    "lighthouserc*",
    ".lighthouserc*",
    "lighthouse-budget.json",
    "budget.json",
    ".size-limit*",
    "bundlesize.config.json",
    ".bundlewatch*",
)


@check(
    CheckSpec(
        id="EXP-013",
        stage=Stage.EXPERIENCE,
        practice="tested",
        question="Is there a budget for size or speed of the user interface that a pipeline can hold?",
        rationale="Interfaces grow slow by a little with every change, and nobody sees which.",
        scale=Scale(
            "% in place", ((0, 35), (100, 100)), (ours("a weak signal: a small interface stays fast by itself"),)
        ),
        remedy="Set a budget for bundle size and loading time and let the pipeline hold it.",
        effort=Effort(0, each=1, per="repository"),
        weight=0.5,
    )
)
def performance_budget(tree: Tree, pipelines: Pipelines) -> Outcome:
    """100 % when a repository with a user interface has a budget file or a performance step in a pipeline, else 0 %."""
    if absent := no_interface(tree):
        return absent
    if files := tree.matching(*BUDGETS):
        return Measured(100.0, f"a budget is kept in {files[0].path}")
    if pipelines.does("performance"):
        return Measured(100.0, "a pipeline measures performance")
    if pipelines.unparsed:
        return Unknown(
            Why.UNPARSABLE,
            f"{counted(len(pipelines.unparsed), 'pipeline file')} could not be read",
            "repair the pipeline files named in the gaps",
        )
    return Measured(
        0.0,
        "neither a budget file nor a performance step is seen (one inside a manifest is not)",
        basis=Basis.INFERRED,
        certainty=0.7,
    )
