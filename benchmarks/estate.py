"""Organisations for a stand-in forge: made by arithmetic, or from the history of real repositories.

Nothing here is drawn at random: every figure follows from a name or a commit id, so that each run
builds the same estate, and `benchmarks.truth` can say what a scan of it must find.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from scanner.demo.forge import (
    AlertRecord,
    AutomationRecord,
    CommentRecord,
    DeploymentRecord,
    EnvironmentRecord,
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

REACH_DAYS = 400
"""How far back an estate reaches: beyond the longest window of any check."""
_NUMBER = re.compile(r"#(\d{1,6})\b")
_STATES: tuple[Literal["APPROVED", "COMMENTED", "CHANGES_REQUESTED"], ...] = (
    "APPROVED", "COMMENTED", "CHANGES_REQUESTED", "APPROVED",
)  # fmt: skip
_LEVELS: tuple[Literal["low", "medium", "high", "critical"], ...] = ("low", "medium", "high", "critical")
_KINDS: tuple[Literal["dependency", "code", "secret"], ...] = ("dependency", "code", "secret")


class Dice:
    """Numbers that follow from a text: the same text always throws the same."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._thrown = 0

    def below(self, limit: int) -> int:
        """A number from 0 to ``limit`` - 1."""
        self._thrown += 1
        digest = hashlib.sha256(f"{self._text}/{self._thrown}".encode()).digest()
        return int.from_bytes(digest[:6], "big") % limit

    def one_in(self, number: int) -> bool:
        """True once in ``number`` throws."""
        return self.below(number) == 0

    def span(self, most_hours: int) -> timedelta:
        """A time of at most so many hours, to the minute."""
        return timedelta(minutes=self.below(most_hours * 60) + 1)


@dataclass(frozen=True, slots=True)
class Landing:
    """A change that reached the default branch: one commit of the first-parent line."""

    commit: str
    author: str
    at: datetime
    subject: str


def landings(git_dir: Path, as_of: datetime) -> list[Landing]:
    """The first-parent commits of HEAD in the 400 days before ``as_of``, newest first."""
    told = subprocess.run(
        ["git", f"--git-dir={git_dir}", "log", "--first-parent", "-z", f"--before={int(as_of.timestamp())}",
         f"--after={int((as_of - timedelta(days=REACH_DAYS)).timestamp())}", "--format=%H%x1f%ae%x1f%ct%x1f%s", "HEAD"],
        check=True, capture_output=True,
    ).stdout.decode("utf-8", "replace")  # fmt: skip
    out = []
    for line in told.split("\0"):
        commit, mail, at, subject = [*line.split("\x1f"), "", "", "", ""][:4]
        if commit:
            out.append(Landing(commit, _login(mail), datetime.fromtimestamp(int(at), UTC), subject))
    return out


def _login(mail: str) -> str:
    """A login for an address; machines keep their mark, and one account in thirty is deleted."""
    bare = mail.lower()
    if "[bot]" in bare:
        return "dependabot[bot]"
    digest = hashlib.sha256(bare.encode()).hexdigest()
    return "" if int(digest[:4], 16) % 30 == 0 else f"dev-{digest[:8]}"


def made_landings(name: str, as_of: datetime, changes: int) -> list[Landing]:
    """``changes`` landings over 300 days by seven people and a machine, newest first."""
    out = []
    for number in range(changes):
        dice = Dice(f"{name}/{number}")
        author = "renovate[bot]" if dice.one_in(9) else f"dev-{dice.below(7)}"
        at = as_of - timedelta(days=300 * number / max(changes, 1)) - dice.span(20)
        out.append(Landing(hashlib.sha1(f"{name}{number}".encode()).hexdigest(), author, at, f"change (#{number + 1})"))
    return out


