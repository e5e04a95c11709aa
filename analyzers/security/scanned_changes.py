"""Whether changes are scanned for security faults before they are merged."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Unknown, Why
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import SCORECARD, ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.ci import Pipelines
from scanner.facts.tree import CodeSize


@check(
    CheckSpec(
        id="SEC-002",
        stage=Stage.SECURITY,
        practice="code",
        question="Does a pipeline scan the code for security faults?",
        rationale="A fault found before the merge costs minutes; the same fault found by a stranger costs weeks.",
        scale=Scale(
            "% (0 never, 50 at times, 100 on every change)",
            ((0, 10), (50, 65), (100, 100)),
            (SCORECARD, ours("a scheduled scan finds the same faults, only later")),
        ),
        remedy="Add a static security analyser and a dependency scan to the pipeline of every change.",
        effort=Effort(0.5, each=0.25, per="repository"),
        controls=("SSDF PW.7", "SSDF PW.8", "ISO 27001:2022 A.8.29"),
    )
)
def scanned_changes(pipelines: Pipelines, size: CodeSize) -> Outcome:
    """100 % when a pipeline scans every change, 50 % when one scans otherwise, 0 % when none does."""
    if not size.product_code:
        return NotApplicable("there is no product code to scan")
    if pipelines.does("scan", on_change=True):
        return Measured(100, "a pipeline scans every change")
    if pipelines.unparsed:
        return Unknown(Why.UNPARSABLE, f"{counted(len(pipelines.unparsed), 'pipeline')} could not be read and may scan")
    if pipelines.does("scan"):
        return Measured(50, "a pipeline scans, but not on every change")
    return Measured(0, f"none of {len(pipelines.pipelines)} pipelines scans for security faults")
