"""The command that shows who is who: names and addresses go to the user's terminal and file, nowhere else."""

from __future__ import annotations

import datetime as dt
import json
import os
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scanner.cli import output
from scanner.cli.app import app

if TYPE_CHECKING:
    from scanner.pipeline.who import Person


@app.command(
    epilog="Examples:  assay people ./client-repos   ·   assay people github:acme --write people.toml   ·   assay people ./client-repos --who p-1a2b3c4d5e6f"
)
def people(
    targets: Annotated[list[str], typer.Argument(metavar="TARGET…", help="As for `assay scan`.")],
    engagement: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Engagement file: its id chooses the key of pseudonyms.")
    ] = None,
    given: Annotated[Path | None, typer.Option("--people", metavar="FILE", help="A people file to start from.")] = None,
    write: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write a people file to correct and give to `assay scan --people`."),
    ] = None,
    who: Annotated[str, typer.Option(metavar="PSEUDONYM", help="Only the person behind a report's pseudonym.")] = "",
    doubtful: Annotated[bool, typer.Option("--doubtful", help="Only merges that something speaks against.")] = False,
    offline: Annotated[bool, typer.Option("--offline", help="Contact nobody.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Machine-readable output.")] = False,
) -> None:
    """Show which identities Assay takes for one person, and why; write a file to correct it.

    Names and addresses are printed here only: scans store and publish pseudonyms.
    """
    from scanner.cli.run import people_map, read_intake
    from scanner.cli.tokens import github_for
    from scanner.config import ConfigError, gitlab_settings
    from scanner.core.evidence import Unreadable
    from scanner.pipeline.scan import Request
    from scanner.pipeline.survey import survey
    from scanner.places import default_database, places

    intake = read_intake(engagement)
    watcher = output.watcher(json_logs=False, quiet=as_json)
    try:
        request = Request(
            targets=tuple(targets), as_of=dt.datetime.now(dt.UTC).date(), places=places(), database=default_database(),
            intake=intake, offline=offline, github=github_for(tuple(targets), watcher, asks=not offline),
            gitlab=gitlab_settings(), people=people_map(given),
        )  # fmt: skip
    except ConfigError as error:
        output.fail(2, str(error))
    with ExitStack() as stack:
        if isinstance(watcher, output.Bars):
            stack.enter_context(watcher)
        try:
            surveyed = survey(request, watcher)
        except Unreadable as error:
            output.fail(3, error.hole.detail)
    met = surveyed.crowd.people()
    shown = [p for p in met if (not who or p.pseudonym == who) and (not doubtful or p.doubts)]
    if write is not None:
        _write(write, met)
    if as_json:
        output.out.print_json(json.dumps([asdict(person) for person in shown]))
    else:
        rows = [
            (p.pseudonym, ", ".join(p.identities), p.sort, str(p.commits), ", ".join(p.repositories), "; ".join((*p.because, *p.doubts)))
            for p in shown
        ]  # fmt: skip
        output.table(("person", "identities", "is", "commits", "repositories", "merged by; doubts"), rows)
    for name, reason in surveyed.unread:
        output.errors.print(f"assay: {name} was not read: {reason}")
    if who and not shown:
        output.fail(3, f"nobody in these repositories is {who}: is it the same engagement, and the same key?")
    if len(surveyed.unread) and not met:
        raise typer.Exit(3)


def _write(path: Path, met: tuple[Person, ...]) -> None:
    """A new people file, for its owner alone; ends with exit code 2 when there is one already."""
    from scanner.people_file import written
    from scanner.pipeline.who import drafts

    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        output.fail(2, f"{path} exists already; name another file, or remove it")
    except OSError as error:
        output.fail(2, f"{path} cannot be written: {error.strerror}")
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(written(drafts(met)))
    output.errors.print(f"assay: {path} says who is who; correct it, then scan with --people {path}")
