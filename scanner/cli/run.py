"""Scanning and reporting, with every expected failure as a sentence and an exit code."""

from __future__ import annotations

import datetime as dt
import difflib
import hashlib
from collections.abc import Mapping
from pathlib import Path

from reports.registry import formats as all_formats
from scanner.cli import output
from scanner.cli.conditions import Condition, exit_code, told
from scanner.cli.ending import check_folder, format_names, tell_paths, tell_summary, write_files
from scanner.cli.tokens import github_for
from scanner.config import ConfigError, Intake, gitlab_settings, load_engagement
from scanner.core.assessment import Assessment
from scanner.core.evidence import Unreadable
from scanner.core.text import clean
from scanner.http.conversation import OnLimit
from scanner.http.recording import RecordingError
from scanner.people import NOBODY, PeopleMap
from scanner.people_file import PeopleError, load_people
from scanner.pipeline.choice import VISIBILITIES, Choice
from scanner.pipeline.clones import Clones
from scanner.pipeline.disk import parse_size
from scanner.pipeline.events import Watcher
from scanner.pipeline.forges import KINDS
from scanner.pipeline.history import history_of
from scanner.pipeline.judge import catalogue
from scanner.pipeline.months import parse_months
from scanner.pipeline.rendering import kept_as, rendered
from scanner.pipeline.scan import Outcome, Request, Stopped, run_scan
from scanner.pipeline.terms import Terms, clock_time, recorded_day
from scanner.pipeline.unchanged import File, Inputs, Told, key_of, remember
from scanner.places import default_database, places
from scanner.store.database import StoreError


def known_formats(text: str) -> list[str]:
    """The format names in a comma-separated list; ends with exit code 2 on one that does not exist."""
    names = format_names(text)
    known = all_formats()
    for name in names:
        if name not in known:
            output.fail(2, f"there is no format {name!r}; known formats are {', '.join(sorted(known))}")
    if not names:
        output.fail(2, f"no format is named; known formats are {', '.join(sorted(known))}")
    return names


def write_reports(assessment: Assessment, names: list[str], folder: Path, published: bytes) -> list[Path]:
    """Render ``assessment`` (whose JSON is ``published``) in each format into ``folder``; returns absolute paths.

    Ends with exit code 2 when it cannot write.
    """
    forms = [all_formats()[name] for name in names]
    kept = places().cache / "reports"
    return write_files(((form.filename, rendered(form, assessment, published, kept)) for form in forms), folder)


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
    terms: Terms,
    choice: Choice,
    clones: Clones,
    people: Path | None = None,
    resume: bool = True,
    months: int = 0,
    sought: Inputs | None = None,
) -> int:
    """Run the scan, write the reports, print where they are; returns the exit code.

    ``sought`` is what the scan is a function of, when it may be remembered.
    """
    names = known_formats(formats)
    _refuse_wrong_arguments(targets, advisories)
    check_folder(folder)
    intake = read_intake(engagement)
    named = people_map(people)
    key = key_of(sought) if sought is not None else ""
    try:
        given = github_for(targets, watcher, asks=not offline and terms.replay is None)
        request = Request(
            targets=targets, as_of=as_of, places=places(), database=database or default_database(), intake=intake,
            offline=offline, advisories=advisories, workers=workers, timeout_seconds=timeout,
            github=given, gitlab=gitlab_settings(), terms=terms, choice=choice, clones=clones, people=named, resume=resume, months=months,
        )  # fmt: skip
        outcome = run_scan(request, watcher, lambda: dt.datetime.now(dt.UTC))
    except (StoreError, ConfigError, RecordingError) as error:
        output.fail(2, str(error))
    except Stopped as stopped:
        return _tell_stop(stopped, watcher)
    except Unreadable as error:
        output.fail(3, f"{error.hole.detail}{'; needed: ' + error.hole.closes if error.hole.closes else ''}")
    except KeyboardInterrupt:
        output.fail(130, "stopped; what was read is kept, and the same command goes on from there")
    if outcome.nothing_read:
        reasons = "; ".join(sorted({f"{subject.name}: {detail}" for subject, detail in outcome.failed})[:5])
        output.fail(3, f"nothing could be scanned: {reasons or 'the targets hold no repository'}")
    history = history_of(request.database, outcome.scan.id) if outcome.lasting and key else ""
    watcher.step("report")
    paths = write_reports(outcome.assessment, names, folder, outcome.published)
    tell(outcome, paths, watcher)
    warnings = tuple(f"assay: warning: {clean(line, 500)}" for line in _unmatched(intake, outcome.assessment))
    assessment = outcome.assessment
    said = told(assessment, outcome.scan.id, _words(assessment), len(outcome.endings), warnings)
    code = exit_code(conditions, said, watcher, 1 if outcome.failed else 0)
    for line in warnings:
        output.say(watcher, "warning", line)
    if sought is not None and history and key == key_of(sought):
        _remember(sought, key, history, outcome, dict(zip(names, paths, strict=True)), said)
    return code


