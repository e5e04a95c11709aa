"""A scan from targets to a stored assessment, resumable at every repository."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from time import sleep
from time import time as epoch_seconds

from reports.registry import formats
from scanner.cache import Effort
from scanner.config import Intake
from scanner.core.assessment import Assessment, MonthPoint, TrendPoint
from scanner.core.evidence import Evidence, Ledger, Unknown, Why
from scanner.core.subjects import Kind, Subject
from scanner.facts.engagement import Answers, Engagement, Moment, Selection
from scanner.http.conversation import OnLimit
from scanner.http.github.client import Github, GithubSettings
from scanner.http.gitlab import Gitlab, GitlabSettings
from scanner.http.refused import LimitReached
from scanner.http.traffic import Traffic
from scanner.locks import Claims
from scanner.people import NOBODY, PeopleMap
from scanner.pipeline.choice import Choice, Chosen, choose
from scanner.pipeline.clones import Clones
from scanner.pipeline.code import tool_version
from scanner.pipeline.drawings.drawing import draw
from scanner.pipeline.drawings.estate import with_estate
from scanner.pipeline.events import Watcher
from scanner.pipeline.forges import ForgeSettings, open_forge, organisation_handle
from scanner.pipeline.gather import all_collectors, collectors_for, gather
from scanner.pipeline.judge import Scope, catalogue, judge, org_subject
from scanner.pipeline.months import month_of, month_of_published, months_before
from scanner.pipeline.pool import read_all
from scanner.pipeline.settings import settings_key
from scanner.pipeline.sources import advisory_source
from scanner.pipeline.targets import Plan, Planned, make_plan
from scanner.pipeline.terms import Terms, Waiting, on_terms, patient
from scanner.pipeline.work import Conditions, Read, all_holes, collecting_code
from scanner.places import Places
from scanner.pseudonyms import Pseudonyms, load_key
from scanner.store.store import Scan, Store

_FRUITLESS_ROUNDS = 3
"""After so many waits in a row that let no repository be read the scan ends: the limit is none that passes."""
_HISTORY = 12
"""Past scans drawn in the trend (a year of monthly rescans)."""


@dataclass(frozen=True, slots=True)
class Request:
    """Everything a scan depends on that is not in the repositories. ``sleep`` and ``now`` (epoch seconds) are arguments for tests."""

    targets: tuple[str, ...]
    as_of: date
    places: Places
    database: str
    intake: Intake | None = None
    offline: bool = False
    advisories: Path | None = None
    github: GithubSettings | None = field(default=None, repr=False)
    workers: int = 2
    timeout_seconds: float = 1800.0
    gitlab: GitlabSettings | None = field(default=None, repr=False)
    terms: Terms = field(default_factory=Terms)
    choice: Choice = field(default_factory=Choice)
    clones: Clones = field(default_factory=Clones)
    people: PeopleMap = field(default=NOBODY, repr=False)
    resume: bool = True
    months: int = 0
    """How many months before ``as_of`` are reconstructed."""
    sleep: Callable[[float], None] = field(default=sleep, repr=False)
    now: Callable[[], float] = field(default=epoch_seconds, repr=False)

    @property
    def bounded_terms(self) -> Terms:
        """The terms with no more requests at a time than there are workers: what nobody sends needs no reserve."""
        return replace(self.terms, concurrency=max(1, min(self.terms.concurrency, self.workers)))

    @property
    def forges(self) -> dict[str, ForgeSettings]:
        """The forges that may be asked, by key; none offline."""
        given: dict[str, ForgeSettings | None] = {"github": self.github, "gitlab": self.gitlab}
        return {} if self.offline else {key: settings for key, settings in given.items() if settings is not None}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a scan came to: the stored scan, its assessment, how each repository ended, the published JSON.

    ``traffic`` is what was asked of each forge, by key. ``lasting`` when all repositories are local and each was read
    whole, so that the same scan would find the same.
    """

    scan: Scan
    assessment: Assessment
    published: bytes
    endings: tuple[tuple[Subject, str, str], ...]
    effort: Effort
    traffic: Mapping[str, Traffic] = field(default_factory=dict)
    lasting: bool = False

    @property
    def failed(self) -> tuple[tuple[Subject, str], ...]:
        """Repositories that could not be read, with the reason."""
        return tuple((subject, detail) for subject, outcome, detail in self.endings if outcome == "failed")

    @property
    def nothing_read(self) -> bool:
        """Whether no repository at all could be read."""
        return all(outcome == "failed" for _, outcome, _ in self.endings)


