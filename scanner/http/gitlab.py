"""GitLab: REST through python-gitlab and a few GraphQL queries, both over one bounded, read-only wire."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import quote, urlsplit

from scanner.core.evidence import Unreadable, Why
from scanner.http.calls import Calls
from scanner.http.conversation import Conversation
from scanner.http.forge import ListedRepository, Page
from scanner.http.limits import Limits
from scanner.http.refused import Denied, Refused, message
from scanner.http.secret import Secret
from scanner.http.shape import Node, nodes, parse_json
from scanner.http.traffic import Traffic, retry_after, server_time
from scanner.http.wire import Answer, Request, Wire, admitted

GITLAB_URL = "https://gitlab.com"
USER_AGENT = "assay"
PER_PAGE = 100
LIMIT_WAIT_SECONDS = 60.0
"""Our wait when a 429 names none: GitLab counts per minute (https://docs.gitlab.com/security/rate_limits/)."""
Parameter = str | int
Variable = str | int | list[str] | None


@dataclass(frozen=True, slots=True)
class Right:
    """A right to read, as the role that holds it; the scope of the token is always read_api."""

    role: str

    @property
    def closes(self) -> str:
        """What to ask of the owner, as the request list prints it."""
        return f"a token with the scope read_api, held by {self.role}"


VISITOR = Right("anyone who may see the project")
REPORTER = Right("a Reporter of the project")
DEVELOPER = Right("a Developer of the project")
MAINTAINER = Right("a Maintainer of the project")
GROUP_MEMBER = Right("a member of the group")
GROUP_OWNER = Right("an Owner of the group")


@dataclass(frozen=True, slots=True)
class GitlabSettings:
    """Where GitLab is and how to speak with it. ValueError for an address that no token may be sent to."""

    url: str = GITLAB_URL
    token: Secret | None = None
    limits: Limits = field(default_factory=Limits)
    conversation: Conversation = field(default_factory=Conversation)

    def __post_init__(self) -> None:
        admitted(self.url, self.token)


@dataclass(frozen=True, slots=True)
class GitlabQuery:
    """One named read-only GraphQL query of a project or group (``$path``); anything else is refused here."""

    name: str
    text: str
    right: Right

    def __post_init__(self) -> None:
        text = self.text.strip()
        if not text.startswith(f"query {self.name}(") or "mutation" in text or "subscription" in text:
            raise ValueError(f"{self.name} is not a single named query")


class Gitlab:
    """A read-only, bounded conversation with one GitLab. Every failure is Unreadable; Denied ends it all.

    ``sleep`` and ``now`` (epoch seconds) are arguments for tests.
    """

    def __init__(
        self,
        settings: GitlabSettings,
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.address = settings.url.rstrip("/")
        self._token = settings.token
        self._limits = settings.limits
        self._wire = Wire(self.address, settings.token, settings.limits, USER_AGENT, settings.conversation, now)
        self._calls = Calls(self._wire, settings.limits, sleep, now)
        self._right = VISITOR
        self._edition: bool | None = None
        from scanner.http.gitlab_library import library  # slow to import, and an offline scan needs none of it

        self._library = library(self.address, PER_PAGE, USER_AGENT, self._fetch)

    def __repr__(self) -> str:
        return f"Gitlab({self.address})"

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

    def get(self, path: str, right: Right, **parameters: Parameter) -> object:
        """The JSON answer to GET ``path`` (below /api/v4)."""
        return self._get(path, right, parameters)[1]

    def pages(self, path: str, right: Right, limit: int | None = None, **parameters: Parameter) -> Iterator[Page]:
        """Every page of a list, at most ``limit`` of them (the last says ``more`` when it was cut).

        The next page is asked for by its number: no address that a server sends is ever followed.
        """
        number = 1
        for _ in range(min(limit or self._limits.pages, self._limits.pages)):
            headers, value = self._get(path, right, {**parameters, "per_page": PER_PAGE, "page": number})
            items = nodes(value, f"GET {path}")
            told = "x-next-page" in headers
            following = _whole(headers.get("x-next-page", ""))
            more = following is not None or (not told and len(items) >= PER_PAGE)
            yield Page(items, more, _whole(headers.get("x-total", "")))
            if following is None:
                return
            if following <= number:
                raise Unreadable(Why.UNPARSABLE, f"the pages of GET {path} lead in a circle")
            number = following

    def everything(self, path: str, right: Right, **parameters: Parameter) -> tuple[Node, ...]:
        """A whole list; Unreadable(TOO_LARGE) when it does not end."""
        items: list[Node] = []
        more = False
        for page in self.pages(path, right, None, **parameters):
            items += page.items
            more = page.more
        if more:
            raise Unreadable(Why.TOO_LARGE, f"GET {path} has more than {len(items):,} entries")
        return tuple(items)

    def count(self, path: str, right: Right, **parameters: Parameter) -> int:
        """The length of a list as its first answer tells it; TOO_LARGE where GitLab does not count (over 10,000)."""
        total = _whole(self._get(path, right, {**parameters, "per_page": 1})[0].get("x-total", ""))
        if total is None:
            raise Unreadable(Why.TOO_LARGE, f"GET {path} does not say how many entries it has")
        return total

    def query(self, query: GitlabQuery, about: str, variables: Mapping[str, Variable]) -> Node:
        """The ``data`` of one GraphQL query about ``about``; partial answers with errors are refused."""
        label = f"POST /api/graphql {query.name}({about})"
        body = json.dumps({"query": query.text, "operationName": query.name, "variables": dict(variables)})
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        asked = Request(f"{self.address}/api/graphql", label, headers, body.encode())
        answer = self._calls.call(lambda _: asked, self._judge, query.right)
        return Node(parse_json(answer.body, label), label).node("data")

    def is_community_edition(self) -> bool:
        """Whether GitLab says that it is the edition without paid features; False when it does not say. Asked once."""
        if self._edition is None:
            self._edition = True
            try:
                told = Node(self.get("/metadata", VISITOR), "GET /metadata")
                self._edition = told.flag_or_none("enterprise") is not False
            except Unreadable:
                pass
        return not self._edition

    def repositories(self, target: str) -> tuple[ListedRepository, ...]:
        """The project GROUP/PROJECT, or all of a group with its sub-groups, or of a user, by name."""
        where = quote(target, safe="")
        if "/" in target:
            try:
                return (_listed(Node(self.get(f"/projects/{where}", VISITOR), f"GET /projects/{where}")),)
            except Refused as refused:
                if refused.status != 404:
                    raise
        try:
            found = self.everything(f"/groups/{where}/projects", VISITOR, include_subgroups="true", with_shared="false")
        except Refused as refused:
            if refused.status != 404 or "/" in target:
                raise
            found = self.everything(f"/users/{where}/projects", VISITOR)
        return tuple(sorted((_listed(node) for node in found), key=lambda r: r.full_name))

    @property
    def unlisted(self) -> int:
        """Always 0: GitLab shows every project that it counts, or refuses."""
        return 0

    def clone_header(self) -> tuple[str, Secret] | None:
        """The address prefix of clones and the HTTP header that opens them (for git's http.<url>.extraHeader)."""
        if self._token is None:
            return None
        parts = urlsplit(self.address)
        basic = base64.b64encode(f"oauth2:{self._token.reveal()}".encode()).decode()
        return f"{parts.scheme}://{parts.netloc}/", Secret(f"Authorization: Basic {basic}")

    def _get(self, path: str, right: Right, parameters: Mapping[str, Parameter]) -> tuple[Mapping[str, str], object]:
        self._right = right
        response = self._library.http_request("get", path, query_data=dict(parameters))
        return {k.lower(): v for k, v in response.headers.items()}, parse_json(response.content, f"GET {path}")

    def _fetch(self, url: str) -> Answer:
        path = url.partition("?")[0].removeprefix(f"{self.address}/api/v4")
        asked = Request(url, f"GET {path}", {"Accept": "application/json"})
        return self._calls.call(lambda _: asked, self._judge, self._right)

    def _judge(self, answer: Answer, asked: Request, right: Right, now: float) -> Refused | None:
        refused = refusal(answer, asked.label, right, now, with_token=self._token is not None)
        if refused is not None or asked.body is None or b'"errors"' not in answer.body:
            return refused
        try:
            errors = Node(parse_json(answer.body, asked.label), asked.label).nodes("errors")
            return _refused(errors[0].text_or("message"), asked.label, right) if errors else None
        except Unreadable as problem:
            return Refused(problem.hole.why, problem.hole.detail, "", answer.status, "", None)


def refusal(answer: Answer, label: str, right: Right, now: float, *, with_token: bool) -> Refused | None:
    """The hole that ``answer`` leaves, or None when it is good. ``now`` is epoch seconds.

    401 denies the token (without one: it only asks for one); 403 FORBIDDEN; 404 and 410
    AMBIGUOUS_404, since GitLab hides what a token may not see; 429 RATE_LIMITED; 5xx and unfollowed
    redirects UNREACHABLE; other refusals UNSUPPORTED.
    """
    status = answer.status
    if status == 200:
        return None
    said = message(answer.body, "message", "error_description", "error")
    detail = f"{label} answered {status}" + (f": {said}" if said else "")
    kind: type[Refused] = Refused
    wait, closes = None, ""
    if status == 401 and with_token:
        kind, why, closes = Denied, Why.FORBIDDEN, "a valid token in ASSAY_GITLAB_TOKEN with the scope read_api"
    elif status in (401, 403, 451):
        why, closes = Why.FORBIDDEN, right.closes
    elif status in (404, 410):
        why, closes = Why.AMBIGUOUS_404, right.closes
    elif status == 429:
        why, wait, closes = Why.RATE_LIMITED, _wait(answer.headers, now), "scan again after the limit has passed"
    elif status >= 500 or status < 400:
        why = Why.UNREACHABLE
    else:
        why = Why.UNSUPPORTED
    return kind(why, detail, closes, status, said, wait)


def _refused(said: str, label: str, right: Right) -> Refused:
    """The hole of a GraphQL error, which comes with status 200."""
    lowered = said.lower()
    closes = ""
    if "complexity" in lowered or "too large" in lowered:
        why = Why.TOO_LARGE
    elif "doesn't exist on type" in lowered or "doesn't accept argument" in lowered:
        why = Why.UNSUPPORTED
    elif "attempting to access does not exist" in lowered:
        why, closes = Why.AMBIGUOUS_404, right.closes
    else:
        why = Why.UNREACHABLE
    return Refused(why, f"{label} answered with an error: {said or 'unnamed'}", closes, 200, said, None)


def _wait(headers: Mapping[str, str], now: float) -> float:
    """Seconds to wait, at least 1: Retry-After, else until RateLimit-Reset, both by the server's own clock."""
    after, reset = retry_after(headers, now), _whole(headers.get("ratelimit-reset", ""))
    if after is not None:
        return after
    return LIMIT_WAIT_SECONDS if reset is None else max(1.0, reset - server_time(headers, now) + 1)


def _whole(text: str) -> int | None:
    """A whole number in a header; None when it is empty, absent or something else."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 13 else None


def _listed(node: Node) -> ListedRepository:
    statistics = node.node_or_none("statistics")
    return ListedRepository(
        full_name=node.text("path_with_namespace"),
        clone_url=node.text("http_url_to_repo", 2000) if node.has("http_url_to_repo") else "",
        default_branch=node.text_or("default_branch"),
        archived=node.flag_or_false("archived"),
        fork=node.has("forked_from_project"),
        private=node.text_or("visibility") != "public",
        size_kb=statistics.number("repository_size") // 1024 if statistics else 0,
        pushed_at=node.moment_or_none("last_activity_at"),
        node_id=node.scalar_or("id", ""),
        topics=node.texts("topics"),
        visibility=node.text_or("visibility"),
    )
