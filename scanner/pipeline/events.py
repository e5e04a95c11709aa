"""What a running scan tells whoever watches it."""

from __future__ import annotations

from typing import Protocol

from scanner.core.subjects import Subject


class Watcher(Protocol):
    """Receives progress. Implementations must not raise."""

    def planned(self, repositories: int) -> None:
        """So many repositories will be read."""

    def phase(self, subject: Subject, name: str) -> None:
        """A worker started ``name`` on ``subject``."""

    def ended(self, subject: Subject, outcome: str, detail: str, seconds: float) -> None:
        """``subject`` ended: read, reused, resumed or failed."""

    def step(self, name: str) -> None:
        """The scan as a whole started ``name`` (score, report …)."""


class Silent:
    """A watcher that watches nothing."""

    def planned(self, repositories: int) -> None:
        """Nothing."""

    def phase(self, subject: Subject, name: str) -> None:
        """Nothing."""

    def ended(self, subject: Subject, outcome: str, detail: str, seconds: float) -> None:
        """Nothing."""

    def step(self, name: str) -> None:
        """Nothing."""
