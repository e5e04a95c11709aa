"""Whether the systems the business lives on can be changed without rules."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Gate, Scale, check
from scanner.core.evidence import Across, Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import SCORECARD, ours
from scanner.core.stages import Stage
from scanner.facts.engagement import Engagement
from scanner.facts.forge import BranchProtection

MOST_CRITICAL = 2


@check(
    CheckSpec(
        id="SEC-021",
        stage=Stage.SECURITY,
        practice="access",
        question="Are the default branches of critical systems protected against being rewritten?",
        rationale="One forced push to an unprotected branch can lose, or replace, what the business runs on.",
        scale=Scale(
            "% of critical repositories",
            ((0, 0), (50, 25), (90, 65), (100, 100)),
            (SCORECARD, ours("each critical repository left open is one too many")),
        ),
        remedy="Protect the default branch of every critical repository today: it is one setting.",
        effort=Effort(0.1, each=0.1, per="finding"),
        gate=Gate(Severity.HIGH, "the default branch of a critical system is unprotected"),
        controls=("OSPS-AC-03.01", "OSPS-AC-03.02"),
    )
)
def critical_branches(engagement: Engagement, protections: Across[BranchProtection]) -> Outcome:
    """Share (0 to 100 %) of repositories of criticality 1 or 2 whose default branch is protected from forced pushes."""
    patterns = [p for s in engagement.systems if s.criticality <= MOST_CRITICAL for p in s.repos]
    if not patterns:
        return NotApplicable("no system is declared critical")
    known = [(subject, p) for subject, p in protections if subject.matches(patterns)]
    if not known:
        return Unknown(
            Why.FORBIDDEN,
            "no rule of a critical repository could be read",
            "a token with “Contents: read” and “Administration: read”",
        )
    bare = [subject for subject, p in known if not p.protected or p.allows_force_push]
    places = tuple(
        Place(
            "the default branch of a critical system may be rewritten",
            Severity.HIGH,
            anchor="default branch",
            subject=s,
        )
        for s in bare[:200]
    )
    because = f"{len(known) - len(bare)} of {len(known)} critical repositories protect their default branch"
    return Measured(percent(len(known) - len(bare), len(known)), because, sample=len(known), places=places)
