"""Whether the forge stops credentials at the door."""

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
        id="SEC-009",
        stage=Stage.SECURITY,
        practice="secrets",
        question="Does the forge look for credentials and refuse pushes that hold one?",
        rationale="People will paste keys; a refusal at the push costs a minute, a leaked key costs an incident.",
        scale=Scale(
            "% of the two features",
            ((0, 10), (50, 60), (100, 100)),
            (ours("scanning tells afterwards, push protection prevents: each is half of the way"),),
        ),
        remedy="Switch on secret scanning and push protection for every repository.",
        effort=Effort(0.1, each=0.05, per="repository"),
    )
)
def secret_protection(settings: SecuritySettings) -> Outcome:
    """Share (0 to 100 %) of secret scanning and push protection switched on; what cannot be seen is left out."""
    features = {"secret scanning": settings.secret_scanning, "push protection": settings.push_protection}
    told = {name: on for name, on in features.items() if on is not None}
    if not told:
        detail = "the forge shows neither secret scanning nor push protection to this reader"
        return Unknown(Why.FORBIDDEN, detail, "a token with “Administration: read”")
    state = ", ".join(f"{name} {'on' if on else 'off'}" for name, on in sorted(told.items()))
    return Measured(percent(sum(told.values()), len(told)), state)
