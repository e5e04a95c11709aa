from dataclasses import replace
from typing import Any

import pytest

from collectors.gitlab.repository import parse
from scanner.core.evidence import Unreadable
from scanner.facts.forge import ForgeRepository
from scanner.http.shape import Node
from tests.builders_gitlab import PROJECT_RECORD, ago

EXPECTED = ForgeRepository(
    description="The public API", topics=("api", "python"), archived=False, fork=False, template=False, visibility="private",
    created_at=ago(days=900), default_branch="main", has_issues=True, has_discussions=False, licence="Apache-2.0", stars=7,
    open_issues=4, deletes_merged_branches=True, url="https://gitlab.example.com/acme/web/api",
    pushed_at=ago(days=1), node_id="3", merge_methods=("rebase", "squash"), size_kb=4,
)  # fmt: skip


def read(**changes: object) -> ForgeRepository:
    return parse(Node(PROJECT_RECORD | changes, "test"))


def test_the_record_is_read() -> None:
    assert read() == EXPECTED


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"forked_from_project": {"id": 1}}, {"fork": True}),
        ({"visibility": "internal"}, {"visibility": "internal"}),
        ({"license": {"key": "other"}}, {"licence": ""}),
        ({"license": None}, {"licence": ""}),
        ({"description": None, "default_branch": None}, {"description": "", "default_branch": ""}),
        ({"remove_source_branch_after_merge": None}, {"deletes_merged_branches": None}),
        ({"issues_access_level": "disabled", "open_issues_count": None}, {"has_issues": False, "open_issues": 0}),
        ({"squash_option": "never", "merge_method": "rebase_merge"}, {"merge_methods": ("merge",)}),
        ({"merge_method": "quantum"}, {"merge_methods": ()}),
        ({"statistics": None, "empty_repo": True}, {"size_kb": 0, "empty": True}),
        ({"description": "a\u202eb\x1b[31m"}, {"description": "ab[31m"}),
    ],
)
def test_variants(changes: dict[str, object], expected: dict[str, Any]) -> None:
    assert read(**changes) == replace(EXPECTED, **expected)


@pytest.mark.parametrize("key", ["created_at", "star_count", "open_issues_count", "visibility", "archived"])
def test_a_missing_figure_is_refused_not_zero(key: str) -> None:
    with pytest.raises(Unreadable, match=key):
        read(**{key: None})
