"""Lists of a repository that are read through GraphQL and kept between scans."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass

from scanner.core.evidence import Unreadable, Why
from scanner.http.github.graphql import PAGE_SIZE, Query
from scanner.http.kept import Entry, Sheet, Sign, mark_of
from scanner.http.shape import Node
from scanner.http.shelf import ListName

_MADE_SINCE = 5
Projection = Callable[[Node], dict[str, object]]
"""What is kept of a node."""


@dataclass(frozen=True, slots=True)
class Series:
    """A list: the connection ``field`` of the repository in ``query``, which takes $owner, $name, $size and $after.

    Its nodes are ordered by their field ``order``, latest first, and told apart by their field ``key``. ``rises``:
    a node that changes moves to the top; ``most`` bounds how many are read.
    """

    query: Query
    field: str
    order: str
    key: str
    rises: bool
    most: int
    keep: Projection = Node.plain

    def name(self, forge: str, repository: str) -> ListName:
        """What the list is kept as; another query or projection keeps another form."""
        shape = f"{self.query.text}{self.keep.__qualname__}"
        return ListName(forge, repository, self.field, hashlib.sha256(shape.encode()).hexdigest()[:16])

    def sheet(self, owner: Node, check: Callable[[Node], object]) -> Sheet:
        """The page that ``owner`` holds; ``check`` raises Unreadable for a node that must not be kept."""
        page = owner.node(self.field)
        entries = []
        for node in page.nodes("nodes"):
            kept = self.keep(node)
            check(Node(kept, node.where))
            entries.append(Entry(node.scalar_or(self.key, ""), node.moment(self.order), node.moment("createdAt"), kept))
        ends = page.node("pageInfo")
        following = ends.text("endCursor", 1000) if ends.flag("hasNextPage") else None
        return Sheet(tuple(entries), page.number("totalCount"), following)


def sign(record: Node, series: Series) -> Sign | None:
    """What the listing's ``record`` says of ``series``, None when it does not say."""
    told = record.node_or_none(series.field)
    if told is None:
        return None
    try:
        newest = told.nodes("nodes")
        if not series.rises:
            return Sign(told.number("totalCount"), _digest(told.plain()))
        mark = mark_of(newest[0].moment("updatedAt")) if newest else ""
        return Sign(told.number("totalCount"), mark)
    except Unreadable:
        return None


def page_size(told: Sign | None) -> int:
    """Entries of a page: no more than there are (and a few made since), for GitHub counts what is asked for."""
    return PAGE_SIZE if told is None else min(PAGE_SIZE, told.total + _MADE_SINCE)


def open_total(about: Node | None, field: str) -> int:
    """The count that the repository, as it was last told, holds under ``field``."""
    if about is None:
        raise Unreadable(Why.UNPARSABLE, f"nothing was told of {field}")
    return about.node(field).number("totalCount")


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:32]


class Turning:
    """Asks page after page; refuses a cursor that comes twice on the way down, and more than ``pages`` pages."""

    def __init__(self, ask: Callable[[str | None], Sheet], what: str, pages: int) -> None:
        self._ask = ask
        self._what = what
        self._left = pages
        self._seen: set[str] = set()

    def __call__(self, cursor: str | None) -> Sheet:
        """The page at ``cursor``."""
        if self._left <= 0:
            raise Unreadable(Why.TOO_LARGE, f"{self._what} has more pages than are read")
        self._left -= 1
        if cursor is None:
            self._seen.clear()
        sheet = self._ask(cursor)
        if sheet.following is not None and sheet.following in self._seen:
            raise Unreadable(Why.UNPARSABLE, f"the pages of {self._what} lead in a circle")
        self._seen.add(sheet.following or "")
        return sheet
