"""How many credentials were removed from the code but stay in its history."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Unknown, Why
from scanner.core.outcomes import Certainty, Measured, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.code import Secrets
from scanner.facts.history import RepositoryProfile


@check(
    CheckSpec(
        id="SEC-008",
        stage=Stage.SECURITY,
        practice="secrets",
        question="How many credentials were removed from the code but stay in its history?",
        rationale="A deleted credential is one command away for everyone with a copy, until it is revoked.",
        scale=Scale(
            "distinct credentials",
            ((0, 100), (1, 70), (3, 50), (10, 20), (30, 0)),
            (ours("the history cannot say whether they were revoked, so each counts less than a standing one"),),
        ),
        remedy="Confirm for each listed credential that it was revoked, and revoke it where nobody knows.",
        effort=Effort(0.25, each=0.2, per="finding"),
        controls=("ISO 27001:2022 A.8.28",),
    )
)
def past_secrets(secrets: Secrets, profile: RepositoryProfile) -> Outcome:
    """Number (0 and up) of distinct credentials in the history that no longer stand anywhere in the tree.

    Unknown when none is seen in a shallow clone, whose history is not all there.
    """
    live = {s.fingerprint for s in secrets.secrets if s.live}
    past = [s for s in secrets.secrets if s.fingerprint not in live and not s.fixture]
    first = {s.fingerprint: s for s in sorted(past, key=lambda s: (s.commit, s.path, s.line), reverse=True)}
    if profile.shallow and not first:
        detail = "no past credential is seen, but the clone is shallow and most of its history unread"
        return Unknown(Why.UNSUPPORTED, detail, "git fetch --unshallow")
    listed = sorted(first.values(), key=lambda s: (s.kind.startswith("generic"), s.path, s.line, s.commit))
    places = tuple(
        Place(
            f"a credential of kind {s.kind} stands in the history; whether it was revoked is not known",
            Severity.LOW if s.kind.startswith("generic") else Severity.MEDIUM,
            f"secret:{s.kind}",
            s.path,
            s.line,
            s.commit,
            f"{s.kind}@{s.commit}",
            Certainty.LOW if s.kind.startswith("generic") else Certainty.MEDIUM,
        )
        for s in listed[:200]
    )
    because = f"found in the history only: {counted(len(first), 'distinct credential')}"
    return Measured(len(first), because, places=places)
