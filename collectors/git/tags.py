"""Tags as releases: which there are, when, whether they read as semantic versions and carry a signature."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from scanner.core.text import clean
from scanner.facts.history import Tag, Tags
from scanner.objects import RawObject
from scanner.repository import Ref

Signature = Literal["pgp", "ssh", "x509", ""]
_ARMOURS: dict[bytes, Signature] = {
    b"-----BEGIN PGP SIGNATURE-----": "pgp",
    b"-----BEGIN PGP MESSAGE-----": "pgp",
    b"-----BEGIN SSH SIGNATURE-----": "ssh",
    b"-----BEGIN SIGNED MESSAGE-----": "x509",
}

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


def tags_of(refs: tuple[Ref, ...], as_of: datetime, objects: Mapping[str, RawObject]) -> Tags:
    """All tags at commits not after ``as_of``, oldest first; ``objects`` are what the tags name, as far as it could be read."""
    tags = [
        _tag(clean(r.name.removeprefix("refs/tags/")), r.at, objects.get(r.oid))
        for r in refs
        if r.name.startswith("refs/tags/") and r.at <= as_of
    ]
    return Tags(as_of, tuple(sorted(tags, key=lambda t: (t.at, t.name))))


def _tag(name: str, at: datetime, named: RawObject | None) -> Tag:
    if named is None:
        return Tag(name, at, is_semantic(name))
    kind = signature_of(named)
    return Tag(name, at, is_semantic(name), kind is not None, kind or "", named.kind == "tag")


def signature_of(named: RawObject) -> Signature | None:
    """The kind of signature that a tag or commit carries ("": of another kind), None without one; it is not verified.

    A tag ends with the armour (https://git-scm.com/docs/gitformat-signature); a commit, and a tag under the other hash
    algorithm, has it in a header.
    """
    head, _, message = named.content.partition(b"\n\n")
    for line in head.split(b"\n"):
        name, _, begins = line.partition(b" ")
        if name in (b"gpgsig", b"gpgsig-sha256"):
            return _ARMOURS.get(begins.strip(), "")
    if named.kind != "tag":
        return None
    body = message.rstrip()
    for armour, kind in _ARMOURS.items():
        begins_at = body.rfind(b"\n" + armour + b"\n") if not body.startswith(armour + b"\n") else 0
        if begins_at >= 0 and body.endswith(armour.replace(b"BEGIN", b"END")):
            return kind
    return None
