"""A value that must never be printed, and what gives one."""

from __future__ import annotations

from typing import Protocol


class Credential(Protocol):
    """What opens a forge: a token, or something that renews its tokens."""

    @property
    def identity(self) -> str:
        """What tells it from others, the same for as long as it opens the same; no less secret than the value."""

    def reveal(self) -> str:
        """The value to send now; Unreadable when there is none to be had."""


class Secret:
    """A credential. Its text form is always ``***``; only `reveal` gives the value."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        if not value.strip() or not value.isascii() or not value.isprintable():
            raise ValueError("a credential is a non-empty line of printable ASCII")
        self._value = value

    def __repr__(self) -> str:
        return "***"

    @property
    def identity(self) -> str:
        """The value itself: another token may open other things."""
        return self._value

    def reveal(self) -> str:
        """The value itself, for the one place that sends it."""
        return self._value

    def hide(self, text: str) -> str:
        """``text`` with every occurrence of the value replaced by ``***``."""
        return text.replace(self._value, "***")
