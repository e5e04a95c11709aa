"""Whether something stands between a change and production."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Rank, Scale, Source, check
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.forge import Environment, Environments

GITHUB = Source(
    Rank.SECONDARY,
    "GitHub, Deployments and environments: required reviewers, and limits on the branches that may deploy",
    "https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments",
)


@check(
    CheckSpec(
        id="SEC-033",
        stage=Stage.SECURITY,
        practice="pipeline",
        question="Is every production environment guarded by reviewers or limited to protected branches?",
        rationale="Without either, whoever can push any branch can run it in production with production's credentials.",
        scale=Scale(
            "% of production environments",
            ((0, 25), (50, 55), (100, 100)),
            (
                GITHUB,
                ours("either guard stops an unreviewed branch; which one fits depends on how often the team ships"),
            ),
        ),
        remedy="Let only the default branch, or named tags, deploy to production; add reviewers where releases are rare.",
        effort=Effort(0.1, each=0.1, per="repository"),
    )
)
def guarded_production(environments: Environments) -> Outcome:
    """Production environments with required reviewers or limited branches ÷ production environments (0 to 100 %)."""
    production = [e for e in environments.environments if e.production]
    if not production:
        return NotApplicable("the forge knows no production environment here")
    open_ones = [e for e in production if not _is_guarded(e)]
    places = tuple(
        Place(f"any branch may deploy to {e.name} unseen", Severity.MEDIUM, anchor=f"environment {e.name}")
        for e in open_ones[:200]
    )
    guarded = len(production) - len(open_ones)
    because = (
        f"{guarded} of {counted(len(production), 'production environment')} asks for a reviewer or limits the branches"
    )
    return Measured(percent(guarded, len(production)), because, places=places)


def _is_guarded(environment: Environment) -> bool:
    return environment.reviewers > 0 or environment.restricts_branches
