"""A GitLab group from target to stored evidence, and the choice between collectors of two forges."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from scanner.core.evidence import Unknown, Why
from scanner.core.subjects import Kind, Subject
from scanner.facts.engagement import Moment
from scanner.facts.forge import BranchProtection, Community, ForgeRepository
from scanner.http.forge import ListedRepository
from scanner.http.github.sources import GithubRepositorySource
from scanner.http.gitlab import GitlabSettings
from scanner.http.gitlab_sources import GitlabGroupSource, GitlabProjectSource
from scanner.http.secret import Secret
from scanner.pipeline.events import Silent
from scanner.pipeline.forges import KINDS, holes_beside, organisation_handle
from scanner.pipeline.gather import collectors_for, gather
from scanner.pipeline.scan import Request, run_scan
from scanner.pipeline.targets import make_plan
from scanner.places import Places
from scanner.store.store import Store
from tests.builders import AS_OF
from tests.builders_gitcode import GitRepo
from tests.builders_gitlab import PROJECT, PROJECT_RECORD, TIGHT, TOKEN, Fault, StandIn, asking, client

REPO = Subject(Kind.REPO, "acme/web/api")
COLLECTORS = [c for c in collectors_for(Kind.REPO) if c.source in (GithubRepositorySource, GitlabProjectSource)]
FACTS = {fact_type for collector in COLLECTORS for fact_type in collector.provides}


def test_a_repository_without_forge_has_one_hole_for_each_fact_that_names_both_forges() -> None:
    evidence = gather(REPO, COLLECTORS, {}, Moment(AS_OF), {}, lambda _: None)
    assert {e.fact_type for e in evidence} == FACTS
    assert len(evidence) == len(FACTS)
    for item in evidence:
        assert isinstance(item.content, Unknown)
        assert item.content.why is Why.NOT_REQUESTED
        assert "github:ORG" in item.content.detail
        assert "gitlab:GROUP" in item.content.detail


def test_of_two_forges_the_open_one_answers_alone() -> None:
    with asking() as (ask, standin):
        sources: dict[type[object], object] = {GitlabProjectSource: ask.source}
        evidence = gather(REPO, COLLECTORS, sources, Moment(AS_OF), holes_beside("gitlab"), lambda _: None)
        assert standin.seen
    by_type = {e.fact_type: e for e in evidence}
    assert len(evidence) == len(FACTS) == len(by_type)
    assert isinstance(by_type[ForgeRepository].content, ForgeRepository)
    assert by_type[ForgeRepository].collector == "gitlab-repository"
    assert by_type[Community].content == Unknown(Why.NO_SUCH_NOTION, "GitLab makes no community profile")


@pytest.mark.parametrize(("target", "group"), [("acme", "acme"), ("acme/web/api", "acme/web")])
def test_the_group_that_is_asked_is_the_one_named_or_the_projects_own(target: str, group: str) -> None:
    with StandIn() as standin, client(standin) as gitlab:
        plan = make_plan((f"gitlab:{target}",), {"gitlab": gitlab})
        source = organisation_handle(gitlab, plan.forge_login, 1)
    assert (plan.forge_key, plan.forge_login) == ("gitlab", group)
    assert isinstance(source, GitlabGroupSource)
    assert source.path() == f"/groups/{group.replace('/', '%2F')}"


def test_a_forge_that_failed_is_not_hidden_behind_the_other() -> None:
    with asking(("/protected_branches", Fault.FORBIDDEN)) as (ask, _):
        sources: dict[type[object], object] = {GitlabProjectSource: ask.source}
        evidence = gather(REPO, COLLECTORS, sources, Moment(AS_OF), holes_beside("gitlab"), lambda _: None)
    (item,) = [e for e in evidence if e.fact_type is BranchProtection]
    assert isinstance(item.content, Unknown)
    assert item.content.why is Why.FORBIDDEN


@pytest.mark.parametrize("clone_url", ["http://gitlab.example.com/acme/web/api.git", "ssh://git@x/y.git", "", None])
def test_a_clone_address_that_is_not_https_is_not_followed(clone_url: str | None) -> None:
    record = PROJECT_RECORD | {"http_url_to_repo": clone_url}
    with StandIn(routes={PROJECT: record}) as standin, client(standin) as gitlab:
        (planned,) = make_plan(("gitlab:acme/web/api",), {"gitlab": gitlab}).repositories
    assert planned.problem is not None
    assert planned.problem.why is Why.UNSUPPORTED
    assert planned.url == ""


class Remote:
    """A GitLab on another machine whose listing names a folder of this one."""

    address = "https://gitlab.example.com"
    unlisted = 0

    def repositories(self, target: str) -> tuple[ListedRepository, ...]:
        return (ListedRepository(target, "file:///etc", "main", False, False, True, 0, None),)

    def clone_header(self) -> None:
        return None


def test_a_gitlab_elsewhere_may_not_lead_to_this_machine() -> None:
    (planned,) = make_plan(("gitlab:acme/api",), {"gitlab": Remote()}).repositories
    assert planned.problem is not None
    assert planned.problem.why is Why.UNSUPPORTED
    assert planned.url == ""


@pytest.mark.parametrize(
    ("target", "why"),
    [("gitlab:acme", Why.NOT_REQUESTED), ("github:acme", Why.NOT_REQUESTED), ("gitlab:", Why.NOT_REQUESTED)],
)
def test_offline_no_forge_is_asked(target: str, why: Why) -> None:
    (planned,) = make_plan((target,), {}).repositories
    assert planned.problem is not None
    assert planned.problem.why is why


@pytest.mark.parametrize("name", ["", "a b", "a?b", "a//b", "a#b", "/".join("a" * 30)])
def test_a_name_that_is_none_is_refused_unasked(name: str) -> None:
    with StandIn() as standin, client(standin) as gitlab:
        (planned,) = make_plan((f"gitlab:{name}",), {"gitlab": gitlab}).repositories
        assert standin.seen == []
    assert planned.problem is not None
    assert planned.problem.closes == f"write {KINDS['gitlab'].usage}"


def test_a_group_is_scanned_from_target_to_evidence(tmp_path: Path) -> None:
    repository = GitRepo(tmp_path / "made")
    repository.commit(files={"README.md": "# Hello\n"})
    record = PROJECT_RECORD | {"http_url_to_repo": repository.folder.as_uri()}
    places = Places(tmp_path / "data", tmp_path / "cache")
    with StandIn(routes={"/groups/acme/projects": [record], PROJECT: record}) as standin:
        request = Request(
            ("gitlab:acme",), AS_OF.date(), places, places.database_url, workers=1,
            gitlab=GitlabSettings(standin.url, Secret(TOKEN), TIGHT),
        )  # fmt: skip
        outcome = run_scan(request, Silent(), lambda: datetime(2026, 7, 1, tzinfo=UTC))
    assert outcome.endings == ((REPO, "read", ""),)
    assert outcome.scan.targets == ("gitlab:acme",)
    store = Store(places.database_url)
    try:
        ledger = store.ledger(outcome.scan.id)
    finally:
        store.close()
    known = {e.fact_type: e for e in ledger if e.subject == REPO}
    assert isinstance(known[ForgeRepository].content, ForgeRepository)
    assert known[Community].content == Unknown(Why.NO_SUCH_NOTION, "GitLab makes no community profile")
    stored = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert TOKEN.encode() not in stored + outcome.published
