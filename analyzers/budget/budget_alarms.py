"""Whether somebody is told when the bill runs away."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Across
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.infrastructure import Infrastructure

PORTABLE = frozenset({"kubernetes", "compose", "docker", "helm", ""})


@check(
    CheckSpec(
        id="BUD-004",
        stage=Stage.BUDGET,
        practice="cost",
        question="Does declared infrastructure come with a budget and an alarm on its cost?",
        rationale="Cloud cost has no upper end by itself: without an alarm the invoice is the first message.",
        scale=Scale(
            "budgets declared",
            ((0, 10), (1, 85), (2, 100)),
            (ours("one budget with an alarm catches a runaway bill; a second separates production from the rest"),),
        ),
        remedy="Declare a monthly cost budget with an alarm at 80 % beside the infrastructure code.",
        effort=Effort(0.5),
    )
)
def budget_alarms(infrastructure: Across[Infrastructure]) -> Outcome:
    """Number of cost budgets declared as code in the estate; a proxy, as budgets set by hand are not seen."""
    clouds = [r for _, fact in infrastructure for r in fact.resources if r.provider.lower() not in PORTABLE]
    if not clouds:
        return NotApplicable("no repository declares cloud resources")
    budgets = sum(1 for r in clouds if r.kind == "budget")
    return Measured(
        budgets,
        f"{counted(budgets, 'budget')} declared beside {counted(len(clouds) - budgets, 'cloud resource')} (those set by hand are not seen)",
        basis=Basis.INFERRED,
        certainty=0.9 if budgets else 0.6,
    )
