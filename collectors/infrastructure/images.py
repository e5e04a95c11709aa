"""References to container images, taken apart."""

from __future__ import annotations

from scanner.core.text import clean
from scanner.facts.infrastructure import BaseImage


def image(written: str, path: str, line: int) -> BaseImage | None:
    """``registry/name:tag@digest`` in parts; None for nothing, ``scratch``, and names that are still variables."""
    reference = clean(written, 300).strip("\"'")
    if not reference or reference == "scratch" or reference.startswith(("$", "{{", "%")):
        return None
    rest, _, digest = reference.partition("@")
    name, colon, tag = rest.rpartition(":")
    if not colon or "/" in tag:
        name, tag = rest, ""
    if any(mark in name for mark in ("$", "{", " ")):
        return None
    return BaseImage(name, "" if "$" in tag or "{" in tag else tag, digest, path, line)
