"""How often one piece of work needs changes in several repositories."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import combinations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Across, Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import CODE_MAAT, ours
from scanner.core.stages import Stage
from scanner.core.subjects import Subject
from scanner.facts.knowledge import References

ENOUGH_ISSUES, MIN_SHARED, MIN_DEGREE, TOGETHER = 20, 5, 0.3, timedelta(days=30)
Days = dict[Subject, list[tuple[date, str]]]


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
    issues = _issues(references)
    if len(references.known) < 2 or len(issues) < ENOUGH_ISSUES:
        return Unknown(
            Why.SAMPLE_TOO_SMALL,
            f"commits name only {len(issues)} issues that can be told across repositories",
            "name the ticket in commit messages, or issues of other repositories in full (owner/name#12)",
        )
    together = {key: _together(days) for key, days in issues.items()}
    spread = [pairs for pairs in together.values() if pairs]
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


def _issues(references: Across[References]) -> dict[str, Days]:
    """Days and people by issue and repository, for issues whose name means the same everywhere."""
    everywhere = {r.key for _, fact in references for r in fact.references if r.kind != "own"}
    issues: defaultdict[str, Days] = defaultdict(dict)
    for subject, fact in references:
        for r in fact.references:
            if r.key in everywhere:
                issues[r.key].setdefault(subject, []).append((r.day, r.person))
    return dict(issues)


def _together(days: Days) -> dict[tuple[Subject, Subject], bool]:
    """Pairs of repositories with commits at most 30 days apart; True when one person made both within a day."""
    pairs = {}
    for a, b in combinations(sorted(days), 2):
        gaps = [(abs(x - y), one == other) for x, one in days[a] for y, other in days[b]]
        if min(gap for gap, _ in gaps) <= TOGETHER:
            pairs[a, b] = any(same and gap <= timedelta(days=1) for gap, same in gaps)
    return pairs


def _places(issues: dict[str, Days], spread: list[dict[tuple[Subject, Subject], bool]]) -> tuple[Place, ...]:
    own = Counter(subject for days in issues.values() for subject in days)
    shared = Counter(pair for pairs in spread for pair in pairs)
    degrees = {(a, b): 2 * count / (own[a] + own[b]) for (a, b), count in shared.items() if count >= MIN_SHARED}
    close = sorted((p for p in degrees if degrees[p] >= MIN_DEGREE), key=lambda p: (-degrees[p], p))
    return tuple(
        Place(f"shares {shared[a, b]} issues with {b.name}", Severity.LOW, anchor=b.name, subject=a)
        for a, b in close[:20]
    )
