"""The same command line again: what it asks for is remembered, so that it need not be parsed to be answered.

That a scan of the same inputs would tell the same is decided by `scanner.pipeline.unchanged` alone; here only the way from
words to inputs is shortened. The words stand for the same inputs as long as folder, day, environment and code are the same.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from scanner.cli.again import report_again
from scanner.cli.output import Quiet
from scanner.pipeline.code import code_digest
from scanner.pipeline.unchanged import Inputs, keep_note
from scanner.places import default_database, places

_LARGEST_BYTES = 1_000_000


def answer(words: Sequence[str]) -> int | None:
    """The exit code of the command that ``words`` are, when its report stands again; None when it has to be read word by word."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        with _path(words).open("rb") as file:
            note = json.loads(file.read(_LARGEST_BYTES))
        sought, formats, folder = _inputs(note), str(note["formats"]), Path(note["folder"])
        try:
            return report_again(sought, formats, folder, (), Quiet())
        except Exception as ended:
            from typer import Exit

            if isinstance(ended, Exit):
                return ended.exit_code
            raise
    return None


def keep(words: Sequence[str], sought: Inputs, formats: str, folder: Path) -> None:
    """Remember that ``words`` ask for ``sought``, in ``formats``, in ``folder``; failing to is no failure."""
    note = {
        "targets": sought.targets, "as_of": sought.as_of.isoformat(), "formats": formats, "folder": str(folder),
        "engagement": _text(sought.engagement), "advisories": _text(sought.advisories),
        "options": {name: _option(value) for name, value in sought.options.items()},
    }  # fmt: skip
    with suppress(OSError, ValueError):
        keep_note(_path(words), json.dumps(note, sort_keys=True).encode())


def _path(words: Sequence[str]) -> Path:
    named = [
        list(words), str(Path.cwd()), dt.datetime.now(dt.UTC).date().isoformat(), default_database(), str(places().data),
        code_digest("scanner", "collectors", "analyzers", "scoring", "reports"),
    ]  # fmt: skip
    key = hashlib.sha256(json.dumps(named).encode("utf-8", "surrogateescape")).hexdigest()
    return places().cache / "unchanged" / f"words-{key}.json"


def _inputs(note: Mapping[str, object]) -> Inputs:
    """The inputs that `keep` wrote down; ValueError when they are none."""
    match note:
        case {"targets": list(targets), "as_of": str(as_of), "options": dict(options)}:
            return Inputs(
                tuple(map(str, targets)), dt.date.fromisoformat(as_of), _file(note["engagement"]), _file(note["advisories"]),
                default_database(), places().keys, places().cache,
                {name: _value(value) for name, value in options.items()},
            )  # fmt: skip
        case _:
            raise ValueError("no inputs")


def _text(path: Path | None) -> str | None:
    return None if path is None else str(path)


def _file(value: object) -> Path | None:
    return None if value is None else Path(str(value))


def _option(value: object) -> object:
    """A value that JSON can hold and that stands for the same: a path stays a path, all else is named by its text."""
    match value:
        case Path():
            return {"path": str(value)}
        case list() | tuple():
            return [_option(one) for one in value]
        case _:
            return None if value is None else str(value)


def _value(value: object) -> object:
    match value:
        case {"path": str(path)}:
            return Path(path)
        case list():
            return [_value(one) for one in value]
        case _:
            return value
