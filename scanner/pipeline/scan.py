"""A scan from targets to a stored assessment, resumable at every repository."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from reports.registry import formats
from scanner.advisories.database import sources_digest
from scanner.config import Intake, Places
from scanner.core.assessment import Assessment, TrendPoint
from scanner.core.evidence import Evidence, Ledger, Unknown, Unreadable, Why
from scanner.core.subjects import Kind, Subject
from scanner.facts.engagement import Answers, Engagement, Moment
from scanner.http.github.client import Github, GithubSettings
from scanner.http.github.sources import GithubOrganisationSource
from scanner.http.gitlab import Gitlab, GitlabSettings
from scanner.pipeline.events import Watcher
from scanner.pipeline.forges import ForgeSettings, open_forge
from scanner.pipeline.gather import all_collectors, collectors_for, gather
from scanner.pipeline.judge import Scope, catalogue, judge, org_subject
from scanner.pipeline.pool import read_all
from scanner.pipeline.sources import advisory_source
from scanner.pipeline.targets import Plan, Planned, make_plan
from scanner.pipeline.work import Conditions, Read, collecting_code
from scanner.pseudonyms import Pseudonyms, load_key
from scanner.store.store import Scan, Store
from scanner.tools import find_tool

TOOLS = {"gitleaks": "secrets in the tree and the history", "bandit": "static analysis of Python"}
"""The programs that collectors start, and what stays unknown without them."""
_HISTORY = 12
"""Past scans drawn in the trend (a year of monthly rescans)."""


@dataclass(frozen=True, slots=True)
class Request:
    """Everything a scan depends on that is not in the repositories."""

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

    @property
    def forges(self) -> dict[str, ForgeSettings]:
        """The forges that may be asked, by key; none offline."""
        given: dict[str, ForgeSettings | None] = {"github": self.github, "gitlab": self.gitlab}
        return {} if self.offline else {key: settings for key, settings in given.items() if settings is not None}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a scan came to: the stored scan, its assessment, how each repository ended, the published JSON."""

    scan: Scan
    assessment: Assessment
    published: bytes
    endings: tuple[tuple[Subject, str, str], ...]
    blobs_analysed: int

    @property
    def failed(self) -> tuple[tuple[Subject, str], ...]:
        """Repositories that could not be read, with the reason."""
        return tuple((subject, detail) for subject, outcome, detail in self.endings if outcome == "failed")

    @property
    def nothing_read(self) -> bool:
        """Whether no repository at all could be read."""
        return all(outcome == "failed" for _, outcome, _ in self.endings)


def tool_version() -> str:
    """The installed version of assay."""
    try:
        return version("assay")
    except PackageNotFoundError:
        return "0.0.0+source"


def instant(as_of: date) -> datetime:
    """The moment an assessment of that date speaks of: its last second, UTC."""
    return datetime.combine(as_of, time(23, 59, 59), UTC)


