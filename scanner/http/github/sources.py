"""The handles that collectors read: one repository, or one organisation, of a GitHub."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from scanner.core.evidence import Unreadable, Why
from scanner.http.forge import BOT_NAMES, Pseudonyms
from scanner.http.github.permissions import METADATA, Permission
from scanner.http.github.plans import PLANS, SERIES
from scanner.http.github.series import Series, Turning, page_size, sign
from scanner.http.kept import Kept, Sheet, Sign, Wanted
from scanner.http.shape import Node
from scanner.http.shelf import ListName

if TYPE_CHECKING:
    from datetime import datetime

    from scanner.http.forge import ListedRepository, Page
    from scanner.http.github.client import Github, Parameter
    from scanner.http.github.graphql import Query, Variable


@dataclass(frozen=True, slots=True)
class Listed:
    """Nodes of a list, latest first; ``total`` is the list's length, ``cut`` whether more was wanted than is read.

    ``about`` is the repository as it was last told: with the page, else by the listing. ``missing`` entries never arrived.
    """

    nodes: tuple[Node, ...]
    total: int
    cut: bool
    about: Node | None
    missing: int = 0

    @property
    def short(self) -> str:
        """What is to be said of entries that never arrived, empty when there are none."""
        return f"{self.missing:,} of the {self.total:,} that GitHub counts did not arrive" if self.missing else ""


class GithubRepositorySource:
    """One repository. What it reads by `once` is asked for once only, however many collectors want it.

    ``listed`` is what the listing told of it; ``kept`` holds lists from earlier scans.
    """

    def __init__(
        self,
        client: Github,
        full_name: str,
        pseudonyms: Pseudonyms,
        listed: ListedRepository | None = None,
        kept: Kept | None = None,
    ) -> None:
        owner, _, name = full_name.partition("/")
        self.client = client
        self.full_name = full_name
        self._owner, self._name = owner, name
        self._pseudonyms = pseudonyms
        self._path = f"/repos/{quote(owner, safe='')}/{quote(name, safe='')}"
        self._read: dict[str, object] = {}
        self._listed = listed
        self._kept = Kept() if kept is None else kept
        self._plans: list[Node | None] | None = None
        self._changed: frozenset[str] | None = None

    def path(self, rest: str = "") -> str:
        """The REST path of this repository followed by ``rest``."""
        return self._path + rest

    def label(self, rest: str = "") -> str:
        """The same as evidence names it."""
        return f"GET {self._path}{rest}"

    def once(self, rest: str, permission: Permission) -> object:
        """The JSON answer to GET ``rest`` of this repository; asked once, a failure is repeated unasked."""
        if rest not in self._read:
            try:
                self._read[rest] = self.client.get(self.path(rest), permission)
            except Unreadable as problem:
                self._read[rest] = problem
        value = self._read[rest]
        if isinstance(value, Unreadable):
            raise value
        return value

    def record(self) -> Node:
        """The repository's own record."""
        return Node(self.once("", METADATA), self.label())

    def listing(self) -> Node | None:
        """The record that came with the listing, by its GraphQL names; None when only REST listed the repository."""
        if self._listed is None or self._listed.record is None:
            return None
        return Node(dict(self._listed.record), self.listing_label())

    def listing_label(self) -> str:
        """The listing as evidence names it."""
        return f"POST /graphql Listing({self._owner})"

    def default_branch(self) -> str:
        """Its name: from the listing, else (and for empty repositories, which the listing shows without) from REST."""
        known = self._listed.default_branch if self._listed is not None else ""
        return known or self.record().text("default_branch")

    def is_admin(self) -> bool:
        """Whether GitHub says that this token administers the repository: then its 404 means "not there"."""
        listing = self.listing()
        if listing is not None and listing.has("viewerCanAdminister"):
            return listing.flag("viewerCanAdminister")
        rights = self.record().node_or_none("permissions")
        return rights is not None and rights.flag_or_false("admin")

    def pages(
        self, rest: str, permission: Permission, key: str = "", limit: int | None = None, **parameters: Parameter
    ) -> Iterator[Page]:
        """The pages of a list of this repository."""
        return self.client.pages(self.path(rest), permission, key, limit, **parameters)

    def everything(self, rest: str, permission: Permission, **parameters: Parameter) -> tuple[Node, ...]:
        """A whole list of this repository."""
        return self.client.everything(self.path(rest), permission, **parameters)

    def query(self, query: Query, **variables: Variable) -> Node:
        """The ``repository`` object that ``query`` (of owner and name) answers."""
        data = self.client.query(query, self.full_name, self._variables(variables))
        found = data.node_or_none("repository")
        if found is None:
            raise Unreadable(Why.AMBIGUOUS_404, f"{data.where}: no repository", query.permission.closes)
        return found

    def series(self, series: Series, since: datetime, check: Callable[[Node], object]) -> Listed:
        """What ``series`` holds from ``since`` on, as far as it is not kept from earlier scans.

        ``check`` raises Unreadable for a node that cannot be understood: nothing of its page is kept.
        """
        answered: list[Node] = []
        told = self._sign(series)
        size = page_size(told)

        def ask(cursor: str | None) -> Sheet:
            owner = self._first_page(series) if cursor is None and not answered else None
            if owner is None:
                owner = self.query(series.query, size=size, after=cursor)
            answered[:] = [owner]
            return series.sheet(owner, check)

        wanted = Wanted(since, series.most, told, series.rises)
        turn = Turning(ask, f"{series.field} of {self.full_name}", self.client.most_pages)
        reading = self._kept.read(self._list_name(series), wanted, turn)
        return Listed(
            reading.nodes, reading.total, reading.cut, answered[0] if answered else self.listing(), reading.missing
        )

    def _list_name(self, series: Series) -> ListName:
        return series.name(self.client.address, self._listed.node_id if self._listed else "")

    def _sign(self, series: Series) -> Sign | None:
        record = self.listing()
        return None if record is None else sign(record, series)

    def _first_page(self, series: Series) -> Node | None:
        """The first page of a list that `PLANS` asks for together with others, None when it must be asked for alone."""
        if series.field not in self._wanting():
            return None
        if self._plans is None:
            self._plans = [None]
            with suppress(Unreadable):
                asked = {other.field: other.field in self._wanting() for other in SERIES}
                size = max(page_size(self._sign(other)) for other in SERIES if asked[other.field])
                self._plans = [self.query(PLANS, size=size, **asked)]
        return self._plans[0]

    def _wanting(self) -> frozenset[str]:
        """The lists of `PLANS` that have changed, when there are several."""
        if self._changed is None:
            signs = [(series, self._sign(series)) for series in SERIES]
            wanting = [
                series.field
                for series, told in signs
                if told is not None and told.total and not self._kept.current(self._list_name(series), told)
            ]
            self._changed = frozenset(wanting if len(wanting) > 1 else ())
        return self._changed

    def _variables(self, more: dict[str, Variable]) -> dict[str, Variable]:
        return {"owner": self._owner, "name": self._name, **more}

    def who(self, actor: Node | None) -> tuple[str, bool]:
        """Pseudonym and whether it is a machine, of an actor (None: a deleted account)."""
        login = "ghost" if actor is None else actor.text("login").lower()
        machine = actor is not None and actor.text_or("__typename") == "Bot"
        bare = login.removesuffix("[bot]")
        identity = f"github:{bare}"
        told = self._pseudonyms.machine(identity)
        return self._pseudonyms.of(identity), (machine or bare != login or bare in BOT_NAMES) if told is None else told


class GithubOrganisationSource:
    """One organisation. ``repositories`` is the number that the listing showed."""

    def __init__(self, client: Github, login: str, repositories: int) -> None:
        self.client = client
        self.login = login
        self.repositories = repositories
        self._path = f"/orgs/{quote(login, safe='')}"

    def path(self, rest: str = "") -> str:
        """The REST path of this organisation followed by ``rest``."""
        return self._path + rest
