"""How often a deployment to production fails."""

from __future__ import annotations

from datetime import timedelta

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome
from scanner.core.scales import DORA_2023, ours
from scanner.core.stages import Stage
from scanner.facts.forge import Deployments
from scanner.facts.infrastructure import RuntimeTraits

WINDOW = 90


@check(
    CheckSpec(
        id="PRO-012",
        stage=Stage.PROCESS,
        practice="delivery",
        question="How many of the deployments to production fail?",
        rationale="Failed deployments cost users trust and the team its evenings, and make every later one feared.",
        scale=Scale(
            "% of deployments",
            ((0, 100), (5, 90), (10, 70), (15, 50), (30, 15), (50, 0)),
            (DORA_2023, ours("bands of the report: 5, 10 and 15 %; points ours")),
            sample=10,
        ),
        remedy="Rehearse each deployment in an identical environment, deploy to a few first, and undo automatically.",
        effort=Effort(5, each=3, per="repository", spread=3),
    )
)
def change_failure_rate(deployments: Deployments, traits: RuntimeTraits) -> Outcome:
    """Failed ÷ ended production deployments (0 to 100 %) of 90 days (DORA), also those that a later try completed.

    What failed only later is not on record.
    """
    since = deployments.as_of - timedelta(days=WINDOW)
    ended = [d for d in deployments.deployments if d.production and since < d.at and d.state != "pending"]
    if not ended and not traits.deployable:
        return NotApplicable("it is not deployed by itself")
    if not ended:
        detail = f"no production deployment of the last {WINDOW} days is on the forge's record"
        return Unknown(Why.UNSUPPORTED, detail, "deployment records on the forge, or the deployment tool's log")
    failed = sum(d.state == "failure" or d.failed_at is not None for d in ended)
    return Measured(
        percent(failed, len(ended)),
        f"{failed} of {len(ended)} production deployments are recorded as failed (faults found later are not recorded)",
        sample=len(ended),
        window_days=WINDOW,
        basis=Basis.INFERRED,
        certainty=0.7,
    )
