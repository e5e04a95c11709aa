"""Whether new advisories are noticed when nobody changes the code."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Unknown, Why
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.ci import Automation, Pipelines
from scanner.facts.dependencies import Dependencies


@check(
    CheckSpec(
        id="RIS-010",
        stage=Stage.RISK,
        practice="watch",
        question="Would a new advisory against a dependency be noticed without anybody changing the code?",
        rationale="Software ages while it lies still: advisories arrive by date, not by commit.",
        scale=Scale(
            "% of the watch",
            ((0, 0), (40, 45), (70, 75), (100, 100)),
            (ours("a look on a schedule is worth more than one per change, both are best"),),
        ),
        remedy="Run the dependency scan nightly, or switch on an update bot, besides scanning every change.",
        effort=Effort(0, each=0.5, per="repository"),
        weight=1.5,
        controls=("ISO 27001:2022 A.8.8", "SSDF RV.1", "SOC 2 CC7.1"),
    )
)
def scheduled_watch(dependencies: Dependencies, pipelines: Pipelines, automation: Automation) -> Outcome:
    """How far advisories are watched: 40 % by a scan on every change, 70 % by schedule or update bot, 100 % by both."""
    if not dependencies.manifests:
        return NotApplicable("the repository declares no dependencies")
    by_change = pipelines.does("scan", on_change=True)
    if pipelines.unparsed and not by_change:
        return Unknown(
            Why.UNPARSABLE,
            f"{len(pipelines.unparsed)} pipeline files could not be read",
            "repair the pipeline files named in the gaps",
        )
    by_date = bool(automation.update_bots) or any("scan" in p.steps and p.on_schedule for p in pipelines.pipelines)
    value = 100.0 if by_change and by_date else 70.0 if by_date else 40.0 if by_change else 0.0
    said = [
        text
        for text, holds in (("on every change", by_change), ("on a schedule or by an update bot", by_date))
        if holds
    ]
    return Measured(
        value, f"advisories are looked for {' and '.join(said)}" if said else "nothing here looks for advisories"
    )