def _remember(sought: Inputs, key: str, history: str, outcome: Outcome, paths: Mapping[str, Path], said: Told) -> None:
    """Remember what was ``said`` and written; ``history`` is what the scan was compared with."""
    published = outcome.published
    try:
        files = {
            name: File(
                path.name, kept_as(all_formats()[name], published), hashlib.sha256(path.read_bytes()).hexdigest()
            )
            for name, path in paths.items()
        }
    except OSError:  # somebody else has taken the report away already
        return
    remember(sought, key, outcome.scan.engagement, said, history, published, files)


def forge_terms(on_limit: str, concurrency: int, record: Path | None, replay: Path | None, *, offline: bool) -> Terms:
    """The terms of the conversations with forges; ends with exit code 2 when they contradict each other."""
    if record is not None and replay is not None:
        output.fail(2, "a scan is recorded or replayed: give --record or --replay, not both")
    if offline and (record is not None or replay is not None):
        output.fail(
            2, "--offline asks no forge, so that there is nothing to record; a replay is without network by itself"
        )
    return Terms(OnLimit(on_limit), concurrency, record, replay)


def chosen(choice: Choice) -> Choice:
    """``choice``; ends with exit code 2 when it names a visibility that there is not."""
    if choice.visibility and choice.visibility not in VISIBILITIES:
        output.fail(2, f"there is no visibility {choice.visibility!r}; known are {', '.join(VISIBILITIES)}")
    return choice


def clone_terms(cache_size: str, at_once: int, timeout_seconds: float) -> Clones:
    """What clones may take; ends with exit code 2 for a size that is none.

    A fetch ends shortly before the time of its repository, so that its worker can say so.
    """
    try:
        return Clones(parse_size(cache_size), at_once, max(1.0, timeout_seconds - 5))
    except ValueError as error:
        output.fail(2, f"--cache-size: {error}")


def history_months(text: str) -> int:
    """How many months are reconstructed; ends with exit code 2 for a span that is none."""
    try:
        return parse_months(text) if text else 0
    except ValueError as error:
        output.fail(2, f"--history: {error}")


def replayed_day(folder: Path) -> dt.date:
    """The day that the recording in ``folder`` speaks of; ends with exit code 2 when there is none."""
    try:
        return recorded_day(folder)
    except RecordingError as error:
        output.fail(2, str(error))


def _tell_stop(stopped: Stopped, watcher: Watcher) -> int:
    """Say until when the limit lasts; returns the exit code."""
    output.end(watcher)
    for key, traffic in sorted(stopped.traffic.items()):
        output.tell_traffic(watcher, KINDS[key].name, traffic)
    output.say(
        watcher, "stopped",
        f"assay: stopped: {clean(str(stopped), 300)}; what was read is kept: come back after {clock_time(stopped.until)}, and "
        "the same command goes on from there",
    )  # fmt: skip
    return 1


def _refuse_wrong_arguments(targets: tuple[str, ...], advisories: Path | None) -> None:
    if not all(target.strip() for target in targets):
        output.fail(2, "a target is blank; name a folder, a bundle, a list, a git URL, github:ORG or gitlab:GROUP")
    if advisories is not None and not advisories.exists():
        output.fail(2, f"there is no {advisories}; --advisories takes a folder or zip of OSV records")


def people_map(path: Path | None) -> PeopleMap:
    """What the people file at ``path`` says; ends with exit code 2 when it is wrong."""
    try:
        return load_people(path) if path is not None else NOBODY
    except PeopleError as error:
        output.fail(2, str(error))


def read_intake(engagement: Path | None) -> Intake | None:
    """The engagement file at ``engagement``; ends with exit code 2 when it is wrong."""
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


def tell(outcome: Outcome, paths: list[Path], watcher: Watcher) -> None:
    """Print the summary and the paths."""
    output.end(watcher)
    counts: dict[str, int] = {}
    for _, ending, _ in outcome.endings:
        counts[ending] = counts.get(ending, 0) + 1
    ended = ", ".join(f"{number} {name}" for name, number in sorted(counts.items()))
    tell_summary(watcher, _words(outcome.assessment), ended, outcome.scan.id, outcome.effort)
    for key, traffic in sorted(outcome.traffic.items()):
        output.tell_traffic(watcher, KINDS[key].name, traffic)
    tell_paths(paths)


def _words(assessment: Assessment) -> str:
    """What the summary says of the score."""
    whole = assessment.overall
    bounds = f"({whole.low:.0f}–{whole.high:.0f})"
    unjudged = whole.score is None or whole.level is None
    score = f"not assessable as a whole {bounds}" if unjudged else f"{whole.score:.0f} of 100 {bounds}"
    assessable = sum(stage.assessable for stage in assessment.stages)
    return f"Score {score} · {assessable} of 16 stages assessable · {whole.coverage:.0%} known"
