from datetime import UTC, datetime

import pytest

from collectors.github.repository import COLLECTOR, parse, parse_community
from scanner.core.evidence import Unreadable
from scanner.facts.forge import Community, ForgeRepository
from tests.builders_github import collected, node

RECORD = {
    "description": None, "archived": False, "fork": False, "private": True, "created_at": "2021-05-01T10:00:00Z",
    "default_branch": "main", "has_issues": True, "license": {"spdx_id": "NOASSERTION"}, "stargazers_count": 3,
    "open_issues_count": 9, "html_url": "https://github.example/acme/api",
}  # fmt: skip


def test_the_record_is_read() -> None:
    found = collected(COLLECTOR)
    record = found["ForgeRepository"].content
    assert isinstance(record, ForgeRepository)
    assert record.topics == ("api", "python")
    assert (record.visibility, record.licence, record.stars) == ("private", "Apache-2.0", 7)
    assert record.deletes_merged_branches is True
    assert found["ForgeRepository"].source == "GET /repos/acme/api"


def test_change_requests_are_no_open_issues() -> None:
    """The stand-in has one open issue and one open change request; REST's own count says two."""
    record = collected(COLLECTOR)["ForgeRepository"].content
    assert isinstance(record, ForgeRepository)
    assert record.open_issues == 1


def test_what_the_record_leaves_out_is_unknown_not_off() -> None:
    record = parse(node(**RECORD), 4)
    assert record.deletes_merged_branches is None
    assert record.licence == ""
    assert record.visibility == "private"
    assert (record.description, record.topics, record.open_issues) == ("", (), 4)
    assert record.created_at == datetime(2021, 5, 1, 10, tzinfo=UTC)


def test_a_record_without_its_fields_is_no_record() -> None:
    with pytest.raises(Unreadable, match="archived"):
        parse(node(), 0)


def test_the_profile_lists_the_files_that_are_there() -> None:
    files = {"readme": {"url": "x"}, "license": {"key": "mit"}, "contributing": None, "issue_template": {"url": "x"}}
    profile = parse_community(node(health_percentage=42, files=files))
    assert profile == Community(42, ("issue_template", "license", "readme"), True, False)
