"""Readers of configuration languages for untrusted bytes: bounded in size, depth and expansion; anything odd is a ValueError."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable
from xml.etree.ElementTree import Element, ParseError

import yaml
from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

MAX_BYTES = 1_000_000
"""Largest file read unless the caller allows more (lock files)."""
MAX_DEPTH = 60
MAX_DOTS = 1_000
"""Most dots on one line of a TOML file."""
MAX_NODES = 50_000
"""Most values of one YAML stream, aliases counted as what they stand for."""


class Map(dict[str, object]):
    """A YAML mapping that knows where it stands. ``line`` and ``lines`` (by key) count from 1."""

    line: int = 0

    def __init__(self, line: int = 0) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}


class Seq(list[object]):
    """A YAML sequence that knows where it stands. ``lines`` holds the line of each item."""

    def __init__(self, line: int = 0) -> None:
        super().__init__()
        self.line = line
        self.lines: list[int] = []


def decode(content: bytes) -> str:
    r"""``content`` as text with ``\n`` line ends: by byte order mark, else UTF-8, else Latin-1. Never fails."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16", "replace")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("latin-1")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def load_yaml(content: bytes, *, max_bytes: int = MAX_BYTES, max_nodes: int = MAX_NODES) -> object:
    """The first document of a YAML stream, None when it is empty (see `load_yaml_all`)."""
    documents = load_yaml_all(content, max_bytes=max_bytes, max_nodes=max_nodes)
    return documents[0] if documents else None


def load_yaml_all(content: bytes, *, max_bytes: int = MAX_BYTES, max_nodes: int = MAX_NODES) -> tuple[object, ...]:
    """Every document of a YAML stream, as `Map`, `Seq`, str, int, bool and None.

    Scalars follow YAML 1.2 (``on`` and ``yes`` are text), and fractions stay text, so that the
    version 3.10 is not 3.1. Custom tags are dropped, merge keys applied.
    """
    _bounded(content, max_bytes)
    builder = _Builder(max_nodes)
    try:
        for event in yaml.parse(_printable(decode(content)), Loader=yaml.CSafeLoader):
            builder.take(event)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise ValueError(f"not YAML{f': line {mark.line + 1}' if mark else ''}") from None
    except (RecursionError, MemoryError):
        raise ValueError("YAML nests too deep") from None
    return tuple(builder.documents)


def load_json(content: bytes, *, max_bytes: int = MAX_BYTES) -> object:
    """A JSON text. Comments and trailing commas are not JSON."""
    _bounded(content, max_bytes)
    try:
        value: object = json.loads(decode(content))
    except (RecursionError, MemoryError):
        raise ValueError("JSON nests too deep") from None
    except ValueError as error:
        line = getattr(error, "lineno", 0)
        raise ValueError(f"not JSON{f': line {line}' if line else ''}") from None
    _bounded_depth(value)
    return value


def load_toml(content: bytes, *, max_bytes: int = MAX_BYTES) -> dict[str, object]:
    """A TOML document."""
    _bounded(content, max_bytes)
    # The reader takes time quadratic in the number of dots of a key.
    if any(line.count(b".") > MAX_DOTS for line in content.split(b"\n")):
        raise ValueError("TOML nests too deep")
    try:
        value: dict[str, object] = tomllib.loads(decode(content))
    except (RecursionError, MemoryError):
        raise ValueError("TOML nests too deep") from None
    except ValueError:
        raise ValueError("not TOML") from None
    _bounded_depth(value)
    return value


def load_xml(content: bytes, *, max_bytes: int = MAX_BYTES) -> Element:
    """The root of an XML document without a document type; namespaces are removed from tags."""
    _bounded(content, max_bytes)
    try:
        root: Element = ElementTree.fromstring(content.removeprefix(b"\xef\xbb\xbf"), forbid_dtd=True)
    except DefusedXmlException:
        raise ValueError("XML with a document type or entities") from None
    except (ParseError, LookupError, ValueError, RecursionError, MemoryError):
        raise ValueError("not XML") from None
    pending = [(root, 1)]
    while pending:
        element, depth = pending.pop()
        if depth > MAX_DEPTH:
            raise ValueError("XML nests too deep")
        if isinstance(element.tag, str):
            element.tag = element.tag.rpartition("}")[2]
        pending += [(child, depth + 1) for child in element]
    return root


def mapping(value: object) -> dict[str, object]:
    """``value`` when it is a mapping (with text keys only), else an empty one."""
    if isinstance(value, Map):
        return value
    return {k: v for k, v in value.items() if isinstance(k, str)} if isinstance(value, dict) else {}


def sequence(value: object) -> list[object]:
    """``value`` when it is a sequence, else an empty one."""
    return value if isinstance(value, list) else []


def several(value: object) -> list[object]:
    """A value that may stand alone or in a sequence, as a sequence; None is an empty one."""
    return value if isinstance(value, list) else [] if value is None else [value]


