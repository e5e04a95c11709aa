"""Refusals: a forge answered, but not with what was asked."""

from __future__ import annotations

import json

from scanner.core.evidence import Unknown, Unreadable, Why
from scanner.core.text import clean


class Refused(Unreadable):
    """A forge's refusal. ``said`` is its message, cleaned; ``wait_seconds`` how long it asks to wait."""

    def __init__(self, why: Why, detail: str, closes: str, status: int, said: str, wait_seconds: float | None) -> None:
        super().__init__(why, detail, closes)
        self.status = status
        self.said = said
        self.wait_seconds = wait_seconds


class Denied(Refused):
    """The token itself is refused (401): nothing more can be read from this forge."""


def message(body: bytes, *keys: str) -> str:
    """The first text under one of ``keys`` of a JSON refusal, cleaned; empty when there is none."""
    try:
        value = json.loads(body[:100_000])
    except (ValueError, RecursionError):
        return ""
    found = next((value[k] for k in keys if isinstance(value.get(k), str)), "") if isinstance(value, dict) else ""
    return clean(found, 200)


class LimitReached(BaseException):
    """A forge's limit is spent until ``until`` (epoch seconds by our clock), and the scan is to wait or stop for it.

    No finding about what was asked, therefore no Exception: what is being read ends unread, whoever catches what.
    """

    def __init__(self, until: float, hole: Unknown) -> None:
        super().__init__(hole.detail)
        self.until = until
        self.hole = hole
