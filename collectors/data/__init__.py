"""Shipped tables: facts about the outside world that collectors look things up in."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def read_table(name: str) -> bytes:
    """The bytes of the shipped table ``name``."""
    return files(__name__).joinpath(name).read_bytes()


def load_table(name: str) -> dict[str, object]:
    """The shipped TOML table ``name``."""
    return tomllib.loads(read_table(name).decode("utf-8"))
