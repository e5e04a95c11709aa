"""The same scan again: its report is written, and nothing is read or judged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

from scanner.cache import Effort
from scanner.cli import output
from scanner.cli.conditions import Condition, exit_code
from scanner.cli.ending import check_folder, format_names, tell_paths, tell_summary, write_files
from scanner.pipeline.events import Watcher
from scanner.pipeline.unchanged import Inputs, key_of, remembered
from scanner.places import default_database, places

_NAMED = frozenset({"targets", "as_of", "engagement", "advisories", "db", "offline"})
_WITHOUT_EFFECT = frozenset(
    {"out", "formats", "workers", "timeout", "fail_on", "json_logs", "quiet", "again", "resume"}
)
"""Options that say how a scan is made, where its report goes or what is made of it, not what stands in it."""


def inputs(
    targets: tuple[str, ...], as_of: dt.date, engagement: Path | None, advisories: Path | None, database: str | None,
    options: Mapping[str, object],
) -> Inputs:  # fmt: skip
    """What an offline scan of these is a function of, with the user's own folders and database.

    ``options`` are all of the command by name: what is not known to leave the report alone makes another scan.
    """
    own = places()
    others = {name: value for name, value in options.items() if name not in _NAMED and name not in _WITHOUT_EFFECT}
    return Inputs(targets, as_of, engagement, advisories, database or default_database(), own.keys, own.cache, others)


def report_again(
    sought: Inputs, formats: str, folder: Path, conditions: Sequence[Condition], watcher: Watcher
) -> int | None:
    """The exit code when nothing has changed since a finished scan of ``sought``, whose report stands in ``folder`` again; else None.

    Only scans that read every repository are remembered, so that it is 0, or 4 when a condition is met.
    """
    found = remembered(sought, key_of(sought), format_names(formats))
    if found is None:
        return None
    check_folder(folder)
    watcher.step("report")
    paths = write_files(found.reports, folder)
    output.end(watcher)
    told = found.told
    output.say(watcher, "unchanged", f"assay: nothing has changed since scan {told.scan}: its report is written again")
    tell_summary(watcher, told.words, f"{told.repositories} reused", told.scan, Effort())
    tell_paths(paths)
    code = exit_code(conditions, told, watcher, 0)
    for line in told.warnings:
        output.say(watcher, "warning", line)
    return code
