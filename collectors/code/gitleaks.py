"""The JSON report of gitleaks as values that never leave memory."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from scanner.core.text import clean


@dataclass(frozen=True, slots=True)
class Leak:
    """One line of gitleaks' report, its value still in it: never stored, never printed."""

    rule: str
    path: str
    line: int
    commit: str
    committed_at: datetime | None
    decoded: bool
    value: str

    def __repr__(self) -> str:
        return f"Leak({self.rule} in {self.path})"


def parse(report: bytes) -> tuple[Leak, ...]:
    """The leaks of a JSON report. Raises ValueError when it is not one; never with its content in the message."""
    try:
        listed = json.loads(report or b"[]")
        return tuple(_leak(item) for item in listed or [])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ValueError("the report of gitleaks cannot be read") from None


def _leak(item: Mapping[str, object]) -> Leak:
    tags, line, value = item.get("Tags"), item["StartLine"], item["Secret"]
    if not isinstance(line, int) or not isinstance(value, str):
        raise TypeError
    return Leak(
        rule=clean(str(item["RuleID"]), 60),
        path=clean(str(item["File"]), 1000),
        line=line,
        commit=clean(str(item["Commit"]), 64),
        committed_at=_instant(str(item.get("Date", ""))),
        decoded=isinstance(tags, list) and any(str(tag).startswith("decoded") for tag in tags),
        value=value,
    )


def _instant(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
