"""Prose documents of the tree: kind, size, headings, links that lead nowhere, age."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import unquote

from collectors.tree.prose import Prose, parse
from scanner.core.collecting import Ask, Collector, Found, found
from scanner.core.evidence import Unknown
from scanner.facts.history import FileChanges
from scanner.facts.tree import Document, DocumentKind, Documents, Tree, TreeEntry
from scanner.repository import Repository

SUFFIXES = (".md", ".markdown", ".mdx", ".rst", ".adoc", ".asciidoc")
DOCUMENTS = 5_000

_PLAIN_NAMES = ("readme", "changelog", "changes", "history", "news", "contributing", "license", "licence", "copying", "security",
                "code_of_conduct", "governance", "roadmap", "support", "privacy", "maintainers", "notice")  # fmt: skip

_BY_NAME: tuple[tuple[str, DocumentKind], ...] = (
    (r"readme", "readme"), (r"changelog.*|changes|history|news|release[-_ ]?notes?", "changelog"),
    (r"contributing|contribute|contribution[-_ ]guide.*", "contributing"),
    (r"security([-_ ]policy)?", "security-policy"), (r"licen[sc]e.*|copying.*|unlicense|notice", "licence"),
    (r"code[-_ ]of[-_ ]conduct|conduct", "code-of-conduct"), (r"(product[-_ ])?roadmap", "roadmap"),
    (r"vision|mission|product[-_ ]vision|strategy", "vision"),
    (r".*run[-_ ]?book.*|.*playbook.*|operations|on[-_ ]?call.*|troubleshooting", "runbook"),
    (r"architecture.*|.*[-_ ]architecture|design|system[-_ ]design|design[-_ ]?doc.*", "architecture"),
    (r"onboarding.*|getting[-_ ]?started|quick[-_ ]?start|development|developing|hacking|dev[-_ ]setup|local[-_ ]development", "onboarding"),
    (r".*post[-_ ]?mortem.*|.*incident[-_ ]report.*|.*retrospective.*", "postmortem"),
    (r"api|api[-_ ](reference|docs?|guide)|.*[-_ ]api", "api"), (r".*threat[-_ ]?model.*", "threat-model"),
    (r".*disaster[-_ ]?recovery.*|.*business[-_ ]continuity.*|dr[-_ ]plan|backup.*|restore.*", "disaster-recovery"),
    (r"privacy.*|gdpr.*|data[-_ ]protection.*|dpa", "privacy"), (r"support", "support"),
    (r".*meeting[-_ ]?(notes?|minutes).*|minutes.*", "meeting-notes"),
    (r"agents|claude|copilot-instructions|gemini|ai[-_ ]?(policy|usage|guidelines).*|llm[-_ ]policy", "ai-policy"),
    (r".*risk[-_ ]?register.*|risks", "risk-register"), (r"governance|maintainers|owners|charter", "governance"),
    (r".*style[-_ ]?guide.*|coding[-_ ](style|standards?|conventions?)|conventions|coding[-_ ]guidelines", "style-guide"),
    (r"adr[-_ ]?\d{1,5}.*", "decision-record"),
)  # fmt: skip
_NAMES = tuple((re.compile(pattern), kind) for pattern, kind in _BY_NAME)

_BY_FOLDER: dict[str, DocumentKind] = {
    "adr": "decision-record", "adrs": "decision-record", "decisions": "decision-record", "decision-records": "decision-record",
    "architecture-decisions": "decision-record", "rfc": "decision-record", "rfcs": "decision-record", "runbooks": "runbook",
    "runbook": "runbook", "playbooks": "runbook", "postmortems": "postmortem", "post-mortems": "postmortem", "incidents": "postmortem",
    "meetings": "meeting-notes", "meeting-notes": "meeting-notes", "minutes": "meeting-notes", "architecture": "architecture",
    "onboarding": "onboarding", "api": "api", "api-reference": "api", "threat-models": "threat-model",
}  # fmt: skip
_INDEXES = frozenset({"readme", "index", "template", "_index"})


def kind_of(path: str) -> DocumentKind:
    """The kind of a document by its name, else by the folder it stands in."""
    *folders, name = path.lower().split("/")
    stem = name.rsplit(".", 1)[0] if "." in name.lstrip(".") else name
    if stem not in _INDEXES:
        for folder in reversed(folders):
            if folder in _BY_FOLDER:
                return _BY_FOLDER[folder]
    for pattern, kind in _NAMES:
        if pattern.fullmatch(stem[:100]):
            return kind
    return "other"


def is_document(entry: TreeEntry) -> bool:
    """Whether an entry is prose that the repository's own people wrote."""
    if entry.role in ("vendored", "generated", "test") or entry.kind not in ("file", "executable"):
        return False
    name = entry.path.rpartition("/")[2].lower()
    if name.endswith(SUFFIXES):
        return True
    stem, _, suffix = name.partition(".")
    return suffix in ("", "txt") and stem.startswith(_PLAIN_NAMES)


