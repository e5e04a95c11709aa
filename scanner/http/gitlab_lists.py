"""Lists of a project that are kept between scans: pages over REST, with what only GraphQL tells of their entries."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from scanner.core.evidence import Unreadable, Why
from scanner.http.forge import Page
from scanner.http.gitlab import GitlabQuery, Parameter, Right
from scanner.http.kept import Entry, Sheet, Sign, mark_of
from scanner.http.shape import Node
from scanner.http.shelf import ListName

Projection = Callable[[Node, Node | None], dict[str, object]]
"""What is kept of an entry of the list and of what the query tells of it, None when it tells nothing."""


@dataclass(frozen=True, slots=True)
class GitlabList:
    """A list: ``rest`` below the project, ordered by its last update; ``query`` tells more of up to ``batch`` iids at once.

    ``field`` is what the query and `NEWEST` call it; at most the ``most`` latest are read.
    """

    rest: str
    field: str
    query: GitlabQuery
    right: Right
    keep: Projection
    most: int = 1000
    batch: int = 50


def list_name(listing: GitlabList, forge: str, project: str) -> ListName:
    """What the list is kept as; another query or projection keeps another form."""
    shape = f"{listing.query.text}{listing.keep.__module__}.{listing.keep.__qualname__}"
    return ListName(forge, project, listing.field, hashlib.sha256(shape.encode()).hexdigest()[:16])


def sign(told: Node) -> Sign:
    """What `NEWEST` tells of a list. GitLab's GraphQL tells whole seconds, so everything here is ordered by them."""
    newest = told.nodes("nodes")
    mark = mark_of(newest[0].moment("updatedAt").replace(microsecond=0)) if newest else ""
    return Sign(told.number("count"), mark)


def parameters_before(cursor: str | None) -> dict[str, Parameter]:
    """How the page at ``cursor`` is asked for: by the moment it begins at, since page numbers shift while people work."""
    asked: dict[str, Parameter] = {"state": "all", "scope": "all", "order_by": "updated_at", "sort": "desc"}
    return asked if cursor is None else {**asked, "updated_before": cursor}


def whole_page(
    listing: GitlabList, page: Page, details: Mapping[int, Node], total: int, check: Callable[[Node], object]
) -> Sheet:
    """A page of entries with their details; ``check`` raises Unreadable for an entry that must not be kept."""
    entries = []
    for node in page.items:
        iid = node.number("iid")
        kept = listing.keep(node, details.get(iid))
        check(Node(kept, node.where))
        at = node.moment("updated_at").replace(microsecond=0)
        entries.append(Entry(str(iid), at, node.moment("created_at"), kept))
    if page.more and not entries:
        raise Unreadable(Why.TOO_LARGE, f"the list of {listing.field} goes on without entries")
    following = page.items[-1].text("updated_at") if page.more else None
    return Sheet(tuple(entries), total, following)
