"""How many credentials stand in the code today."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Gate, Scale, check
from scanner.core.outcomes import Certainty, Measured, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.code import Secret, Secrets


@check(
    CheckSpec(
        id="SEC-007",
        stage=Stage.SECURITY,
        practice="secrets",
        question="How many credentials stand in the code today?",
        rationale="Everyone who ever had a copy of the repository holds the key; no attack is needed, only a leak.",
        scale=Scale(
            "distinct credentials",
            ((0, 100), (1, 25), (3, 5), (5, 0)),
            (ours("one is enough to lose what it opens; tests, examples and documents are left out"),),
        ),
        remedy="Revoke each listed credential today, issue a new one and keep it in a secret store.",
        effort=Effort(0.5, each=0.5, per="finding"),
        weight=2.0,
        gate=Gate(Severity.CRITICAL, "a credential stands in the code"),
        controls=("ISO 27001:2022 A.8.28",),
    )
)
def live_secrets(secrets: Secrets) -> Outcome:
    """Number (0 and up) of distinct credentials at the analysed commit, outside tests, examples and documents."""
    live = sorted(
        (s for s in secrets.secrets if s.live and not s.fixture), key=lambda s: (_generic(s), s.path, s.line, s.commit)
    )
    distinct = {s.fingerprint for s in live}
    fixtures = len({s.fingerprint for s in secrets.secrets if s.live and s.fixture} - distinct)
    places = tuple(
        Place(
            f"a credential of kind {s.kind} stands in this file",
            Severity.HIGH if _generic(s) else Severity.CRITICAL,
            f"secret:{s.kind}",
            s.path,
            s.line,
            s.commit,
            f"{s.kind}@{s.commit}",
            Certainty.LOW if _generic(s) else Certainty.HIGH,
        )
        for s in live[:200]
    )
    because = (
        f"{counted(len(distinct), 'distinct credential')} in the tree; {fixtures} more in tests, examples or documents"
    )
    return Measured(len(distinct), because, places=places)


def _generic(s: Secret) -> bool:
    """Told by a variable's name and its randomness alone: often, but not always, a credential."""
    return s.kind.lower().startswith("generic")
