"""Which repositories change together, told by the issues that their commits name: as SCA-017 counts them."""

from __future__ import annotations

from analyzers.shared_issues import ENOUGH_ISSUES, close_pairs, issues_across, together
from scanner.core.drawings import CoupledRepositories, RepositoryCoupling
from scanner.core.evidence import Across, Unknown, Why
from scanner.facts.knowledge import References

PAIRS = 40
"""Most pairs that are drawn."""


def repository_coupling(references: Across[References]) -> RepositoryCoupling | Unknown | None:
    """The pairs; None with one repository only, a hole when commits name too few issues that mean the same everywhere."""
    if len(references.known) + len(references.unknown) < 2:
        return None
    issues = issues_across(references)
    if len(references.known) < 2 or len(issues) < ENOUGH_ISSUES:
        return Unknown(
            Why.SAMPLE_TOO_SMALL,
            f"commits name {len(issues)} issues that can be told across repositories, and {ENOUGH_ISSUES} are the fewest that tell anything",
            "name the ticket in commit messages, or issues of other repositories in full (owner/name#12)",
        )
    spread = [pairs for days in issues.values() if (pairs := together(days))]
    close = close_pairs(issues, spread)
    return RepositoryCoupling(
        window_days=max(fact.window_days for _, fact in references),
        issues=len(issues),
        spread=len(spread),
        pairs=tuple(CoupledRepositories(a, b, shared, degree) for (a, b), shared, degree in close[:PAIRS]),
        pairs_found=len(close),
    )
