"""Where clones come from: which addresses are spoken to, how the token travels, and what a failure of git means."""

from __future__ import annotations

import base64
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from scanner.core.evidence import Unreadable, Why
from scanner.core.text import clean
from scanner.git import LOOPBACK

AMBIGUOUS = "that URL can be read in two ways"
PLAIN = "write / as %2F, ? as %3F and # as %23 in a password, and @ as %40 in a path"
_READER = "a token that may read the repository's contents"
_CHECK = "check the address and the connection; a private repository needs a token that may read it"
_MAKE_ANEW = "the whole file; it is made with `git bundle create FILE --all` and tried with `git bundle verify FILE`"
_MEANINGS: tuple[tuple[str, Why, str, str], ...] = (
    (r"error: 40[13]|Authentication failed|could not read (Username|Password)|[Aa]ccess denied|Permission denied",
     Why.FORBIDDEN, "access was refused", _READER),
    (r"error: 404|^fatal: repository '.*' not found|Repository not found|could not be found",
     Why.AMBIGUOUS_404, "it is not there: deleted, renamed, or hidden from this token", _READER),
    (r"error: 429", Why.RATE_LIMITED, "the server refuses more clones for now", "scan again later"),
    (r"lacks these prerequisite commits|Repository lacks",
     Why.UNSUPPORTED, "the bundle is a part that needs commits it does not hold", "make it with `git bundle create FILE --all`"),
    (r"No space left on device|Disk quota exceeded", Why.TOO_LARGE, "the disk of the cache is full", "free space on the disk"),
    (r"from redirection|unable to update url base", Why.UNREACHABLE, "it has moved, and redirects are not followed", "give its new address"),
    (r"Operation too slow", Why.TIMED_OUT, "the server sent nothing for a minute", "scan again later"),
)  # fmt: skip
_PASSING = r"error: 5\d\d|early EOF|RPC failed|hung up|transfer closed|disconnect|Empty reply|Connection reset|Recv failure|invalid index-pack output"
_FAR = r"error: \d\d\d|Could not resolve|Failed to connect|[Cc]onnection (refused|timed out)|Couldn't connect|SSL|certificate|does not appear to be a git repository|Host key"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a mirror comes from: a git URL, or the path of a bundle; ``header`` is an HTTP header line with the token."""

    address: str
    header: str | None = field(default=None, repr=False)
    bundle: bool = False


class Failure(Exception):
    """Git failed. ``passing``: the next try may do better; ``local``: nothing says that the other side is to blame."""

    def __init__(self, why: Why, words: str, closes: str, *, passing: bool = False, local: bool = False) -> None:
        super().__init__(words)
        self.why, self.words, self.closes, self.passing, self.local = why, words, closes, passing, local


def failure(said: str, shown: str, *, bundle: bool = False) -> Failure:
    """What git's messages mean for the address, or ``bundle``, ``shown``. Lines that the server sent decide nothing and are not repeated."""
    own = "\n".join(line for line in said.splitlines() if not line.startswith("remote:"))
    for pattern, why, words, closes in _MEANINGS:
        if re.search(pattern, own, re.MULTILINE):
            return Failure(why, f"{shown}: {words}", closes)
    if bundle:
        return Failure(Why.CORRUPT, f"{shown}: the bundle is damaged, or cut off", _MAKE_ANEW, local=True)
    passing = re.search(_PASSING, own) is not None
    far = passing or re.search(_FAR, own) is not None
    return Failure(Why.UNREACHABLE, f"{shown}: git could not fetch it", _CHECK, passing=passing, local=not far)


def spoken(origin: Origin) -> tuple[str, str, dict[str, str]]:
    """The address without its user part, how it is shown, and what git's environment says of it."""
    if origin.bundle:
        return origin.address, clean(Path(origin.address).name, 100), {"GIT_ALLOW_PROTOCOL": "file"}
    shown, protocols = _admitted(origin.address)
    address, told = without_user(origin.address)
    header = origin.header or told
    env = {"GIT_ALLOW_PROTOCOL": protocols, "GIT_SSH_COMMAND": "ssh -oBatchMode=yes -oStrictHostKeyChecking=yes"}
    if "ssh" in protocols:
        env |= {n: os.environ[n] for n in ("HOME", "SSH_AUTH_SOCK") if n in os.environ}
    if header:
        parts = urlsplit(address)
        env |= {
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": f"http.{parts.scheme}://{parts.netloc}/.extraHeader",
            "GIT_CONFIG_VALUE_0": header,
        }
    return address, shown, env


def _admitted(url: str) -> tuple[str, str]:
    """The URL without its user part, and the protocols git may speak for it."""
    if is_ambiguous(url):
        raise Unreadable(Why.UNSUPPORTED, AMBIGUOUS, PLAIN)
    parts = urlsplit(url)
    host = parts.hostname or ""
    shown = clean(f"{parts.scheme}://{host}{parts.path}" if parts.scheme else url.rpartition("@")[2])
    if url.startswith("-"):
        raise Unreadable(Why.UNSUPPORTED, "a URL cannot start with a dash")
    if parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK):
        return shown, parts.scheme
    if parts.scheme == "file":
        return shown, "file"
    if parts.scheme == "ssh" or (not parts.scheme and re.fullmatch(r"[\w.-]+@[\w.-]+:[\w./~-]+", url)):
        return shown, "ssh"
    raise Unreadable(Why.UNSUPPORTED, f"{shown}: only https, ssh and file URLs are fetched", "give an https URL")


def is_ambiguous(url: str) -> bool:
    """Whether what reads as a port may be the beginning of a password with a bare ``/``, ``?`` or ``#``.

    ``https://user:1234/5@host/x`` reads as port 1234 of the host "user": asked, that host would be shown the rest.
    """
    authority, slash, rest = re.sub(r"[/?#]", "/", url.partition("://")[2]).partition("/")
    return bool(slash) and "@" in rest and ":" in authority.rpartition("]")[2]


def without_user(url: str) -> tuple[str, str | None]:
    """An http(s) URL without its user part, and the header that says the same: arguments are seen by every process."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or parts.username is None:
        return url, None
    pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    bare = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    return bare, f"Authorization: Basic {base64.b64encode(pair.encode()).decode()}"
