"""The repository's own record, and its community profile."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from scanner.core.collecting import Ask, Collector, Found, found, hole
from scanner.core.evidence import Unreadable
from scanner.facts.forge import Community, ForgeRepository
from scanner.http.forge import ABSENT
from scanner.http.github.graphql import Query
from scanner.http.github.permissions import CONTENTS, ISSUES
from scanner.http.github.sources import GithubRepositorySource
from scanner.http.shape import Node

OPEN_ISSUES = Query(
    "OpenIssues",
    """
    query OpenIssues($owner: String!, $name: String!) {
      repository(owner: $owner, name: $name) { issues(states: OPEN) { totalCount } }
    }
    """,
    ISSUES,
)
_COMMUNITY_FILES = ("code_of_conduct", "contributing", "issue_template", "license", "pull_request_template", "readme")


def collect(ask: Ask[GithubRepositorySource]) -> Iterator[Found]:
    """Three requests; a community profile that cannot be read leaves the record known."""
    source = ask.source
    try:
        profile = Node(source.once("/community/profile", CONTENTS), source.label("/community/profile"))
        yield found(parse_community(profile), source.label("/community/profile"))
    except Unreadable as problem:
        yield hole(Community, problem.hole, source.label("/community/profile"))
    open_issues = source.query(OPEN_ISSUES).node("issues").number("totalCount")
    yield found(parse(source.record(), open_issues), source.label())


def parse(record: Node, open_issues: int) -> ForgeRepository:
    """The record without change requests among the open issues (REST counts both together)."""
    licence = record.node_or_none("license")
    spdx = licence.text_or("spdx_id") if licence else ""
    return ForgeRepository(
        description=record.text_or("description"),
        topics=tuple(sorted(record.texts("topics"))),
        archived=record.flag("archived"),
        fork=record.flag("fork"),
        template=record.flag_or_false("is_template"),
        visibility=_visibility(record),
        created_at=record.moment("created_at"),
        default_branch=record.text("default_branch"),
        has_issues=record.flag("has_issues"),
        has_discussions=record.flag_or_false("has_discussions"),
        licence="" if spdx == "NOASSERTION" else spdx,
        stars=record.number("stargazers_count"),
        open_issues=open_issues,
        deletes_merged_branches=record.flag_or_none("delete_branch_on_merge"),
        url=record.text("html_url"),
    )


def _visibility(record: Node) -> Literal["public", "private", "internal"]:
    match record.text_or("visibility"):
        case "internal":
            return "internal"
        case "private":
            return "private"
        case "public":
            return "public"
        case _:
            return "private" if record.flag("private") else "public"


def parse_community(profile: Node) -> Community:
    """The profile; ``files`` are the keys of the health files that GitHub found."""
    files = profile.node("files")
    return Community(
        health_percentage=profile.number("health_percentage"),
        files=tuple(key for key in _COMMUNITY_FILES if files.has(key)),
        issue_template=files.has("issue_template"),
        change_request_template=files.has("pull_request_template"),
    )


COLLECTOR = Collector(
    name="github-repository",
    version="1",
    source=GithubRepositorySource,
    provides=(ForgeRepository, Community),
    collect=collect,
    permissions=("Metadata: read", "Issues: read", "Contents: read"),
    absent=ABSENT,
)
