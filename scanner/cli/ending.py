"""How every scan ends: files in the report's folder, the summary, the files' paths."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path

from scanner.cache import Effort
from scanner.cli import output
from scanner.pipeline.events import Watcher


def format_names(text: str) -> list[str]:
    """The names in a comma-separated list of formats."""
    return [name for part in text.split(",") if (name := part.strip())]


def check_folder(folder: Path) -> None:
    """Make sure, before hours of work, that reports can be written to ``folder``; ends with exit code 2 when not.

    Nothing is made: what is tried is the nearest folder that exists.
    """
    existing = next(f for f in (folder.absolute(), *folder.absolute().parents) if f.exists())
    try:
        with tempfile.TemporaryFile(dir=existing):
            pass
    except OSError as error:
        output.fail(2, f"no report can be written to {folder}: {error.strerror}; name another folder with --out")


def write_files(files: Iterable[tuple[str, bytes]], folder: Path) -> list[Path]:
    """Write names and contents to ``folder``; returns absolute paths. Ends with exit code 2 when it cannot write."""
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files:
            path = folder.resolve() / name
            temporary = path.with_suffix(path.suffix + ".part")
            temporary.write_bytes(content)
            temporary.replace(path)
            written.append(path)
    except OSError as error:
        output.fail(
            2, f"the report cannot be written to {folder}: {error.strerror}; `assay report` writes it elsewhere"
        )
    return written


def tell_summary(watcher: Watcher, words: str, ended: str, scan: int, effort: Effort) -> None:
    """Print the summary: ``words`` on the score, how repositories ``ended``, the scan's number, what had to be analysed."""
    anew = f"blobs analysed: {effort.blobs} · commits analysed: {effort.commits}"
    kept = f" · kept from before: {effort.known / effort.asked:.1%}" if effort.asked else ""
    output.say(watcher, "summary", f"{words} · repositories: {ended} · scan {scan} · {anew}{kept}")


def tell_paths(paths: Iterable[Path]) -> None:
    """Print where the report is, a file a line, on standard output."""
    for path in paths:
        output.out.print(str(path))
