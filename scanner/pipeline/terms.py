"""The terms on which a scan speaks with its forges: what it keeps, what it records, how it waits."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from scanner.http.conversation import Conversation, OnLimit
from scanner.http.github.client import GithubSettings
from scanner.http.pacing import LONGEST_BLOCK
from scanner.http.recording import Recorded, RecordingError, describe, described, read_json, write_json
from scanner.http.secret import Secret
from scanner.pipeline.events import Watcher
from scanner.pipeline.forges import ForgeSettings
from scanner.pipeline.lists import without_secrets
from scanner.places import Places
from scanner.pseudonyms import load_key

_log = logging.getLogger("assay." + __name__)
_SHOWN_SECONDS = 5.0
"""A wait below this is not worth a word."""
_LOGGED_SECONDS = 60.0
"""From here on it is worth a line that stays."""
_ABOUT = "recording.json"
_FORM = 1


@dataclass(frozen=True, slots=True)
class Terms:
    """What the user chose. ``concurrency`` bounds the requests in flight of all workers together."""

    on_limit: OnLimit = OnLimit.HOLE
    concurrency: int = 8
    record: Path | None = None
    replay: Path | None = None


def on_terms(
    settings: Mapping[str, ForgeSettings], terms: Terms, places: Places, targets: tuple[str, ...], as_of: date
) -> dict[str, ForgeSettings]:
    """``settings`` of each forge with the terms of its conversation; for a replay, those it was recorded with.

    Raises RecordingError for a folder that cannot be recorded to or replayed from.
    """
    if not settings:
        return {}
    if terms.record is not None:
        _begin(terms.record, targets, as_of)
    key = load_key(places.data / "forges", "conversations")
    out: dict[str, ForgeSettings] = {}
    for name, given in settings.items():
        conversation = Conversation(
            folder=places.cache / "http",
            key=key,
            concurrency=terms.concurrency,
            on_limit=terms.on_limit,
            record=terms.record and terms.record / name,
            replay=terms.replay and terms.replay / name,
        )
        spoken = replace(given, conversation=conversation)
        if conversation.record is not None:
            describe(conversation.record, Recorded(_address(given), given.token is not None))
        if conversation.replay is not None:
            spoken = _as_recorded(spoken, conversation.replay)
        out[name] = spoken
    return out


def recorded_day(folder: Path) -> date:
    """The day that the scan recorded in ``folder`` speaks of. Raises RecordingError when it is no recording."""
    about = read_json(folder / _ABOUT) or {}
    try:
        return date.fromisoformat(str(about["as_of"]))
    except (KeyError, ValueError):
        raise RecordingError(f"{folder} is no recording of a scan") from None


def _begin(folder: Path, targets: tuple[str, ...], as_of: date) -> None:
    """Begin the recording, or go on with that of the same scan."""
    about = {
        "form": _FORM,
        "as_of": as_of.isoformat(),
        "targets": sorted({without_secrets(target) for target in targets}),
    }
    before = read_json(folder / _ABOUT)
    if before is not None and before != about:
        raise RecordingError(f"{folder} holds the recording of another scan; name another folder")
    if before is None and folder.is_dir() and any(folder.iterdir()):
        raise RecordingError(f"{folder} is not empty and holds no recording; name another folder")
    write_json(folder / _ABOUT, about)


def _address(settings: ForgeSettings) -> str:
    return settings.api_url if isinstance(settings, GithubSettings) else settings.url


def _as_recorded(settings: ForgeSettings, folder: Path) -> ForgeSettings:
    """``settings`` with the address that was recorded, and no credential but a word in its place."""
    recorded = described(folder)
    if recorded is None:
        raise RecordingError(f"{folder} is no recording of a forge")
    token = Secret("replayed") if recorded.with_token else None
    try:
        if isinstance(settings, GithubSettings):
            return replace(settings, api_url=recorded.address, token=token)
        return replace(settings, url=recorded.address, token=token)
    except ValueError:
        raise RecordingError(f"{folder} names an address that is none") from None


def patient(settings: ForgeSettings) -> ForgeSettings:
    """``settings`` for the scan itself, which waits out whole limits when its terms are to wait: workers never do."""
    if settings.conversation.on_limit is not OnLimit.WAIT:
        return settings
    return replace(
        settings, limits=replace(settings.limits, wait_seconds=LONGEST_BLOCK, call_seconds=3 * LONGEST_BLOCK)
    )


def clock_time(until: float) -> str:
    """The time of day, UTC, at ``until`` (epoch seconds)."""
    return datetime.fromtimestamp(math.ceil(until / 60) * 60, UTC).strftime("%H:%M UTC")


class Waiting:
    """Waits that can be watched; ``sleep`` and ``now`` (epoch seconds) are arguments for tests."""

    def __init__(
        self, watcher: Watcher, sleep: Callable[[float], None] = time.sleep, now: Callable[[], float] = time.time
    ) -> None:
        self._watcher = watcher
        self._sleep = sleep
        self._now = now

    def seconds(self, seconds: float) -> None:
        """Wait so long."""
        self.until(self._now() + seconds)

    def until(self, until: float) -> None:
        """Wait until that moment (epoch seconds), saying once when it will be and then how long it still takes."""
        left = until - self._now()
        if left < _SHOWN_SECONDS:
            self._sleep(max(0.0, left))
            return
        if left >= _LOGGED_SECONDS:
            _log.warning("a limit of the forge is reached: going on at %s", clock_time(until))
        shown = ""
        while (left := until - self._now()) > 0:
            words = f"wait for the forge, {_told(left)}"
            if words != shown:
                self._watcher.step(words)
                shown = words
            self._sleep(min(left, 1.0))


def _told(left: float) -> str:
    if left > 120:
        return f"{math.ceil(left / 60)} min left"
    return f"{math.ceil(left / 10) * 10 if left > 10 else math.ceil(left)} s left"
