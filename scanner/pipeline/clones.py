"""The clone of a planned repository: which mirror is its own, with what right it is fetched, and within which bounds."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from scanner.http.github.client import GithubSettings
from scanner.locks import one_of
from scanner.mirrors import Bounds, Mirror, kept, mirrored
from scanner.origins import Origin, without_user
from scanner.pipeline.disk import DEFAULT_CACHE_SIZE, FREE_BYTES, make_room, parse_size, require_fit, require_room
from scanner.pipeline.forges import ForgeSettings, open_forge
from scanner.pipeline.targets import Planned


@dataclass(frozen=True, slots=True)
class Clones:
    """What clones may take: bytes in the cache, how many from one host at the same time, seconds each."""

    cache_bytes: int = parse_size(DEFAULT_CACHE_SIZE)
    at_once: int = 4
    seconds: float = 3600.0


@contextmanager
def cloned(
    planned: Planned, cache: Path, forges: Mapping[str, ForgeSettings], terms: Clones, *, replays: bool
) -> Iterator[Mirror]:
    """The mirror of ``planned``, up to date; with ``replays`` as an earlier scan left it. Nobody removes it meanwhile.

    Raises Unreadable when it cannot be fetched, or does not fit.
    """
    mirrors = cache / "mirrors"
    settings = forges.get(planned.forge)
    folder = mirrors / mirror_name(planned, settings)
    if replays and planned.bundle is None:
        with kept(folder) as left:
            yield Mirror(left, made=True)
        return
    size = _size(planned)
    incoming = 0 if folder.is_dir() else size
    require_fit(terms.cache_bytes, size)
    make_room(mirrors, terms.cache_bytes, incoming, folder)
    require_room(mirrors, incoming)
    with ExitStack() as held:
        with one_of(cache / "clones" / _digest(_host(planned))[:16], terms.at_once, terms.seconds):
            bounds = Bounds(terms.seconds, terms.cache_bytes, FREE_BYTES)
            mirror = held.enter_context(mirrored(_origin(planned, settings), folder, bounds))
        yield mirror
    make_room(mirrors, terms.cache_bytes)


def mirror_name(planned: Planned, settings: ForgeSettings | None) -> str:
    """The mirror's folder: by the forge's lasting name of the repository, which outlives renames, else by its address."""
    if planned.bundle is not None:
        return _digest(f"bundle\0{os.fsencode(planned.bundle).hex()}")
    if settings is not None and planned.listed is not None and planned.listed.node_id:
        return _digest(f"{_address(settings)}\0{planned.listed.node_id}")
    return _digest(without_user(planned.url)[0])


def _origin(planned: Planned, settings: ForgeSettings | None) -> Origin:
    if planned.bundle is not None:
        return Origin(str(planned.bundle), bundle=True)
    if settings is None:
        return Origin(planned.url)
    with closing(open_forge(settings)) as forge:
        opener = forge.clone_header()
    trusted = opener is not None and planned.url.startswith(opener[0])
    return Origin(planned.url, opener[1].reveal() if opener is not None and trusted else None)


def _size(planned: Planned) -> int:
    """The size in bytes as far as it is told before cloning, 0 when it is not."""
    if planned.bundle is not None:
        try:
            return planned.bundle.stat().st_size
        except OSError:
            return 0
    return planned.listed.size_kb * 1024 if planned.listed is not None else 0


def _host(planned: Planned) -> str:
    if planned.bundle is not None:
        return ""
    return urlsplit(planned.url).hostname or planned.url.rpartition("@")[2].partition(":")[0]


def _address(settings: ForgeSettings) -> str:
    return settings.api_url if isinstance(settings, GithubSettings) else settings.url


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:32]
