"""How often one piece of work needs changes in several repositories."""

from __future__ import annotations

from collections.abc import Mapping

from analyzers.shared_issues import ENOUGH_ISSUES, Days, Pair, close_pairs, issues_across, together
from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Across, Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import CODE_MAAT, ours
from scanner.core.stages import Stage
from scanner.facts.knowledge import References


@check(
    CheckSpec(
        id="SCA-017",
        stage=Stage.SCALABILITY,
        practice="decoupled",
        question="Does a piece of work usually stay within one repository?",
        rationale="Repositories that must change together cannot be delivered apart, however separate they look.",
        scale=Scale(
            "% of issues",
            ((0, 100), (5, 92), (15, 70), (35, 35), (70, 0)),
            (CODE_MAAT, ours("a new interface touches two sides; every third issue doing so is one system in pieces")),
            sample=50,
        ),
        remedy="Put a stable interface between the repositories listed here, or join them.",
        effort=Effort(3, each=5, per="finding", spread=3.0),
    )
)
def cross_repository_changes(references: Across[References]) -> Outcome:
    """Share (0 to 100 %) of issues named by commits of 365 days in two or more repositories, at most 30 days apart.

    Issues are those that can be told across repositories: tickets (ABC-12), and numbers that some commit gives in full
    (owner/name#12). Pairs listed share 5 issues and 30 % of the mean of theirs.
    """
    if len(references.known) + len(references.unknown) < 2:
        return NotApplicable("there is one repository only")
    issues = issues_across(references)
    if len(references.known) < 2 or len(issues) < ENOUGH_ISSUES:
        return Unknown(
            Why.SAMPLE_TOO_SMALL,
            f"commits name only {len(issues)} issues that can be told across repositories",
            "name the ticket in commit messages, or issues of other repositories in full (owner/name#12)",
        )
    pairs_by_issue = {key: together(days) for key, days in issues.items()}
    spread = [pairs for pairs in pairs_by_issue.values() if pairs]
    closely = sum(any(pairs.values()) for pairs in spread)
    return Measured(
        percent(len(spread), len(issues)),
        f"{len(spread)} of {len(issues)} issues took commits in two or more repositories within 30 days, {closely} of them by one person within a day",
        sample=len(issues),
        window_days=max(fact.window_days for _, fact in references),
        basis=Basis.INFERRED,
        certainty=0.7,
        places=_places(issues, spread),
    )


def _places(issues: Mapping[str, Days], spread: list[dict[Pair, bool]]) -> tuple[Place, ...]:
    return tuple(
        Place(f"shares {shared} issues with {b.name}", Severity.LOW, anchor=b.name, subject=a)
        for (a, b), shared, _ in close_pairs(issues, spread)[:20]
    )
