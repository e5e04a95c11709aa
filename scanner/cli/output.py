"""What the command line prints: progress for people, JSON lines for machines, errors that say what to do."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Sequence
from dataclasses import asdict
from functools import cached_property
from typing import TYPE_CHECKING, Any, NoReturn, Self

from scanner.core.subjects import Subject
from scanner.core.text import clean
from scanner.pipeline.events import Silent, Watcher

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from scanner.http.traffic import Traffic


class Stream:
    """Standard output or standard error. The library that draws is loaded when something is drawn, not for a plain line."""

    def __init__(self, *, errors: bool) -> None:
        self._errors = errors

    @cached_property
    def console(self) -> Console:
        """The stream as something to draw on."""
        from rich.console import Console

        wide = None if self._errors or sys.stdout.isatty() else 200
        return Console(stderr=self._errors, highlight=False, soft_wrap=True, width=wide)

    def print(self, text: str = "") -> None:
        """A line of plain text; above the progress, where that is drawn."""
        if "console" in self.__dict__:
            self.console.print(text, markup=False, emoji=False)
        else:
            print(text, file=sys.stderr if self._errors else sys.stdout)

    def draw(self, drawn: str | Table, style: str = "") -> None:
        """A table, or text in ``style``."""
        self.console.print(drawn, markup=False, emoji=False, style=style or None)

    def print_json(self, text: str) -> None:
        """A JSON document, indented and coloured where there are colours."""
        self.console.print_json(text)


errors = Stream(errors=True)
out = Stream(errors=False)


def fail(code: int, message: str) -> NoReturn:
    """Say ``message`` on standard error and end with ``code``."""
    from typer import Exit

    errors.draw(f"assay: {clean(message, 2000)}", "bold red")
    raise Exit(code)


class JsonLines:
    """A watcher that writes one JSON object per event to standard error."""

    def _write(self, **event: object) -> None:
        sys.stderr.write(json.dumps(event, sort_keys=True) + "\n")
        sys.stderr.flush()

    def say(self, event: str, text: str) -> None:
        """Something that people would read as a line."""
        self._write(event=event, message=text)

    def traffic(self, forge: str, traffic: Traffic) -> None:
        """What was asked of ``forge``."""
        self._write(event="traffic", forge=forge, message=traffic.told(forge), **asdict(traffic))

    def planned(self, repositories: int) -> None:
        """So many repositories will be read."""
        self._write(event="planned", repositories=repositories)

    def phase(self, subject: Subject, name: str) -> None:
        """A worker started ``name`` on ``subject``."""
        self._write(event="phase", subject=subject.key, phase=name)

    def ended(self, subject: Subject, outcome: str, detail: str, seconds: float) -> None:
        """``subject`` ended."""
        self._write(event="ended", subject=subject.key, outcome=outcome, detail=detail, seconds=round(seconds, 3))

    def step(self, name: str) -> None:
        """The scan as a whole started ``name``."""
        self._write(event="step", step=name)


class Bars:
    """A watcher that draws one bar for the scan and a line for each repository being read."""

    def __init__(self) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        self._progress = Progress(
            SpinnerColumn(), TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
            TextColumn("{task.fields[phase]}", markup=False), console=errors.console, transient=True,
        )  # fmt: skip
        self._all = self._progress.add_task("Repositories", total=None, phase="")
        self._lines: dict[Subject, Any] = {}

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Take the bars away; what is printed next stands alone."""
        self._progress.stop()

    def planned(self, repositories: int) -> None:
        """So many repositories will be read."""
        self._progress.update(self._all, total=repositories)

    def phase(self, subject: Subject, name: str) -> None:
        """A worker started ``name`` on ``subject``."""
        if subject not in self._lines:
            self._lines[subject] = self._progress.add_task(f"  {subject.name}", total=None, phase=name)
        self._progress.update(self._lines[subject], phase=name)

    def ended(self, subject: Subject, outcome: str, detail: str, seconds: float) -> None:
        """``subject`` ended: its line becomes permanent when it failed."""
        if subject in self._lines:
            self._progress.remove_task(self._lines.pop(subject))
        self._progress.advance(self._all)
        if outcome == "failed":
            errors.draw(f"  {subject.name}: not read: {clean(detail)}", "yellow")
        del seconds

    def step(self, name: str) -> None:
        """The scan as a whole started ``name``."""
        self._progress.update(self._all, phase=name)


class Quiet(Silent):
    """A watcher that speaks only of failures, a line each."""

    def ended(self, subject: Subject, outcome: str, detail: str, seconds: float) -> None:
        """Say what failed and why."""
        del seconds
        if outcome == "failed":
            errors.print(f"{subject.name}: not read: {clean(detail)}")


class JsonLog(logging.Formatter):
    """Log records as JSON lines: level, logger and message, nothing of the environment."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        return json.dumps(
            {
                "event": "log",
                "level": record.levelname.lower(),
                "logger": record.name,
                "message": clean(record.getMessage(), 1000),
            }
        )


def set_up_logging(json_logs: bool, verbose: bool) -> None:
    """Warnings of assay to standard error; libraries stay silent, since what they log may quote what they read."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLog() if json_logs else logging.Formatter("%(message)s"))
    own = logging.getLogger("assay")
    own.handlers[:] = [handler]
    own.propagate = False
    own.setLevel(logging.INFO if verbose else logging.WARNING)
    root = logging.getLogger()
    root.handlers[:] = [logging.NullHandler()]
    root.setLevel(logging.CRITICAL)


def end(watcher: Watcher) -> None:
    """No more progress: take the bars away."""
    if isinstance(watcher, Bars):
        watcher.stop()


def say(watcher: Watcher, event: str, text: str) -> None:
    """A line on standard error: plain, or one JSON object where the progress is JSON lines."""
    if isinstance(watcher, JsonLines):
        watcher.say(event, text)
    else:
        errors.print(text)


def tell_traffic(watcher: Watcher, forge: str, traffic: Traffic) -> None:
    """A line on what was asked of ``forge``, if anything; with its figures where the progress is JSON lines."""
    if not (traffic.requests or traffic.at_least):
        return
    if isinstance(watcher, JsonLines):
        watcher.traffic(forge, traffic)
    else:
        errors.print(traffic.told(forge))


def watcher(json_logs: bool, quiet: bool) -> Watcher:
    """The watcher that fits: JSON lines, bars on a terminal, else quiet."""
    if json_logs:
        return JsonLines()
    return Bars() if not quiet and errors.console.is_terminal else Quiet()


def table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    """Print a table on standard output; what its cells hold is text, never markup."""
    from rich.markup import escape
    from rich.table import Table

    drawn = Table(*heads, box=None, pad_edge=False)
    for row in rows:
        drawn.add_row(*(escape(cell) for cell in row))
    out.draw(drawn)
