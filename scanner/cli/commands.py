"""The other commands: explain, checks, docs, schedule, demo.

Each imports what it needs when it runs: a scan of what has not changed needs none of it.
"""

from __future__ import annotations

import json
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from scanner.cli import output
from scanner.cli.app import DATABASE, FORMATS, app

Db = Annotated[str | None, DATABASE]
AsJson = Annotated[bool, typer.Option("--json", help="Machine-readable output.")]


@app.command(
    epilog="Example:  assay explain PRO-001   ·   assay explain security   ·   assay explain 7   ·   assay explain REC-03"
)
def explain(
    name: Annotated[
        str,
        typer.Argument(metavar="ID", help="A check (PRO-001), a stage (7 or process), or a recommendation (REC-03)."),
    ],
) -> None:
    """Say what a check, stage or recommendation is: why it matters, its source and thresholds, how to improve."""
    from scanner.core.stages import Stage
    from scanner.docs import check_page, explain_recommendation, reads_of, stage_text
    from scanner.pipeline.judge import all_checks

    for check in all_checks():
        if check.spec.id == name.upper():
            output.out.print(check_page(check.spec, reads_of(check.spec.id)))
            return
    for stage in Stage:
        if name.lower() in (stage.value, str(stage.number)):
            output.out.print(stage_text(stage))
            return
    text = explain_recommendation(name.upper())
    if text is None:
        output.fail(2, f"there is no check, stage or recommendation {name!r}; `assay checks` lists the checks")
    output.out.print(text)


@app.command(epilog="Example:  assay checks --stage security")
def checks(
    stage: Annotated[str | None, typer.Option(help="Only this stage (number or key).")] = None, as_json: AsJson = False
) -> None:
    """List every check with its stage, unit and source."""
    from scanner.core.stages import Stage
    from scanner.pipeline.judge import all_checks

    chosen = [
        c.spec for c in all_checks() if stage is None or stage.lower() in (c.spec.stage.value, str(c.spec.stage.number))
    ]
    if not chosen:
        output.fail(2, f"there is no stage {stage!r}; stages are 1 to 16 or {', '.join(s.value for s in Stage)}")
    chosen.sort(key=lambda s: (s.stage.number, s.id))
    rows = [
        (
            s.id,
            f"{s.stage.number} {s.stage.value}",
            s.question,
            s.scale.unit,
            f"{s.scale.sources[0].rank.value}: {s.scale.sources[0].text}",
        )
        for s in chosen
    ]
    if as_json:
        names = ("id", "stage", "question", "unit", "source")
        output.out.print_json(json.dumps([dict(zip(names, row, strict=True)) for row in rows]))
        return
    output.table(("id", "stage", "question", "unit", "source"), rows)
    output.out.print(f"{len(rows)} checks")


@app.command()
def docs(
    check: Annotated[bool, typer.Option("--check", help="Change nothing; end with 1 when a page is stale.")] = False,
    folder: Annotated[Path, typer.Option(metavar="DIR")] = Path("docs/checks"),
) -> None:
    """Write the reference pages of all checks from their declarations."""
    from scanner.docs import stale, write

    changed = stale(folder) if check else write(folder)
    for path in changed:
        output.out.print(f"{'stale' if check else 'written'}: {path}")
    if check and changed:
        output.fail(1, "run `assay docs` and commit the pages")


schedule_app = typer.Typer(no_args_is_help=True, help="Repeat a scan on a schedule.")
app.add_typer(schedule_app, name="schedule")


@schedule_app.command(
    epilog="Example:  assay schedule export --as cron github:acme --engagement /etc/assay/acme.toml > /etc/cron.d/assay"
)
def export(
    targets: Annotated[list[str], typer.Argument(metavar="TARGET…")],
    form: Annotated[
        str, typer.Option("--as", metavar="FORM", help="cron, systemd, github-actions or kubernetes.")
    ] = "cron",
    engagement: Annotated[str, typer.Option(metavar="FILE")] = "",
    when: Annotated[str, typer.Option(metavar="CRON", help="Five cron fields, UTC.")] = "0 5 * * 1",
    image: Annotated[
        str, typer.Option(help="Container image, for github-actions and kubernetes.")
    ] = "ghcr.io/example/assay:0.1.0",
) -> None:
    """Write a ready file for the rescan to standard output."""
    from scanner.schedule import EXPORTS, Rescan, validate

    if form not in EXPORTS:
        output.fail(2, f"there is no form {form!r}; known forms are {', '.join(EXPORTS)}")
    try:
        validate(when)
        text = EXPORTS[form](Rescan(tuple(targets), engagement, when, image=image))
    except ValueError as error:
        output.fail(2, str(error))
    typer.echo(text, nl=False)


@app.command()
def demo(
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Folder for the reports. [dim]Default: a new temporary folder.[/]"),
    ] = None,
    formats: Annotated[str, FORMATS] = "html,json",
    later: Annotated[
        bool, typer.Option("--later", help="Also scan the same organisation three months later, and report the trend.")
    ] = False,
) -> None:
    """Build a sample organisation with planted strengths and weaknesses, scan it, and show its report. No token, no network."""
    from scanner.cli.run import known_formats, tell, write_reports
    from scanner.demo.calendar import AS_OF, LATER
    from scanner.demo.run import scan_sample
    from scanner.store.database import StoreError

    output.set_up_logging(json_logs=False, verbose=False)
    names = known_formats(formats)
    folder = out or Path(tempfile.mkdtemp(prefix="assay-demo-"))
    with ExitStack() as stack:
        watcher = output.watcher(json_logs=False, quiet=False)
        if isinstance(watcher, output.Bars):
            stack.enter_context(watcher)
        try:
            outcome = scan_sample(folder / "work", AS_OF, watcher)
            if later:
                outcome = scan_sample(folder / "work", LATER, watcher)
        except (StoreError, OSError) as error:
            output.fail(2, f"the demo cannot be built in {folder}: {error}")
        paths = write_reports(outcome.assessment, names, folder, outcome.published)
    tell(outcome, paths, watcher)
    raise typer.Exit(1 if outcome.failed else 0)
