"""The handles that collectors read: one project, or one group, of a GitLab."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from urllib.parse import quote

from scanner.core.evidence import Unknown, Unreadable, Why
from scanner.http.forge import BOT_NAMES, ListedRepository, Page, Pseudonyms
from scanner.http.gitlab import GROUP_MEMBER, PER_PAGE, VISITOR, Gitlab, GitlabQuery, Parameter, Right, Variable
from scanner.http.gitlab_lists import GitlabList, list_name, parameters_before, sign, whole_page
from scanner.http.kept import Kept, Reading, Sheet, Wanted
from scanner.http.refused import Refused
from scanner.http.shape import Node, nodes

MAINTAINER_LEVEL, OWNER_LEVEL = 40, 50
"""GitLab's numbers for two of its roles (https://docs.gitlab.com/api/access_requests/)."""
_MACHINE = re.compile(r"(?:project|group)_\d+_bot(?:_\w*)?|service_account_\w+|.+[-_]bot|.+\[bot\]")
_OF_THE_TOKEN = re.compile(r"saml|sso\b|scope|privileges|session", re.IGNORECASE)
"""What a refusal says that is meant for the token, whatever was asked."""
NEWEST = GitlabQuery(
    "Newest",
    """
    query Newest($path: ID!) {
      project(fullPath: $path) {
        mergeRequests(sort: UPDATED_DESC, first: 1) { count nodes { updatedAt } }
        issues(sort: UPDATED_DESC, first: 1) { count nodes { updatedAt } }
        openMergeRequests: mergeRequests(state: opened, first: 1) { count }
        openIssues: issues(state: opened, first: 1) { count }
      }
    }
    """,
    VISITOR,
)
"""How long the lists that are kept between scans are, how much of them is open, and what is newest in them."""


def is_unknown_field(problem: Unreadable) -> bool:
    """Whether GraphQL refused a query because this GitLab has no field of the name: its edition or version lacks the feature."""
    return isinstance(problem, Refused) and problem.status == 200 and problem.hole.why is Why.UNSUPPORTED


def is_machine(username: str) -> bool:
    """Whether an account is known, or named as GitLab names them, to be no person."""
    name = username.lower()
    return name in BOT_NAMES or _MACHINE.fullmatch(name) is not None


