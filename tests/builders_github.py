"""A small organisation on a stand-in GitHub, and what a collector needs to ask it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from scanner.core.collecting import Ask, Collector, Found
from scanner.core.subjects import Kind, Subject
from scanner.demo.forge import (
    AlertRecord,
    AppRecord,
    AutomationRecord,
    CommentRecord,
    DeploymentRecord,
    EnvironmentRecord,
    ForgeData,
    HookRecord,
    IssueRecord,
    JobRecord,
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
    SecretRecord,
    SettingsRecord,
    TeamRecord,
)
from scanner.demo.gitlab_forge import DeployTokenRecord
from scanner.demo.standin import Fault, StandIn
from scanner.http.github.client import Github, GithubSettings
from scanner.http.github.sources import GithubOrganisationSource, GithubRepositorySource
from scanner.http.limits import Limits
from scanner.http.secret import Secret
from scanner.http.shape import Node
from tests.builders import AS_OF

TOKEN = "ghp_S3cr3tS3cr3tS3cr3tS3cr3tS3cr3tS3cr3t"
ORG = Subject(Kind.ORG, "acme")
REPO = Subject(Kind.REPO, "acme/api")
TIGHT = Limits(exchange_seconds=10, call_seconds=20, wait_seconds=120, body_bytes=2_000_000, pages=20, tries=2)
"""Bounds that a test can wait for."""
HASTY = replace(TIGHT, exchange_seconds=0.15)
"""For answers that never end."""


def ago(**span: float) -> datetime:
    """A moment before AS_OF."""
    return AS_OF - timedelta(**span)


@dataclass(frozen=True)
class Names:
    """Pseudonyms that a test can read."""

    def of(self, identity: str) -> str:
        return f"<{identity}>"

    def machine(self, identity: str) -> bool | None:
        return None


API = RepositoryRecord(
    name="api",
    description="The public API",
    topics=("python", "api"),
    private=True,
    licence="Apache-2.0",
    stars=7,
    has_discussions=True,
    deletes_merged_branches=True,
    health_percentage=71,
    files=("readme", "license", "issue_template"),
    pulls=(
        PullRecord(
            3, "ann", ago(days=4), ago(days=3), ago(days=3), "bob", ago(days=5), comments=1, body="Why and <!-- x --> how",
            reviews=(ReviewRecord("bob", "APPROVED", ago(days=3, hours=1), 2), ReviewRecord("cy", "PENDING", ago(days=3))),
            linked_issues=1, labels=("bug",), head_commit="a" * 40, merge_commit="b" * 40,
        ),
        PullRecord(2, "dependabot[bot]", ago(days=9), closed_at=ago(days=8), base="release"),
        PullRecord(1, "ann", ago(days=500), updated_at=ago(days=400)),
    ),
    issues=(
        IssueRecord(
            8, "ann", ago(days=20), ago(days=2),
            (CommentRecord("stale[bot]", ago(days=19)), CommentRecord("ann", ago(days=18)), CommentRecord("bob", ago(days=17))),
            ("bug", "customer"), "v2", (ago(days=10),),
        ),
        IssueRecord(7, "", ago(days=30)),
    ),
    milestones=(
        MilestoneRecord("v1", ago(days=100), ago(days=90), 0, 12),
        MilestoneRecord("v2", ago(days=1), None, 3, 1),
        MilestoneRecord("later"),
    ),
    releases=(
        ReleaseRecord("v1.1.0", ago(days=30), notes="Faster and safer", assets=2),
        ReleaseRecord("v1.0.0", ago(days=400)),
        ReleaseRecord("v2.0.0", ago(days=1), draft=True),
    ),
    deployments=(
        DeploymentRecord(
            "production", ago(days=6), "c" * 40,
            (("IN_PROGRESS", ago(days=6)), ("SUCCESS", ago(days=6) + timedelta(minutes=5)), ("INACTIVE", ago(days=3))),
        ),
        DeploymentRecord("staging", ago(days=2), "d" * 40, (("FAILURE", ago(days=2) + timedelta(minutes=1)),)),
    ),
    runs=(
        RunRecord(
            11, "ci", "a" * 40, ago(days=3), ago(days=3) + timedelta(minutes=9), started_at=ago(days=3) + timedelta(minutes=1),
            jobs=(
                JobRecord("test", ago(days=3), ago(days=3) + timedelta(seconds=40), ago(days=3) + timedelta(minutes=8)),
                JobRecord("deploy", ago(days=3), ago(days=3), ago(days=3) + timedelta(minutes=8), "skipped"),
            ),
        ),
        RunRecord(10, "ci", "a" * 40, ago(days=4), ago(days=4) + timedelta(minutes=2), "timed_out", attempt=2),
        RunRecord(9, "ci", "a" * 40, ago(days=91), ago(days=91)),
    ),
    protection=ProtectionRecord(
        1, code_owner_review=True, dismisses_stale=True, status_checks=("test", "lint"), binds_admins=True, bypassing=("ann",)
    ),
    rulesets=(RulesetRecord(5, approvals=2, status_checks=("test",), blocks_force_push=True, bypassing=1),),
    settings=SettingsRecord(
        vulnerability_alerts=True, secret_scanning=True, push_protection=False, code_scanning=True, private_reporting=True
    ),
    alerts=(
        AlertRecord("dependency", "critical", ago(days=40)),
        AlertRecord("dependency", "low", ago(days=50), ago(days=45), "fixed"),
        AlertRecord("code", "high", ago(days=10), ago(days=5), "dismissed"),
        AlertRecord("secret", "critical", ago(days=7)),
    ),
    people=(PersonRecord("ann", "admin"), PersonRecord("bob"), PersonRecord("eve", "read", outside=True)),
    keys=(True, False),
    keys_made_at=ago(days=700),
    environments=(EnvironmentRecord("production", ("ann", "bob"), 30, restricts_branches=True, admins_bypass=False), EnvironmentRecord("staging")),
    secrets=(SecretRecord("DEPLOY_KEY", ago(days=500), ago(days=20)), SecretRecord("NPM_TOKEN", ago(days=90), ago(days=90), "dependabot")),
    automation=AutomationRecord(allowed="selected", requires_pinning=True, default_permission="write", may_approve=True, self_hosted_runners=2),
    codeowners_errors=("Unknown owner", "Invalid pattern", "Unknown owner"),
    packages=(("githubactions", 2), ("pypi", 3)),
    hooks=(HookRecord("https://ci.example"), HookRecord("https://x.example", secret=False), HookRecord("https://y.example", verifies_tls=False)),
    protected_tags=("v*",),
    deploy_tokens=(DeployTokenRecord("images", ("write_registry",), ago(days=-90)), DeployTokenRecord("pull")),
)  # fmt: skip
ACME = OrganisationRecord(
    "acme",
    two_factor_required=True,
    default_permission="read",
    members=(("ann", True), ("bob", False), ("cy", False)),
    outside_collaborators=("eve",),
    teams=("core", "web"),
    verified=False,
    team_records=(TeamRecord("api", ("ann", "bob"), ("api",), "core"),),
    members_without_two_factor=("cy",),
    security_managers=("core",),
    automation=AutomationRecord(allowed="local_only", default_permission="read", self_hosted_runners=1),
    apps=(AppRecord("renovate", (("contents", "write"), ("metadata", "read"))), AppRecord("codecov")),
    hooks=(HookRecord("https://chat.example", secret=False), HookRecord("https://ci.example")),
    audit_log=True,
    members_create_public=False,
    secrets=(
        SecretRecord("DEPLOY_ROLE", ago(days=800), ago(days=30)),
        SecretRecord("OLD_TOKEN", ago(days=900), ago(days=800), guarded=False),
    ),
    deploy_tokens=(DeployTokenRecord("mirror"), DeployTokenRecord("gone", revoked=True)),
)
DATA = ForgeData(ACME, (API, RepositoryRecord("site", fork=True)))


def data(**changes: object) -> ForgeData:
    """DATA with its repository changed."""
    return replace(DATA, repositories=(replace(API, **changes), DATA.repositories[1]))


def client(standin: StandIn, limits: Limits = TIGHT, *, token: bool = True) -> Github:
    """A client of ``standin`` that never really waits."""
    settings = GithubSettings(standin.url, Secret(TOKEN) if token else None, limits)
    return Github(settings, sleep=lambda _: None)


@contextmanager
def asking(
    given: ForgeData = DATA, faults: tuple[tuple[str, Fault], ...] = ()
) -> Iterator[tuple[Ask[GithubRepositorySource], StandIn]]:
    """A question about acme/api, and the stand-in that will answer it."""
    with StandIn(given, TOKEN, faults) as standin:
        github = client(standin, HASTY if any(fault is Fault.SLOW for _, fault in faults) else TIGHT)
        try:
            yield Ask(REPO, GithubRepositorySource(github, "acme/api", Names()), AS_OF), standin
        finally:
            github.close()


@contextmanager
def asking_organisation(
    given: ForgeData = DATA, faults: tuple[tuple[str, Fault], ...] = ()
) -> Iterator[tuple[Ask[GithubOrganisationSource], StandIn]]:
    """A question about acme, and the stand-in that will answer it."""
    with StandIn(given, TOKEN, faults) as standin:
        github = client(standin, HASTY if any(fault is Fault.SLOW for _, fault in faults) else TIGHT)
        try:
            yield Ask(ORG, GithubOrganisationSource(github, "acme", 2), AS_OF), standin
        finally:
            github.close()


def collected(collector: Collector[GithubRepositorySource], given: ForgeData = DATA) -> dict[str, Found]:
    """What ``collector`` finds, by the name of the fact."""
    with asking(given) as (ask, _):
        return {f.fact_type.__name__: f for f in collector.collect(ask)}


def node(**fields: object) -> Node:
    """A JSON object."""
    return Node(fields, "test")
