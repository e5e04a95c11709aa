"""The handles that collectors read: one repository, or one organisation, of a GitHub."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote

from scanner.core.evidence import Unreadable, Why
from scanner.http.forge import BOT_NAMES, Pseudonyms
from scanner.http.github.permissions import METADATA, Permission
from scanner.http.shape import Node

if TYPE_CHECKING:
    from scanner.http.forge import Page
    from scanner.http.github.client import Github, Parameter
    from scanner.http.github.graphql import Query, Variable


class GithubRepositorySource:
    """One repository. What it reads by `once` is asked for once only, however many collectors want it."""

    def __init__(self, client: Github, full_name: str, pseudonyms: Pseudonyms) -> None:
        owner, _, name = full_name.partition("/")
        self.client = client
        self.full_name = full_name
        self._owner, self._name = owner, name
        self._pseudonyms = pseudonyms
        self._path = f"/repos/{quote(owner, safe='')}/{quote(name, safe='')}"
        self._read: dict[str, object] = {}

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

    def is_admin(self) -> bool:
        """Whether GitHub says that this token administers the repository: then its 404 means "not there"."""
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

    def connection(self, query: Query, field: str, limit: int, **variables: Variable) -> Iterator[Node]:
        """The pages of the connection ``field`` of the repository."""
        return self.client.connection(query, self.full_name, ("repository", field), self._variables(variables), limit)

    def _variables(self, more: dict[str, Variable]) -> dict[str, Variable]:
        return {"owner": self._owner, "name": self._name, **more}

    def who(self, actor: Node | None) -> tuple[str, bool]:
        """Pseudonym and whether it is a machine, of an actor (None: a deleted account)."""
        login = "ghost" if actor is None else actor.text("login").lower()
        machine = actor is not None and actor.text_or("__typename") == "Bot"
        bare = login.removesuffix("[bot]")
        return self._pseudonyms.of("github:" + bare), machine or bare != login or bare in BOT_NAMES


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
