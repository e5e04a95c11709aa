"""Pieces of Markdown: literal text, tables, lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_MARKS = re.compile(r"[\\`*_{}\[\]()#+!|~$^=@]|(?<=www)\.|:(?=//)|^-|^\d+(?=[.)](?:\s|$))")
_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}


def text(value: object) -> str:
    """``value`` as literal text: no character of it is Markdown, HTML, a link or a mention of an account."""
    marked = _MARKS.sub(lambda m: m[0] if m[0].isdigit() else f"\\{m[0]}", str(value))
    marked = re.sub(r"^(\d+)([.)])(?=\s|$)", r"\1\\\2", marked)
    return re.sub(r'[&<>"]', lambda m: _HTML[m[0]], marked)


def table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are Markdown already."""
    lines = [titles, ["---"] * len(titles), *rows]
    return "\n".join("| " + " | ".join(cell or " " for cell in line) + " |" for line in lines)


def listing(lines: Iterable[str]) -> str:
    """A list of lines that are Markdown already."""
    return "\n".join(f"- {line}" for line in lines) or "None could be established."


def linked(shown: str, href: str) -> str:
    """``shown``, linked to an address that was checked when its row was made and is quoted here; plain without one."""
    if not href:
        return text(shown)
    address = re.sub(r"[()\\|<>]", lambda m: f"%{ord(m[0]):02X}", href)
    return f"[{text(shown)}]({address})"