def missing_links(
    path: str, prose: Prose, present: frozenset[str], folders: frozenset[str]
) -> tuple[int, tuple[str, ...]]:
    """(checked, missing): relative links against the tree, and code paths whose first folder exists but not they.

    A link is looked for beside the document, from the root, and as a page of a documentation site
    (without suffix). One that leads out of the repository is not checked.
    """
    checked, missing = 0, []
    for target in prose.links:
        places = _resolved(path, target)
        if places:
            checked += 1
            if not any(p in present or p in folders for p in places):
                missing.append(target)
    for mention in prose.mentions:
        if mention.split("/", 1)[0] in folders:
            checked += 1
            beside = posixpath.normpath(posixpath.join(posixpath.dirname(path), mention))
            if mention not in present and beside not in present:
                missing.append(mention)
    return checked, tuple(sorted(set(missing)))


def _resolved(path: str, target: str) -> tuple[str, ...]:
    bare = unquote(target.split("#")[0].split("?")[0])
    if not bare or "\0" in bare or "*" in bare or "{" in bare:
        return ()
    rooted = bare.lstrip("/")
    base = rooted if bare.startswith("/") else posixpath.join(posixpath.dirname(path), bare)
    place = posixpath.normpath(base) if base else "."
    if place.startswith(".."):
        return ()
    stem = place.removesuffix(".html")
    return (
        place,
        *(stem + s for s in SUFFIXES),
        *(f"{stem}/{index}" for index in ("index.md", "README.md", "index.rst")),
    )


def collect(ask: Ask[Repository]) -> Iterator[Found]:
    """Reads every document, newest change from the history."""
    tree, changes = ask.fact(Tree), ask.fact(FileChanges)
    changed = {f.path: f.last_at for f in changes.files}
    present = frozenset(e.path for e in tree.entries)
    folders = frozenset(folder for path in present for folder in _parents(path)) | {"."}
    wanted = [e for e in tree.entries if is_document(e)]
    documents, unread = [], 0
    for entry, prose in ask.source.per_blob("tree-documents", COLLECTOR.version, wanted[:DOCUMENTS], _parse, Prose):
        if isinstance(prose, Unknown):
            unread += 1
        else:
            documents.append(_document(entry.path, prose, present, folders, changed.get(entry.path)))
    caveats = [f"{unread} documents could not be read"] if unread else []
    if len(wanted) > DOCUMENTS:
        caveats.append(f"the first {DOCUMENTS} of {len(wanted)} documents")
    fact = Documents(ask.as_of, tuple(documents))
    yield found(fact, f"documents of {tree.commit[:12]}", commit=tree.commit, caveat="; ".join(caveats))


def _parents(path: str) -> Iterator[str]:
    at = path.rfind("/")
    while at > 0:
        yield path[:at]
        at = path.rfind("/", 0, at)


def _parse(entry: TreeEntry, content: bytes) -> Prose:
    return parse(content, posixpath.splitext(entry.path)[1].lower())


def _document(
    path: str, prose: Prose, present: frozenset[str], folders: frozenset[str], changed: datetime | None
) -> Document:
    checked, missing = missing_links(path, prose, present, folders)
    return Document(
        path=path,
        kind=kind_of(path),
        title=prose.headings[0] if prose.headings else "",
        words=prose.words,
        headings=prose.headings,
        code_blocks=prose.code_blocks,
        links_checked=checked,
        links_missing=missing,
        last_changed_at=changed,
    )


COLLECTOR = Collector(
    name="tree-documents",
    version="2",
    source=Repository,
    provides=(Documents,),
    needs=(Tree, FileChanges),
    collect=collect,
)
