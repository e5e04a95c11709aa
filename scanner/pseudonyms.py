"""Keyed pseudonyms for people and keyed hashes for secrets; the key stays with the user."""

from __future__ import annotations

import hashlib
import hmac
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from scanner.core.evidence import Unreadable, Why
from scanner.files import read_plain
from scanner.people import NOBODY, PeopleMap

_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Pseudonyms:
    """HMAC-SHA-256 under one key per engagement: the same person is the same pseudonym in every rescan.

    ``people`` says which identities are one person, whichever source they come from.
    """

    key: bytes = field(repr=False)
    people: PeopleMap = field(default=NOBODY, repr=False)

    def of(self, identity: str) -> str:
        """The pseudonym ("p-" and 12 hex digits) of a merged identity such as an address or ``github:login``."""
        return "p-" + self._hash("person", self.people.canonical(identity))[:12]

    def machine(self, identity: str) -> bool | None:
        """Whether the user says that ``identity`` is no person (bot, agent, shared account); None: the user says nothing."""
        sort = self.people.sort(identity)
        return None if sort is None else sort != "person"

    def secret(self, value: str) -> str:
        """A 16-digit keyed hash of a found secret: tells two apart without telling either."""
        return self._hash("secret", value)[:16]

    def _hash(self, purpose: str, text: str) -> str:
        message = f"{purpose}\0{text}".encode("utf-8", "backslashreplace")
        return hmac.new(self.key, message, hashlib.sha256).hexdigest()


def load_key(folder: Path, engagement: str) -> bytes:
    """The engagement's key from ``folder``, made (0600, 32 random bytes) when there is none yet.

    Raises Unreadable when it cannot be kept or read, or is not 32 bytes long: an empty key would hide nobody.
    """
    path = _path(folder, engagement)
    try:
        if not path.exists():
            keep_key(folder, engagement, os.urandom(_KEY_BYTES))
        key = read_plain(path, _KEY_BYTES + 1)
    except OSError as error:
        raise Unreadable(
            Why.FORBIDDEN,
            f"the key of pseudonyms {path} cannot be kept or read: {error.strerror}",
            f"write permission on {folder}",
        ) from None
    if len(key) != _KEY_BYTES:
        raise Unreadable(
            Why.CORRUPT, f"the key of pseudonyms {path} is damaged", "restore it; without it every pseudonym changes"
        )
    return key


def keep_key(folder: Path, engagement: str, key: bytes) -> None:
    """Keep ``key`` as the engagement's, readable by its owner alone; an existing key stays."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.NamedTemporaryFile(dir=folder) as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(file.name, _path(folder, engagement))


def _path(folder: Path, engagement: str) -> Path:
    return folder / (hashlib.sha256(engagement.encode()).hexdigest()[:24] + ".key")
