"""GraphQL queries, and what GitHub's GraphQL errors mean."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from scanner.core.evidence import Unreadable, Why
from scanner.http.github.permissions import Permission
from scanner.http.github.refusals import SINGLE_SIGN_ON, limit_wait, refusal
from scanner.http.refused import Refused
from scanner.http.shape import Node, parse_json
from scanner.http.wire import Answer, Request

PAGE_SIZE = 100
SMALLEST_PAGE = 25
Variable = str | int | None
_RATE_LIMIT = "rateLimit { cost remaining resetAt }"
"""Free of points. None where the server sets no limit.
https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
"""


@dataclass(frozen=True, slots=True)
class Query:
    """One named read-only GraphQL query; ``permission`` is what a reader needs. Anything else is refused here."""

    name: str
    text: str
    permission: Permission

    def __post_init__(self) -> None:
        text = self.text.strip()
        if not text.startswith(f"query {self.name}(") or "mutation" in text or "subscription" in text:
            raise ValueError(f"{self.name} is not a single named query")

    @property
    def document(self) -> str:
        """The query as it is sent: it also asks what it costs, and what the limit of points leaves."""
        return f"{self.text.strip().removesuffix('}')}  {_RATE_LIMIT}\n}}\n"


class GraphqlRefused(Refused):
    """Errors in place of, or beside, an answer. ``fields`` are the names on their paths in the query."""

    fields: frozenset[str] = frozenset()


def graphql_url(api_url: str) -> str:
    """The GraphQL address that belongs to a REST base: GitHub.com, GitHub Enterprise Server, or a stand-in."""
    base = api_url.rstrip("/")
    return (base.removesuffix("/v3") if base.endswith("/api/v3") else base) + "/graphql"


def request(url: str, query: Query, variables: Mapping[str, Variable], about: str, attempt: int) -> Request:
    """The request of one attempt. Later attempts ask for smaller pages: large ones are what times out at GitHub."""
    sent = dict(variables)
    size = sent.get("size")
    if isinstance(size, int):
        sent["size"] = max(min(size, SMALLEST_PAGE), size >> attempt)
    body = json.dumps({"query": query.document, "operationName": query.name, "variables": sent})
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    return Request(url, f"POST /graphql {query.name}({about})", headers, body.encode())


def judge(answer: Answer, asked: Request, permission: Permission, now: float) -> Refused | None:
    """Like `refusal`, for errors that come with status 200 as well."""
    refused = refusal(answer, asked.label, permission, now)
    if refused is not None or b'"errors"' not in answer.body:
        return refused
    try:
        answered = Node(parse_json(answer.body, asked.label), asked.label)
        errors = answered.nodes("errors") if answered.has("errors") else ()
        return _refused(errors, asked.label, permission, limit_wait(answer.headers, now)) if errors else None
    except Unreadable as problem:
        return Refused(problem.hole.why, problem.hole.detail, "", answer.status, "", None)


def _path(error: Node) -> Iterator[str]:
    """The names on the path of an error; places in lists are left out."""
    path = error.plain().get("path")
    if isinstance(path, list):
        yield from (part for part in path if isinstance(part, str))


def _refused(errors: tuple[Node, ...], label: str, permission: Permission, limit_seconds: float) -> GraphqlRefused:
    """What the first of ``errors`` means."""
    error = errors[0]
    said = error.text_or("message")
    extensions = error.node_or_none("extensions")
    kind = error.text_or("type") or (extensions.text_or("code") if extensions else "")
    wait, closes = None, ""
    if kind in ("RATE_LIMITED", "RATE_LIMIT") or "rate limit" in said.lower():
        why, wait, closes = Why.RATE_LIMITED, limit_seconds, "scan again after the limit has passed"
    elif kind in ("FORBIDDEN", "INSUFFICIENT_SCOPES"):
        why, closes = Why.FORBIDDEN, SINGLE_SIGN_ON if "saml" in said.lower() else permission.closes
    elif kind == "NOT_FOUND":
        why, closes = Why.AMBIGUOUS_404, permission.closes
    elif kind in ("undefinedField", "argumentNotAccepted", "undefinedType", "INVALID_CURSOR_ARGUMENTS"):
        why = Why.UNSUPPORTED
    else:
        why = Why.UNREACHABLE
    detail = f"{label} answered with an error: {said or kind or 'unnamed'}"
    refused = GraphqlRefused(why, detail, closes, 200, said, wait)
    refused.fields = frozenset(name for one in errors for name in _path(one))
    return refused
