"""Finding names in the shipped tables of vendors and tools."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import get_args

from collectors.data import load_table
from collectors.parsing import mapping, several, text
from scanner.facts.dependencies import Purpose


class Names:
    """A set of names and patterns with ``*`` at the start or the end, compared in lower case."""

    def __init__(self, patterns: Iterable[str]) -> None:
        lowered = [p.lower() for p in patterns]
        self._exact = frozenset(p for p in lowered if "*" not in p)
        self._prefixes = tuple(p[:-1] for p in lowered if p.endswith("*") and "*" not in p[:-1])
        self._inner = tuple(
            re.compile(re.escape(p).replace(r"\*", "[^/]{0,200}")) for p in lowered if p.startswith("*")
        )

    def __contains__(self, name: str) -> bool:
        lowered = name.lower()
        exact = lowered in self._exact or lowered.replace("_", "-").replace(".", "-") in self._exact
        return exact or lowered.startswith(self._prefixes) or any(p.match(lowered) for p in self._inner)


@dataclass(frozen=True, slots=True)
class VendorNames:
    """One vendor and the names that show it."""

    vendor: str
    purpose: Purpose
    packages: Names
    providers: Names
    actions: Names
    images: Names


@cache
def vendors() -> tuple[VendorNames, ...]:
    """The shipped table of vendors, in its order."""
    rows = [mapping(r) for r in several(load_table("vendors.toml")["vendors"])]
    return tuple(
        VendorNames(
            text(row["name"]), purpose, *(Names(text(n) for n in several(row.get(k))) for k in ("packages", "providers", "actions", "images"))
        )
        for row in rows
        for purpose in get_args(Purpose)
        if row.get("purpose") == purpose
    )  # fmt: skip


@cache
def tools() -> tuple[tuple[str, Names], ...]:
    """The shipped table of uses and the packages that serve them."""
    return tuple(
        (use, Names(text(n) for n in several(names))) for use, names in sorted(load_table("toolkit.toml").items())
    )
