"""From a ledger of evidence to an assessment: who counts, the checks, the score. Pure but for imports of plug-ins."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import analyzers
from scanner.core.assessment import Assessment, RepoClass, SubjectProfile, TrendPoint
from scanner.core.checks import Check, CheckSpec, discover
from scanner.core.evidence import Evidence, Ledger, Unknown, Why
from scanner.core.figures import age_days
from scanner.core.outcomes import Indicator
from scanner.core.subjects import Kind, Subject
from scanner.facts.engagement import Engagement, ScanLedger, Selection, System
from scanner.facts.forge import ForgeRepository
from scanner.facts.history import CommitActivity, Contributors, RepositoryProfile
from scanner.facts.tree import CodeSize
from scanner.pipeline.rights import closes
from scoring.assess import Inputs, Waived, assess
from scoring.model import subject_weight

_log = logging.getLogger("assay." + __name__)

DEFAULT_CRITICALITY = 3
"""Criticality of a repository that no declared system claims."""
_DORMANT_DAYS = 365


@dataclass(frozen=True, slots=True)
class Scope:
    """What an assessment is about, beside the evidence. ``engagement`` is its published name, the name of the estate."""

    engagement: str
    title: str
    targets: tuple[str, ...]
    as_of: datetime
    tool_version: str


@cache
def all_checks() -> tuple[Check[Any], ...]:
    """Every check that is not retired, ordered by id."""
    return tuple(c for c in discover(analyzers) if c.spec.status != "retired")


def catalogue() -> Mapping[str, CheckSpec]:
    """Every declaration by id."""
    return {c.spec.id: c.spec for c in all_checks()}


def org_subject(engagement: str) -> Subject:
    """The estate as a subject."""
    return Subject(Kind.ORG, engagement)


def judge(
    ledger: Ledger,
    repos: Iterable[Subject],
    scope: Scope,
    previous: Assessment | None = None,
    history: tuple[TrendPoint, ...] = (),
) -> Assessment:
    """The assessment of all ``repos`` under the present checks and model."""
    org = org_subject(scope.engagement)
    engagement = ledger.fact(org, Engagement)
    profiles = tuple(_profile(r, ledger, engagement, scope.as_of) for r in sorted(repos))
    counted = tuple(p.subject for p in profiles if p.weight > 0)
    asked = counted or tuple(p.subject for p in profiles if p.repo_class != "empty")
    ledger.add(_account(ledger, org, profiles, asked))
    answers = {
        (check.spec.id, subject): _run(check, subject, org, asked, ledger)
        for subject in (*asked, org)  # one subject after the other: its facts are read once for all its checks
        for check in all_checks()
        if check.about is subject.kind
    }
    indicators = [
        answers[check.spec.id, subject]
        for check in all_checks()
        for subject in (asked if check.about is Kind.REPO else (org,))
    ]
    return assess(
        Inputs(
            engagement=scope.engagement,
            title=engagement.client if engagement else scope.title,
            tool_version=scope.tool_version,
            as_of=scope.as_of.date(),
            targets=scope.targets,
            org=org,
            profiles=profiles,
            specs=catalogue(),
            about={c.spec.id: c.about for c in all_checks()},
            indicators=tuple(indicators),
            holes=_holes(ledger, asked, org, profiles),
            waivers=_waivers(engagement),
            day_rate=engagement.money.day_rate if engagement else None,
            currency=engagement.money.currency if engagement else "EUR",
            estate=_estate(ledger, org, profiles),
        ),
        previous,
        history,
    )


def _run(check: Check[Any], subject: Subject, org: Subject, repos: tuple[Subject, ...], ledger: Ledger) -> Indicator:
    try:
        return check.run(subject, org, repos, ledger)
    except Exception as error:  # noqa: BLE001 - a check that raises is our defect; it costs this answer alone
        _log.warning("check %s failed on %s: %s", check.spec.id, subject.key, type(error).__name__)
        hole = Unknown(
            Why.CRASHED, f"{type(error).__name__} in check {check.spec.id}", "report this to the makers of assay"
        )
        return Indicator(check.spec.id, subject, hole)


def _profile(subject: Subject, ledger: Ledger, engagement: Engagement | None, as_of: datetime) -> SubjectProfile:
    git = ledger.fact(subject, RepositoryProfile)
    forge = ledger.fact(subject, ForgeRepository)
    by_forge = git is None and _is_uncloned(ledger, subject)
    activity = ledger.fact(subject, CommitActivity)
    size = ledger.fact(subject, CodeSize)
    criticality = min((s.criticality for s in _systems(subject, engagement)), default=DEFAULT_CRITICALITY)
    repo_class = _class_by_forge(forge, as_of) if by_forge and forge is not None else _class(git, forge, as_of)
    counts = repo_class in ("active", "dormant", "unread")
    quiet = 0 if repo_class == "dormant" else None  # a head older than a year tells that there were none
    commits_365 = activity.commits_365_days if activity else quiet
    notes = {
        "active": "", "dormant": "no commit in a year: counts little", "unread": "could not be read: counts as unknown",
        "archived": "archived: listed, not judged", "fork": "a fork: listed, not judged",
        "template": "a template: listed, not judged", "empty": "no commits: listed, not judged",
    }  # fmt: skip
    return SubjectProfile(
        subject,
        repo_class,
        criticality,
        subject_weight(criticality, commits_365) if counts else 0.0,
        "read from the forge alone" if by_forge and counts and repo_class != "unread" else notes[repo_class],
        head=git.head if git else "",
        commits=git.commits if git else 0,
        languages=tuple((line.language, line.code) for line in size.languages[:6]) if size else (),
        url=forge.url if forge else "",
    )


def _class(git: RepositoryProfile | None, forge: ForgeRepository | None, as_of: datetime) -> RepoClass:
    if forge is not None and forge.archived:
        return "archived"
    if forge is not None and forge.fork:
        return "fork"
    if forge is not None and forge.template:
        return "template"
    if git is None:
        return "unread"
    if not git.head or git.head_at is None:
        return "empty"
    return "dormant" if age_days(git.head_at, as_of) > _DORMANT_DAYS else "active"


def _is_uncloned(ledger: Ledger, subject: Subject) -> bool:
    """Whether the repository was not cloned because nobody asked for it, rather than because that failed."""
    told = ledger.cite(subject, RepositoryProfile)
    return told is not None and isinstance(told.content, Unknown) and told.content.why is Why.NOT_REQUESTED


def _class_by_forge(forge: ForgeRepository, as_of: datetime) -> RepoClass:
    """The class of a repository that was not cloned, by the forge's record of it."""
    if forge.archived or forge.fork or forge.template:
        return _class(None, forge, as_of)
    if forge.empty:
        return "empty"
    if forge.pushed_at is None:
        return "unread"
    return "dormant" if age_days(forge.pushed_at, as_of) > _DORMANT_DAYS else "active"


