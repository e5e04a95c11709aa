"""The project's own record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

from scanner.core.collecting import Ask, Collector, Found, found
from scanner.facts.forge import ForgeRepository
from scanner.http.forge import ABSENT
from scanner.http.gitlab_sources import GitlabProjectSource
from scanner.http.shape import Node

_METHODS: dict[str, Literal["merge", "rebase"]] = {"merge": "merge", "rebase_merge": "merge", "ff": "rebase"}


def collect(ask: Ask[GitlabProjectSource]) -> Iterator[Found]:
    """One request."""
    yield found(parse(ask.source.record()), ask.source.label())


def parse(record: Node) -> ForgeRepository:
    """The record. GitLab has neither template projects nor discussions; issues that are switched off count none.

    It tells no moment of the last push: the last activity of any kind stands for it.
    """
    licence = record.node_or_none("license")
    has_issues = issues_enabled(record)
    return ForgeRepository(
        description=record.text_or("description"),
        topics=tuple(sorted(record.texts("topics"))),
        archived=record.flag("archived"),
        fork=record.has("forked_from_project"),
        template=False,
        visibility=_visibility(record),
        created_at=record.moment("created_at"),
        default_branch=record.text_or("default_branch"),
        has_issues=has_issues,
        has_discussions=False,
        licence=_spdx(licence.text_or("key")) if licence else "",
        stars=record.number("star_count"),
        open_issues=record.number("open_issues_count") if has_issues else 0,
        deletes_merged_branches=record.flag_or_none("remove_source_branch_after_merge"),
        url=record.text("web_url"),
        pushed_at=record.moment_or_none("last_activity_at"),
        node_id=record.scalar_or("id", ""),
        merge_methods=_methods(record),
        size_kb=_size_kb(record),
        empty=record.flag_or_false("empty_repo"),
    )


def _methods(record: Node) -> tuple[Literal["merge", "squash", "rebase"], ...]:
    """Ways of merging; a fast-forward is what others call a rebase. Empty when not shown."""
    method = record.text_or("merge_method")
    if method not in _METHODS:
        return ()
    squashes = record.text_or("squash_option", "never") != "never"
    return (_METHODS[method], "squash") if squashes else (_METHODS[method],)


def _size_kb(record: Node) -> int:
    statistics = record.node_or_none("statistics")
    return statistics.number("repository_size") // 1024 if statistics else 0


def issues_enabled(record: Node) -> bool:
    """Whether the project has an issue tracker."""
    return record.text_or("issues_access_level", "enabled") != "disabled" and record.flag_or_none("issues_enabled") is not False  # fmt: skip


def _visibility(record: Node) -> Literal["public", "private", "internal"]:
    match record.text("visibility"):
        case "public":
            return "public"
        case "internal":
            return "internal"
        case _:
            return "private"


def _spdx(key: str) -> str:
    """The SPDX id of GitLab's lower-case licence key; empty for what is none ("other")."""
    try:
        return canonicalize_license_expression(key)
    except InvalidLicenseExpression:
        return ""


COLLECTOR = Collector(
    name="gitlab-repository",
    version="2",
    source=GitlabProjectSource,
    provides=(ForgeRepository,),
    collect=collect,
    permissions=("read_api",),
    absent=ABSENT,
)