def text(value: object) -> str:
    """A scalar as text, booleans as ``true`` and ``false``; empty when it is none."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str | int | float) else ""


def line_of(value: object, key: str = "") -> int:
    """The line (from 1) of a YAML mapping's key, or of the mapping or sequence itself; 0 when unknown."""
    if isinstance(value, Map):
        return value.lines.get(key, value.line)
    return value.line if isinstance(value, Seq) else 0


def key_lines(content: str) -> dict[str, int]:
    """For JSON written one key a line: the line (from 1) on which each key first stands."""
    out: dict[str, int] = {}
    for number, line in enumerate(content.split("\n"), start=1):
        start = line.lstrip()[:400]
        if start.startswith('"') and (end := start.find('"', 1)) > 0 and start[end + 1 :].lstrip().startswith(":"):
            out.setdefault(start[1:end], number)
    return out


def walk(value: object) -> Iterable[dict[str, object]]:
    """Every mapping within ``value``, outermost first, in document order."""
    pending = [value]
    while pending:
        item = pending.pop()
        if isinstance(item, dict):
            yield mapping(item)
            pending += reversed(list(item.values()))
        elif isinstance(item, list):
            pending += reversed(item)


def _bounded(content: bytes, max_bytes: int) -> None:
    if len(content) > max_bytes:
        raise ValueError(f"{len(content)} bytes, over the limit of {max_bytes}")


def _bounded_depth(value: object) -> None:
    pending = [(value, 1)]
    while pending:
        item, depth = pending.pop()
        if not isinstance(item, dict | list):
            continue
        if depth > MAX_DEPTH:
            raise ValueError("nests too deep")
        pending += [(child, depth + 1) for child in (item.values() if isinstance(item, dict) else item)]


def _printable(content: str) -> str:
    """Without the control characters that the YAML reader refuses; tabs and line ends stay."""
    return content if content.isprintable() else "".join(c for c in content if c >= " " or c in "\t\n")


class _Frame:
    """A collection under construction, and how many values it stands for."""

    def __init__(self, value: Map | Seq, anchor: str | None) -> None:
        self.value = value
        self.anchor = anchor
        self.size = 1
        self.key: str | None = None
        self.merged: list[object] = []

    def add(self, item: object, line: int) -> None:
        if isinstance(self.value, Seq):
            self.value.append(item)
            self.value.lines.append(line)
        elif self.key is None:
            self.key = text(item) if not isinstance(item, dict | list) else "?"
            self.value.lines.setdefault(self.key, line)
        else:
            if self.key == "<<" and isinstance(item, dict | list):
                self.merged += several(item)
            else:
                self.value[self.key] = item
            self.key = None

    def finish(self) -> None:
        for base in self.merged:
            if isinstance(base, Map) and isinstance(self.value, Map):
                for key, item in base.items():
                    self.value.setdefault(key, item)
                    self.value.lines.setdefault(key, base.lines.get(key, base.line))


class _Builder:
    """Values from parser events, counting what aliases stand for."""

    def __init__(self, max_nodes: int) -> None:
        self.documents: list[object] = []
        self._frames: list[_Frame] = []
        self._anchors: dict[str, tuple[object, int]] = {}
        self._left = max_nodes

    def take(self, event: yaml.Event) -> None:
        """Process one event."""
        match event:
            case yaml.DocumentStartEvent():
                self._anchors = {}
            case yaml.AliasEvent():
                if event.anchor not in self._anchors:
                    raise ValueError("YAML alias to nothing, or to itself")
                value, size = self._anchors[event.anchor]
                self._place(value, size, _line(event))
            case yaml.ScalarEvent():
                value = _scalar(event.value) if event.implicit[0] else event.value
                if event.anchor:
                    self._anchors[event.anchor] = (value, 1)
                self._place(value, 1, _line(event))
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                if len(self._frames) >= MAX_DEPTH:
                    raise ValueError("YAML nests too deep")
                line = _line(event)
                made = Map(line) if isinstance(event, yaml.MappingStartEvent) else Seq(line)
                self._frames.append(_Frame(made, event.anchor))
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                frame = self._frames.pop()
                frame.finish()
                if frame.anchor:
                    self._anchors[frame.anchor] = (frame.value, frame.size)
                self._place(frame.value, frame.size, frame.value.line)

    def _place(self, value: object, size: int, line: int) -> None:
        if not self._frames:
            self.documents.append(value)
            return
        frame = self._frames[-1]
        frame.size += size
        if frame.size > self._left:
            raise ValueError("YAML expands to too many values")
        frame.add(value, line)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0


def _scalar(written: str) -> str | int | bool | None:
    if written in ("", "~", "null", "Null", "NULL"):
        return None
    if written in ("true", "True", "TRUE"):
        return True
    if written in ("false", "False", "FALSE"):
        return False
    digits = written[1:] if written[0] in "+-" else written
    plain = len(digits) <= 18 and digits.isascii() and digits.isdigit() and (digits == "0" or digits[0] != "0")
    return int(written) if plain else written
