"""The complete listing of the analysed commit, every path with its role.

Roles are told by path alone (`collectors.tree.roles`, after GitHub Linguist's vendored, generated and
documentation rules); the target's ``.gitattributes`` is not trusted.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator

from collectors.tree.roles import role_of
from scanner.core.collecting import Ask, Collector, Found, found
from scanner.core.evidence import Unknown, Unreadable, Why
from scanner.core.text import decode_path
from scanner.facts.tree import Tree, TreeEntry
from scanner.repository import BLOB_LIMIT_BYTES, RawEntry, Repository

_LINK_BYTES = 4096


def collect(ask: Ask[Repository]) -> Iterator[Found]:
    """The tree at `head`, or a hole when there is no commit or too many entries."""
    head = ask.source.head
    if not head:
        raise Unreadable(Why.UNSUPPORTED, "the repository has no commits", "scan it once something was committed")
    tree = listing(head, ask.source.tree())
    yield found(tree, f"git ls-tree -r {head[:12]}", commit=head, caveat="; ".join(_left_out(tree, ask.source)))


def _left_out(tree: Tree, source: Repository) -> Iterator[str]:
    """What the listing names and nobody reads: damaged objects, large files, links out of the tree."""
    if damaged := sum(e.size_bytes is None for e in tree.entries if e.kind != "submodule"):
        yield f"{damaged} objects are missing or damaged"
    if large := sum((e.size_bytes or 0) > BLOB_LIMIT_BYTES for e in tree.entries):
        yield f"{large} files over 1 MB are listed but not read"
    links = [e for e in tree.entries if e.kind == "symlink"]
    targets = source.read([e.oid for e in links], _LINK_BYTES)
    if out := sum(_leads_out(e.path, to) for e, (_, to) in zip(links, targets, strict=True)):
        yield f"{out} symbolic links lead out of the tree and were not followed"


def _leads_out(path: str, target: bytes | Unknown) -> bool:
    """Whether a symbolic link at ``path`` is absolute or climbs above the root; one too long to read counts."""
    if isinstance(target, Unknown):
        return target.why is Why.TOO_LARGE
    there = posixpath.normpath(posixpath.join(posixpath.dirname(path), decode_path(target)))
    return there.startswith("/") or there.split("/", 1)[0] == ".."


def listing(head: str, raw: Iterable[RawEntry]) -> Tree:
    """The listing as a fact, in the order of the paths."""
    entries = (TreeEntry(e.path, e.oid, e.kind, e.size_bytes, role_of(e.path)) for e in raw)
    return Tree(head, tuple(sorted(entries, key=lambda e: e.path)))


COLLECTOR = Collector(
    name="tree-listing",
    version="2",
    source=Repository,
    provides=(Tree,),
    collect=collect,
)
