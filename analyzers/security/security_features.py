"""Whether the forge's own security features are switched on."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.forge import SecuritySettings


@check(
    CheckSpec(
        id="SEC-026",
        stage=Stage.SECURITY,
        practice="governance",
        question="Are the forge's alerts, code scanning and private reporting switched on?",
        rationale="They come with the forge and watch day and night; left off, the team learns of faults from others.",
        scale=Scale(
            "% of features offered",
            ((0, 5), (34, 40), (67, 75), (100, 100)),
            (ours("vulnerability alerts, code scanning, private reporting: two of three is ordinary"),),
        ),
        remedy="Switch on vulnerability alerts, code scanning and private reporting for all repositories at once.",
        effort=Effort(0.25, each=0.05, per="repository"),
    )
)
def security_features(settings: SecuritySettings) -> Outcome:
    """Share (0 to 100 %) of the three features switched on, among those that the forge offers and shows."""
    features = {
        "vulnerability alerts": settings.vulnerability_alerts,
        "code scanning": settings.code_scanning,
        "private reporting": settings.private_reporting,
    }
    told = {name: on for name, on in features.items() if on is not None}
    if not told:
        detail = "the forge shows none of these settings to this reader"
        return Unknown(Why.FORBIDDEN, detail, "a token with “Administration: read”")
    state = ", ".join(f"{name} {'on' if on else 'off'}" for name, on in sorted(told.items()))
    # private reporting is not offered everywhere; that the others are not told leaves something open
    certainty = 0.7 if settings.vulnerability_alerts is None or settings.code_scanning is None else 1.0
    return Measured(percent(sum(told.values()), len(told)), state, certainty=certainty)
