"""What our own code contributes to a result: digests of packages, so that what is kept never outlives what made it."""

from __future__ import annotations

import hashlib
import os
from functools import cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

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

    def add(folder: str) -> None:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
        for entry in found:
            if entry.is_dir():
                add(entry.path)
            elif entry.name.endswith(_READ):
                with Path(entry.path).open("rb", buffering=0) as file:
                    digest.update(entry.name.encode() + b"\0" + file.read())

    for package in packages:
        for folder in import_module(package).__path__:
            add(folder)
    return digest.hexdigest()
