"""Facts with plain defaults, so that a test states only what it is about."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from scanner.facts.forge import ChangeRequest

AS_OF = datetime(2026, 6, 30, tzinfo=UTC)
"""The moment that most tests speak of."""


def change_request(**given: Any) -> ChangeRequest:
    """A human change request to the default branch, opened five days ago, without reviews."""
    defaults: dict[str, Any] = {
        "number": 1, "person": "ann", "bot": False, "created_at": AS_OF - timedelta(days=5), "merged_at": None,
        "closed_at": None, "merged_by": "", "first_commit_at": None, "additions": 10, "deletions": 2, "files": 2,
        "commits": 1, "comments": 0, "reviews": (), "description_words": 20, "linked_issues": 0, "labels": (),
        "draft": False, "to_default": True, "head_commit": "", "merge_commit": "",
    }  # fmt: skip
    return ChangeRequest(**(defaults | given))
