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
      repository(owner: $owner, name: $name) { openIssues: issues(states: OPEN) { totalCount } }
    }
    """,
    ISSUES,
)
_COMMUNITY_FILES = ("code_of_conduct", "contributing", "issue_template", "license", "pull_request_template", "readme")


def collect(ask: Ask[GithubRepositorySource]) -> Iterator[Found]:
    """One request, two more without a listing; a community profile that cannot be read leaves the record known."""
    source = ask.source
    try:
        profile = Node(source.once("/community/profile", CONTENTS), source.label("/community/profile"))
        yield found(parse_community(profile), source.label("/community/profile"))
    except Unreadable as problem:
        yield hole(Community, problem.hole, source.label("/community/profile"))
    listing = source.listing()
    if listing is None:
        yield found(parse(source.record(), _open_issues(source)), source.label())
        return
    told = listing if listing.has("openIssues") else source.query(OPEN_ISSUES)
    yield found(parse_listing(listing, told.node("openIssues").number("totalCount")), source.listing_label())


def _open_issues(source: GithubRepositorySource) -> int:
    return source.query(OPEN_ISSUES).node("openIssues").number("totalCount")


def parse_listing(node: Node, open_issues: int) -> ForgeRepository:
    """The record as the listing tells it."""
    licence = node.node_or_none("licenseInfo")
    spdx = licence.text_or("spdxId") if licence else ""
    branch = node.node_or_none("defaultBranchRef")
    target = branch.node_or_none("target") if branch else None
    topics = (topic.node("topic").text("name") for topic in node.node("repositoryTopics").nodes("nodes"))
    return ForgeRepository(
        description=node.text_or("description"),
        topics=tuple(sorted(topics)),
        archived=node.flag("isArchived"),
        fork=node.flag("isFork"),
        template=node.flag("isTemplate"),
        visibility=_visible(node.text("visibility").lower(), private=node.flag("isPrivate")),
        created_at=node.moment("createdAt"),
        default_branch=branch.text("name") if branch else "",
        has_issues=node.flag("hasIssuesEnabled"),
        has_discussions=node.flag("hasDiscussionsEnabled"),
        licence="" if spdx == "NOASSERTION" else spdx,
        stars=node.number("stargazerCount"),
        open_issues=open_issues,
        deletes_merged_branches=node.flag("deleteBranchOnMerge"),
        url=node.text("url"),
        pushed_at=node.moment_or_none("pushedAt"),
        node_id=node.text("id"),
        merge_methods=_methods(node, "mergeCommitAllowed", "squashMergeAllowed", "rebaseMergeAllowed"),
        size_kb=node.number("diskUsage") if node.has("diskUsage") else 0,
        default_branch_commit=target.text("oid") if target else "",
        empty=node.flag("isEmpty"),
    )


def parse(record: Node, open_issues: int) -> ForgeRepository:
    """The record as REST tells it, without change requests among the open issues (REST counts both together)."""
    licence = record.node_or_none("license")
    spdx = licence.text_or("spdx_id") if licence else ""
    return ForgeRepository(
        description=record.text_or("description"),
        topics=tuple(sorted(record.texts("topics"))),
        archived=record.flag("archived"),
        fork=record.flag("fork"),
        template=record.flag_or_false("is_template"),
        visibility=_visible(record.text_or("visibility"), private=record.flag("private")),
        created_at=record.moment("created_at"),
        default_branch=record.text("default_branch"),
        has_issues=record.flag("has_issues"),
        has_discussions=record.flag_or_false("has_discussions"),
        licence="" if spdx == "NOASSERTION" else spdx,
        stars=record.number("stargazers_count"),
        open_issues=open_issues,
        deletes_merged_branches=record.flag_or_none("delete_branch_on_merge"),
        url=record.text("html_url"),
        pushed_at=record.moment_or_none("pushed_at"),
        node_id=record.text_or("node_id"),
        merge_methods=_methods(record, "allow_merge_commit", "allow_squash_merge", "allow_rebase_merge"),
        size_kb=record.number("size") if record.has("size") else 0,
    )


def _methods(node: Node, *keys: str) -> tuple[Literal["merge", "squash", "rebase"], ...]:
    """The ways of merging that the settings under ``keys`` allow; none when they are not shown."""
    ways: tuple[Literal["merge", "squash", "rebase"], ...] = ("merge", "squash", "rebase")
    return tuple(way for way, key in zip(ways, keys, strict=True) if node.flag_or_false(key))


def _visible(told: str, *, private: bool) -> Literal["public", "private", "internal"]:
    match told:
        case "internal":
            return "internal"
        case "private":
            return "private"
        case "public":
            return "public"
        case _:
            return "private" if private else "public"


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
    version="2",
    source=GithubRepositorySource,
    provides=(ForgeRepository, Community),
    collect=collect,
    permissions=("Metadata: read", "Issues: read", "Contents: read"),
    absent=ABSENT,
)
