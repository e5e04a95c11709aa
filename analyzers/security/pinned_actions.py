"""Whether the code that pipelines borrow can change under them."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import SCORECARD, ours
from scanner.core.stages import Stage
from scanner.facts.ci import Pipelines


@check(
    CheckSpec(
        id="SEC-011",
        stage=Stage.SECURITY,
        practice="pipeline",
        question="Are the actions that pipelines use pinned to a commit?",
        rationale="A tag can be moved to other code overnight; that code then runs with the pipeline's secrets.",
        scale=Scale(
            "% of uses",
            ((0, 25), (50, 55), (90, 90), (100, 100)),
            (SCORECARD, ours("tags are the ordinary way, so none pinned is weak, not hopeless")),
            sample=3,
        ),
        remedy="Pin each action to a full commit hash and let an update bot move the pins.",
        effort=Effort(0.1, each=0.1, per="repository"),
    )
)
def pinned_actions(pipelines: Pipelines) -> Outcome:
    """Share (0 to 100 %) of uses of actions from other repositories that name a commit hash or digest."""
    uses = [u for u in pipelines.uses if u.pin != "local"]
    if not uses:
        return NotApplicable("the pipelines use no actions of others")
    loose = sorted((u for u in uses if u.pin != "sha"), key=lambda u: (u.pin == "tag", u.path, u.line, u.name))
    places = tuple(
        Place(
            f"{u.name} is taken at {f'{u.pin} {u.ref}' if u.ref else 'whatever is newest'}, which its owner can move",
            Severity.LOW if u.pin == "tag" else Severity.MEDIUM,
            path=u.path,
            line=u.line,
            anchor=u.name,
        )
        for u in loose[:200]
    )
    because = f"{len(uses) - len(loose)} of {len(uses)} uses of actions are pinned to a commit"
    return Measured(percent(len(uses) - len(loose), len(uses)), because, sample=len(uses), places=places)
