"""Protocol buffer files: package, services and imports, by a small tokenizer (no grammar wheel is in use)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from collectors.parsing import MAX_BYTES, decode
from collectors.services.mention import Mention, need, offer

_TOKEN = re.compile(r"//[^\n]*|/\*|\"(?:[^\"\\\n]|\\.)*+\"?|'(?:[^'\\\n]|\\.)*+'?|[A-Za-z_][\w.]{0,300}|[{};=]|\n")
_FOREIGN = (
    "google/",
    "buf/",
    "validate/",
    "gogoproto/",
    "protoc-gen-",
    "grpc/",
    "envoy/",
    "xds/",
    "udpa/",
    "k8s.io/",
    "opentelemetry/",
)
"""Imports that come with the language or from well-known projects."""


def words(source: str) -> Iterator[tuple[str, int]]:
    """Words, texts and braces with their lines (from 1); comments are left out."""
    at, line = 0, 1
    while match := _TOKEN.search(source, at):
        word, at = match.group(), match.end()
        if word == "\n":
            line += 1
        elif word == "/*":
            end = source.find("*/", at)
            end = len(source) if end < 0 else end + 2
            line += source.count("\n", at, end)
            at = end
        elif not word.startswith("//"):
            yield word, line


def read(content: bytes) -> Iterator[Mention]:
    """One file. ValueError when it is too large."""
    if len(content) > MAX_BYTES:
        raise ValueError("too large")
    depth, package = 0, ""
    statement: list[str] = []
    for word, line in words(decode(content)):
        if word in "{};":
            depth += {"{": 1, "}": -1, ";": 0}[word]
            statement = []
            continue
        statement = [*statement[:2], word]
        if depth or len(statement) < 2:
            continue
        if statement[0] == "package" and len(statement) == 2:
            package = word
            yield offer("api", package, line, "protobuf package")
        elif statement[0] == "service" and len(statement) == 2:
            yield offer("api", f"{package}.{word}".lstrip("."), line, "protobuf service")
        elif (
            statement[0] == "import"
            and word[0] in "\"'"
            and word.endswith(word[0])
            and not word[1:].startswith(_FOREIGN)
        ):
            yield need("proto", word[1:-1], line, "import")
