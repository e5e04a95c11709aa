"""The application and its main command."""

from __future__ import annotations

import datetime as dt
import gc
import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scanner.cli import output
from scanner.cli.conditions import FORMS, Condition, parse

if TYPE_CHECKING:
    from scanner.pipeline.unchanged import Inputs

app = typer.Typer(
    name="assay",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    help="Technical due diligence from git repositories and forges: measured, evidence-bound, over sixteen stages.",
    epilog="Exit codes: 0 done · 1 some repositories could not be read, or stopped at a limit · 2 wrong usage · 3 nothing could be read · 4 a --fail-on condition is met",
)


class OnLimit(StrEnum):
    """The choices of --on-limit."""

    WAIT = "wait"
    STOP = "stop"


DATABASE = typer.Option(
    "--db", metavar="URL", help="Database URL. [dim]Default: ASSAY_DB, else SQLite in the user's data folder.[/]"
)
CHOICE = "Which repositories"
FORMATS = typer.Option("--format", metavar="LIST", help="Comma-separated: html, pdf, json, md.")


def _version(wanted: bool) -> None:
    if wanted:
        from scanner.pipeline.code import tool_version

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
    ctx: typer.Context,
    targets: Annotated[
        list[str],
        typer.Argument(
            metavar="TARGET…",
            help="A git repository, a folder of repositories, a bundle, a list of targets (@FILE, list:FILE or FILE.txt), a git URL, github:ORG, github:ORG/REPO, gitlab:GROUP or gitlab:GROUP/PROJECT.",
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
    on_limit: Annotated[
        OnLimit,
        typer.Option(
            metavar="wait|stop",
            help="When a forge's limit is spent: wait until it has passed, or stop (exit code 1), to go on later.",
        ),
    ] = OnLimit.WAIT,
    forge_concurrency: Annotated[
        int, typer.Option(min=1, max=64, help="Requests to one forge at the same time, all workers together.")
    ] = 8,
    record: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Keep every answer of the forges there, for --replay.")
    ] = None,
    replay: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Answer from a recording, of its day, without any network."),
    ] = None,
    include: Annotated[
        list[str] | None,
        typer.Option(metavar="GLOB", help="Only repositories whose name fits; repeatable.", rich_help_panel=CHOICE),
    ] = None,
    exclude: Annotated[
        list[str] | None,
        typer.Option(metavar="GLOB", help="No repositories whose name fits; repeatable.", rich_help_panel=CHOICE),
    ] = None,
    topic: Annotated[
        list[str] | None,
        typer.Option(
            metavar="TOPIC", help="Of a forge, only those with the topic; repeatable.", rich_help_panel=CHOICE
        ),
    ] = None,
    visibility: Annotated[
        str,
        typer.Option(metavar="KIND", help="Of a forge, only public, private or internal ones.", rich_help_panel=CHOICE),
    ] = "",
    archived: Annotated[
        bool | None,
        typer.Option(
            "--archived/--no-archived",
            help="Of a forge, read archived ones as well, or leave them out. [dim]Default: listed, not read.[/]",
            rich_help_panel=CHOICE,
        ),
    ] = None,
    forks: Annotated[
        bool | None,
        typer.Option(
            "--forks/--no-forks",
            help="Of a forge, read forks as well, or leave them out. [dim]Default: listed, not read.[/]",
            rich_help_panel=CHOICE,
        ),
    ] = None,
    sample: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="Of a forge, only the N most recently pushed.", rich_help_panel=CHOICE),
    ] = None,
    forge_only: Annotated[
        bool, typer.Option("--forge-only", help="Clone nothing: ask the forge alone.", rich_help_panel=CHOICE)
    ] = False,
    cache_size: Annotated[
        str,
        typer.Option(metavar="SIZE", help="What all clones in the cache may take: 500M, 20G.", rich_help_panel=CHOICE),
    ] = "20G",
    clones: Annotated[
        int, typer.Option(min=1, max=64, help="Clones from one host at the same time.", rich_help_panel=CHOICE)
    ] = 4,
    people: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Which identities are one person: `assay people` writes a draft.",
            rich_help_panel=CHOICE,
        ),
    ] = None,
    resume: Annotated[
        bool,
        typer.Option("--resume/--no-resume", help="Go on with an interrupted scan of the same, or begin anew."),
    ] = True,
    history: Annotated[
        str,
        typer.Option(metavar="SPAN", help="Reconstruct the months before from git: 12m, 2y.."),
    ] = "",
    again: Annotated[
        bool, typer.Option("--again", help="Read and judge everything even when nothing has changed.")
    ] = False,
) -> None:
    """Read repositories, judge them over the sixteen stages, and write the report.

    An interrupted scan goes on where it stopped when the same command is given again. An offline scan of local
    repositories in which nothing has changed since writes its report again, and reads nothing.
    """
    from scanner.cli.again import inputs, report_again

    output.set_up_logging(json_logs, verbose=False)
    conditions = _conditions(fail_on or [])
    day = _replayed_day(replay) if replay is not None and as_of is None else _day(as_of)
    with ExitStack() as stack:
        watcher = output.watcher(json_logs, quiet)
        if isinstance(watcher, output.Bars):
            stack.enter_context(watcher)
        local = offline and record is None and replay is None
        sought = inputs(tuple(targets), day, engagement, advisories, db, ctx.params) if local else None
        if sought is not None and not again:
            _keep_words(ctx, sought, formats, out)
            known = report_again(sought, formats, out, conditions, watcher)
            if known is not None:
                raise typer.Exit(known)
        with _loading():
            from scanner.cli.run import chosen, clone_terms, forge_terms, history_months, scan_and_report
            from scanner.pipeline.choice import Choice
        terms = forge_terms(on_limit.value, forge_concurrency, record, replay, offline=offline)
        choice = Choice(
            tuple(include or ()), tuple(exclude or ()), tuple(topic or ()), visibility, archived, forks, sample, forge_only
        )  # fmt: skip
        code = scan_and_report(
            targets=tuple(targets), engagement=engagement, as_of=day, folder=out, formats=formats, database=db, workers=workers,
            offline=offline, advisories=advisories, timeout=timeout, conditions=conditions, watcher=watcher,
            terms=terms, choice=chosen(choice), clones=clone_terms(cache_size, clones, timeout), people=people,
            resume=resume, sought=sought, months=history_months(history),
        )  # fmt: skip
    raise typer.Exit(code)


def _keep_words(ctx: typer.Context, sought: Inputs, formats: str, out: Path) -> None:
    """Remember what this command line asks for, where the answer is the report and plain lines alone."""
    match ctx.obj:
        case tuple() as words if not (ctx.params["fail_on"] or ctx.params["json_logs"] or ctx.params["again"]):
            from scanner.cli.spoken import keep

            keep(words, sought, formats, out)


@contextmanager
def _loading() -> Iterator[None]:
    """Nothing is collected while modules load: thousands of declarations live as long as the process."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _replayed_day(folder: Path) -> dt.date:
    from scanner.cli.run import replayed_day

    return replayed_day(folder)


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


def main(words: Sequence[str]) -> None:
    """Run the command that ``words`` are."""
    gc.set_threshold(50_000, 20, 50)
    try:
        app(list(words), obj=tuple(words))
    finally:
        gc.disable()
        gc.freeze()  # nothing is worth collecting on the way out