def run_scan(request: Request, watcher: Watcher, clock: Callable[[], datetime]) -> Outcome:
    """Scan, judge, store. Raises StoreError when the database cannot be used; nothing else for what targets hold."""
    for folder in (request.places.data, request.places.cache):
        _keep_private(folder)
    with ExitStack() as opened_here:
        forges = {
            key: opened_here.enter_context(closing(open_forge(settings))) for key, settings in request.forges.items()
        }
        watcher.step("find repositories")
        plan = make_plan(request.targets, forges, request.offline)
        engagement = request.intake.id if request.intake else plan.engagement
        store = opened_here.enter_context(closing(Store(request.database)))
        scan = store.begin(engagement, plan.title, request.as_of, plan.shown, tool_version(), clock())
        return _Run(request, plan, scan, store, watcher, clock, forges).go()


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
    endings: list[tuple[Subject, str, str]] = field(default_factory=list)
    blobs: int = 0

    def go(self) -> Outcome:
        pseudonyms = Pseudonyms(load_key(self.request.places.keys, self.scan.engagement))
        conditions = Conditions(
            instant(self.request.as_of), pseudonyms, self.request.places.cache, self.request.forges,
            advisory_source(self.request.advisories, self.request.offline, self.request.places.cache), self._settings_key(),
        )  # fmt: skip
        self._read(conditions)
        self._ask_organisation(conditions)
        self.watcher.step("judge")
        assessment = assess_scan(self.store, self.scan, self.plan)
        published = formats()["json"].render(assessment, catalogue())
        self.store.finish(self.scan, assessment, published, self.clock())
        return Outcome(self.scan, assessment, published, tuple(sorted(self.endings)), self.blobs)

    def _settings_key(self) -> str:
        given = self.request.advisories
        parts: list[object] = [self.request.offline, sorted(name for name in TOOLS if find_tool(name))]
        if given is not None:
            try:
                parts.append(sources_digest(given))
            except (Unreadable, OSError):  # its absence is told for every repository that asks for it
                parts.append(str(given.resolve()))
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()

    def _read(self, conditions: Conditions) -> None:
        stored = self.store.stored_keys(self.scan, {item.subject for item in self.plan.repositories})
        waiting = [replace(item, stored_key=stored.get(item.subject, "")) for item in self.plan.repositories]
        self.watcher.planned(len(waiting))
        keys = self.store.known_keys(self.scan.engagement)
        workers = max(1, min(self.request.workers, len(waiting)))
        if any(item.subject not in keys for item in waiting):
            all_collectors()  # imported once here, not once in every worker
        if waiting:
            for item, read in read_all(
                waiting, conditions, keys, workers, self.request.timeout_seconds, self.watcher.phase
            ):
                self._keep(item, read)

    def _keep(self, item: Planned, read: Read) -> None:
        if read.resumed:
            self._end(item.subject, "resumed", "", read.seconds)
            return
        evidence = list(read.evidence)
        if not evidence and read.problem is not None:
            evidence = _all_holes(item.subject, read.problem)
        outcome = "failed" if read.problem is not None else "read"
        detail = read.problem.detail if read.problem is not None else ""
        base = read.input_key if read.reused else None
        self.store.record(self.scan, item.subject, read.input_key, outcome, evidence, self.clock(), detail, base)
        self.blobs += read.blobs_analysed
        self._end(item.subject, "reused" if read.reused else outcome, detail, read.seconds)

    def _end(self, subject: Subject, outcome: str, detail: str, seconds: float) -> None:
        self.endings.append((subject, outcome, detail))
        self.watcher.ended(subject, outcome, detail, seconds)

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
        sources: dict[type[object], object] = {}
        github = self.forges.get("github")
        if isinstance(github, Github) and self.plan.forge_login:
            sources[GithubOrganisationSource] = GithubOrganisationSource(
                github, self.plan.forge_login, sum(p.forge == "github" for p in self.plan.repositories)
            )
        key = "" if sources else f"no organisation:{collecting_code()}"
        if key and key in self.store.known_keys(self.scan.engagement).get(org, frozenset()):
            self.store.record(self.scan, org, key, "read", evidence, self.clock(), "", key)
            return
        evidence += gather(org, collectors_for(Kind.ORG), sources, Moment(conditions.as_of), {}, lambda _: None)
        self.store.record(self.scan, org, key, "read", evidence, self.clock())


def _passed(folders: tuple[str, ...]) -> str:
    """What stands among the gaps about folders that are no repositories, empty when there are none."""
    if not folders:
        return ""
    more = f" and {len(folders) - 10} more" if len(folders) > 10 else ""
    return f"{len(folders)} folders hold no git repository, or are symbolic links, and were passed over: {', '.join(folders[:10])}{more}"


def _all_holes(subject: Subject, problem: Unknown) -> list[Evidence]:
    providers = {fact_type: c for c in reversed(collectors_for(Kind.REPO)) for fact_type in c.provides}
    return [Evidence(subject, fact_type, problem, "", c.name, c.version) for fact_type, c in providers.items()]


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
    earlier = [(s, store.ledger(s.id)) for s in store.earlier(scan.engagement, scan.as_of)[-_HISTORY:]]
    past = [(s, _judged(ledger, s, s.title)) for s, ledger in earlier]
    history = tuple(
        TrendPoint(
            s.as_of, a.overall.score, tuple((st.stage.value, st.score if st.assessable else None) for st in a.stages)
        )
        for s, a in past
    )
    return _judged(store.ledger(scan.id), scan, title, past[-1][1] if past else None, history)


def _judged(
    ledger: Ledger, scan: Scan, title: str, previous: Assessment | None = None, history: tuple[TrendPoint, ...] = ()
) -> Assessment:
    # the store's engagement may tell folders of one name apart by their place, which no report may depend on
    published = next((e.subject.name for e in ledger if e.subject.kind is Kind.ORG), scan.engagement)
    scope = Scope(published, title, scan.targets, instant(scan.as_of), scan.tool_version)
    return judge(ledger, _repositories(ledger), scope, previous, history)


def _repositories(ledger: Ledger) -> Iterable[Subject]:
    return sorted({e.subject for e in ledger if e.subject.kind is Kind.REPO})
