"""Where Assay keeps things, from the environment alone: light, since a scan in which nothing has changed needs no more."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Places:
    """Where Assay keeps things (XDG base directories): database and keys in ``data``, mirrors and blob facts in ``cache``."""

    data: Path
    cache: Path

    @property
    def database_url(self) -> str:
        """The default database."""
        return f"sqlite:///{self.data / 'assay.db'}"

    @property
    def keys(self) -> Path:
        """The folder of pseudonym keys, one per engagement."""
        return self.data / "keys"


def places() -> Places:
    """The user's folders from XDG_DATA_HOME and XDG_CACHE_HOME, or their defaults."""
    home = Path("~").expanduser()
    data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    cache = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    return Places(data / "assay", cache / "assay")


def default_database() -> str:
    """ASSAY_DB, or SQLite in the user's data folder."""
    return os.environ.get("ASSAY_DB") or places().database_url