def repository(
    name: str, landed: list[Landing], as_of: datetime, clone_url: str = "", tags: tuple[tuple[str, datetime], ...] = ()
) -> RepositoryRecord:
    """A repository of the estate whose forge side follows from what landed in it."""
    dice = Dice(name)
    people = sorted({item.author for item in landed if item.author and "[bot]" not in item.author})
    pulls = tuple(_pulls(name, landed, people))
    pushed = landed[0].at if landed else as_of - timedelta(days=500)
    return RepositoryRecord(
        name=name,
        clone_url=clone_url,
        description=f"What {name} does",
        topics=("service",) if dice.one_in(2) else (),
        created_at=as_of - timedelta(days=1500),
        pushed_at=pushed,
        admin=not dice.one_in(10),
        has_discussions=dice.one_in(3),
        pulls=pulls,
        issues=tuple(_issues(name, landed, people, as_of)),
        milestones=tuple(_milestones(name, as_of)),
        releases=tuple(ReleaseRecord(tag, at, notes="What is new in this version") for tag, at in tags),
        deployments=tuple(_deployments(name, landed)),
        runs=tuple(_runs(name, landed, as_of)),
        protection=_protection(dice),
        rulesets=(RulesetRecord(7, approvals=1, blocks_force_push=True, blocks_deletion=True),) if dice.one_in(4) else (),
        private=not dice.one_in(10),
        settings=SettingsRecord(vulnerability_alerts=True, secret_scanning=not dice.one_in(3), code_scanning=dice.one_in(2)),
        alerts=tuple(_alerts(name, as_of)),
        people=tuple(PersonRecord(p, "admin" if n == 0 else "write", outside=n % 5 == 4) for n, p in enumerate(people[:12])),
        keys=(True,) if dice.one_in(3) else (),
        hooks=(HookRecord("https://hooks.example.com/ci", secret=not dice.one_in(2)),),
        environments=(EnvironmentRecord("production", reviewers=tuple(people[:1]), restricts_branches=True),),
        automation=AutomationRecord(default_permission="write" if dice.one_in(3) else "read"),
    )  # fmt: skip


def _pulls(name: str, landed: list[Landing], people: list[str]) -> Iterator[PullRecord]:
    used: set[int] = set()
    for place, item in enumerate(landed):
        dice = Dice(f"pull/{name}/{item.commit}")
        told = _NUMBER.search(item.subject)
        if told is None and dice.one_in(3):
            continue  # pushed without a pull request
        number = int(told[1]) if told else 500_000 + place
        if number in used:
            continue
        used.add(number)
        created = item.at - dice.span(1 if dice.one_in(4) else 300)
        yield PullRecord(
            number=number, author=item.author, created_at=created, merged_at=item.at, closed_at=item.at,
            merged_by=item.author if dice.one_in(2) else (people[dice.below(len(people))] if people else "admin-1"),
            first_commit_at=created - dice.span(120), additions=dice.below(600), deletions=dice.below(200),
            files=1 + dice.below(12), commits=1 + dice.below(6), comments=dice.below(5),
            reviews=tuple(_reviews(dice, item, created, people)), body="Why this is needed" if dice.one_in(2) else "",
            linked_issues=dice.below(2), labels=("bug",) if dice.one_in(4) else (), merge_commit=item.commit,
            base="release-1" if dice.one_in(25) else "main", merge_parents=1 + dice.below(2), threads=dice.below(3),
        )  # fmt: skip


def _reviews(dice: Dice, item: Landing, created: datetime, people: list[str]) -> Iterator[ReviewRecord]:
    for _ in range(dice.below(4)):
        reviewer = people[dice.below(len(people))] if people else "dev-0"
        reviewer = "codecov[bot]" if dice.one_in(8) else "" if dice.one_in(30) else reviewer
        at = created + timedelta(seconds=int((item.at - created).total_seconds() * dice.below(1200) / 1000))
        yield ReviewRecord(reviewer, _STATES[dice.below(4)], at, dice.below(3))


