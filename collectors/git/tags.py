"""Tags as releases: which there are, when, and whether they read as semantic versions."""

from __future__ import annotations

import re
from datetime import datetime

from scanner.core.text import clean
from scanner.facts.history import Tag, Tags
from scanner.repository import Ref

_SEMANTIC = re.compile(
    r"(?:[a-z][a-z0-9_]{0,40}-){0,6}(?:v\.?|r)?(?:0|[1-9]\d{0,8})\.(?:0|[1-9]\d{0,8})\.(?:0|[1-9]\d{0,8})"
    r"(?:-[0-9A-Za-z.-]{1,60})?(?:\+[0-9A-Za-z.-]{1,60})?",
    re.IGNORECASE,
)


def is_semantic(name: str) -> bool:
    """Whether a tag reads as a semantic version (semver.org 2.0.0).

    A ``v`` before it and a package's name with ``-``, ``/`` or ``@`` are allowed, as monorepos write them
    (``release-1.2.3``, ``my-core-1.2.3``, ``core/v1.2.3``, ``@scope/core@1.2.3``).
    """
    last = re.split(r"[/@]", name[-200:])[-1]
    return _SEMANTIC.fullmatch(last) is not None


def tags_of(refs: tuple[Ref, ...], as_of: datetime) -> Tags:
    """All tags at commits not after ``as_of``, oldest first."""
    names = [(r.at, clean(r.name.removeprefix("refs/tags/"))) for r in refs if r.name.startswith("refs/tags/")]
    return Tags(as_of, tuple(Tag(name, at, is_semantic(name)) for at, name in sorted(names) if at <= as_of))
