"""What a first scan asks of a forge, reckoned from the listing, repository by repository.

The figures are those of Assay's own collectors; a test compares them with what a stand-in is really asked.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from scanner.doctor.preflight import Cost, Left
from scanner.http.forge import ListedRepository
from scanner.http.github.listing import PAGE_SIZE as LISTED_AT_ONCE

GITHUB_READ, GITHUB_MOST, GITHUB_PASSED, GITHUB_ORGANISATION = 17, 23, 1, 16
"""GET requests for a typical repository (private, with a protected branch, pipelines and environments), for one with all
paid features, for one that is listed only (archived, a fork), and for the organisation."""
GITLAB_READ, GITLAB_QUERIES, GITLAB_PASSED, GITLAB_GROUP = 20, 9, 1, 8
"""GET requests and queries for a typical project with a licence, GET requests for one that is listed only, and for the group."""
POINTS_LISTING = 7
SERIES = (("pullRequests", 1000, 7), ("issues", 1000, 3))
"""Key in the listing, most entries that are read, points of a page of 100."""
PLANS = ("releases", "deployments", "milestones")
POINTS_PLANS = 6
UNTOLD = (4, 17)
"""Queries and points of a repository whose lists the listing does not tell: a page of each."""
_PAGE = 100


def of_github(
    listed: Iterable[ListedRepository], rest: Left | None = None, points: Left | None = None, *, organisation: bool
) -> Cost:
    """What a first scan of ``listed`` spends; of those that are not judged little more than the listing is read."""
    repositories = tuple(listed)
    read = tuple(item for item in repositories if not _is_passed(item))
    passed = len(repositories) - len(read)
    pages = max(1, math.ceil(len(repositories) / LISTED_AT_ONCE))
    asked = [_queries(item.record) for item in read]
    beside = GITHUB_PASSED * passed + (GITHUB_ORGANISATION if organisation else 0)
    return Cost(
        repositories=len(repositories),
        read=len(read),
        rest=GITHUB_READ * len(read) + beside,
        rest_most=GITHUB_MOST * len(read) + beside,
        queries=pages + sum(queries for queries, _ in asked) + int(organisation),
        points=POINTS_LISTING * pages + sum(cost for _, cost in asked) + int(organisation),
        rest_left=rest,
        points_left=points,
    )


def of_gitlab(listed: Iterable[ListedRepository], *, group: bool) -> Cost:
    """The same for a group. GitLab's limit counts by the minute: it slows a scan, and never stops one."""
    repositories = tuple(listed)
    read = sum(not (item.archived or item.fork) for item in repositories)
    pages = math.ceil(len(repositories) / _PAGE) if group else 1
    rest = pages + GITLAB_READ * read + GITLAB_PASSED * (len(repositories) - read) + (GITLAB_GROUP if group else 0)
    return Cost(len(repositories), read, rest, rest, GITLAB_QUERIES * read + 2 * int(group), 0)


def _is_passed(item: ListedRepository) -> bool:
    template = item.record is not None and item.record.get("isTemplate") is True
    return item.archived or item.fork or template


def _queries(record: Mapping[str, object] | None) -> tuple[int, int]:
    """Queries and points that the lists of one repository take."""
    if record is None:
        return UNTOLD
    queries = points = 0
    for key, most, cost in SERIES:
        pages = math.ceil(min(most, _total(record, key)) / _PAGE)
        queries, points = queries + pages, points + pages * cost
    longest = max(_total(record, key) for key in PLANS)
    pages = math.ceil(min(1000, longest) / _PAGE)
    return queries + pages, points + pages * POINTS_PLANS


def _total(record: Mapping[str, object], key: str) -> int:
    told = record.get(key)
    total = told.get("totalCount") if isinstance(told, Mapping) else None
    return total if isinstance(total, int) and total > 0 else 0
