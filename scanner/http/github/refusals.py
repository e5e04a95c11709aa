"""What GitHub's refusals mean: which hole each one leaves, and how long it asks to wait."""

from __future__ import annotations

from collections.abc import Mapping

from scanner.core.evidence import Why
from scanner.http.github.permissions import Permission
from scanner.http.refused import Denied, Refused, message
from scanner.http.traffic import retry_after, server_time
from scanner.http.wire import Answer

SECONDARY_WAIT_SECONDS = 60.0
"""GitHub's advice when a secondary limit names no time.

https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api
"""
SINGLE_SIGN_ON = (
    "authorise the token for the organisation's single sign-on (GitHub: Settings, Developer settings, Configure SSO)"
)


class GithubDenied(Denied):
    """The token itself is refused (401): nothing more can be read from this GitHub."""


def refusal(answer: Answer, label: str, permission: Permission, now: float) -> Refused | None:
    """The hole that ``answer`` leaves, or None when it is a good answer. ``now`` is epoch seconds.

    401 denies the token; 403 and 429 with signs of a limit are RATE_LIMITED; other 403 and 451 are
    FORBIDDEN, with single sign-on named where it is what is missing; 404 and 410 AMBIGUOUS_404, since GitHub hides
    what a token may not see; 409 of an empty repository NO_SUCH_NOTION; 5xx, 202 and unfollowed redirects
    UNREACHABLE; other refusals UNSUPPORTED.
    """
    status = answer.status
    if status in (200, 204):
        return None
    said = message(answer.body, "message")
    detail = f"{label} answered {status}" + (f": {said}" if said else "")
    wait = None
    closes = ""
    kind: type[Refused] = Refused
    if status == 401:
        kind, why, closes = GithubDenied, Why.FORBIDDEN, "a valid token in ASSAY_GITHUB_TOKEN"
    elif status == 429 or (status == 403 and _limited(answer.headers, said)):
        why, wait, closes = Why.RATE_LIMITED, limit_wait(answer.headers, now), "scan again after the limit has passed"
    elif status in (403, 451):
        why, closes = Why.FORBIDDEN, SINGLE_SIGN_ON if _wants_sign_on(answer.headers, said) else permission.closes
    elif status in (404, 410):
        why, closes = Why.AMBIGUOUS_404, permission.closes
    elif status == 409 and "is empty" in said:
        why = Why.NO_SUCH_NOTION
    elif status >= 500 or status < 400:
        why = Why.UNREACHABLE
    else:
        why = Why.UNSUPPORTED
    return kind(why, detail, closes, status, said, wait)


def _limited(headers: Mapping[str, str], said: str) -> bool:
    lowered = said.lower()
    return (
        headers.get("x-ratelimit-remaining") == "0"
        or "retry-after" in headers
        or "rate limit" in lowered
        or "abuse detection" in lowered
    )


def _wants_sign_on(headers: Mapping[str, str], said: str) -> bool:
    return "x-github-sso" in headers or "saml" in said.lower()


def limit_wait(headers: Mapping[str, str], now: float) -> float:
    """Seconds to wait, at least 1: Retry-After, else until X-RateLimit-Reset, both by the server's own clock."""
    after = retry_after(headers, now)
    if after is not None:
        return after
    reset = headers.get("x-ratelimit-reset", "").strip()
    if headers.get("x-ratelimit-remaining") == "0" and reset.isascii() and reset.isdigit():
        return max(1.0, float(reset[:12]) - server_time(headers, now) + 1)
    return SECONDARY_WAIT_SECONDS
