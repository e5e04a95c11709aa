"""The application and its main command."""

from __future__ import annotations

import datetime as dt
import gc
import io
import os
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from scanner.cli import output
from scanner.cli.conditions import FORMS, Condition, parse

app = typer.Typer(
    name="assay",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    help="Technical due diligence from git repositories and forges: measured, evidence-bound, over sixteen stages.",
    epilog="Exit codes: 0 done · 1 some repositories could not be read · 2 wrong usage · 3 nothing could be read · 4 a --fail-on condition is met",
)

DATABASE = typer.Option(
    "--db", metavar="URL", help="Database URL. [dim]Default: ASSAY_DB, else SQLite in the user's data folder.[/]"
)
FORMATS = typer.Option("--format", metavar="LIST", help="Comma-separated: html, pdf, json, md.")


def _version(wanted: bool) -> None:
    if wanted:
        from scanner.pipeline.scan import tool_version

        output.out.print(f"assay {tool_version()}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    del version


@app.command(
    epilog="Examples:  assay scan ./client-repos --engagement assay.toml --out report   ·   ASSAY_GITHUB_TOKEN=… assay scan github:acme --format html,pdf,json"
)
def scan(
    targets: Annotated[
        list[str],
        typer.Argument(
            metavar="TARGET…",
            help="A git repository, a folder of repositories, a git URL, github:ORG, github:ORG/REPO, gitlab:GROUP or gitlab:GROUP/PROJECT.",
        ),
    ],
    engagement: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Engagement file (assay.toml): goals, systems, money, answers, waivers."),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            metavar="DATE", help="The day the assessment speaks of (YYYY-MM-DD). [dim]Default: today, UTC.[/]"
        ),
    ] = None,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder for the reports.")] = Path("assay-report"),
    formats: Annotated[str, FORMATS] = "html,json",
    db: Annotated[str | None, DATABASE] = None,
    workers: Annotated[int, typer.Option(min=1, max=256, help="Repositories read at the same time.")] = min(
        4, os.cpu_count() or 1
    ),
    offline: Annotated[bool, typer.Option("--offline", help="Contact nobody: local targets only.")] = False,
    advisories: Annotated[
        Path | None, typer.Option(metavar="PATH", help="Folder or zip of OSV records to match dependencies against.")
    ] = None,
    timeout: Annotated[float, typer.Option(min=1, help="Longest time for one repository, in seconds.")] = 1800,
    fail_on: Annotated[
        list[str] | None, typer.Option(metavar="CONDITION", help=f"End with exit code 4 when met; repeatable: {FORMS}.")
    ] = None,
    json_logs: Annotated[
        bool, typer.Option("--json-logs", help="Progress and log as JSON lines on standard error.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bars.")] = False,
) -> None:
    """Read repositories, judge them over the sixteen stages, and write the report.

    An interrupted scan goes on where it stopped when the same command is given again.
    """
    from scanner.cli.run import scan_and_report

    output.set_up_logging(json_logs, verbose=False)
    conditions = _conditions(fail_on or [])
    day = _day(as_of)
    with ExitStack() as stack:
        watcher = output.watcher(json_logs, quiet)
        if isinstance(watcher, output.Bars):
            stack.enter_context(watcher)
        code = scan_and_report(
            targets=tuple(targets), engagement=engagement, as_of=day, folder=out, formats=formats, database=db, workers=workers,
            offline=offline, advisories=advisories, timeout=timeout, conditions=conditions, watcher=watcher,
        )  # fmt: skip
    raise typer.Exit(code)


def _conditions(texts: list[str]) -> list[Condition]:
    try:
        return [parse(text) for text in texts]
    except ValueError as error:
        output.fail(2, str(error))


def _day(text: str | None) -> dt.date:
    if text is None:
        return dt.datetime.now(dt.UTC).date()
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        output.fail(2, f"--as-of takes a date such as 2026-06-30, not {text!r}")
    if not 1990 <= day.year <= 9000:
        output.fail(2, f"--as-of takes a date from 1990 on, not {text!r}: no repository can be judged at it")
    return day


def main() -> None:
    """The console script."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal without Unicode shows escapes, no traceback
    gc.disable()  # thousands of modules and declarations live as long as the process: nothing to collect while they load
    from scanner.cli import commands

    del commands
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    gc.enable()
    try:
        app()
    finally:
        gc.disable()
        gc.freeze()  # nothing is worth collecting on the way out
