"""Issues that commits of several repositories name, and how close they bring those repositories."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import combinations

from scanner.core.evidence import Across
from scanner.core.subjects import Subject
from scanner.facts.knowledge import References

ENOUGH_ISSUES, MIN_SHARED, MIN_DEGREE, TOGETHER = 20, 5, 0.3, timedelta(days=30)
"""Fewest issues that tell anything; from when on two repositories are close (code-maat's limits); what counts as one piece of work."""
Days = Mapping[Subject, list[tuple[date, str]]]
Pair = tuple[Subject, Subject]


def issues_across(references: Across[References]) -> dict[str, Days]:
    """Days and people by issue and repository, for issues whose name means the same everywhere."""
    everywhere = {r.key for _, fact in references for r in fact.references if r.kind != "own"}
    issues: defaultdict[str, dict[Subject, list[tuple[date, str]]]] = defaultdict(dict)
    for subject, fact in references:
        for r in fact.references:
            if r.key in everywhere:
                issues[r.key].setdefault(subject, []).append((r.day, r.person))
    return dict(issues)


def together(days: Days) -> dict[Pair, bool]:
    """Pairs of repositories with commits at most 30 days apart; True when one person made both within a day."""
    pairs = {}
    for a, b in combinations(sorted(days), 2):
        gaps = [(abs(x - y), one == other) for x, one in days[a] for y, other in days[b]]
        if min(gap for gap, _ in gaps) <= TOGETHER:
            pairs[a, b] = any(same and gap <= timedelta(days=1) for gap, same in gaps)
    return pairs


def close_pairs(issues: Mapping[str, Days], spread: Iterable[Mapping[Pair, bool]]) -> list[tuple[Pair, int, float]]:
    """(pair, shared issues, degree) of repositories that share 5 issues and 30 % of the mean of theirs, closest first."""
    own = Counter(subject for days in issues.values() for subject in days)
    shared = Counter(pair for pairs in spread for pair in pairs)
    degrees = {(a, b): 2 * count / (own[a] + own[b]) for (a, b), count in shared.items() if count >= MIN_SHARED}
    close = sorted((p for p in degrees if degrees[p] >= MIN_DEGREE), key=lambda p: (-degrees[p], p))
    return [(pair, shared[pair], degrees[pair]) for pair in close]
