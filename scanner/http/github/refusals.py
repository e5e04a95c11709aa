"""What GitHub's refusals mean: which hole each one leaves, and how long it asks to wait."""

from __future__ import annotations

import json
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from scanner.core.evidence import Unreadable, Why
from scanner.core.text import clean
from scanner.http.github.permissions import Permission
from scanner.http.wire import Answer

SECONDARY_WAIT_SECONDS = 60.0
"""GitHub's advice when a secondary limit names no time.

https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api
"""


class Refused(Unreadable):
    """GitHub answered, but not with what was asked. ``said`` is its message, cleaned."""

    def __init__(self, why: Why, detail: str, closes: str, status: int, said: str, wait_seconds: float | None) -> None:
        super().__init__(why, detail, closes)
        self.status = status
        self.said = said
        self.wait_seconds = wait_seconds


class GithubDenied(Refused):
    """The token itself is refused (401): nothing more can be read from this forge."""


def refusal(answer: Answer, label: str, permission: Permission, now: float) -> Refused | None:
    """The hole that ``answer`` leaves, or None when it is a good answer. ``now`` is epoch seconds.

    401 denies the token; 403 and 429 with signs of a limit are RATE_LIMITED; other 403 and 451 are
    FORBIDDEN; 404 and 410 AMBIGUOUS_404, since GitHub hides what a token may not see; 5xx, 202 and
    unfollowed redirects UNREACHABLE; other refusals UNSUPPORTED.
    """
    status = answer.status
    if status in (200, 204):
        return None
    said = _message(answer.body)
    detail = f"{label} answered {status}" + (f": {said}" if said else "")
    wait = None
    closes = ""
    kind = Refused
    if status == 401:
        kind, why, closes = GithubDenied, Why.FORBIDDEN, "a valid token in ASSAY_GITHUB_TOKEN"
    elif status == 429 or (status == 403 and _limited(answer.headers, said)):
        why, wait, closes = Why.RATE_LIMITED, _wait(answer.headers, now), "scan again after the limit has passed"
    elif status in (403, 451):
        why, closes = Why.FORBIDDEN, permission.closes
    elif status in (404, 410):
        why, closes = Why.AMBIGUOUS_404, permission.closes
    elif status >= 500 or status < 400:
        why = Why.UNREACHABLE
    else:
        why = Why.UNSUPPORTED
    return kind(why, detail, closes, status, said, wait)


def _message(body: bytes) -> str:
    try:
        value = json.loads(body[:100_000])
    except (ValueError, RecursionError):
        return ""
    message = value.get("message") if isinstance(value, dict) else None
    return clean(message, 200) if isinstance(message, str) else ""


def _limited(headers: Mapping[str, str], said: str) -> bool:
    lowered = said.lower()
    return (
        headers.get("x-ratelimit-remaining") == "0"
        or "retry-after" in headers
        or "rate limit" in lowered
        or "abuse detection" in lowered
    )


def _wait(headers: Mapping[str, str], now: float) -> float:
    """Seconds to wait, at least 1: Retry-After, else until X-RateLimit-Reset by the server's own clock."""
    after = headers.get("retry-after", "").strip()
    if after.isascii() and after.isdigit():
        return max(1.0, float(after[:9]))
    reset = headers.get("x-ratelimit-reset", "").strip()
    if headers.get("x-ratelimit-remaining") == "0" and reset.isascii() and reset.isdigit():
        return max(1.0, float(reset[:12]) - _server_time(headers, now) + 1)
    return SECONDARY_WAIT_SECONDS


def _server_time(headers: Mapping[str, str], now: float) -> float:
    try:
        return parsedate_to_datetime(headers["date"]).timestamp()
    except (KeyError, ValueError, TypeError, OverflowError):
        return now
