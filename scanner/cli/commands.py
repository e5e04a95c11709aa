"""The other commands: explain, checks, scans, rescore, report, diff, trend, docs, doctor, schedule, demo."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from reports.registry import formats as all_formats
from scanner.cli import output
from scanner.cli.app import DATABASE, FORMATS, app
from scanner.cli.run import known_formats, tell, write_reports
from scanner.config import ConfigError, default_database, github_settings, gitlab_settings, places
from scanner.core.stages import Stage
from scanner.docs import check_page, explain_recommendation, reads_of, stage_text, stale, write
from scanner.pipeline.judge import all_checks, catalogue
from scanner.pipeline.scan import assess_scan
from scanner.schedule import EXPORTS, Rescan, validate
from scanner.store.database import StoreError
from scanner.store.store import Scan, Store
from scoring.trend import compare

Db = Annotated[str | None, DATABASE]
AsJson = Annotated[bool, typer.Option("--json", help="Machine-readable output.")]
ScanId = Annotated[int, typer.Argument(metavar="SCAN", help="A scan's number (see `assay scans`).")]


@contextmanager
def _store(url: str | None) -> Iterator[Store]:
    try:
        with closing(Store(url or default_database())) as store:
            yield store
    except StoreError as error:
        output.fail(2, str(error))


def _find(store: Store, number: int) -> Scan:
    found = next((scan for scan in store.scans() if scan.id == number), None)
    if found is None:
        output.fail(2, f"there is no scan {number}; `assay scans` lists them")
    return found


def _complete(found: Scan) -> Scan:
    """``found``; ends with exit code 2 when it was interrupted: what it lacks would pass for a whole estate."""
    if not found.complete:
        output.fail(2, f"scan {found.id} is unfinished; give its scan command again to finish it")
    return found


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
    for check in all_checks():
        if check.spec.id == name.upper():
            output.out.print(check_page(check.spec, reads_of(check.spec.id)), markup=False)
            return
    for stage in Stage:
        if name.lower() in (stage.value, str(stage.number)):
            output.out.print(stage_text(stage), markup=False)
            return
    text = explain_recommendation(name.upper())
    if text is None:
        output.fail(2, f"there is no check, stage or recommendation {name!r}; `assay checks` lists the checks")
    output.out.print(text, markup=False)


@app.command(epilog="Example:  assay checks --stage security")
def checks(
    stage: Annotated[str | None, typer.Option(help="Only this stage (number or key).")] = None, as_json: AsJson = False
) -> None:
    """List every check with its stage, unit and source."""
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
    _table(("id", "stage", "question", "unit", "source"), rows)
    output.out.print(f"{len(rows)} checks")


@app.command()
def scans(db: Db = None, as_json: AsJson = False) -> None:
    """List the stored scans."""
    with _store(db) as store:
        found = store.scans()
    if as_json:
        output.out.print_json(
            json.dumps(
                [
                    {
                        "id": s.id,
                        "engagement": s.engagement,
                        "as_of": s.as_of.isoformat(),
                        "complete": s.complete,
                        "overall": s.overall,
                        "coverage": s.coverage,
                        "model_version": s.model_version,
                    }
                    for s in found
                ]
            )
        )
        return
    rows = [
        (
            str(s.id),
            s.engagement,
            s.as_of.isoformat(),
            "complete" if s.complete else "unfinished",
            _number(s.overall),
            "–" if s.coverage is None else f"{s.coverage:.0%}",
        )
        for s in found
    ]
    _table(("scan", "engagement", "as of", "state", "score", "known"), rows)


@app.command()
def rescore(
    scan: ScanId,
    out: Annotated[Path, typer.Option(metavar="DIR")] = Path("assay-report"),
    formats: Annotated[str, FORMATS] = "html,json",
    db: Db = None,
) -> None:
    """Judge a stored scan's evidence again under the present checks and model, store it, and write its report."""
    names = known_formats(formats)
    with _store(db) as store:
        found = _complete(_find(store, scan))
        assessment = assess_scan(store, found)
        published = all_formats()["json"].render(assessment, catalogue())
        store.finish(found, assessment, published, dt.datetime.now(dt.UTC))
    before, after = found.overall, assessment.overall.score
    output.errors.print(
        f"scan {scan}: {_number(before)} under model {found.model_version or '?'}, {_number(after)} under {assessment.model_version}",
        markup=False,
    )
    for path in write_reports(assessment, names, out, published):
        output.out.print(str(path), markup=False)


@app.command()
def report(
    scan: ScanId,
    formats: Annotated[str, FORMATS] = "html",
    out: Annotated[Path, typer.Option(metavar="DIR")] = Path("assay-report"),
    db: Db = None,
) -> None:
    """Write the report of a stored scan in other formats, without scanning."""
    names = known_formats(formats)
    with _store(db) as store:
        found = _complete(_find(store, scan))
        assessment, published = assess_scan(store, found), store.published(scan)
    present = all_formats()["json"].render(assessment, catalogue())
    if published is not None and published != present:
        output.errors.print(
            "assay: this differs from what was published then: the model, the checks or the earlier scans have changed since",
            markup=False,
        )
    for path in write_reports(assessment, names, out, present):
        output.out.print(str(path), markup=False)


