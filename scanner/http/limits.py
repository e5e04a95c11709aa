"""How much a conversation with a forge may cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of every call; whatever exceeds them becomes a hole, never a hang.

    ``exchange_seconds`` is one request with its answer, ``call_seconds`` a call with its retries and
    waits, ``wait_seconds`` the longest single wait a forge may ask for, ``body_bytes`` the longest
    answer (unpacked), ``pages`` the most pages of a list, ``tries`` and ``redirects`` per call.
    """

    exchange_seconds: float = 30.0
    call_seconds: float = 300.0
    wait_seconds: float = 120.0
    body_bytes: int = 20_000_000
    pages: int = 100
    tries: int = 5
    redirects: int = 3
