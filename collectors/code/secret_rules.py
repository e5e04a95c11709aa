"""The shipped rules of gitleaks: what the sieve must know of them, and what a path alone decides."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from collectors.data import load_table, read_table

TABLE = "gitleaks.toml"
NAMES = (".txt", ".php", ".tf", ".yaml", ".nuget.config", ".bb", "/@octokit/auth-token/README.md")
"""Endings of neutral file names, one for each sort of path that some rule asks for; the first is for all others."""

_RULE = b"\n[[rules]]\n"
_ID = re.compile(rb'id = "([^"]+)"')


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its id, pattern, keywords (lower case; one of them must be near) and the paths it is for (None: all)."""

    id: str
    pattern: str
    keywords: tuple[bytes, ...]
    path: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class SecretRules:
    """All rules. ``by_path`` are those without a pattern; ``digest`` tells two versions of the table apart."""

    digest: str
    rules: tuple[Rule, ...]
    by_path: tuple[Rule, ...]
    ignored: tuple[re.Pattern[str], ...] = field(repr=False)
    asked: tuple[re.Pattern[str], ...] = field(repr=False)

    def skips(self, path: str) -> bool:
        """Whether the global allow-list leaves ``path`` out."""
        return any(pattern.search(path) for pattern in self.ignored)

    def named(self, path: str) -> tuple[str, ...]:
        """The ids of the rules that ``path`` alone breaks."""
        return tuple(r.id for r in self.by_path if r.path is not None and r.path.search(path) and not self.skips(path))

    def name_like(self, path: str) -> str:
        """The first of `NAMES` that every rule treats as it treats ``path``."""
        wanted = self._asks(path)
        return next((name for name in NAMES if self._asks("0" + name) == wanted), NAMES[0])

    def table_of(self, ids: Collection[str]) -> bytes:
        """The shipped table with the rules ``ids`` alone: gitleaks starts faster with few."""
        head, *blocks = read_table(TABLE).split(_RULE)
        return _RULE.join([head, *(block for block in blocks if _id(block) in ids)])

    def _asks(self, path: str) -> list[bool]:
        return [bool(pattern.search(path)) for pattern in self.asked]


@cache
def secret_rules() -> SecretRules:
    """The shipped rules."""
    table = load_table(TABLE)
    listed = [_mapping(rule) for rule in _sequence(table["rules"])]
    rules = tuple(_rule(rule) for rule in listed)
    asked = [str(rule["path"]) for rule in listed if "path" in rule and "regex" in rule]
    asked += [path for rule in listed for path in _allowed_paths(rule)]
    return SecretRules(
        digest=hashlib.sha256(read_table(TABLE)).hexdigest(),
        rules=tuple(rule for rule in rules if rule.pattern),
        by_path=tuple(rule for rule in rules if not rule.pattern),
        ignored=_compiled(_texts(_mapping(table["allowlist"]), "paths")),
        asked=_compiled(asked),
    )


def _id(block: bytes) -> str:
    found = _ID.match(block)
    return found[1].decode() if found else ""


def _rule(rule: Mapping[str, object]) -> Rule:
    keywords = tuple(word.lower().encode() for word in _texts(rule, "keywords"))
    path = re.compile(str(rule["path"])) if "path" in rule else None
    return Rule(str(rule["id"]), str(rule.get("regex", "")), keywords, path)


def _allowed_paths(rule: Mapping[str, object]) -> Iterator[str]:
    """One pattern for each allow-list of ``rule`` that asks for paths: any of its own will do."""
    for allowed in _sequence(rule.get("allowlists", [])):
        if paths := _texts(_mapping(allowed), "paths"):
            yield "|".join(f"(?:{path})" for path in paths)


def _compiled(patterns: Sequence[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in patterns)


def _texts(table: Mapping[str, object], key: str) -> list[str]:
    return [str(text) for text in _sequence(table.get(key, []))]


def _sequence(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else []


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}