class GitlabProjectSource:
    """One project. What it reads by `once` is asked for once only, however many collectors want it.

    ``listed`` is what the listing told of it; ``kept`` holds lists from earlier scans.
    """

    def __init__(
        self,
        client: Gitlab,
        full_name: str,
        pseudonyms: Pseudonyms,
        listed: ListedRepository | None = None,
        kept: Kept | None = None,
    ) -> None:
        self.client = client
        self.full_name = full_name
        self._pseudonyms = pseudonyms
        self._path = f"/projects/{quote(full_name, safe='')}"
        self._lasting = listed.node_id if listed is not None else ""
        self._kept = Kept() if kept is None else kept
        self._read: dict[str, object] = {}

    def path(self, rest: str = "") -> str:
        """The REST path of this project followed by ``rest``."""
        return self._path + rest

    def label(self, rest: str = "") -> str:
        """The same as evidence names it."""
        return f"GET {self._path}{rest}"

    def once(self, rest: str, right: Right, **parameters: Parameter) -> object:
        """The JSON answer to GET ``rest`` of this project; asked once, a failure is repeated unasked."""
        return self._once(rest, lambda: self.client.get(self.path(rest), right, **parameters))

    def _once(self, name: str, ask: Callable[[], object]) -> object:
        if name not in self._read:
            try:
                self._read[name] = ask()
            except Unreadable as problem:
                self._read[name] = problem
        value = self._read[name]
        if isinstance(value, Unreadable):
            raise value
        return value

    def record(self) -> Node:
        """The project's own record, with its licence and its size."""
        return Node(self.once("", VISITOR, license="true", statistics="true"), self.label())

    def newest(self) -> Node:
        """The answer to `NEWEST`, asked once."""
        told = self._once("newest", lambda: self.query(NEWEST))
        if not isinstance(told, Node):
            raise TypeError("a query answers with a Node")
        return told

    def open_total(self, field: str) -> int:
        """How many of ``field`` ("openIssues") there are; a hole where GitLab does not show the list."""
        return self._shown(field).number("count")

    def _shown(self, field: str) -> Node:
        told = self.newest().node_or_none(field)
        if told is None:
            raise Unreadable(Why.AMBIGUOUS_404, f"{self.newest().where}: no {field}", NEWEST.right.closes)
        return told

    def expect_judged(self) -> None:
        """Unreadable(NOT_REQUESTED) for a project that is listed, not judged: nothing more is asked for its sake."""
        record = self.record()
        if record.flag_or_false("archived") or record.has("forked_from_project"):
            what = "archived repositories" if record.flag_or_false("archived") else "forks"
            raise Unreadable(
                Why.NOT_REQUESTED, f"{what} are listed, not judged: pipelines and alerts were not asked for"
            )

    def default_branch(self) -> str:
        """The default branch; Unreadable(NO_SUCH_NOTION) for an empty project, which has none."""
        branch = self.record().text_or("default_branch")
        if not branch:
            raise Unreadable(Why.NO_SUCH_NOTION, "the project is empty: it has no default branch")
        return branch

    def is_maintainer(self) -> bool:
        """Whether GitLab says that this token maintains the project: then what it hides is not there."""
        rights = self.record().node_or_none("permissions")
        grants = [rights.node_or_none(key) for key in ("project_access", "group_access")] if rights else []
        return any(g is not None and g.number("access_level") >= MAINTAINER_LEVEL for g in grants)

    def lacks(self) -> bool:
        """Whether a feature that GitLab refuses is one it does not offer here: its edition has none, or a Maintainer is refused."""
        return self.is_maintainer() or self.client.is_community_edition()

    def is_lacking(self, refused: Refused) -> bool:
        """Whether ``refused`` means that the feature is not offered, and not that this token may not see it."""
        return refused.status in (403, 404) and not _OF_THE_TOKEN.search(refused.said) and self.lacks()

    def missing(self, what: str) -> Unknown:
        """What is said of a feature that is not offered."""
        edition = "edition" if self.client.is_community_edition() else "edition or its licence"
        return Unknown(Why.NO_SUCH_NOTION, f"this GitLab's {edition} has no {what}")

    def offered(self, rest: str, right: Right) -> tuple[Node, ...] | None:
        """The first hundred of a paid feature's list, None when the feature `lacks`."""
        told = self.offered_value(rest, right)
        return None if told is None else nodes(told, self.label(rest))

    def offered_value(self, rest: str, right: Right) -> object:
        """What a paid feature tells, None when the feature `lacks`."""
        try:
            return self.once(rest, right, per_page=PER_PAGE)
        except Refused as refused:
            if self.is_lacking(refused):
                return None
            raise

    def pages(self, rest: str, right: Right, limit: int, **parameters: Parameter) -> Iterator[Page]:
        """The pages of a list of this project."""
        return self.client.pages(self.path(rest), right, limit, **parameters)

    def everything(self, rest: str, right: Right, **parameters: Parameter) -> tuple[Node, ...]:
        """A whole list of this project."""
        return self.client.everything(self.path(rest), right, **parameters)

    def query(self, query: GitlabQuery, **variables: Variable) -> Node:
        """The ``project`` object that ``query`` (of ``$path``) answers."""
        data = self.client.query(query, self.full_name, {"path": self.full_name, **variables})
        found = data.node_or_none("project")
        if found is None:
            raise Unreadable(Why.AMBIGUOUS_404, f"{data.where}: no project", query.right.closes)
        return found

    def series(self, listing: GitlabList, since: datetime, check: Callable[[Node], object]) -> Reading:
        """What ``listing`` holds from ``since`` on, as far as it is not kept from earlier scans.

        ``check`` raises Unreadable for an entry that cannot be understood: nothing of its page is kept.
        """
        told = sign(self._shown(listing.field))

        def turn(cursor: str | None) -> Sheet:
            asked = parameters_before(cursor)
            page = next(self.pages(listing.rest, listing.right, 1, **asked))
            return whole_page(listing, page, self._details(listing, page), told.total, check)

        name = list_name(listing, self.client.address, self._lasting)
        return self._kept.read(name, Wanted(since, listing.most, told, rises=True), turn)

    def _details(self, listing: GitlabList, page: Page) -> dict[int, Node]:
        """What the query of ``listing`` tells of each entry of a page; what GitLab leaves out is missing."""
        iids = [node.number("iid") for node in page.items]
        read: dict[int, Node] = {}
        for start in range(0, len(iids), listing.batch):
            project = self.query(listing.query, iids=[str(iid) for iid in iids[start : start + listing.batch]])
            listed = project.node_or_none(listing.field)
            if listed is None:
                raise Unreadable(Why.AMBIGUOUS_404, f"{project.where}: no {listing.field}", listing.right.closes)
            for node in listed.nodes("nodes"):
                iid = node.scalar_or("iid", "")
                if iid.isascii() and iid.isdigit() and len(iid) < 12:
                    read[int(iid)] = node
        return read

    def who(self, user: Node | None) -> tuple[str, bool]:
        """Pseudonym and whether it is a machine, of a user (None: a deleted account)."""
        name = "ghost" if user is None else user.text("username").lower()
        identity = f"gitlab:{name}"
        told = self._pseudonyms.machine(identity)
        return self._pseudonyms.of(identity), is_machine(name) if told is None else told


class GitlabGroupSource:
    """One group. ``repositories`` is the number that the listing showed."""

    def __init__(self, client: Gitlab, login: str, repositories: int) -> None:
        self.client = client
        self.login = login
        self.repositories = repositories
        self._path = f"/groups/{quote(login, safe='')}"

    def path(self, rest: str = "") -> str:
        """The REST path of this group followed by ``rest``."""
        return self._path + rest

    def record(self) -> Node:
        """The group's own record; Unreadable(UNSUPPORTED) for what is no group that can be seen."""
        try:
            told = self.client.get(self._path, GROUP_MEMBER, with_projects="false")
        except Refused as refused:
            if refused.status == 404:
                raise Unreadable(Why.UNSUPPORTED, f"{self.login} is not a group that can be seen") from None
            raise
        return Node(told, f"GET {self._path}")

    def query(self, query: GitlabQuery, **variables: Variable) -> Node:
        """The ``group`` object that ``query`` (of ``$path``) answers."""
        data = self.client.query(query, self.login, {"path": self.login, **variables})
        found = data.node_or_none("group")
        if found is None:
            raise Unreadable(Why.AMBIGUOUS_404, f"{data.where}: no group", query.right.closes)
        return found
