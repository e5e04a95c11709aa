"""Whether every change is built and tested before people rely on it."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Rank, Scale, Source, check
from scanner.core.evidence import Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import SCORECARD, ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.ci import Pipelines
from scanner.facts.tree import CodeSize

FOWLER = Source(
    Rank.SECONDARY,
    "M. Fowler, Continuous Integration: every push to mainline triggers a self-testing build",
    "https://martinfowler.com/articles/continuousIntegration.html",
)


@check(
    CheckSpec(
        id="PRO-002",
        stage=Stage.PROCESS,
        practice="integration",
        question="Is every change tested by a pipeline?",
        rationale="What is not tested on every change breaks unnoticed and is found by users.",
        scale=Scale(
            "% of three steps",
            ((0, 0), (33, 25), (66, 55), (100, 100)),
            (SCORECARD, FOWLER, ours("a pipeline, run on every change, that tests: each step is a third of the way")),
        ),
        remedy="Add a pipeline that builds and tests on every change request.",
        effort=Effort(0.5, each=1, per="repository"),
        weight=2.0,
        controls=("OSPS-QA-06.01",),
    )
)
def checked_changes(pipelines: Pipelines, size: CodeSize) -> Outcome:
    """Steps reached of three, in % (0 to 100): there is a pipeline, it runs on every change, it tests on every change."""
    if not size.product_code:
        return NotApplicable("there is no product code to test")
    tests = pipelines.does("test", on_change=True) or pipelines.does("end-to-end", on_change=True)
    if pipelines.unparsed and not tests:
        path, reason = min(pipelines.unparsed)
        return Unknown(
            Why.UNPARSABLE,
            f"{counted(len(pipelines.unparsed), 'pipeline')} could not be read, such as {path}: {reason}",
        )
    runs = any(p.on_change for p in pipelines.pipelines)
    reached = [bool(pipelines.pipelines), runs, tests]
    if not pipelines.pipelines:
        because = "there is no pipeline"
    elif tests:
        because = "a pipeline tests every change"
    else:
        because = "a pipeline runs on every change but does not test" if runs else "no pipeline runs on every change"
    return Measured(percent(sum(reached), len(reached)), because)
