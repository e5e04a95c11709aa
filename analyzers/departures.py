"""Which few people's leaving would cost the estate most knowledge: a search over sets, not an order of persons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import combinations

_LOOKED_AT = 20_000
"""Sets looked at before the search is content with the best one so far."""


@dataclass(frozen=True, slots=True)
class Departure:
    """People whose leaving together would leave ``files`` files without anyone who knows them.

    ``certain`` is False when the search ended before every other set was ruled out.
    """

    people: frozenset[str]
    files: int
    certain: bool = True


def worst_departure(knowers: Iterable[frozenset[str]], size: int) -> Departure:
    """The set of at most ``size`` (1 to 3) people to whom alone most files are known; ``knowers`` holds a set for each file.

    Files that nobody knows, or more people than may leave, are lost to no set. Best first: a set comes up in the order of
    the most that it, with whom it may still take in, could cost (the files that each member may cost, summed), so the
    first that could cost no more than the best one found ends the search. Ties go to the first by name.
    """
    groups = Counter(who for who in knowers if 0 < len(who) <= size)
    reach: Counter[str] = Counter()
    for who, files in groups.items():
        reach.update(dict.fromkeys(who, files))
    order = sorted(reach, key=lambda person: (-reach[person], person))
    sums = [0]
    for person in order:
        sums.append(sums[-1] + reach[person])

    def bound(members: tuple[int, ...]) -> int:
        after = members[-1] + 1
        open_places = min(after + size - len(members), len(order))
        return sum(reach[order[i]] for i in members) + sums[open_places] - sums[after]

    best = Departure(frozenset(), 0)
    waiting: list[tuple[int, tuple[int, ...]]] = [(-bound((0,)), (0,))] if order else []
    for _ in range(_LOOKED_AT):
        if not waiting or -waiting[0][0] <= best.files:
            return best
        _, members = heappop(waiting)
        leaving = frozenset(order[i] for i in members)
        lost = lost_with(groups, leaving)
        if lost > best.files:
            best = Departure(leaving, lost)
        following = members[-1] + 1
        if following < len(order):
            heappush(waiting, (-bound((*members[:-1], following)), (*members[:-1], following)))
            if len(members) < size:
                heappush(waiting, (-bound((*members, following)), (*members, following)))
    return Departure(best.people, best.files, certain=False)


def lost_with(groups: Mapping[frozenset[str], int], leaving: frozenset[str]) -> int:
    """How many files only those who leave know; ``groups`` counts files by the set of people who know them."""
    members = sorted(leaving)
    sets = (frozenset(some) for count in range(1, len(members) + 1) for some in combinations(members, count))
    return sum(groups.get(who, 0) for who in sets)
