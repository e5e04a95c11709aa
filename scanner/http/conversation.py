"""The terms on which a scan speaks with a forge: cache, pace, what a spent limit means, recording."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path


class OnLimit(StrEnum):
    """What a spent limit does: leaves a HOLE in what was asked, makes the scan WAIT, or makes it STOP."""

    HOLE = "hole"
    WAIT = "wait"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Conversation:
    """The terms of every conversation of one scan with one forge; the defaults keep nothing and share nothing.

    ``folder`` holds the cache of answers and the state that workers share; ``key`` (32 bytes, the user's) names
    tokens and e-mail addresses without telling them; ``concurrency`` bounds the requests in flight of all workers.
    ``record`` keeps every answer below that folder, ``replay`` answers from there and sends nothing.
    """

    folder: Path | None = None
    key: bytes = field(default=b"", repr=False)
    concurrency: int = 8
    on_limit: OnLimit = OnLimit.HOLE
    record: Path | None = None
    replay: Path | None = None

    def namespace(self, base_url: str, credential: str) -> str:
        """A name (32 hex digits) for ``credential`` at ``base_url`` that tells nothing of it without the key."""
        return self._hash("namespace", f"{base_url}\0{credential}")[:32]

    def address(self, email: str) -> str:
        """What stands for an e-mail address in a recording: the same for the same address, in any case."""
        return f"p-{self._hash('address', email.lower())[:12]}@pseudonym.invalid"

    def _hash(self, purpose: str, text: str) -> str:
        return hmac.new(self.key, f"{purpose}\0{text}".encode("utf-8", "backslashreplace"), hashlib.sha256).hexdigest()
