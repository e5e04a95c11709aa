"""Collects the outbound licence: licence texts recognised, and what manifests declare."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from licenseclassifier import identify_license

from collectors.blobs import candidates, contents
from collectors.parsing import decode, load_json, load_toml, load_xml, mapping, several, text
from scanner.core.collecting import Ask, Collector, Found, found
from scanner.core.evidence import Unknown
from scanner.core.text import clean
from scanner.facts.dependencies import LicenceFile, Licensing
from scanner.facts.tree import Tree
from scanner.repository import Repository

_STEMS = ("license", "licence", "copying", "unlicense", "mit-license", "apache-license")
_SUFFIXES = ("", "md", "txt", "rst", "mit", "apache", "lesser", "bsd", "adoc", "html", "apache-2", "gpl")
_ASIDE = re.compile(r"(?:tests?|examples?|samples?|fixtures?|docs?|demos?|bench\w*|fuzz|templates?)(?:$|[-_])|\.")
"""Folders whose manifests publish nothing."""
_MANIFESTS = ("pyproject.toml", "package.json", "cargo.toml", "composer.json", "pom.xml", "setup.cfg")
MAX_TEXT_CHARACTERS = 200_000
"""Longest licence text that is recognised; longer files bundle other people's licences."""


def is_licence_file(path: str) -> bool:
    """LICENSE, COPYING and their spellings at the root, in ``LICENSES/`` or beside a package's manifest."""
    lowered = path.lower()
    name = lowered.rsplit("/", 1)[-1]
    stem, _, suffix = name.partition(".")
    if lowered.startswith("licenses/") and lowered.count("/") == 1:
        return True
    if lowered.startswith(("doc/", "docs/")):
        return False
    plain = stem.startswith(_STEMS) and (stem in _STEMS or stem[len("license") : len("license") + 1] in "-_")
    return plain and suffix in _SUFFIXES and lowered.count("/") <= 2


def claims(path: str) -> bool:
    """Licence files, and manifests at the root or of a workspace's members that may declare a licence."""
    *folders, name = path.lower().split("/")
    member = len(folders) <= 2 and not any(_ASIDE.match(folder) for folder in folders)
    return is_licence_file(path) or (name in _MANIFESTS and member)


@cache
def _identify(content: str) -> tuple[str, ...]:
    return tuple(sorted({r.id for r in identify_license(content)}))


def recognise(content: bytes) -> tuple[str, ...]:
    """SPDX ids of a licence text, empty when it is not recognised."""
    written = decode(content)
    return _identify(written) if len(written) <= MAX_TEXT_CHARACTERS else ()


def declared(path: str, content: bytes) -> str:
    """The licence expression a manifest declares, as written; empty when it declares none. ValueError when unreadable."""
    name = path.lower().rsplit("/", 1)[-1]
    match name:
        case "pyproject.toml":
            document = load_toml(content)
            project = mapping(document.get("project"))
            value = project.get("license") or mapping(mapping(document.get("tool")).get("poetry")).get("license")
            written = text(mapping(value).get("text")) if isinstance(value, dict) else text(value)
        case "cargo.toml":
            document = load_toml(content)
            package = mapping(document.get("package")) or mapping(mapping(document.get("workspace")).get("package"))
            written = text(package.get("license"))
        case "pom.xml":
            written = (load_xml(content).findtext("licenses/license/name") or "").strip()
        case "setup.cfg":
            lines = (line.partition("=") for line in decode(content).split("\n"))
            written = next((v.strip() for k, _, v in lines if k.strip() == "license"), "")
        case _:
            value = mapping(load_json(content)).get("license")
            parts = [text(mapping(v).get("type")) if isinstance(v, dict) else text(v) for v in several(value)]
            written = " OR ".join(p for p in parts if p)
    return clean(written, 120)


def collect(ask: Ask[Repository]) -> Iterator[Found]:
    """Licence files and declarations; what could not be read is named in the caveat."""
    files: list[LicenceFile] = []
    declarations: list[tuple[str, str]] = []
    unread: list[str] = []
    for entry, content in contents(ask.source, candidates(ask.fact(Tree), claims)):
        if isinstance(content, Unknown):
            unread.append(entry.path)
        elif is_licence_file(entry.path):
            files.append(LicenceFile(entry.path, recognise(content)))
        else:
            try:
                written = declared(entry.path, content)
            except ValueError:
                unread.append(entry.path)
                continue
            if written:
                declarations.append((entry.path, written))
    caveat = f"not read: {', '.join(unread)}" if unread else ""
    yield found(
        Licensing(tuple(files), tuple(declarations)),
        "licence files and manifests",
        commit=ask.source.head,
        caveat=caveat,
    )


COLLECTOR = Collector("licensing", "2", Repository, (Licensing,), collect, needs=(Tree,))
