"""The complete listing of the analysed commit, every path with its role.

Roles are told by path alone (`collectors.tree.roles`, after GitHub Linguist's vendored, generated and
documentation rules); the target's ``.gitattributes`` is not trusted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from collectors.tree.roles import role_of
from scanner.core.collecting import Ask, Collector, Found, found
from scanner.core.evidence import Unreadable, Why
from scanner.facts.tree import Tree, TreeEntry
from scanner.repository import RawEntry, Repository


def collect(ask: Ask[Repository]) -> Iterator[Found]:
    """The tree at `head`, or a hole when there is no commit or too many entries."""
    head = ask.source.head
    if not head:
        raise Unreadable(Why.UNSUPPORTED, "the repository has no commits", "scan it once something was committed")
    tree = listing(head, ask.source.tree())
    damaged = sum(e.size_bytes is None for e in tree.entries if e.kind != "submodule")
    caveat = f"{damaged} objects are missing or damaged" if damaged else ""
    yield found(tree, f"git ls-tree -r {head[:12]}", commit=head, caveat=caveat)


def listing(head: str, raw: Iterable[RawEntry]) -> Tree:
    """The listing as a fact, in the order of the paths."""
    entries = (TreeEntry(e.path, e.oid, e.kind, e.size_bytes, role_of(e.path)) for e in raw)
    return Tree(head, tuple(sorted(entries, key=lambda e: e.path)))


COLLECTOR = Collector(
    name="tree-listing",
    version="1",
    source=Repository,
    provides=(Tree,),
    collect=collect,
)
