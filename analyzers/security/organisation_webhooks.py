"""How many webhooks of the whole organisation carry no proof of their sender."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Rank, Scale, Source, check
from scanner.core.evidence import Unknown, Why
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import SCORECARD, ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.forge import Organisation

LEGITIFY = Source(Rank.SECONDARY, "Legitify policies: organisation webhooks have a secret and verify encryption")


@check(
    CheckSpec(
        id="SEC-035",
        stage=Stage.SECURITY,
        practice="access",
        question="How many webhooks of the organisation lack a secret or verified encryption?",
        rationale="They tell of every repository; without a secret the receiver believes anybody, without encryption others listen.",
        scale=Scale(
            "webhooks",
            ((0, 100), (1, 60), (3, 30), (6, 0)),
            (
                SCORECARD,
                LEGITIFY,
                ours("each one speaks for the whole organisation, so the first costs more than a repository's"),
            ),
        ),
        remedy="Set a secret on each webhook of the organisation, check it at the receiver, and verify encryption.",
        effort=Effort(0.25, each=0.25, per="finding"),
        weight=0.5,
    )
)
def organisation_webhooks(organisation: Organisation) -> Outcome:
    """Number (0 and up) of the organisation's webhooks without a secret or without verified encryption."""
    hooks, insecure = organisation.webhooks, organisation.webhooks_insecure
    if hooks is None or insecure is None:
        detail = "the forge shows the organisation's webhooks to its owners only"
        return Unknown(Why.FORBIDDEN, detail, "a token of an owner with “Organization webhooks: read”")
    if not hooks:
        return NotApplicable("the organisation has no webhook")
    because = f"{insecure} of {counted(hooks, 'webhook')} of the organisation lack a secret or verified encryption"
    loose = Place(
        "webhooks of the organisation lack a secret or verified encryption", Severity.MEDIUM, anchor="webhooks"
    )
    return Measured(insecure, because, places=(loose,) if insecure else ())