class Stopped(Exception):
    """A forge's limit ended the scan. What was read is kept, and the same scan goes on after ``until`` (epoch seconds)."""

    def __init__(self, limit: LimitReached, traffic: Mapping[str, Traffic]) -> None:
        super().__init__(limit.hole.detail)
        self.until = limit.until
        self.traffic = traffic


def instant(as_of: date) -> datetime:
    """The moment an assessment of that date speaks of: its last second, UTC."""
    return datetime.combine(as_of, time(23, 59, 59), UTC)


def run_scan(request: Request, watcher: Watcher, clock: Callable[[], datetime]) -> Outcome:
    """Scan, judge, store. Raises nothing for what targets hold.

    StoreError when the database cannot be used, RecordingError when the recording cannot, Stopped when a forge's limit
    is spent and the terms are not to wait for it.
    """
    for folder in (request.places.data, request.places.cache):
        _keep_private(folder)
    with ExitStack() as opened_here:
        settings = on_terms(request.forges, request.bounded_terms, request.places, request.targets, request.as_of)
        waiting = Waiting(watcher, request.sleep, request.now)
        forges = {
            key: opened_here.enter_context(closing(open_forge(patient(given), waiting.seconds)))
            for key, given in settings.items()
        }
        watcher.step("find repositories")
        try:
            plan = make_plan(request.targets, forges, request.offline)
        except LimitReached as limit:
            raise Stopped(limit, {key: forge.traffic for key, forge in forges.items()}) from None
        chosen = choose(plan.repositories, request.choice)
        engagement = request.intake.id if request.intake else plan.engagement
        store = opened_here.enter_context(closing(Store(request.database)))
        claims = opened_here.enter_context(closing(Claims(request.places.data / "running", request.database)))
        if not request.resume:
            store.abandon(engagement, request.as_of, claims.take)
        scan = store.begin(engagement, plan.title, request.as_of, plan.shown, tool_version(), clock(), claims.take)
        run = _Run(request, plan, scan, store, watcher, clock, forges, settings, waiting, chosen)
        try:
            return run.go()
        except LimitReached as limit:
            raise Stopped(limit, run.all_traffic()) from None


def _keep_private(folder: Path) -> None:
    """Make ``folder``, which holds clones of clients' code, the user's alone; a folder of somebody else stays as it is."""
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder.chmod(0o700)


