"""SVG as text: elements with escaped attributes and content, coordinates with one decimal."""

from __future__ import annotations

import re
from html import escape

from scanner.core.text import clean

INK, MUTED, LINE, PAPER = "#1b2733", "#5b6875", "#9aa5b1", "#ffffff"
WIDTH = 860.0
"""Width of every drawing in units of its own; it scales with the page."""
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONGEST = 1000
"""Longest text (characters) of an element."""
_LETTER = 0.58
"""Width of a letter as a part of the font's size, on the wide side for the fonts in use."""

Value = str | float


def element(tag: str, *children: str, **attributes: Value) -> str:
    """``<tag …>children</tag>``. ``children`` are SVG already (see `text`); ``_`` in a name stands for ``-``."""
    written = "".join(f' {name.rstrip("_").replace("_", "-")}="{_value(value)}"' for name, value in attributes.items())
    inside = "".join(children)
    return f"<{tag}{written}>{inside}</{tag}>" if inside else f"<{tag}{written}/>"


def text(words: str) -> str:
    """``words`` as the content of an element: on one line, without control or direction marks, escaped."""
    return _escaped(clean(words, _LONGEST))


def titled(words: str) -> str:
    """What a reader sees who points at an element."""
    return element("title", text(words))


def label(words: str, x: float, y: float, size: float = 11, **attributes: Value) -> str:
    """A line of text whose baseline starts (or as ``text_anchor`` says) at (``x``, ``y``)."""
    return element("text", text(words), x=x, y=y, font_size=size, **{"fill": INK, **attributes})


def fitting(words: str, width: float, size: float = 11) -> str:
    """``words``, cut so that it fits ``width``; empty when fewer than four letters would."""
    room = int(width / (size * _LETTER))
    if len(words) <= room:
        return words
    return words[: room - 1] + "…" if room >= 5 else ""


def wide(words: str, size: float = 11) -> float:
    """The width that ``words`` may take."""
    return len(words) * size * _LETTER


def picture(key: str, height: float, about: str, body: str, font: str, *, hatched: bool = False) -> str:
    """A whole drawing; ``about`` is what it shows, for those who cannot see it, ``key`` makes its ids its own."""
    defined = element("defs", hatch(key)) if hatched else ""
    return element(
        "svg", element("title", text(about)), defined, body, xmlns="http://www.w3.org/2000/svg", class_="drawn",
        viewBox=f"0 0 {number(WIDTH)} {number(height)}", width=WIDTH, height=height, role="img", aria_label=about, font_family=font,
    )  # fmt: skip


def hatch(key: str) -> str:
    """The pattern ``hatch-key``: dark diagonal lines over whatever colour lies below."""
    line = element("path", d="M-1 7L7 -1M-1 1L1 -1M5 7L7 5", stroke=INK, stroke_width=1, stroke_opacity=0.45)
    return element("pattern", line, id=f"hatch-{key}", width=6.0, height=6.0, patternUnits="userSpaceOnUse")


def number(value: float) -> str:
    """``value`` with at most one decimal."""
    written = f"{value:.1f}"
    written = written.removesuffix(".0")
    return "0" if written == "-0" else written


def _escaped(words: str) -> str:
    """``words`` without characters that XML does not know (it knows fewer than Unicode), escaped."""
    return escape(_NOT_XML.sub("", words), quote=True)


def _value(value: Value) -> str:
    return _escaped(value) if isinstance(value, str) else number(value) if abs(value) >= 1 else f"{value:.2f}"
