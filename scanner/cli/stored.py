"""The commands over stored scans: scans, rescore, report, diff, trend, numbers.

Each imports what it needs when it runs: a scan of what has not changed needs none of it.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scanner.cli import output
from scanner.cli.app import DATABASE, FORMATS, app

if TYPE_CHECKING:
    from scanner.store.store import Scan, Store

Db = Annotated[str | None, DATABASE]
AsJson = Annotated[bool, typer.Option("--json", help="Machine-readable output.")]
ScanId = Annotated[int, typer.Argument(metavar="SCAN", help="A scan's number (see `assay scans`).")]


@contextmanager
def _store(url: str | None) -> Iterator[Store]:
    from scanner.places import default_database
    from scanner.store.database import StoreError
    from scanner.store.store import Store

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
                        "reconstructed": s.reconstructed,
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
            ("reconstructed" if s.reconstructed else "complete") if s.complete else "unfinished",
            _number(s.overall),
            "–" if s.coverage is None else f"{s.coverage:.0%}",
        )
        for s in found
    ]
    output.table(("scan", "engagement", "as of", "state", "score", "known"), rows)


@app.command()
def rescore(
    scan: ScanId,
    out: Annotated[Path, typer.Option(metavar="DIR")] = Path("assay-report"),
    formats: Annotated[str, FORMATS] = "html,json",
    db: Db = None,
) -> None:
    """Judge a stored scan's evidence again under the present checks and model, store it, and write its report."""
    from reports.registry import formats as all_formats
    from scanner.cli.run import known_formats, write_reports
    from scanner.pipeline.judge import catalogue
    from scanner.pipeline.scan import assess_scan

    names = known_formats(formats)
    with _store(db) as store:
        found = _complete(_find(store, scan))
        assessment = assess_scan(store, found)
        published = all_formats()["json"].render(assessment, catalogue())
        store.finish(found, assessment, published, dt.datetime.now(dt.UTC))
    before, after = found.overall, assessment.overall.score
    output.errors.print(
        f"scan {scan}: {_number(before)} under model {found.model_version or '?'}, {_number(after)} under {assessment.model_version}",
    )
    for path in write_reports(assessment, names, out, published):
        output.out.print(str(path))


@app.command()
def report(
    scan: ScanId,
    formats: Annotated[str, FORMATS] = "html",
    out: Annotated[Path, typer.Option(metavar="DIR")] = Path("assay-report"),
    db: Db = None,
) -> None:
    """Write the report of a stored scan in other formats, without scanning."""
    from reports.registry import formats as all_formats
    from scanner.cli.run import known_formats, write_reports
    from scanner.pipeline.judge import catalogue
    from scanner.pipeline.scan import assess_scan

    names = known_formats(formats)
    with _store(db) as store:
        found = _complete(_find(store, scan))
        assessment, published = assess_scan(store, found), store.published(scan)
    present = all_formats()["json"].render(assessment, catalogue())
    if published is not None and published != present:
        output.errors.print(
            "assay: this differs from what was published then: the model, the checks or the earlier scans have changed since",
        )
    for path in write_reports(assessment, names, out, present):
        output.out.print(str(path))


@app.command(epilog="Example:  assay diff 1 2")
def diff(
    before: ScanId, after: Annotated[int, typer.Argument(metavar="SCAN")], db: Db = None, as_json: AsJson = False
) -> None:
    """Compare two scans under the present model: stages, checks, findings new and fixed."""
    from scanner.pipeline.scan import assess_scan
    from scoring.trend import compare

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
    output.table(
        ("stage or check", "before", "after", "change", ""),
        [
            (f"{c.key} {c.name}", _number(c.before), _number(c.after), _signed(c.delta), c.note)
            for c in (*trend.stages, *trend.checks)
        ],
    )
    output.table(
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
    from scanner.pipeline.judge import catalogue
    from scanner.pipeline.scan import assess_scan

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
                        "reconstructed": s.reconstructed,
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
    output.table(
        ("scan", "as of", "points", "between", "because"),
        [
            (str(s.id), s.as_of.isoformat(), _number(c.points), f"{c.low:.0f}–{c.high:.0f}", c.because)
            for s, c in points
        ],
    )


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"


def _signed(value: float | None) -> str:
    return "" if value is None else f"{value:+.1f}"


@app.command()
def numbers(scan: ScanId, db: Db = None, as_json: AsJson = False) -> None:
    """Tell which pseudonym stands behind each number (P1, P2, …) of a stored scan's departure test."""
    from scanner.pipeline.drawings.estate import people_by_number
    from scanner.pipeline.scan import assess_scan

    with _store(db) as store:
        found = _complete(_find(store, scan))
        people = people_by_number(assess_scan(store, found), store.ledger(found.id))
    if as_json:
        output.out.print_json(json.dumps(dict(people)))
    else:
        output.table(("number", "person"), list(people))
