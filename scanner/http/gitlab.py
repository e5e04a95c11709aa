"""GitLab: REST through python-gitlab and a few GraphQL queries, both over one bounded, read-only wire."""

from __future__ import annotations

import base64
import json
import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import quote, urlsplit

from scanner.core.evidence import Unreadable, Why
from scanner.http.calls import Calls
from scanner.http.forge import BOT_NAMES, ListedRepository, Page, Pseudonyms
from scanner.http.limits import Limits
from scanner.http.refused import Denied, Refused, message
from scanner.http.secret import Secret
from scanner.http.shape import Node, nodes, parse_json
from scanner.http.wire import Answer, Request, Wire, admitted

GITLAB_URL = "https://gitlab.com"
USER_AGENT = "assay"
PER_PAGE = 100
MAINTAINER_LEVEL = 40
"""GitLab's number for the Maintainer role (https://docs.gitlab.com/api/access_requests/)."""
LIMIT_WAIT_SECONDS = 60.0
"""Our wait when a 429 names none: GitLab counts per minute (https://docs.gitlab.com/security/rate_limits/)."""
_MACHINE = re.compile(r"(?:project|group)_\d+_bot(?:_\w*)?|service_account_\w+|.+[-_]bot|.+\[bot\]")
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
MAINTAINER = Right("a Maintainer of the project")


@dataclass(frozen=True, slots=True)
class GitlabSettings:
    """Where GitLab is and how to speak with it. ValueError for an address that no token may be sent to."""

    url: str = GITLAB_URL
    token: Secret | None = None
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        admitted(self.url, self.token)


@dataclass(frozen=True, slots=True)
class GitlabQuery:
    """One named read-only GraphQL query of a project (``$path``); anything else is refused here."""

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
        self._wire = Wire(self.address, settings.token, settings.limits, USER_AGENT)
        self._calls = Calls(self._wire, settings.limits, sleep, now)
        self._right = VISITOR
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
    """Seconds to wait, at least 1: Retry-After, else until RateLimit-Reset."""
    after, reset = _whole(headers.get("retry-after", "")), _whole(headers.get("ratelimit-reset", ""))
    if after is not None:
        return max(1.0, float(after))
    return LIMIT_WAIT_SECONDS if reset is None else max(1.0, reset - now + 1)


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
    )


class GitlabProjectSource:
    """One project. What it reads by `once` is asked for once only, however many collectors want it."""

    def __init__(self, client: Gitlab, full_name: str, pseudonyms: Pseudonyms) -> None:
        self.client = client
        self.full_name = full_name
        self._pseudonyms = pseudonyms
        self._path = f"/projects/{quote(full_name, safe='')}"
        self._read: dict[str, object] = {}

    def path(self, rest: str = "") -> str:
        """The REST path of this project followed by ``rest``."""
        return self._path + rest

    def label(self, rest: str = "") -> str:
        """The same as evidence names it."""
        return f"GET {self._path}{rest}"

    def once(self, rest: str, right: Right, **parameters: Parameter) -> object:
        """The JSON answer to GET ``rest`` of this project; asked once, a failure is repeated unasked."""
        if rest not in self._read:
            try:
                self._read[rest] = self.client.get(self.path(rest), right, **parameters)
            except Unreadable as problem:
                self._read[rest] = problem
        value = self._read[rest]
        if isinstance(value, Unreadable):
            raise value
        return value

    def record(self) -> Node:
        """The project's own record, with its licence."""
        return Node(self.once("", VISITOR, license="true"), self.label())

    def default_branch(self) -> str:
        """The default branch; Unreadable(UNSUPPORTED) when the project has none."""
        branch = self.record().text_or("default_branch")
        if not branch:
            raise Unreadable(Why.UNSUPPORTED, "the project has no default branch")
        return branch

    def is_maintainer(self) -> bool:
        """Whether GitLab says that this token maintains the project: then what it hides is not there."""
        rights = self.record().node_or_none("permissions")
        grants = [rights.node_or_none(key) for key in ("project_access", "group_access")] if rights else []
        return any(g is not None and g.number("access_level") >= MAINTAINER_LEVEL for g in grants)

    def pages(self, rest: str, right: Right, limit: int, **parameters: Parameter) -> Iterator[Page]:
        """The pages of a list of this project."""
        return self.client.pages(self.path(rest), right, limit, **parameters)

    def query(self, query: GitlabQuery, **variables: Variable) -> Node:
        """The ``project`` object that ``query`` (of ``$path``) answers."""
        data = self.client.query(query, self.full_name, {"path": self.full_name, **variables})
        found = data.node_or_none("project")
        if found is None:
            raise Unreadable(Why.AMBIGUOUS_404, f"{data.where}: no project", query.right.closes)
        return found

    def who(self, user: Node | None) -> tuple[str, bool]:
        """Pseudonym and whether it is a machine, of a user (None: a deleted account)."""
        name = "ghost" if user is None else user.text("username").lower()
        machine = name in BOT_NAMES or _MACHINE.fullmatch(name) is not None
        return self._pseudonyms.of("gitlab:" + name), machine
