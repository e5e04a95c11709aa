"""What one prose document says: words, headings, code blocks, links. Markdown, reStructuredText, AsciiDoc, plain text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from scanner.core.text import clean

HEADINGS, HEADING_CHARACTERS, LINKS, LINES, LINE_CHARACTERS = 60, 120, 500, 20_000, 4_000
"""What is read of one document, at most."""

_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")
_INLINE_LINK = re.compile(r"\]\(\s{0,3}<?([^()\s<>]{1,300})")
_REFERENCE_LINK = re.compile(r"^\s{0,3}\[[^\]]{1,100}\]:\s{1,4}<?([^\s>]{1,300})>?\s*(?:[\"'(].*)?$")
"""A definition stands at the start of its line, with nothing but a title behind it; a list entry is none."""
_RST_LINK = re.compile(
    r"`[^`<]{0,200}<([^<>`\s]{1,300})>`__?|^\.\. (?:include|literalinclude|image|figure):: (\S{1,300})"
)
_ADOC_LINK = re.compile(r"(?:link|xref|image|include):{1,2}([^\[\s]{1,300})\[")
_CODE_PATH = re.compile(r"(?<!`)`((?:[\w.-]{1,60}/){1,8}[\w-]{1,60}\.[A-Za-z]{1,5})`(?!`)")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,20}:|//|#|\{|<|\$")
_RST_UNDERLINE = re.compile(r"([=\-~^\"'*+#`:.])\1{2,}\s*")
_IMPORTANT_RST = ("code-block::", "code::", "sourcecode::", "literalinclude::")


@dataclass(frozen=True, slots=True)
class Prose:
    """What one document says, wherever it stands. ``links`` are relative targets as written, ``mentions`` code paths."""

    words: int
    headings: tuple[str, ...]
    code_blocks: int
    links: tuple[str, ...]
    mentions: tuple[str, ...]


def parse(content: bytes, suffix: str) -> Prose:
    """Words, headings, code blocks and links of a document. ``suffix`` (``.md``, ``.rst`` …) names its markup."""
    lines = content.decode("utf-8-sig", "replace").splitlines()[:LINES]
    lines = lines[_front_matter(lines) :]
    headings, links, mentions = list[str](), dict[str, None](), dict[str, None]()
    words = blocks = 0
    fenced, previous = False, ""
    for raw in lines:
        line = raw[:LINE_CHARACTERS]
        if _FENCE.match(line) or (suffix in (".adoc", ".asciidoc") and line.rstrip() == "----"):
            fenced = not fenced
            blocks += fenced
            continue
        if fenced:
            continue
        blocks += suffix == ".rst" and (line.rstrip().endswith("::") or any(mark in line for mark in _IMPORTANT_RST))
        words += sum(any(map(str.isalnum, word)) for word in line.split())
        heading = _heading(line, previous, suffix)
        if heading and len(headings) < HEADINGS:
            headings.append(clean(heading, HEADING_CHARACTERS))
        _collect_links(line, suffix, links, mentions)
        previous = line
    return Prose(words, tuple(headings), blocks, tuple(links)[:LINKS], tuple(mentions)[:LINKS])


def _front_matter(lines: list[str]) -> int:
    """How many lines of YAML metadata (``---`` to ``---``) stand before the text."""
    if not lines or lines[0].rstrip() != "---":
        return 0
    return next((at + 1 for at, line in enumerate(lines[1:100], start=1) if line.rstrip() == "---"), 0)


def _heading(line: str, previous: str, suffix: str) -> str:
    if suffix in (".adoc", ".asciidoc"):
        return line.lstrip("=").strip() if line.startswith("=") and line.lstrip("=").startswith(" ") else ""
    if suffix != ".rst" and line.startswith("#") and line.lstrip("#").startswith(" "):
        return line.strip("# \t")
    underlined = bool(_RST_UNDERLINE.fullmatch(line)) if suffix == ".rst" else set(line.strip()) in ({"="}, {"-"})
    if (
        underlined
        and previous.strip()
        and len(line.strip()) >= min(3, len(previous.strip()))
        and previous[0] not in "|-*>"
    ):
        return previous.strip()
    return ""


def _collect_links(line: str, suffix: str, links: dict[str, None], mentions: dict[str, None]) -> None:
    if suffix == ".rst":
        # A target that ends in an underscore names another link, and is no path.
        targets = [a or b for a, b in _RST_LINK.findall(line) if not a.endswith("_")]
    elif suffix in (".adoc", ".asciidoc"):
        targets = _ADOC_LINK.findall(line)
    else:
        targets = [*_INLINE_LINK.findall(line), *_REFERENCE_LINK.findall(line)[:1]]
    for target in targets:
        if not _SCHEME.match(target):
            links[clean(target)] = None
    for mention in _CODE_PATH.findall(line):
        mentions[clean(mention)] = None
