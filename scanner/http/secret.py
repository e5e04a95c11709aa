"""A value that must never be printed."""

from __future__ import annotations


class Secret:
    """A credential. Its text form is always ``***``; only `reveal` gives the value."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        if not value.strip() or not value.isascii() or not value.isprintable():
            raise ValueError("a credential is a non-empty line of printable ASCII")
        self._value = value

    def __repr__(self) -> str:
        return "***"

    def reveal(self) -> str:
        """The value itself, for the one place that sends it."""
        return self._value

    def hide(self, text: str) -> str:
        """``text`` with every occurrence of the value replaced by ``***``."""
        return text.replace(self._value, "***")
