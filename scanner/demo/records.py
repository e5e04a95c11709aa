"""What the sample organisation's forge knows: change requests, reviews, runs, issues, settings, from the same rhythm."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from scanner.demo import sample_settings
from scanner.demo.calendar import AS_OF, CYCLE_WEEKS, at, digits, pick, weeks
from scanner.demo.forge import (
    AlertRecord,
    CommentRecord,
    DeploymentRecord,
    ForgeData,
    HookRecord,
    IssueRecord,
    MilestoneRecord,
    OrganisationRecord,
    PersonRecord,
    ProtectionRecord,
    PullRecord,
    ReleaseRecord,
    RepositoryRecord,
    ReviewRecord,
    RulesetRecord,
    RunRecord,
    SettingsRecord,
)
from scanner.demo.gitlab_forge import UNUSED_REGISTRY
from scanner.demo.history import Change, releases
from scanner.demo.people import PEOPLE
from scanner.demo.repositories import ORGANISATION, REPOSITORIES, Made

_REMEMBERED = timedelta(days=460)
_RUNS_REMEMBERED = timedelta(days=100)
_GUARDED = ProtectionRecord(approvals=1, status_checks=("test", "lint"), binds_admins=True, dismisses_stale=True)
_PROTECTED_LATER = date(2026, 8, 5)
"""The day the default branch of billing was protected."""


def forge_data(histories: Mapping[str, Sequence[Change]], folder: Path, until: date) -> ForgeData:
    """All records as of the end of day ``until``; ``folder`` holds the repositories for the clone addresses."""
    now = datetime.combine(until, time(23, 59, 59), UTC)
    people = [p for p in PEOPLE.values() if p.key != "bot" and p.works_on(until)]
    return ForgeData(
        OrganisationRecord(
            ORGANISATION,
            two_factor_required=True,
            default_permission="write",
            members=tuple((p.login, p.key in ("ann", "fay")) for p in people),
            outside_collaborators=("freelance-design",),
            verified=True,
            team_records=sample_settings.TEAMS,
            security_managers=("platform",),
            automation=sample_settings.AUTOMATION,
            apps=sample_settings.APPS,
            hooks=sample_settings.HOOKS,
            secrets=sample_settings.shared_secrets(now),
        ),
        tuple(_repository(made, histories[made.name], folder, now) for made in REPOSITORIES),
        user="assay-reader",
    )


def _repository(made: Made, listed: Sequence[Change], folder: Path, now: datetime) -> RepositoryRecord:
    live = not made.archived
    recent = [c for c in listed if now - c.at <= _REMEMBERED and live]
    strong = made.name in ("parcel-api", "web-shop", "handbook")
    projects = sample_settings.PROJECTS.get(made.name, (0, 0))
    discussions = sample_settings.DISCUSSIONS.get(made.name, (0, 0))
    return RepositoryRecord(
        made.name,
        clone_url=(folder / f"{made.name}.git").as_uri(),
        description=made.description,
        topics=made.topics,
        archived=made.archived,
        private=made.private,
        created_at=listed[0].at,
        pushed_at=listed[-1].at,
        has_discussions=made.name == "web-shop",
        size_kb=400,
        deletes_merged_branches=strong,
        health_percentage=85 if strong else 40,
        files=("readme", "contributing", "pull_request_template", "issue_template") if strong else ("readme",),
        pulls=tuple(_pulls(made, recent)),
        issues=tuple(_issues(made, now)) if live else (),
        milestones=_milestones(made, now),
        releases=tuple(_releases(made, listed, now)),
        deployments=tuple(_deployments(made, recent, now)),
        runs=tuple(_runs(made, recent, now)),
        protection=_protection(made, now),
        rulesets=(
            RulesetRecord(
                1, approvals=1, status_checks=("terraform-plan",), blocks_force_push=True, blocks_deletion=True
            ),
        )
        if made.name == "infrastructure"
        else (),
        settings=SettingsRecord(strong, strong, strong, made.name == "parcel-api", strong),
        alerts=tuple(_alerts(made, now)) if strong else (),
        people=tuple(
            PersonRecord(p.login, "admin" if p.key in ("ann", "fay") else "write")
            for p in PEOPLE.values()
            if p.key != "bot" and p.works_on(now.date())
        ),
        keys=(True, False) if made.name == "infrastructure" else (False,),
        keys_made_at=sample_settings.key_date(made.name, now),
        hooks=(HookRecord("https://hooks.nimbus-parcel.example/deploy", secret=made.name != "routing-engine"),)
        if made.rhythm.deploys
        else (),
        environments=sample_settings.ENVIRONMENTS.get(made.name, ()),
        secrets=sample_settings.secrets(made.name, now),
        automation=sample_settings.AUTOMATION,
        codeowners_errors=sample_settings.CODEOWNERS_ERRORS.get(made.name),
        packages=sample_settings.PACKAGES.get(made.name, ()),
        projects_open=projects[0],
        projects_closed=projects[1],
        discussions=discussions[0],
        discussions_answered=discussions[1],
        protected_tags=sample_settings.PROTECTED_TAGS.get(made.name, ()),
        deploy_tokens=sample_settings.DEPLOY_TOKENS.get(made.name, ()),
        registry=sample_settings.REGISTRIES.get(made.name, UNUSED_REGISTRY),
    )


def _protection(made: Made, now: datetime) -> ProtectionRecord | None:
    if made.name in ("parcel-api", "web-shop", "handbook"):
        return _GUARDED
    if made.name == "billing" and now.date() >= _PROTECTED_LATER:
        return ProtectionRecord(approvals=1, binds_admins=True)
    return None


def _reviewer(made: Made, change: Change) -> str:
    others = [
        (p, w)
        for p, w in (*made.rhythm.crew, ("ann", 1), ("fay", 1))
        if p != change.person and PEOPLE[p].works_on(change.at.date())
    ]
    return pick(others, made.name, change.week, change.slot, "reviewer")


def _pulls(made: Made, recent: Iterable[Change]) -> Iterable[PullRecord]:
    for change in recent:
        key = (made.name, change.week, change.slot)
        hours = made.rhythm.hours * (50 + digits(*key, "time") % 150) / 100
        opened = change.at - timedelta(hours=hours)
        reviewed = change.planted or digits(*key, "reviewed") % 100 < made.rhythm.reviewed
        reviews: tuple[ReviewRecord, ...] = ()
        if reviewed:
            seen = opened + (change.at - opened) * (20 + digits(*key, "seen") % 60) / 100
            reviewer = PEOPLE[_reviewer(made, change)].login
            asked = digits(*key, "asked") % 4 == 0
            first = ReviewRecord(
                reviewer, "CHANGES_REQUESTED" if asked else "COMMENTED", seen, comments=1 + digits(*key, "words") % 4
            )
            reviews = (
                first,
                ReviewRecord(
                    reviewer, "APPROVED", change.at - timedelta(minutes=12), comments=digits(*key, "last") % 2
                ),
            )
        author = PEOPLE[change.person].login
        threads = sum(review.comments for review in reviews)
        yield PullRecord(
            change.number,
            author,
            opened,
            merged_at=change.at,
            closed_at=change.at,
            merged_by=reviews[0].author if reviews else author,
            first_commit_at=opened - timedelta(hours=hours / 2),
            additions=20 + digits(*key, "lines") % 180,
            deletions=5 + digits(*key, "lines") % 60,
            files=len(change.files),
            commits=1 + digits(*key, "commits") % 4,
            comments=len(reviews),
            reviews=reviews,
            threads=threads,
            threads_resolved=threads - (digits(*key, "settled") % 5 == 0) if threads else 0,
            body="What and why, with the steps to try it out and a note on the risk.\n\nCloses an issue."
            if reviewed
            else "",
            linked_issues=int("Closes #" in change.message),
            labels=(change.kind,),
            head_commit=f"{digits(*key, change.number):012x}".ljust(40, "0"),
            merge_commit=f"{digits(*key, change.number, 'merge'):012x}".ljust(40, "0"),
        )


def _issues(made: Made, now: datetime) -> Iterable[IssueRecord]:
    """Issues of the last weeks: two of three are bugs; most are answered within a day and closed within two weeks."""
    number = 5000
    for monday, week in weeks((now - _REMEMBERED).date(), now.date()):
        for slot in range(max(1, sum(made.rhythm.commits) // CYCLE_WEEKS)):
            key = (made.name, week, slot, "issue")
            opened = at(monday, digits(*key, "day") % 5, 9 + digits(*key, "hour") % 7, digits(*key, "minute") % 60)
            number += 1
            if opened > now:
                continue
            answered = opened + timedelta(hours=1 + digits(*key, "answer") % (24 if made.rhythm.reviewed > 50 else 200))
            closed = opened + timedelta(days=2 + digits(*key, "close") % (20 if made.rhythm.reviewed > 50 else 300))
            bug = digits(*key, "bug") % 3 < 2
            labels = (("bug", "customer") if digits(*key, "who") % 2 else ("bug",)) if bug else ("enhancement",)
            yield IssueRecord(
                number,
                PEOPLE[made.rhythm.crew[0][0]].login if digits(*key, "by") % 2 else f"customer-{slot}",
                opened,
                closed_at=closed if closed <= now else None,
                comments=(
                    CommentRecord(
                        PEOPLE[pick(made.rhythm.crew, *key, "answerer")].login
                        if digits(*key, "by") % 2 == 0
                        else PEOPLE["ann"].login,
                        answered,
                    ),
                )
                if answered <= now
                else (),
                labels=labels,
            )


def _milestones(made: Made, now: datetime) -> tuple[MilestoneRecord, ...]:
    """One milestone a cycle, closed a few days late; the present one still open."""
    if made.name not in ("parcel-api", "web-shop"):
        return ()
    first = datetime.combine(AS_OF, time(12), UTC) - timedelta(weeks=CYCLE_WEEKS * 4 - 4)
    out = []
    for turn in range(8):
        due = first + timedelta(weeks=CYCLE_WEEKS * turn)
        if due - timedelta(weeks=CYCLE_WEEKS) > now:
            break
        closed = due + timedelta(days=6)
        done = closed <= now
        out.append(
            MilestoneRecord(
                f"Quarter {turn + 1}",
                due,
                closed if done else None,
                0 if done else 5,
                14 if done else 9,
                due - timedelta(weeks=CYCLE_WEEKS),
            )
        )
    return tuple(out)


def _releases(made: Made, listed: Sequence[Change], now: datetime) -> Iterable[ReleaseRecord]:
    for name, _, when in releases(made, list(listed)):
        if now - when <= _REMEMBERED:
            yield ReleaseRecord(
                name, when, notes="What is new, what was repaired, and what to do when upgrading.", assets=1
            )


def _deployments(made: Made, recent: Sequence[Change], now: datetime) -> Iterable[DeploymentRecord]:
    if not made.rhythm.deploys:
        return
    for change in recent:
        key = (made.name, change.week, change.slot, "deploy")
        started = change.at + timedelta(minutes=25)
        if started > now or change.planted:
            continue
        failed = digits(*key) % 100 < made.rhythm.failing_deploys
        commit = f"{digits(made.name, change.week, change.slot, change.number, 'merge'):012x}".ljust(40, "0")
        yield DeploymentRecord(
            "production",
            started,
            commit,
            (("IN_PROGRESS", started), ("FAILURE" if failed else "SUCCESS", started + timedelta(minutes=9))),
        )


def _runs(made: Made, recent: Sequence[Change], now: datetime) -> Iterable[RunRecord]:
    if made.rhythm.tested == 0:
        return
    for change in recent:
        if now - change.at > _RUNS_REMEMBERED:
            continue
        key = (made.name, change.week, change.slot, "run")
        green = change.planted or digits(*key) % 100 < made.rhythm.tested
        started = change.at + timedelta(seconds=20 + digits(*key, "queue") % 60)
        finished = started + timedelta(seconds=240 + digits(*key, "time") % 300)
        yield RunRecord(
            change.number * 10,
            "ci",
            f"{digits(*key, change.number):012x}".ljust(40, "0"),
            change.at,
            finished,
            "success" if green else "failure",
            started,
            jobs=sample_settings.jobs(change.at, started, finished),
        )


def _alerts(made: Made, now: datetime) -> Iterable[AlertRecord]:
    """One medium alert a cycle, fixed after ten days."""
    first = datetime.combine(AS_OF, time(8), UTC) - timedelta(weeks=CYCLE_WEEKS * 4 - 3)
    for turn in range(8):
        opened = first + timedelta(weeks=CYCLE_WEEKS * turn)
        if opened <= now:
            closed = opened + timedelta(days=10)
            yield AlertRecord(
                "dependency",
                "medium" if turn % 2 else "high",
                opened,
                closed if closed <= now else None,
                "fixed" if closed <= now else "open",
            )
    del made
