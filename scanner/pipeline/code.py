"""What our own code contributes to a result: digests of packages, so that what is kept never outlives what made it."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable

_READ = (".py", ".j2", ".css", ".typ", ".toml", ".json")


def tool_version() -> str:
    """The installed version of assay."""
    try:
        return version("assay")
    except PackageNotFoundError:
        return "0.0.0+source"


@cache
def code_digest(*packages: str) -> str:
    """SHA-256 (hex) over the names and contents of every source, template and table of ``packages``."""
    digest = hashlib.sha256()

    def add(folder: Traversable) -> None:
        for entry in sorted(folder.iterdir(), key=lambda e: e.name):
            if entry.is_dir():
                add(entry)
            elif entry.name.endswith(_READ):
                digest.update(entry.name.encode() + b"\0" + entry.read_bytes())

    for package in packages:
        add(files(package))
    return digest.hexdigest()