@dataclass(slots=True)
class _Run:
    request: Request
    plan: Plan
    scan: Scan
    store: Store
    watcher: Watcher
    clock: Callable[[], datetime]
    forges: Mapping[str, Github | Gitlab]
    settings: Mapping[str, ForgeSettings]
    waiting: Waiting
    chosen: Chosen
    traffic: dict[str, Traffic] = field(default_factory=dict)
    endings: list[tuple[Subject, str, str]] = field(default_factory=list)
    effort: Effort = field(default_factory=Effort)
    lasting: bool = True

    def go(self) -> Outcome:
        conditions = self._conditions()
        self._read(conditions)
        self._ask_organisation(conditions)
        for day in months_before(self.request.as_of, self.request.months):
            self._reconstruct(day)
        self.watcher.step("judge")
        assessment = assess_scan(self.store, self.scan, self.plan)
        return self._finished(assessment)

    def _conditions(self) -> Conditions:
        pseudonyms = Pseudonyms(load_key(self.request.places.keys, self.scan.engagement), self.request.people)
        replays = self.request.terms.replay is not None
        return Conditions(
            instant(self.request.as_of), pseudonyms, self.request.places.cache, self.settings,
            advisory_source(self.request.advisories, self.request.offline or replays, self.request.places.cache),
            settings_key(self.request.offline, self.request.advisories), replays=replays,
            clones=self.request.clones, sleep=self.request.sleep,
        )  # fmt: skip

    def _finished(self, assessment: Assessment) -> Outcome:
        published = formats()["json"].render(assessment, catalogue())
        self.store.finish(self.scan, assessment, published, self.clock())
        return Outcome(
            self.scan, assessment, published, tuple(sorted(self.endings)), self.effort, self.all_traffic(),
            self.lasting and self._local(),
        )  # fmt: skip

    def _reconstruct(self, day: date) -> None:
        """Store what git tells of the same repositories at an earlier day, unless that is stored already."""
        version, wanted = tool_version(), tuple(sorted(self.plan.shown))
        for past in self.store.earlier(self.scan.engagement, self.request.as_of, reconstructed=True):
            if (past.as_of, past.tool_version, past.targets) == (day, version, wanted):
                return
        scan = self.store.begin(
            self.scan.engagement, self.plan.title, day, self.plan.shown, version, self.clock(), reconstructed=True
        )
        self.watcher.step(f"reconstruct {day}")
        request = replace(self.request, as_of=day, months=0, advisories=None, github=None, gitlab=None)
        month = _Run(request, self.plan, scan, self.store, self.watcher, self.clock, {}, {}, self.waiting, self.chosen)
        nothing = advisory_source(None, offline=True, cache=request.places.cache)
        conditions = replace(month._conditions(), advisories=nothing, replays=True)
        month._read(conditions)
        month._ask_organisation(conditions)
        month._finished(_judged(self.store.ledger(scan.id), scan, self.plan.title))

    def _local(self) -> bool:
        """Whether every target is a folder as it was typed, and every repository is read in place."""
        typed = tuple(sorted({os.path.realpath(target) for target in self.request.targets}))
        return self.plan.folders == typed and all(item.git_dir is not None for item in self.plan.repositories)

    def all_traffic(self) -> dict[str, Traffic]:
        """What was asked of each forge, by the scan itself and by its workers."""
        return {key: self.traffic.get(key, Traffic()) + forge.traffic for key, forge in sorted(self.forges.items())}

    def _read(self, conditions: Conditions) -> None:
        chosen = self.chosen.repositories
        stored = self.store.stored_keys(self.scan, {item.subject for item in chosen})
        waiting = [replace(item, stored_key=stored.get(item.subject, "")) for item in chosen]
        self.watcher.planned(len(waiting))
        keys = self.store.known_keys(self.scan.engagement)
        workers = max(1, min(self.request.workers, len(waiting)))
        if any(item.subject not in keys for item in waiting):
            from collectors.code.secret_scan import prepare  # slow to import, and not needed where nothing is new

            all_collectors()  # imported once here, not once in every worker
            prepare(conditions.cache)
        for forge in self.forges.values():
            forge.release()
        fruitless = 0
        while waiting:
            limited: list[tuple[Planned, Read]] = []
            for item, read in read_all(
                waiting, conditions, keys, workers, self.request.timeout_seconds, self.watcher.phase
            ):
                self._count(item, read)
                if read.limited_until:
                    limited.append((item, read))
                else:
                    self._keep(item, read)
            fruitless = fruitless + 1 if len(limited) == len(waiting) else 0
            waiting = [item for item, _ in limited]
            if limited:
                self._wait_or_stop(limited, fruitless)

    def _count(self, item: Planned, read: Read) -> None:
        if item.forge:
            self.traffic[item.forge] = self.traffic.get(item.forge, Traffic()) + read.traffic

    def _wait_or_stop(self, limited: list[tuple[Planned, Read]], fruitless: int) -> None:
        """Wait until the limits that left ``limited`` unread have passed; LimitReached when the scan is to end instead."""
        until, hole = max(
            ((read.limited_until, read.problem) for _, read in limited if read.problem is not None),
            key=lambda pair: pair[0],
        )
        if self.request.terms.on_limit is not OnLimit.WAIT or fruitless >= _FRUITLESS_ROUNDS:
            raise LimitReached(until, hole)
        self.waiting.until(until)

    def _keep(self, item: Planned, read: Read) -> None:
        self.lasting &= bool(read.input_key)  # without one, the same repository may tell more next time
        if read.resumed:
            self._end(item.subject, "resumed", "", read.seconds)
            return
        evidence = list(read.evidence)
        if not evidence and read.problem is not None:
            evidence = all_holes(item.subject, read.problem)
        outcome = "failed" if read.problem is not None else "read"
        detail = _problem(read.problem) if read.problem is not None else ""
        base = read.base if read.reused else None
        self.store.record(self.scan, item.subject, read.input_key, outcome, evidence, self.clock(), detail, base)
        self.effort += read.effort
        self._end(item.subject, "reused" if read.reused else outcome, detail, read.seconds)

    def _end(self, subject: Subject, outcome: str, detail: str, seconds: float) -> None:
        self.endings.append((subject, outcome, detail))
        self.watcher.ended(subject, outcome, detail, seconds)

    def _unlisted(self) -> Iterable[str]:
        """What stands among the gaps of the estate about repositories that a forge counts and does not show."""
        return (item.problem.detail for item in self.plan.repositories if item.unlisted and item.problem is not None)

    def _ask_organisation(self, conditions: Conditions) -> None:
        """Store what is known of the estate itself: the engagement file, and the forge's organisation record."""
        org = org_subject(self.request.intake.id if self.request.intake else self.plan.title or "engagement")
        evidence = [_told(org, self.request.intake), _answers(org, self.request.intake)]
        evidence.append(
            Evidence(
                org,
                Moment,
                Moment(conditions.as_of),
                "the arguments",
                "assay",
                "1",
                caveat=_passed(self.plan.passed_over),
            )
        )
        told, words = self.chosen.selection, "; ".join(filter(None, (self.chosen.left_out, *self._unlisted())))
        evidence.append(Evidence(org, Selection, told, "the arguments", "assay", "1", caveat=words))
        sources: dict[type[object], object] = {}
        login, forge_key = self.plan.forge_login, self.plan.forge_key
        forge = self.forges.get(forge_key)
        if forge is not None and login:
            handle = organisation_handle(forge, login, sum(p.forge == forge_key for p in self.plan.repositories))
            sources[type(handle)] = handle
        key = "" if sources else f"no organisation:{collecting_code()}"
        if key and key in self.store.known_keys(self.scan.engagement).get(org, frozenset()):
            self.store.record(self.scan, org, key, "read", evidence, self.clock(), "", key)
            return
        evidence += gather(org, collectors_for(Kind.ORG), sources, Moment(conditions.as_of), {}, lambda _: None)
        self.store.record(self.scan, org, key, "read", evidence, self.clock())


