"""Whether a finder of a fault knows whom to tell."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Across
from scanner.core.figures import percent
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome
from scanner.core.scales import SCORECARD, ours
from scanner.core.stages import Stage
from scanner.facts.tree import CodeSize, Documents

FOR_ALL = (".github", ".gitlab", ".gitlab-profile")


@check(
    CheckSpec(
        id="SEC-024",
        stage=Stage.SECURITY,
        practice="governance",
        question="Do the repositories say whom to tell about a security fault?",
        rationale="Who finds a fault and nobody to tell publishes it, sells it or stays silent.",
        scale=Scale(
            "% of repositories with code",
            ((0, 15), (50, 55), (90, 92), (100, 100)),
            (SCORECARD, ours("one policy for all, in the organisation's own repository, counts for each")),
        ),
        remedy="Put one SECURITY.md with an address and an answer time into the organisation's common repository.",
        effort=Effort(0.5),
        controls=("OSPS-VM-02.01", "SSDF RV.1"),
    )
)
def security_policy(documents: Across[Documents], sizes: Across[CodeSize]) -> Outcome:
    """Share (0 to 100 %) of repositories with code that a security policy, own or the organisation's, covers."""
    coded = {subject for subject, size in sizes if size.product_code}
    asked = [subject for subject, _ in documents if subject in coded]
    if not asked:
        return NotApplicable("no repository holds code")
    having = {subject for subject, documented in documents if documented.of("security-policy")}
    # A common repository serves the repositories of its own owner.
    served = {s.name.rpartition("/")[0] for s in having if s.name.rpartition("/")[2] in FOR_ALL}
    covered = sum(s in having or s.name.rpartition("/")[0] in served for s in asked)
    because = f"a security policy covers {covered} of {len(asked)} repositories with code"
    if covered == len(asked) or any(s.name.rpartition("/")[2] in FOR_ALL for s, _ in documents):
        return Measured(percent(covered, len(asked)), because, sample=len(asked))
    return Measured(
        percent(covered, len(asked)),
        f"{because} (the organisation's own repository, which may hold one for all, was not scanned)",
        sample=len(asked),
        basis=Basis.INFERRED,
        certainty=0.7,
    )
