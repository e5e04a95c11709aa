"""Scanning and reporting, with every expected failure as a sentence and an exit code."""

from __future__ import annotations

import datetime as dt
import difflib
import tempfile
from pathlib import Path

from reports.registry import formats as all_formats
from scanner.cli import output
from scanner.cli.conditions import Condition
from scanner.config import (
    ConfigError,
    Intake,
    default_database,
    github_settings,
    gitlab_settings,
    load_engagement,
    places,
)
from scanner.core.assessment import Assessment
from scanner.core.evidence import Unreadable
from scanner.core.text import clean
from scanner.pipeline.events import Watcher
from scanner.pipeline.judge import catalogue
from scanner.pipeline.rendering import rendered
from scanner.pipeline.scan import Outcome, Request, run_scan
from scanner.store.database import StoreError


def known_formats(text: str) -> list[str]:
    """The format names in a comma-separated list; ends with exit code 2 on one that does not exist."""
    names = [n.strip() for n in text.split(",") if n.strip()]
    known = all_formats()
    for name in names:
        if name not in known:
            output.fail(2, f"there is no format {name!r}; known formats are {', '.join(sorted(known))}")
    if not names:
        output.fail(2, f"no format is named; known formats are {', '.join(sorted(known))}")
    return names


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


def write_reports(assessment: Assessment, names: list[str], folder: Path, published: bytes) -> list[Path]:
    """Render ``assessment`` (whose JSON is ``published``) in each format into ``folder``; returns absolute paths.

    Ends with exit code 2 when it cannot write.
    """
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in names:
            form = all_formats()[name]
            content = published if name == "json" else rendered(form, assessment, published, places().cache)
            path = folder.resolve() / form.filename
            temporary = path.with_suffix(path.suffix + ".part")
            temporary.write_bytes(content)
            temporary.replace(path)
            written.append(path)
    except OSError as error:
        output.fail(
            2, f"the report cannot be written to {folder}: {error.strerror}; `assay report` writes it elsewhere"
        )
    return written


def scan_and_report(
    *,
    targets: tuple[str, ...],
    engagement: Path | None,
    as_of: dt.date,
    folder: Path,
    formats: str,
    database: str | None,
    workers: int,
    offline: bool,
    advisories: Path | None,
    timeout: float,
    conditions: list[Condition],
    watcher: Watcher,
) -> int:
    """Run the scan, write the reports, print where they are; returns the exit code."""
    names = known_formats(formats)
    _refuse_wrong_arguments(targets, advisories)
    check_folder(folder)
    intake = _intake(engagement)
    try:
        request = Request(
            targets=targets, as_of=as_of, places=places(), database=database or default_database(), intake=intake,
            offline=offline, advisories=advisories, workers=workers, timeout_seconds=timeout,
            github=github_settings(), gitlab=gitlab_settings(),
        )  # fmt: skip
        outcome = run_scan(request, watcher, lambda: dt.datetime.now(dt.UTC))
    except (StoreError, ConfigError) as error:
        output.fail(2, str(error))
    except Unreadable as error:
        output.fail(3, f"{error.hole.detail}{'; needed: ' + error.hole.closes if error.hole.closes else ''}")
    except KeyboardInterrupt:
        output.fail(130, "stopped; what was read is kept, and the same command goes on from there")
    if outcome.nothing_read:
        reasons = "; ".join(sorted({f"{subject.name}: {detail}" for subject, detail in outcome.failed})[:5])
        output.fail(3, f"nothing could be scanned: {reasons or 'the targets hold no repository'}")
    watcher.step("report")
    paths = write_reports(outcome.assessment, names, folder, outcome.published)
    code = tell(outcome, paths, conditions, watcher)
    for line in _unmatched(intake, outcome.assessment):
        output.say(watcher, "warning", f"assay: warning: {clean(line, 500)}")
    return code


def _refuse_wrong_arguments(targets: tuple[str, ...], advisories: Path | None) -> None:
    if not all(target.strip() for target in targets):
        output.fail(2, "a target is blank; name a folder, a git URL, github:ORG or gitlab:GROUP")
    if advisories is not None and not advisories.exists():
        output.fail(2, f"there is no {advisories}; --advisories takes a folder or zip of OSV records")


def _intake(engagement: Path | None) -> Intake | None:
    if engagement is None:
        return None
    try:
        intake = load_engagement(engagement)
    except ConfigError as error:
        output.fail(2, str(error))
    known = sorted(catalogue())
    for number, answer in enumerate(intake.answers.answers):
        if answer.question not in known:
            close = difflib.get_close_matches(answer.question.upper(), known, 1, 0.0)
            meant = f"; did you mean {close[0]}?" if close else ""
            output.fail(2, f"{engagement}: answers.{number}.question: there is no check {answer.question!r}{meant}")
    return intake


def _unmatched(intake: Intake | None, assessment: Assessment) -> list[str]:
    """What the engagement file says of repositories and findings that this scan does not have."""
    if intake is None:
        return []
    repos = [profile.subject for profile in assessment.profiles]
    fingerprints = {finding.fingerprint for finding in assessment.findings}
    systems = [
        f"system {system.name!r} of the engagement file matches no repository: {', '.join(system.repos) or 'it names none'}"
        for system in intake.engagement.systems
        if not any(repo.matches(system.repos) for repo in repos)
    ]
    waivers = [
        f"waiver {waiver.fingerprint!r} of the engagement file matches no finding"
        for waiver in intake.engagement.waivers
        if waiver.fingerprint not in fingerprints
    ]
    return systems + waivers


def tell(outcome: Outcome, paths: list[Path], conditions: list[Condition], watcher: Watcher) -> int:
    """Print the summary and the paths; returns the exit code."""
    output.end(watcher)
    whole = outcome.assessment.overall
    counts: dict[str, int] = {}
    for _, ending, _ in outcome.endings:
        counts[ending] = counts.get(ending, 0) + 1
    bounds = f"({whole.low:.0f}–{whole.high:.0f})"
    unjudged = whole.score is None or whole.level is None
    score = f"not assessable as a whole {bounds}" if unjudged else f"{whole.score:.0f} of 100 {bounds}"
    ended = ", ".join(f"{number} {name}" for name, number in sorted(counts.items()))
    assessable = sum(s.assessable for s in outcome.assessment.stages)
    output.say(
        watcher,
        "summary",
        f"Score {score} · {assessable} of 16 stages assessable · {whole.coverage:.0%} known · repositories: {ended} · "
        f"scan {outcome.scan.id} · blobs analysed: {outcome.blobs_analysed}",
    )
    for path in paths:
        output.out.print(str(path), markup=False)
    met = [words for c in conditions if (words := c.met(outcome.assessment))]
    if met:
        output.say(watcher, "fail-on", f"assay: --fail-on met: {', '.join(met)}")
        return 4
    return 1 if outcome.failed else 0
