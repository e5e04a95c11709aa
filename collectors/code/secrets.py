"""Credentials in the whole history, found by gitleaks under our own rules of the game.

The target's configuration, ignore files and allow-marks are overridden and counted. Values pass from
gitleaks' standard output through memory only: they are hashed under the user's key, compared with the
head and dropped. No report file is ever written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Protocol

from collectors.code.gitleaks import Leak, parse, run, version_of
from collectors.tree.roles import role_of
from scanner.core.collecting import Ask, Collector, Found, found
from scanner.core.evidence import Unknown, Unreadable, Why
from scanner.facts.code import Secret, Secrets
from scanner.facts.tree import Tree
from scanner.repository import Repository
from scanner.tools import find_tool

_HEAD_BYTES = 20_000_000
_FIXTURES = ("test", "documentation", "example")


class Hashing(Protocol):
    """The keyed hash of a secret."""

    def secret(self, value: str) -> str:
        """A keyed hash of ``value``."""


def judge(leaks: Sequence[Leak], heads: Mapping[str, bytes | None], hashing: Hashing) -> tuple[Secret, ...]:
    """One secret per value, kind and path: where it first came in, and whether it still stands.

    ``heads`` has the content at head of the leaks' paths; None: it is there but could not be read. A
    value that cannot be compared (there, but unread; or found only after decoding) counts as live.
    """
    first: dict[tuple[str, str, str], Secret] = {}
    for leak in leaks:
        secret = Secret(
            kind=leak.rule,
            path=leak.path,
            line=leak.line,
            commit=leak.commit,
            committed_at=leak.committed_at,
            live=_lives(leak, heads),
            fixture=role_of(leak.path) in _FIXTURES,
            fingerprint=hashing.secret(leak.value),
        )
        key = (secret.path, secret.kind, secret.fingerprint)
        known = first.get(key, secret)
        first[key] = replace(min(secret, known, key=_age), live=secret.live or known.live)
    return tuple(first[key] for key in sorted(first))


def _age(secret: Secret) -> tuple[datetime, str, int]:
    return secret.committed_at or datetime.max.replace(tzinfo=UTC), secret.commit, secret.line


def _lives(leak: Leak, heads: Mapping[str, bytes | None]) -> bool:
    if leak.path not in heads:
        return False
    content = heads[leak.path]
    if content is None or leak.decoded:
        return True
    return leak.value.replace("\r", "").encode("utf-8", "replace") in content.replace(b"\r", b"")


def collect(ask: Ask[Repository]) -> Iterator[Found]:
    """One run over all commits up to ``as_of``, on every branch and tag."""
    source, tree = ask.source, ask.fact(Tree)
    program = find_tool("gitleaks")
    if program is None:
        raise Unreadable(
            Why.UNSUPPORTED, "gitleaks is not installed", "install gitleaks, or assay with the extra [tools]"
        )
    report, complaint = run(program, source)
    try:
        leaks = parse(report)
    except ValueError as problem:
        raise Unreadable(Why.UNPARSABLE, str(problem)) from None
    if complaint and not leaks:
        raise Unreadable(Why.CORRUPT, f"gitleaks could not read the whole history: {complaint}")
    fact = Secrets(
        tool="gitleaks",
        tool_version=version_of(program, source.git_dir),
        secrets=judge(leaks, _heads(source, tree, {leak.path for leak in leaks}), source.pseudonyms),
        target_suppressions=_suppressions(source, tree),
    )
    caveats = [*source.caveats, *([f"only part of the history could be read: {complaint}"] if complaint else [])]
    yield found(fact, "gitleaks git (all branches and tags)", commit=source.head, caveat="; ".join(caveats))


def _heads(source: Repository, tree: Tree, paths: set[str]) -> dict[str, bytes | None]:
    entries = [e for e in tree.entries if e.path in paths and e.kind != "submodule"]
    contents = source.read([e.oid for e in entries], _HEAD_BYTES)
    return {
        entry.path: None if isinstance(content, Unknown) else content
        for entry, (_, content) in zip(entries, contents, strict=True)
    }


def _suppressions(source: Repository, tree: Tree) -> int:
    """Configuration and ignore files of gitleaks in the tree, and files with allow-marks."""
    files = sum(e.path.rpartition("/")[2] in (".gitleaks.toml", ".gitleaksignore") for e in tree.entries)
    wanted = [
        e for e in tree.entries if e.role in ("product", "configuration", "test") and e.kind in ("file", "executable")
    ]
    marks = source.per_blob(
        "code-allow-marks", COLLECTOR.version, wanted, lambda _, content: content.count(b"gitleaks:allow"), int
    )
    return files + sum(count for _, count in marks if isinstance(count, int))


COLLECTOR = Collector(
    name="code-secrets",
    version="2",
    source=Repository,
    provides=(Secrets,),
    needs=(Tree,),
    collect=collect,
)