def _issues(name: str, landed: list[Landing], people: list[str], as_of: datetime) -> Iterator[IssueRecord]:
    for number in range(min(len(landed) // 3, 90)):
        dice = Dice(f"issue/{name}/{number}")
        created = as_of - timedelta(days=dice.below(390), hours=1)
        answered = created + dice.span(200)
        author = people[dice.below(len(people))] if people else "dev-0"
        comments = (CommentRecord("dev-x", answered),) if answered < as_of and not dice.one_in(3) else ()
        closed = created + dice.span(900)
        yield IssueRecord(
            900_000 + number, author, created, closed if closed < as_of and dice.one_in(2) else None, comments,
            labels=("bug",) if dice.one_in(2) else (),
        )  # fmt: skip


def _milestones(name: str, as_of: datetime) -> Iterator[MilestoneRecord]:
    for number in range(Dice(f"milestone/{name}").below(4)):
        due = as_of - timedelta(days=90 * number)
        yield MilestoneRecord(
            f"M{number}", due, due + timedelta(days=3) if number else None, 1, 5, as_of - timedelta(days=390)
        )


def _deployments(name: str, landed: list[Landing]) -> Iterator[DeploymentRecord]:
    for item in landed:
        dice = Dice(f"deployment/{name}/{item.commit}")
        if not dice.one_in(3):
            continue
        environment = ("production", "production", "staging")[dice.below(3)]
        at = item.at + dice.span(3)
        ended = at + timedelta(minutes=2 + dice.below(20))
        verdict = "FAILURE" if dice.one_in(7) else "SUCCESS"
        statuses: tuple[tuple[str, datetime], ...] = (("IN_PROGRESS", at), (verdict, ended))
        if verdict == "SUCCESS" and dice.one_in(2):
            statuses += (("INACTIVE", ended + timedelta(hours=1)),)
        yield DeploymentRecord(environment, at, item.commit, () if dice.one_in(20) else statuses)


def _runs(name: str, landed: list[Landing], as_of: datetime) -> Iterator[RunRecord]:
    for place, item in enumerate(landed):
        if item.at < as_of - timedelta(days=95):
            continue
        dice = Dice(f"run/{name}/{item.commit}")
        for number, branch in enumerate(("main", f"topic-{place}") if dice.one_in(3) else ("main",)):
            started = item.at + timedelta(seconds=dice.below(90))
            yield RunRecord(
                id=place * 10 + number + 1, workflow="ci", commit=item.commit, created_at=item.at,
                started_at=started, finished_at=started + timedelta(minutes=1 + dice.below(25)), branch=branch,
                conclusion=("failure", "success", "success", "success", "cancelled")[dice.below(5)],
                event="push" if branch == "main" else "pull_request", attempt=1 + dice.below(2),
            )  # fmt: skip


def _alerts(name: str, as_of: datetime) -> Iterator[AlertRecord]:
    for number in range(Dice(f"alerts/{name}").below(25)):
        dice = Dice(f"alert/{name}/{number}")
        opened = as_of - timedelta(days=dice.below(390), hours=2)
        closed = opened + dice.span(24 * 60)
        kind, severity = _KINDS[dice.below(3)], _LEVELS[dice.below(4)]
        if closed < as_of and not dice.one_in(3):
            yield AlertRecord(kind, severity, opened, closed, "dismissed" if dice.one_in(5) else "fixed")
        else:
            yield AlertRecord(kind, severity, opened)


def _protection(dice: Dice) -> ProtectionRecord | None:
    if dice.one_in(3):
        return None
    return ProtectionRecord(
        approvals=dice.below(3), status_checks=("ci",) if dice.one_in(2) else (), binds_admins=dice.one_in(2),
        allows_force_push=dice.one_in(5), allows_deletion=dice.one_in(6),
    )  # fmt: skip


def made(count: int, as_of: datetime, changes: int = 200, login: str = "acme") -> ForgeData:
    """An organisation of ``count`` repositories: each with ``changes`` merged changes; nothing of them can be cloned."""
    repositories = tuple(
        repository(f"repo-{number:04}", made_landings(f"repo-{number:04}", as_of, changes), as_of)
        for number in range(count)
    )
    return ForgeData(_organisation(login), repositories)


def from_histories(git_dirs: dict[str, Path], as_of: datetime, login: str = "acme") -> ForgeData:
    """An organisation of real repositories, cloned from ``git_dirs``; its forge side follows from their commits."""
    made_of = []
    for name, git_dir in sorted(git_dirs.items()):
        tags = _tags(git_dir, as_of)
        made_of.append(repository(name, landings(git_dir, as_of), as_of, f"file://{git_dir}", tags))
    return ForgeData(_organisation(login), tuple(made_of))


def _tags(git_dir: Path, as_of: datetime) -> tuple[tuple[str, datetime], ...]:
    told = subprocess.run(
        ["git", f"--git-dir={git_dir}", "for-each-ref", "--format=%(refname:short)%1f%(creatordate:unix)", "refs/tags"],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    pairs = (line.split("\x1f") for line in told.splitlines())
    dated = [(tag, datetime.fromtimestamp(int(at), UTC)) for tag, at in pairs if at.isdigit()]
    return tuple((tag, at) for tag, at in dated if as_of - timedelta(days=REACH_DAYS) < at <= as_of)


def _organisation(login: str) -> OrganisationRecord:
    return OrganisationRecord(
        login=login, two_factor_required=False, default_permission="read",
        members=tuple((f"dev-{n}", n < 3) for n in range(24)), outside_collaborators=("contractor-1",),
        teams=("platform",), verified=True, members_without_two_factor=("dev-7", "dev-8"),
    )  # fmt: skip
