"""Names of images and repositories, as they are written in many places, in one spelling."""

from __future__ import annotations

import re

_GIT = re.compile(
    r"(?:git::)?(?:(?:https?|ssh|git|git\+ssh|git\+https)://)?(?:[A-Za-z0-9_.%:+-]{1,200}@)?([A-Za-z0-9.-]{1,200})(?::\d{1,5})?[/:]([A-Za-z0-9_./~-]{1,200})"
)
_IMAGE = re.compile(r"[a-z0-9][a-z0-9._:/-]{0,200}")


def image_name(written: str) -> str:
    """``registry/name:tag@digest`` as ``registry/name`` in lower case; empty for a variable or nothing.

    Docker Hub's own prefixes are dropped: ``docker.io/library/redis`` is ``redis``.
    """
    name, _, digest = written.strip().strip("\"'").lower().partition("@")
    if digest and not digest.startswith("sha"):
        return ""
    head, colon, tag = name.rpartition(":")
    name = head if colon and "/" not in tag else name
    for prefix in ("docker.io/", "index.docker.io/", "library/"):
        name = name.removeprefix(prefix)
    return name if _IMAGE.fullmatch(name) and name != "scratch" else ""


def is_address(written: str) -> bool:
    """Whether ``written`` names a repository on a forge rather than a folder."""
    return written.startswith(
        ("http://", "https://", "git@", "git::", "ssh://", "git://", "github.com/", "gitlab.com/")
    )


def repository_name(written: str) -> str:
    """``owner/name`` of a repository's address in lower case, without host, user, sub-folder, reference and suffix; empty if none."""
    plain = re.split(r"[?#\s]", written, maxsplit=1)[0]
    match = _GIT.fullmatch(plain)
    if not match or "." not in match.group(1):
        return ""
    path = match.group(2).partition("//")[0].strip("/")
    path = path.partition(".git")[0] if ".git" in path else path
    parts = [p for p in path.lower().split("/") if p]
    if "github.com" in match.group(1):
        parts = parts[:2]
    return "/".join(parts) if len(parts) >= 2 and ".." not in parts else ""
