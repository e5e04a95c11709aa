"""Languages by bytes, as GitHub Linguist counts them. Names decide; only ambiguous and bare names, scripts and Go are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from collectors.tree import linguist
from collectors.tree.attributes import FILES, Statement, ordered, stated
from scanner.core.collecting import Ask, Collector, Found, found
from scanner.core.evidence import Unknown
from scanner.facts.languages import LanguageBytes, LanguageShares
from scanner.facts.tree import Tree, TreeEntry
from scanner.repository import Repository

_READ_FOR_NOTICES = (".js", ".css", ".go")
_NOT_READ = ("vendored", "generated", "documentation")


@dataclass(frozen=True, slots=True)
class Told:
    """What the content of one blob says."""

    language: str
    generated: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of one file: why it was set aside, or its language; "" for none."""

    entry: TreeEntry
    aside: str
    language: str
    overridden: bool


def collect(ask: Ask[Repository]) -> Iterator[Found]:
    """Shares of the tree. A file whose content had to be read and could not is in none of them."""
    tree = ask.fact(Tree)
    files = [e for e in tree.entries if e.kind in ("file", "executable")]
    statements = ordered(_attributes(ask.source, files))
    first = [_by_name(e, stated(statements, e.path) if statements else {}) for e in files]
    wanted = [s.entry for s in first if not s.aside and needs_content(s)]
    told = {e.path: t for e, t in ask.source.per_blob("tree-shares", COLLECTOR.version, wanted, _told, Told)}
    fact = shares(first, told, statements)
    caveat = "the target's .gitattributes were heeded" if fact.overridden_files else ""
    yield found(fact, f"names and sizes of {tree.commit[:12]}", commit=tree.commit, caveat=caveat)


def _attributes(source: Repository, files: Iterable[TreeEntry]) -> Iterator[tuple[str, bytes]]:
    named = [e for e in files if e.path.rpartition("/")[2] == ".gitattributes"][:FILES]
    for entry, (_, content) in zip(named, source.read([e.oid for e in named], 100_000), strict=True):
        if isinstance(content, bytes):
            yield entry.path.rpartition("/")[0], content


def _by_name(entry: TreeEntry, says: dict[str, str]) -> Seen:
    path = entry.path
    language = linguist.named(says.get("language", "")) or linguist.by_name_alone(path)
    aside = ""
    if language is None and not any(map(linguist.is_detectable, linguist.candidates(path) or ("Shell",))):
        language = linguist.candidates(path)[0]
    if language is None or linguist.is_detectable(language) or says.get("detectable", "false") != "false":
        rules = (
            ("vendored", linguist.is_vendored),
            ("documentation", linguist.is_documentation),
            ("generated", linguist.is_generated),
        )
        aside = next((kind for kind, rule in rules if _holds(says.get(kind), rule(path))), "")
    return Seen(entry, aside, "?" if language is None else language, bool(says))


def _holds(said: str | None, rule: bool) -> bool:
    return rule if said is None else said != "false"


def needs_content(seen: Seen) -> bool:
    """Whether the name leaves open what the file is, or a tool may have written it."""
    return seen.language == "?" or (
        linguist.is_detectable(seen.language) and seen.entry.path.lower().endswith(_READ_FOR_NOTICES)
    )


def _told(entry: TreeEntry, content: bytes) -> Told:
    return Told(linguist.by_content(entry.path, content), linguist.looks_generated(entry.path, content))


def shares(
    first: Iterable[Seen], told: dict[str, Told | Unknown], statements: tuple[Statement, ...] = ()
) -> LanguageShares:
    """The fact. Files whose object is missing have no size and count as not read."""
    aside, sizes, counts = Counter[str](), Counter[str](), Counter[str]()
    undecided = unread = overridden = 0
    for seen in first:
        overridden += seen.overridden
        says = stated(statements, seen.entry.path) if seen.overridden else {}
        answer = told.get(seen.entry.path)
        if seen.aside:
            aside[seen.aside] += 1
        elif isinstance(answer, Unknown) and seen.language == "?":
            unread += bool(linguist.candidates(seen.entry.path))
        else:
            known = answer if isinstance(answer, Told) else None
            language = seen.language if seen.language != "?" else known.language if known else ""
            if known and known.generated and says.get("generated") is None:
                aside["generated"] += 1
            elif not language:
                undecided += bool(linguist.candidates(seen.entry.path))
            elif _counts(language, says.get("detectable")):
                if seen.entry.size_bytes is None:
                    unread += 1
                else:
                    sizes[linguist.group_of(language)] += seen.entry.size_bytes
                    counts[linguist.group_of(language)] += 1
    listed = sorted((LanguageBytes(n, counts[n], size) for n, size in sizes.items()), key=lambda x: (-x.size_bytes, x.language))  # fmt: skip
    return LanguageShares(
        tuple(listed), sum(sizes.values()), aside["vendored"], aside["generated"], aside["documentation"],
        undecided, unread, overridden,
    )  # fmt: skip


def _counts(language: str, said: str | None) -> bool:
    return linguist.is_detectable(language) if said is None else said != "false"


COLLECTOR = Collector(
    name="tree-shares",
    version="1",
    source=Repository,
    provides=(LanguageShares,),
    needs=(Tree,),
    collect=collect,
)
