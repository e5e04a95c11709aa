"""How long production waits for the deployment after a failed one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Unknown, Why
from scanner.core.figures import days, median
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome
from scanner.core.scales import DORA_2023, ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.forge import Deployment, Deployments
from scanner.facts.infrastructure import RuntimeTraits


@check(
    CheckSpec(
        id="PRO-013",
        stage=Stage.PROCESS,
        practice="delivery",
        question="After a failed deployment, how long until the next one to the same environment succeeds?",
        rationale="Failures happen; what users feel is how long they last.",
        scale=Scale(
            "hours (median)",
            ((0.5, 100), (1, 92), (24, 68), (168, 30), (720, 0)),
            (DORA_2023, ours("bands of the report: an hour, a day, a week; points ours")),
            sample=3,
        ),
        remedy="Keep the last good version one command away, and rehearse going back to it.",
        effort=Effort(3, each=2, per="repository"),
    )
)
def failed_deployment_recovery(deployments: Deployments, traits: RuntimeTraits) -> Outcome:
    """Median hours (0 and up) from a failed production deployment to the next success there, 365 days (DORA)."""
    ended = [d for d in deployments.deployments if d.production and d.state != "pending"]
    if not ended and not traits.deployable:
        return NotApplicable("it is not deployed by itself")
    if not ended:
        detail = "no production deployment of the last year is on the forge's record"
        return Unknown(Why.UNSUPPORTED, detail, "deployment records on the forge, or the deployment tool's log")
    spans, unended = [], 0
    for _, of_environment in groupby(sorted(_events(ended)), key=lambda event: event[0]):
        since = None
        for _, at, failed in of_environment:
            if failed:
                since = since or at
            elif since is not None:
                spans.append(days(at - since))
                since = None
        if since is not None:
            spans.append(days(deployments.as_of - since))
            unended += 1
    if not spans:
        return NotApplicable(f"none of {len(ended)} production deployments is recorded as failed")
    hours = 24 * median(spans)
    because = f"after {counted(len(spans), 'failure')}, half were followed by a success within {hours:.1f} hours; {unended} not yet"
    return Measured(hours, because, len(spans), 365, Basis.INFERRED, certainty=0.7)


def _events(ended: list[Deployment]) -> Iterator[tuple[str, datetime, bool]]:
    """Environment, time and whether it is a failure: of each deployment its first failure and its success."""
    for deployment in ended:
        at = deployment.finished_at or deployment.at
        if deployment.failed_at is not None or deployment.state == "failure":
            yield deployment.environment, deployment.failed_at or at, True
        if deployment.state != "failure":
            yield deployment.environment, at, False
