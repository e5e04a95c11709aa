"""Recording a conversation with a forge, and answering from the recording without any network."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from scanner.core.evidence import Unreadable, Why
from scanner.http.redaction import without_addresses
from scanner.http.wire import Answer, Request

_KEPT_HEADERS = frozenset({
    "content-type", "date", "github-authentication-token-expiration", "link", "location", "retry-after", "x-accepted-github-permissions",
    "x-accepted-oauth-scopes", "x-github-sso", "x-next-page", "x-oauth-scopes", "x-page", "x-per-page", "x-total", "x-total-pages",
})  # fmt: skip
_KEPT_PREFIXES = ("x-ratelimit-", "ratelimit-")
_PASSING = frozenset({202, 401, 403, 408, 429})
"""Refusals that another try may lift; below 500 every other answer is the forge's word for the whole recording."""
_FILE_BYTES = 60_000_000
_ABOUT = "forge.json"


class RecordingError(Exception):
    """A folder cannot be recorded to or replayed from; the text says why."""


class Recording:
    """The answers below one folder, a file each. Its bytes are what is judged, while recording as well as afterwards.

    The first final answer to a request holds for the whole recording, so that a replay cannot tell asking once from
    asking twice; what may pass (a limit, a server's error, no answer) is replaced by what comes later.
    """

    def __init__(self, folder: Path, stands_for: Callable[[str], str]) -> None:
        self._folder = folder
        self._stands_for = stands_for

    def answer(self, request: Request) -> Answer:
        """The recorded answer, or the failure that was recorded; UNREACHABLE when there is neither."""
        found = self._read(request)
        if found is None:
            raise Unreadable(Why.UNREACHABLE, f"{request.label} is not in the recording", "record the same scan again")
        if isinstance(found, Unreadable):
            raise found
        return found

    def settled(self, request: Request) -> Answer | None:
        """The answer that holds for this recording, None when ``request`` must be asked."""
        found = self._read(request)
        return found if isinstance(found, Answer) and _is_final(found) else None

    def keep(self, request: Request, answer: Answer) -> Answer:
        """Keep ``answer`` without addresses; returns what was kept. RecordingError when it cannot be written."""
        headers = {k: v for k, v in answer.headers.items() if k in _KEPT_HEADERS or k.startswith(_KEPT_PREFIXES)}
        kept = Answer(answer.status, headers, without_addresses(answer.body, self._stands_for))
        self._write(request, {"status": kept.status, "headers": headers, **_body(kept.body)})
        return kept

    def lost(self, request: Request, problem: Unreadable) -> None:
        """Keep that no answer came, and why."""
        hole = problem.hole
        self._write(request, {"why": hole.why.value, "detail": hole.detail, "closes": hole.closes})

    def _path(self, request: Request) -> Path:
        method = "GET" if request.body is None else "POST"
        parts = (method.encode(), request.url.encode(), request.body or b"")
        name = hashlib.sha256(b"\0".join(parts)).hexdigest()
        return self._folder / name[:2] / f"{name}.json"

    def _read(self, request: Request) -> Answer | Unreadable | None:
        path = self._path(request)
        try:
            with path.open("rb") as file:
                text = file.read(_FILE_BYTES + 1)
            return _parsed(text)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, RecursionError):
            return Unreadable(
                Why.UNPARSABLE, f"{request.label}: its recording is damaged", "record the same scan again"
            )

    def _write(self, request: Request, value: Mapping[str, object]) -> None:
        write_json(self._path(request), {"asked": request.label, **value})


def _is_final(answer: Answer) -> bool:
    return answer.status < 500 and answer.status not in _PASSING


def _body(body: bytes) -> dict[str, object]:
    try:
        return {"body": body.decode("utf-8")}
    except UnicodeDecodeError:
        return {"body_base64": base64.b64encode(body).decode("ascii")}


def _parsed(text: bytes) -> Answer | Unreadable:
    """What a recorded file says; ValueError when it is none."""
    if len(text) > _FILE_BYTES:
        raise ValueError("too large for a recorded answer")
    match json.loads(text):
        case {"why": str(why), "detail": str(detail), "closes": str(closes)}:
            return Unreadable(Why(why), detail, closes)
        case {"status": int(status), "headers": dict(headers), "body": str(body)}:
            content = body.encode("utf-8")
        case {"status": int(status), "headers": dict(headers), "body_base64": str(packed)}:
            content = base64.b64decode(packed, validate=True)
        case _:
            raise ValueError("not a recorded answer")
    return Answer(status, {str(k): str(v) for k, v in headers.items()}, content)


@dataclass(frozen=True, slots=True)
class Recorded:
    """Which forge a recording is of: its address, and whether it was asked with a token."""

    address: str
    with_token: bool


def describe(folder: Path, recorded: Recorded) -> None:
    """Say in ``folder`` what is recorded there. RecordingError when it holds the recording of another forge."""
    before = described(folder)
    if before is not None and before != recorded:
        raise RecordingError(f"{folder} holds a recording of {before.address}; name another folder")
    write_json(folder / _ABOUT, {"address": recorded.address, "with_token": recorded.with_token})


def described(folder: Path) -> Recorded | None:
    """What is recorded in ``folder``, None when nothing is. RecordingError when it is damaged."""
    value = read_json(folder / _ABOUT)
    if value is None:
        return None
    address, with_token = value.get("address"), value.get("with_token")
    if not isinstance(address, str) or not isinstance(with_token, bool):
        raise RecordingError(f"{folder / _ABOUT} is damaged")
    return Recorded(address, with_token)


def read_json(path: Path) -> dict[str, object] | None:
    """The JSON object in a small file, None when there is no file; RecordingError when it is something else."""
    try:
        with path.open("rb") as file:
            value = json.loads(file.read(1_000_000))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError):
        raise RecordingError(f"{path} cannot be read") from None
    if not isinstance(value, dict):
        raise RecordingError(f"{path} is damaged")
    return value


def write_json(path: Path, value: Mapping[str, object]) -> None:
    """Put ``value`` in ``path``, whole or not at all, readable by its owner alone; RecordingError when it cannot be."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, temporary = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(json.dumps(value, sort_keys=True, ensure_ascii=False, indent=1).encode("utf-8"))
            Path(temporary).replace(path)
        except OSError:
            with suppress(OSError):
                Path(temporary).unlink()
            raise
    except OSError as error:
        raise RecordingError(f"the recording cannot be written to {path.parent}: {error.strerror}") from None
