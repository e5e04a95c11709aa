"""Credentials in the whole history and in the tree, found by gitleaks under our own rules of the game.

The target's configuration, ignore files and allow-marks are overridden and counted. What a commit or a blob says is
kept by its id, without any value; no report file is ever written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from collectors.code.secret_rules import secret_rules
from collectors.code.secret_scan import SecretScan, Sighting, secret_scan, sightings
from collectors.git.changes import read_diffs
from collectors.tree.roles import role_of
from scanner.core.collecting import Ask, Collector, Found, found
from scanner.core.evidence import Unknown, Unreadable, Why
from scanner.core.text import counted
from scanner.facts.code import Secret, Secrets
from scanner.facts.tree import Tree, TreeEntry
from scanner.repository import Repository
from scanner.stories import last_word

_HEAD_BYTES = 20_000_000
_FIXTURES = ("test", "documentation", "example")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def judge(
    added: Mapping[str, tuple[Sighting, ...]],
    heads: Mapping[str, tuple[Sighting, ...] | None],
    head: str,
    head_at: datetime | None,
) -> tuple[Secret, ...]:
    """One secret per value, kind and path: where it first came in, and whether it still stands.

    ``added`` are the credentials that commits added, by commit id; ``heads`` those of the tree at ``head``, by path;
    None: the file is there but could not be compared, so that what once stood in it counts as live. What no commit
    added at its path (a merge or a rename brought it) is dated by the first commit that added the same elsewhere.
    """
    first: dict[tuple[str, str, str], Secret] = {}
    for commit, seen in added.items():
        for sighting in seen:
            came = _secret(
                sighting, sighting.path, commit, _EPOCH + timedelta(seconds=sighting.at), _lives(sighting, heads)
            )
            key = (came.path, came.kind, came.fingerprint)
            first[key] = min(came, first.get(key, came), key=_age)
    anywhere: dict[tuple[str, str], Secret] = {}
    for secret in first.values():
        value = (secret.kind, secret.fingerprint)
        anywhere[value] = min(secret, anywhere.get(value, secret), key=_age)
    for path, standing in heads.items():
        for sighting in standing or ():
            stands = _secret(sighting, path, head, head_at, live=True)
            source = anywhere.get((stands.kind, stands.fingerprint), stands)
            dated = replace(stands, commit=source.commit, committed_at=source.committed_at)
            first.setdefault((path, stands.kind, stands.fingerprint), dated)
    return tuple(first[key] for key in sorted(first))


def _secret(sighting: Sighting, path: str, commit: str, at: datetime | None, live: bool) -> Secret:
    return Secret(
        kind=sighting.rule,
        path=path,
        line=sighting.line,
        commit=commit,
        committed_at=at,
        live=live,
        fixture=role_of(path) in _FIXTURES,
        fingerprint=sighting.fingerprint,
    )


def _age(secret: Secret) -> tuple[datetime, str, int]:
    return secret.committed_at or datetime.max.replace(tzinfo=UTC), secret.commit, secret.line


def _lives(sighting: Sighting, heads: Mapping[str, tuple[Sighting, ...] | None]) -> bool:
    """Whether the same value stands at the same path, whatever rule tells it there."""
    standing = heads.get(sighting.path, ())
    return standing is None or any(s.fingerprint == sighting.fingerprint for s in standing)


def collect(ask: Ask[Repository]) -> Iterator[Found]:
    """Every commit up to ``as_of`` that is no merge, on every branch and tag, and the tree at head."""
    source, tree = ask.source, ask.fact(Tree)
    scan, read = source.once(secret_scan), source.once(read_diffs)
    if read.no_secrets is not None:
        raise Unreadable(read.no_secrets.why, read.no_secrets.detail, read.no_secrets.closes)
    stories = read.stories
    wanted = [e for e in tree.entries if e.kind != "submodule" and not secret_rules().skips(e.path)]
    known, unread = _add_blobs(source, scan, wanted)
    last_word(source.cache, stories, scan)
    fresh = scan.finish_blobs()
    source.cache.put(fresh)
    heads = _heads(scan, wanted, {**known, **fresh}, unread)
    added = {oid: sightings(kept) or () for oid, kept in stories.told[scan.name].items()}
    secrets = judge(added, heads, source.head, source.head_at)
    if stories.untold and not secrets:
        raise Unreadable(Why.CORRUPT, "the history could not be read as a whole: objects are missing or damaged")
    fact = Secrets(
        tool="gitleaks",
        tool_version=scan.tool_version,
        secrets=secrets,
        target_suppressions=_suppressions(source, tree),
    )
    untold = f"{counted(len(stories.untold), 'commit')} could not be read" if stories.untold else ""
    caveats = [*source.caveats, *([untold] if untold else [])]
    yield found(fact, "gitleaks (all branches and tags)", commit=source.head, caveat="; ".join(caveats))


def _add_blobs(source: Repository, scan: SecretScan, wanted: list[TreeEntry]) -> tuple[dict[bytes, bytes], set[bytes]]:
    """Give ``scan`` each blob not known yet; what is known, and the keys of blobs that cannot be read."""
    first = {scan.blob_key(e.oid, e.path): e for e in reversed(wanted)}
    known = source.cache.get(first)
    missing = {key: entry for key, entry in first.items() if key not in known}
    unread: set[bytes] = set()
    blobs = source.read([e.oid for e in missing.values()], _HEAD_BYTES)
    for (key, entry), (_, content) in zip(missing.items(), blobs, strict=True):
        if isinstance(content, Unknown):
            unread.add(key)
        else:
            scan.add_blob(entry.oid, entry.path, content)
    return known, unread


def _heads(
    scan: SecretScan, wanted: list[TreeEntry], told: Mapping[bytes, bytes], unread: set[bytes]
) -> dict[str, tuple[Sighting, ...] | None]:
    """What stands in the tree, by path; None where a file cannot be compared."""
    heads: dict[str, tuple[Sighting, ...] | None] = {}
    for entry in wanted:
        key = scan.blob_key(entry.oid, entry.path)
        inside = None if key in unread else sightings(told[key])
        named = scan.of_path(entry.path)
        if inside is None and not named:
            heads[entry.path] = None
        elif inside or named:
            heads[entry.path] = (*(inside or ()), *named)
    return heads


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
    version="3",
    source=Repository,
    provides=(Secrets,),
    needs=(Tree,),
    collect=collect,
)
