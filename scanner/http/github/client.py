"""The GitHub client: REST through PyGithub, GraphQL through httpx, both over one bounded wire."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import parse_qs, quote, urlsplit

from scanner.core.evidence import Unreadable, Why
from scanner.core.text import clean
from scanner.http.calls import Calls
from scanner.http.conversation import Conversation
from scanner.http.forge import ListedRepository, Page
from scanner.http.github.graphql import Query, Variable, graphql_url, judge, request
from scanner.http.github.listing import list_account, list_one
from scanner.http.github.permissions import METADATA, Permission
from scanner.http.github.refusals import refusal
from scanner.http.limits import Limits
from scanner.http.refused import Refused
from scanner.http.secret import Credential, Secret
from scanner.http.shape import Node, nodes, parse_json
from scanner.http.traffic import Traffic
from scanner.http.wire import Answer, Request, Wire, admitted

API_URL = "https://api.github.com"
API_VERSION = "2022-11-28"
USER_AGENT = "assay"
Parameter = str | int


@dataclass(frozen=True, slots=True)
class GithubSettings:
    """Where GitHub is and how to speak with it. ValueError for an address that no token may be sent to.

    ``told`` says whose token it is where that is not plain, to be told to the user.
    """

    api_url: str = API_URL
    token: Credential | None = None
    limits: Limits = field(default_factory=Limits)
    conversation: Conversation = field(default_factory=Conversation)
    told: str = ""

    def __post_init__(self) -> None:
        admitted(self.api_url, self.token)


@dataclass(frozen=True, slots=True)
class Preflight:
    """What the token is and how much it may still ask. ``scopes`` is None for tokens without scopes (fine-grained).

    The rate figures are None where the server sets no limit; resets are epoch seconds. ``expires`` is the day and hour
    at which the token ends, as GitHub says it, empty when it does not end.
    """

    api_url: str
    login: str
    scopes: tuple[str, ...] | None
    rate_limit: int | None
    rate_remaining: int | None
    graphql_remaining: int | None
    rate_reset: int | None
    graphql_limit: int | None = None
    graphql_reset: int | None = None
    kind: str = ""
    expires: str = ""


_KINDS = {
    "ghp_": "a classic token",
    "github_pat_": "a fine-grained token",
    "ghs_": "a token of a GitHub App's installation, or of a workflow's run",
    "gho_": "a token of the gh program or another OAuth app",
    "ghu_": "a GitHub App's token for a person",
}


def kind_of(token: str, scopes: tuple[str, ...] | None) -> str:
    """What kind of token ``token`` is by its form, else by whether GitHub tells ``scopes``."""
    named = next((kind for start, kind in _KINDS.items() if token.startswith(start)), "")
    return named or ("a token of unknown form" if scopes is None else "a classic token")


class Github:
    """A read-only, bounded conversation with one GitHub. Every failure is Unreadable; GithubDenied ends it all.

    ``sleep`` and ``now`` (epoch seconds) are arguments for tests.
    """

    def __init__(
        self,
        settings: GithubSettings,
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.api_url = settings.api_url.rstrip("/")
        self._token = settings.token
        self._limits = settings.limits
        self._wire = Wire(self.api_url, settings.token, settings.limits, USER_AGENT, settings.conversation, now)
        self._calls = Calls(self._wire, settings.limits, sleep, now)
        self._prefix = urlsplit(self.api_url).path
        self._root = self.api_url.removesuffix(self._prefix)
        self._permission = METADATA
        self._unlisted = 0
        from scanner.http.github.rest import (
            requester,
        )  # PyGithub is slow to import and an offline scan needs none of it

        self._requester = requester(self.api_url, self._fetch, USER_AGENT, API_VERSION)

    def __repr__(self) -> str:
        return f"Github({self.api_url})"

    @property
    def address(self) -> str:
        """The API's base address."""
        return self.api_url

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def requests(self) -> int:
        """Requests sent so far, retries included."""
        return self._calls.requests

    @property
    def traffic(self) -> Traffic:
        """What was asked so far, and what the limits leave."""
        return self._calls.traffic

    def release(self) -> None:
        """Let go of shared files, as must be done before the process is forked; the next request opens them again."""
        self._wire.release()

    def close(self) -> None:
        """Close the connections."""
        self._wire.close()

    def get(self, path: str, permission: Permission, **parameters: Parameter) -> object:
        """The JSON answer to GET ``path``, None when it has no content."""
        return self._get(path, permission, parameters)[1]

    def pages(
        self, path: str, permission: Permission, key: str = "", limit: int | None = None, **parameters: Parameter
    ) -> Iterator[Page]:
        """Every page of a list, at most ``limit`` of them (the last says ``more`` when it was cut)."""
        seen: set[str] = set()
        following, given = path, {"per_page": 100} | dict(parameters)
        for _ in range(min(limit or self._limits.pages, self._limits.pages)):
            seen.add(following)
            page, following = self._page(following, permission, key, given)
            yield page
            given = {}
            if not following:
                return
            if following in seen:
                raise Unreadable(Why.UNPARSABLE, f"the pages of GET {path} lead in a circle")

    def everything(self, path: str, permission: Permission, **parameters: Parameter) -> tuple[Node, ...]:
        """A whole list; Unreadable(TOO_LARGE) when it does not end."""
        items: list[Node] = []
        more = False
        for page in self.pages(path, permission, "", None, **parameters):
            items += page.items
            more = page.more
        if more:
            raise Unreadable(Why.TOO_LARGE, f"GET {path} has more than {len(items):,} entries")
        return tuple(items)

    def count(self, path: str, permission: Permission, **parameters: Parameter) -> int:
        """The length of a list, from one request: with one item a page, the number of the last page."""
        headers, value = self._get(path, permission, parameters | {"per_page": 1})
        from requests.utils import parse_header_links

        for link in parse_header_links(headers.get("link", "")):
            if link.get("rel") == "last":
                last = parse_qs(urlsplit(link.get("url", "")).query).get("page", [""])[0]
                if last.isascii() and last.isdigit() and len(last) < 10:
                    return int(last)
                raise Unreadable(Why.UNPARSABLE, f"GET {path} does not say how many pages it has")
        return len(nodes(value, f"GET {path}"))

    def query(self, query: Query, about: str, variables: Mapping[str, Variable]) -> Node:
        """The ``data`` of one GraphQL query about ``about``; partial answers with errors are refused."""
        url = graphql_url(self.api_url)
        answer = self._calls.call(lambda n: request(url, query, variables, about, n), judge, query.permission)
        label = f"POST /graphql {query.name}({about})"
        return Node(parse_json(answer.body, label), label).node("data")

    @property
    def most_pages(self) -> int:
        """The most pages of a list that are read."""
        return self._limits.pages

    def repositories(self, target: str) -> tuple[ListedRepository, ...]:
        """The repository ORG/REPO, or all of the account ORG, by name. A personal account shows its public ones.

        GraphQL tells them with their records, for tokens only; where it does not, REST lists them without.
        """
        account, _, name = target.partition("/")
        if not account or "/" in name or target.endswith("/"):
            raise ValueError(f"{target!r} is neither ORG nor ORG/REPO")
        self._unlisted = 0
        if self._token is not None:
            with suppress(Unreadable):
                if name:
                    return (list_one(self.query, account, name),)
                found = list_account(self.query, account, 2 * self._limits.pages)
                self._unlisted = found.missing
                return found.repositories
        return self._listed(account, name)

    @property
    def unlisted(self) -> int:
        """How many repositories the last listing counted and did not show; 0 where GitHub does not count (REST)."""
        return self._unlisted

    def _listed(self, account: str, name: str) -> tuple[ListedRepository, ...]:
        """The same from REST."""
        where = quote(account, safe="")
        if name:
            path = f"/repos/{where}/{quote(name, safe='')}"
            return (_listed(Node(self.get(path, METADATA), f"GET {path}")),)
        try:
            found = self.everything(f"/orgs/{where}/repos", METADATA, type="all")
        except Refused as refused:
            if refused.status != 404:
                raise
            found = self.everything(f"/users/{where}/repos", METADATA, type="owner")
        return tuple(sorted((_listed(n) for n in found), key=lambda r: r.full_name))

    def clone_header(self) -> tuple[str, Secret] | None:
        """The address prefix of clones and the HTTP header that opens them (for git's http.<url>.extraHeader)."""
        if self._token is None:
            return None
        host = "https://github.com" if self.api_url == API_URL else self._root
        basic = base64.b64encode(f"x-access-token:{self._token.reveal()}".encode()).decode()
        return f"{host}/", Secret(f"Authorization: Basic {basic}")

    def preflight(self) -> Preflight:
        """Who the token is and what it may still ask; GithubDenied when it is not valid."""
        try:
            limits = Node(self.get("/rate_limit", METADATA), "GET /rate_limit").node("resources")
        except Refused as refused:
            if refused.status != 404:
                raise
            limits = None
        core = limits.node("core") if limits else None
        graphql = limits.node_or_none("graphql") if limits else None
        login, scopes, expires = self._identity() if self._token else ("", None, "")
        return Preflight(
            self.api_url,
            login,
            scopes,
            core.number("limit") if core else None,
            core.number("remaining") if core else None,
            graphql.number("remaining") if graphql else None,
            core.number("reset") if core else None,
            graphql.number("limit") if graphql else None,
            graphql.number("reset") if graphql else None,
            kind_of(self._token.reveal(), scopes) if self._token else "no token",
            expires,
        )

    def _identity(self) -> tuple[str, tuple[str, ...] | None, str]:
        """Login, scopes and end of the token; an installation has neither login nor scopes."""
        try:
            headers, value = self._get("/user", METADATA, {})
        except Refused as refused:
            if refused.hole.why is not Why.FORBIDDEN or refused.status == 401:
                raise
            return "", None, ""
        given = headers.get("x-oauth-scopes")
        scopes = None if given is None else tuple(s.strip() for s in given.split(",") if s.strip())
        expires = clean(headers.get("github-authentication-token-expiration", ""), 40)
        return Node(value, "GET /user").text("login"), scopes, expires

    def _get(
        self, path: str, permission: Permission, parameters: Mapping[str, Parameter]
    ) -> tuple[dict[str, str], object]:
        self._permission = permission
        headers, value = self._requester.requestJsonAndCheck("GET", path, parameters=dict(parameters))
        return {str(k): str(v) for k, v in headers.items()}, value

    def _page(
        self, path: str, permission: Permission, key: str, parameters: Mapping[str, Parameter]
    ) -> tuple[Page, str]:
        """One page, and the path of the next one (empty: none)."""
        headers, value = self._get(path, permission, parameters)
        where = f"GET {path.partition('?')[0]}"
        following = self._next(headers.get("link", ""), where)
        if not key:
            return Page(nodes(value, where), bool(following), None), following
        whole = Node(value, where)
        return Page(whole.nodes(key), bool(following), whole.number("total_count")), following

    def _fetch(self, path: str) -> Answer:
        from scanner.http.github.rest import is_json

        label = f"GET {path.partition('?')[0].removeprefix(self._prefix)}"
        headers = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": API_VERSION}
        asked = Request(self._root + path, label, headers)
        answer = self._calls.call(lambda _: asked, _judge, self._permission)
        if answer.status != 204 and not is_json(answer):
            raise Unreadable(Why.UNPARSABLE, f"{label} did not answer with JSON")
        return answer

    def _next(self, link: str, where: str) -> str:
        from requests.utils import parse_header_links

        for one in parse_header_links(link) if link else ():
            if one.get("rel") == "next":
                url = one.get("url", "")
                path = url.removeprefix(self._root)
                if self._wire.refuses(url) or not path.startswith(self._prefix + "/"):
                    raise Unreadable(Why.UNREACHABLE, f"the next page of {where} is on another host, which is refused")
                return path.removeprefix(self._prefix)
        return ""


def _judge(answer: Answer, asked: Request, permission: Permission, now: float) -> Refused | None:
    return refusal(answer, asked.label, permission, now)


def _listed(node: Node) -> ListedRepository:
    return ListedRepository(
        full_name=node.text("full_name"),
        clone_url=node.text("clone_url", 2000),
        default_branch=node.text_or("default_branch"),
        archived=node.flag_or_false("archived"),
        fork=node.flag("fork"),
        private=node.flag("private"),
        size_kb=node.number("size"),
        pushed_at=node.moment_or_none("pushed_at"),
        node_id=node.text_or("node_id"),
        topics=node.texts("topics"),
        visibility=node.text_or("visibility"),
    )