def _systems(subject: Subject, engagement: Engagement | None) -> list[System]:
    return [s for s in engagement.systems if subject.matches(s.repos)] if engagement else []


def _account(
    ledger: Ledger, org: Subject, profiles: tuple[SubjectProfile, ...], counted: tuple[Subject, ...]
) -> Evidence:
    """The scan's own account of what it knows of the repositories that count."""
    counting = set(counted)
    mine = [e for e in ledger.citations() if e.subject in counting]
    mine = [e for e in mine if not (isinstance(e.content, Unknown) and e.content.why is Why.NO_SUCH_NOTION)]
    holes = [e.content for e in mine if isinstance(e.content, Unknown)]
    fact = ScanLedger(
        repositories_found=len(profiles),
        repositories_read=sum(p.repo_class != "unread" and (bool(p.head) or not p.weight) for p in profiles),
        repositories_counted=len(counted),
        facts_known=len(mine) - len(holes),
        facts_unknown=sum(h.why is not Why.NOT_REQUESTED for h in holes),
        facts_not_requested=sum(h.why is Why.NOT_REQUESTED for h in holes),
    )
    return Evidence(org, ScanLedger, fact, "the ledger of this scan", "assay", "1")


def _holes(
    ledger: Ledger, counted: tuple[Subject, ...], org: Subject, profiles: tuple[SubjectProfile, ...]
) -> tuple[Evidence, ...]:
    """All holes of counted subjects, every repository that could not be opened, and every caveat as a partial hole."""
    of_interest = {org, *counted}
    listed = {p.subject for p in profiles}
    out = []
    for item in ledger.citations():
        if isinstance(item.content, Unknown):
            if item.content.why is Why.NO_SUCH_NOTION:
                continue
            if item.subject in of_interest or (item.fact_type is RepositoryProfile and item.subject in listed):
                out.append(item)
        elif item.caveat:
            needed = closes(item.collector, item.fact_type.__name__, item.caveat)
            partial = Unknown(Why.PARTIAL, item.caveat, needed)
            out.append(
                Evidence(item.subject, item.fact_type, partial, item.source, item.collector, item.version, item.commit)
            )
    return tuple(out)


def _waivers(engagement: Engagement | None) -> tuple[Waived, ...]:
    return tuple(Waived(w.fingerprint, w.reason, w.owner, w.expires) for w in engagement.waivers) if engagement else ()


def _estate(ledger: Ledger, org: Subject, profiles: tuple[SubjectProfile, ...]) -> tuple[tuple[str, str], ...]:
    """Label and value of the figures that describe the estate as a whole; what is unknown is left out."""
    subjects = [p.subject for p in profiles]
    sizes = [s for r in subjects if (s := ledger.fact(r, CodeSize))]
    contributors = [c for r in subjects if (c := ledger.fact(r, Contributors))]
    activity = [a for r in subjects if (a := ledger.fact(r, CommitActivity))]
    lines: dict[str, int] = {}
    for size in sizes:
        for line in size.languages:
            lines[line.language] = lines.get(line.language, 0) + line.code
    people = {p.person for c in contributors for p in c.people if p.commits_365_days}
    top = sorted(lines.items(), key=lambda pair: (-pair[1], pair[0]))[:6]
    selection = ledger.fact(org, Selection)
    left_out = selection.repositories_left_out if selection else 0
    rows = [
        ("Repositories found", f"{len(profiles) + left_out:,}"),
        *([("of which left out by choice", f"{left_out:,}")] if left_out else []),
        ("of which judged", f"{sum(p.weight > 0 for p in profiles):,}"),
    ]
    if activity:
        rows.append(("Human commits in the last 365 days", f"{sum(a.commits_365_days for a in activity):,}"))
    if contributors:
        rows.append(("People who committed in the last 365 days", f"{len(people):,}"))
    if sizes:
        rows.append(("Lines of product code", f"{sum(s.product_code for s in sizes):,}"))
        rows.append(("Lines of test code", f"{sum(s.test_code for s in sizes):,}"))
    if top:
        rows.append(("Main languages", ", ".join(f"{name} ({count:,})" for name, count in top)))
    return tuple(rows)
