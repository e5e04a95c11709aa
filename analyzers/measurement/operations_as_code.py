"""Whether dashboards, alerts and objectives are kept as code."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Across
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.infrastructure import Infrastructure, RuntimeTraits


@check(
    CheckSpec(
        id="MEA-002",
        stage=Stage.MEASUREMENT,
        practice="observed",
        question="Are dashboards, alerts and service objectives of the running services kept as code?",
        rationale="What is clicked together is lost with the account, differs per service, and nobody reviews it.",
        scale=Scale(
            "kinds (of 3)",
            ((0, 20), (1, 60), (2, 85), (3, 100)),
            (ours("alerts alone are decent; objectives say what deserves one"),),
        ),
        remedy="Commit the alerts of the most critical service, then its dashboard, then two service objectives.",
        effort=Effort(5),
        controls=("ISO 27001:2022 A.8.16", "SOC 2 CC7.2"),
    )
)
def operations_as_code(traits: Across[RuntimeTraits], infrastructure: Across[Infrastructure]) -> Outcome:
    """Kinds (0 to 3) of dashboard, alert and service objective found as code anywhere in an estate that runs services."""
    running = sum(t.deployable for _, t in traits)
    if not running:
        return NotApplicable("no repository read here is deployed")
    declared = {r.kind for _, each in infrastructure for r in each.resources}
    seen = [
        name
        for name, there in (
            ("dashboards", "dashboard" in declared or any(t.dashboards for _, t in traits)),
            ("alerts", "alert" in declared or any(t.alerts for _, t in traits)),
            ("service objectives", "slo" in declared or any(t.slos for _, t in traits)),
        )
        if there
    ]
    because = (
        f"{', '.join(seen)} are kept as code" if seen else "no dashboard, alert or service objective is kept as code"
    )
    return Measured(len(seen), f"{because} for {counted(running, 'running service')}")