@app.command(epilog="Example:  assay diff 1 2")
def diff(
    before: ScanId, after: Annotated[int, typer.Argument(metavar="SCAN")], db: Db = None, as_json: AsJson = False
) -> None:
    """Compare two scans under the present model: stages, checks, findings new and fixed."""
    with _store(db) as store:
        old, new = _complete(_find(store, before)), _complete(_find(store, after))
        trend = compare(assess_scan(store, old), assess_scan(store, new), ())
    if as_json:
        output.out.print_json(json.dumps({
            "stages": [{"stage": c.key, "before": c.before, "after": c.after} for c in trend.stages],
            "checks": [{"check": c.key, "before": c.before, "after": c.after, "note": c.note} for c in trend.checks],
            "new": [f.fingerprint for f in trend.new], "fixed": [f.fingerprint for f in trend.fixed], "known": trend.known,
        }))  # fmt: skip
        return
    _table(
        ("stage or check", "before", "after", "change", ""),
        [
            (f"{c.key} {c.name}", _number(c.before), _number(c.after), _signed(c.delta), c.note)
            for c in (*trend.stages, *trend.checks)
        ],
    )
    _table(
        ("finding", "severity", "where", "message"),
        [
            (f"{state} {f.rule}", f.severity.value, f"{f.subject.name} {f.path}", f.message)
            for state, listed in (("new", trend.new), ("fixed", trend.fixed))
            for f in listed
        ],
    )
    output.out.print(f"{len(trend.new)} new, {len(trend.fixed)} fixed, {trend.known} known")


@app.command(epilog="Example:  assay trend PRO-001")
def trend(
    check: Annotated[str, typer.Argument(metavar="CHECK")],
    engagement: Annotated[str | None, typer.Option(help="Only this engagement.")] = None,
    db: Db = None,
    as_json: AsJson = False,
) -> None:
    """Show one check over all scans, under the present model."""
    if check.upper() not in catalogue():
        output.fail(2, f"there is no check {check!r}; `assay checks` lists them")
    points = []
    with _store(db) as store:
        for scan in store.scans(engagement):
            if scan.complete:
                scores = [
                    c
                    for s in assess_scan(store, scan).stages
                    for p in s.practices
                    for c in p.checks
                    if c.check == check.upper()
                ]
                points += [(scan, c) for c in scores]
    if as_json:
        output.out.print_json(
            json.dumps(
                [
                    {
                        "scan": s.id,
                        "engagement": s.engagement,
                        "as_of": s.as_of.isoformat(),
                        "state": c.state,
                        "points": c.points,
                        "low": c.low,
                        "high": c.high,
                        "because": c.because,
                    }
                    for s, c in points
                ]
            )
        )
        return
    _table(
        ("scan", "as of", "points", "between", "because"),
        [
            (str(s.id), s.as_of.isoformat(), _number(c.points), f"{c.low:.0f}–{c.high:.0f}", c.because)
            for s, c in points
        ],
    )


@app.command()
def docs(
    check: Annotated[bool, typer.Option("--check", help="Change nothing; end with 1 when a page is stale.")] = False,
    folder: Annotated[Path, typer.Option(metavar="DIR")] = Path("docs/checks"),
) -> None:
    """Write the reference pages of all checks from their declarations."""
    changed = stale(folder) if check else write(folder)
    for path in changed:
        output.out.print(f"{'stale' if check else 'written'}: {path}", markup=False)
    if check and changed:
        output.fail(1, "run `assay docs` and commit the pages")


@app.command()
def doctor(
    offline: Annotated[bool, typer.Option("--offline", help="Ask neither GitHub nor GitLab.")] = False,
    advisories: Annotated[Path | None, typer.Option(metavar="PATH")] = None,
    db: Db = None,
    as_json: AsJson = False,
) -> None:
    """Say what works here and what would stay unknown: git, tools, database, advisory data, token and its rights."""
    from scanner.doctor import diagnose

    output.set_up_logging(json_logs=False, verbose=False)
    try:
        lines = list(
            diagnose(
                places(),
                db or default_database(),
                None if offline else github_settings(),
                None if offline else gitlab_settings(),
                advisories,
                dt.datetime.now(dt.UTC).date(),
            )
        )
    except ConfigError as error:
        output.fail(2, str(error))
    if as_json:
        output.out.print_json(
            json.dumps([{"what": line.what.strip(), "state": line.state, "text": line.text} for line in lines])
        )
    else:
        _table(("", "state", ""), [(line.what, line.state, line.text) for line in lines])
    if any(line.state == "problem" for line in lines):
        raise typer.Exit(1)


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
    from scanner.demo.calendar import AS_OF, LATER
    from scanner.demo.run import scan_sample

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
    raise typer.Exit(tell(outcome, paths, [], watcher))


def _table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    table = Table(*heads, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*(escape(cell) for cell in row))
    output.out.print(table)


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"


def _signed(value: float | None) -> str:
    return "" if value is None else f"{value:+.1f}"
