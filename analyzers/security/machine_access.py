"""How many keys and hooks of machines are looser than they need to be."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import SCORECARD, ours
from scanner.core.stages import Stage
from scanner.facts.forge import RepositoryAccess


@check(
    CheckSpec(
        id="SEC-020",
        stage=Stage.SECURITY,
        practice="access",
        question="How many deploy keys may write, and how many webhooks carry no proof of their sender?",
        rationale="Machine keys never leave, have no second factor and are rarely looked at again.",
        scale=Scale(
            "keys and hooks",
            ((0, 100), (1, 65), (3, 30), (6, 0)),
            (SCORECARD, ours("each one is a way in that nobody watches; one may have its reason")),
        ),
        remedy="Make deploy keys read-only, and give each webhook a secret and verified encryption.",
        effort=Effort(0.1, each=0.25, per="repository"),
    )
)
def machine_access(access: RepositoryAccess) -> Outcome:
    """Number (0 and up) of writing deploy keys plus webhooks without secret or verified encryption."""
    if not access.deploy_keys and not access.webhooks:
        return NotApplicable("there are no deploy keys and no webhooks")
    loose = (
        (access.deploy_keys_writing, Severity.MEDIUM, "deploy keys may write", "deploy keys"),
        (access.webhooks_insecure, Severity.LOW, "webhooks lack a secret or verified encryption", "webhooks"),
    )
    places = tuple(Place(f"{n} {what}", severity, anchor=anchor) for n, severity, what, anchor in loose if n)
    because = (
        f"{access.deploy_keys_writing} of {access.deploy_keys} deploy keys may write, "
        f"{access.webhooks_insecure} of {access.webhooks} webhooks are insecure"
    )
    return Measured(access.deploy_keys_writing + access.webhooks_insecure, because, places=places)