def _problem(hole: Unknown) -> str:
    """Why a repository could not be read, and what would help."""
    return f"{hole.detail}; needed: {hole.closes}" if hole.closes else hole.detail


def _passed(folders: tuple[str, ...]) -> str:
    """What stands among the gaps about folders that are no repositories, empty when there are none."""
    if not folders:
        return ""
    more = f" and {len(folders) - 10} more" if len(folders) > 10 else ""
    return f"{len(folders)} folders hold no git repository, or are symbolic links, and were passed over: {', '.join(folders[:10])}{more}"


def _told(org: Subject, intake: Intake | None) -> Evidence:
    hole = Unknown(
        Why.NOT_REQUESTED, "no engagement file was given", "give --engagement FILE with goals, systems and money"
    )
    content = intake.engagement if intake else hole
    return Evidence(org, Engagement, content, "the engagement file", "engagement", "1")


def _answers(org: Subject, intake: Intake | None) -> Evidence:
    return Evidence(org, Answers, intake.answers if intake else Answers(()), "the engagement file", "engagement", "1")


def assess_scan(store: Store, scan: Scan, plan: Plan | None = None) -> Assessment:
    """The assessment of a stored scan under the present checks and model, against the earlier scans of its engagement."""
    title = plan.title if plan else scan.title
    previous: Assessment | None = None
    history: list[TrendPoint] = []
    for past in store.earlier(scan.engagement, scan.as_of)[-_HISTORY:]:
        previous = _judged(
            store.ledger(past.id), past, past.title
        )  # one at a time: each is as large as the present one
        scores = tuple((st.stage.value, st.score if st.assessable else None) for st in previous.stages)
        history.append(TrendPoint(past.as_of, previous.overall.score, scores))
    ledger = store.ledger(scan.id)
    assessment = _judged(ledger, scan, title, previous, tuple(history))
    past_months = [] if scan.reconstructed else store.earlier(scan.engagement, scan.as_of, reconstructed=True)
    months = tuple(_month(store, past, assessment.model_version) for past in past_months[-_HISTORY:])
    whole = with_estate(assessment, ledger)
    return replace(whole, months=months, drawings=draw(ledger, assessment.profiles, instant(scan.as_of)))


def _month(store: Store, past: Scan, model: str) -> MonthPoint:
    """A reconstructed month as it was judged; judged again when that was by another model or another version."""
    published = store.published(past.id) if (past.model_version, past.tool_version) == (model, tool_version()) else None
    if published is not None:
        with suppress(ValueError):
            return month_of_published(published, past.as_of)
    return month_of(_judged(store.ledger(past.id), past, past.title))


def _judged(
    ledger: Ledger, scan: Scan, title: str, previous: Assessment | None = None, history: tuple[TrendPoint, ...] = ()
) -> Assessment:
    # the store's engagement may tell folders of one name apart by their place, which no report may depend on
    published = next((e.subject.name for e in ledger.citations() if e.subject.kind is Kind.ORG), scan.engagement)
    scope = Scope(published, title, scan.targets, instant(scan.as_of), scan.tool_version)
    return judge(ledger, _repositories(ledger), scope, previous, history)


def _repositories(ledger: Ledger) -> Iterable[Subject]:
    return sorted({e.subject for e in ledger.citations() if e.subject.kind is Kind.REPO})
