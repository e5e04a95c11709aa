"""Reading untrusted JSON: every wrong type is an UNPARSABLE hole that names the place."""

from __future__ import annotations

import json
import math
from datetime import UTC, datetime

from scanner.core.evidence import Unreadable, Why
from scanner.core.text import LIMIT, clean


def parse_json(body: bytes, where: str) -> object:
    """The JSON value in ``body``; Unreadable(UNPARSABLE) when it is cut, nested too deep or something else."""
    try:
        value: object = json.loads(body)
    except (ValueError, RecursionError):
        raise Unreadable(Why.UNPARSABLE, f"{where} did not answer with JSON") from None
    return value


def _kind(value: object) -> str:
    return "null" if value is None else type(value).__name__


class Node:
    """A JSON object with strict accessors; ``where`` names it in messages."""

    __slots__ = ("_fields", "where")

    def __init__(self, value: object, where: str) -> None:
        self.where = where
        if not isinstance(value, dict):
            raise self._wrong("", "an object", value)
        self._fields: dict[str, object] = value

    def _wrong(self, key: str, wanted: str, value: object) -> Unreadable:
        place = f"{self.where}: {key}" if key else self.where
        return Unreadable(Why.UNPARSABLE, f"{place} is {_kind(value)}, not {wanted}")

    def plain(self) -> dict[str, object]:
        """The object as it came, to be kept; nothing of it is checked."""
        return dict(self._fields)

    def has(self, key: str) -> bool:
        """Whether ``key`` is there and not null."""
        return self._fields.get(key) is not None

    def tells(self, key: str) -> bool:
        """Whether ``key`` is there at all, null included: what was not asked for is not."""
        return key in self._fields

    def text(self, key: str, limit: int = LIMIT) -> str:
        """A string, cleaned and cut at ``limit`` characters."""
        return clean(self.raw_text(key), limit)

    def raw_text(self, key: str) -> str:
        """A string as it came, for counting only."""
        value = self._fields.get(key)
        if not isinstance(value, str):
            raise self._wrong(key, "a string", value)
        return value

    def text_or(self, key: str, default: str = "") -> str:
        """A string, or ``default`` when absent or null."""
        return self.text(key) if self.has(key) else default

    def scalar_or(self, key: str, default: str) -> str:
        """A string or whole number, as text; ``default`` when absent or null."""
        value = self._fields.get(key)
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        return self.text_or(key, default)

    def number(self, key: str) -> int:
        """A whole number of at least 0."""
        value = self._fields.get(key)
        if isinstance(value, float) and math.isfinite(value) and value == int(value):
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**63:
            raise self._wrong(key, "a count", value)
        return value

    def flag(self, key: str) -> bool:
        """A boolean."""
        value = self._fields.get(key)
        if not isinstance(value, bool):
            raise self._wrong(key, "a boolean", value)
        return value

    def flag_or_none(self, key: str) -> bool | None:
        """A boolean, or None when absent or null."""
        return self.flag(key) if self.has(key) else None

    def flag_or_false(self, key: str) -> bool:
        """A boolean, False when absent or null."""
        return self.flag(key) if self.has(key) else False

    def moment(self, key: str) -> datetime:
        """An ISO 8601 time with its zone, as UTC."""
        value = self._fields.get(key)
        try:
            parsed = datetime.fromisoformat(value) if isinstance(value, str) else None
        except ValueError:
            parsed = None
        if parsed is None or parsed.tzinfo is None:
            raise self._wrong(key, "a time with a zone", value)
        try:
            return parsed.astimezone(UTC)
        except OverflowError:
            raise self._wrong(key, "a time within the calendar", value) from None

    def moment_or_none(self, key: str) -> datetime | None:
        """A time, or None when absent or null."""
        return self.moment(key) if self.has(key) else None

    def node(self, key: str) -> Node:
        """An object."""
        return Node(self._fields.get(key), f"{self.where}: {key}")

    def node_or_none(self, key: str) -> Node | None:
        """An object, or None when absent or null."""
        return self.node(key) if self.has(key) else None

    def nodes(self, key: str) -> tuple[Node, ...]:
        """A list of objects."""
        return nodes(self._fields.get(key), f"{self.where}: {key}")

    def shown(self, key: str) -> tuple[Node, ...]:
        """The objects of a list; what a forge counts but does not show stands in it as null, and is left out."""
        value = self._fields.get(key)
        told = [item for item in value if item is not None] if isinstance(value, list) else value
        return nodes(told, f"{self.where}: {key}")

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings, cleaned; empty when absent or null."""
        value = self._fields.get(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise self._wrong(key, "a list of strings", value)
        return tuple(clean(v) for v in value)


def nodes(value: object, where: str) -> tuple[Node, ...]:
    """A list of objects; a null among them is refused as well."""
    if not isinstance(value, list):
        raise Unreadable(Why.UNPARSABLE, f"{where} is {_kind(value)}, not a list")
    return tuple(Node(item, f"{where}[{i}]") for i, item in enumerate(value))
