"""Whether outsiders are told how to report a vulnerability."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Across
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, Outcome, Place, Severity
from scanner.core.scales import SCORECARD, ours
from scanner.core.stages import Stage
from scanner.facts.tree import Documents


@check(
    CheckSpec(
        id="RIS-002",
        stage=Stage.RISK,
        practice="registered",
        question="Does every repository say how a vulnerability is reported in private?",
        rationale="A finder without a private channel publishes, or sells.",
        scale=Scale(
            "% of repositories",
            ((0, 0), (50, 50), (80, 80), (100, 100)),
            (SCORECARD, ours("share covered, with room for a new repository")),
        ),
        remedy="Add one SECURITY.md with a contact and a response time to the organisation's .github repository.",
        effort=Effort(0.5),
        controls=("OSPS-VM-02.01", "SSDF RV.1", "ISO 27001:2022 A.6.8"),
        status="retired",
    )
)
def reporting_channel(documents: Across[Documents]) -> Outcome:
    """Share (0 to 100 %) of repositories with a security policy; one in a repository named ``.github`` covers all."""
    bare = [subject for subject, each in documents if not each.of("security-policy")]
    total = len(documents.known)
    if any(s.name.endswith("/.github") and s not in bare for s in documents.known):
        return Measured(
            100.0, f"the organisation's own .github repository holds a security policy for all {total} repositories"
        )
    places = tuple(
        Place("no security policy says how to report a vulnerability", Severity.LOW, subject=s) for s in bare[:200]
    )
    return Measured(
        percent(total - len(bare), total),
        f"{total - len(bare)} of {total} repositories hold a security policy",
        places=places,
    )
