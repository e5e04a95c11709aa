"""Keyed pseudonyms for people and keyed hashes for secrets; the key stays with the user."""

from __future__ import annotations

import hashlib
import hmac
import os
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Pseudonyms:
    """HMAC-SHA-256 under one key per engagement: the same person is the same pseudonym in every rescan."""

    key: bytes = field(repr=False)

    def of(self, identity: str) -> str:
        """The pseudonym ("p-" and 12 hex digits) of a merged identity such as an address or ``github:login``."""
        return "p-" + self._hash("person", identity)[:12]

    def secret(self, value: str) -> str:
        """A 16-digit keyed hash of a found secret: tells two apart without telling either."""
        return self._hash("secret", value)[:16]

    def _hash(self, purpose: str, text: str) -> str:
        message = f"{purpose}\0{text}".encode("utf-8", "backslashreplace")
        return hmac.new(self.key, message, hashlib.sha256).hexdigest()


def load_key(folder: Path, engagement: str) -> bytes:
    """The engagement's key from ``folder``, made (0600, 32 random bytes) when there is none yet."""
    path = _path(folder, engagement)
    if not path.exists():
        keep_key(folder, engagement, os.urandom(32))
    return path.read_bytes()


def keep_key(folder: Path, engagement: str, key: bytes) -> None:
    """Keep ``key`` as the engagement's, readable by its owner alone; an existing key stays."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        handle = os.open(_path(folder, engagement), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "wb") as file:
        file.write(key)


def _path(folder: Path, engagement: str) -> Path:
    return folder / (hashlib.sha256(engagement.encode()).hexdigest()[:24] + ".key")
