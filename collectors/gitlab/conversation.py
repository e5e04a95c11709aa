"""What people and GitLab itself noted under a merge request or an issue, read for many at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from scanner.core.evidence import Unreadable, Why
from scanner.http.gitlab import GitlabProjectSource, GitlabQuery
from scanner.http.shape import Node

BATCH = 20
NOTES_READ = 100
NOTES = """
        activity: notes(filter: ONLY_ACTIVITY, first: 100) {
          pageInfo { hasNextPage } nodes { body createdAt author { username } }
        }
        comments: notes(filter: ONLY_COMMENTS, first: 100) {
          pageInfo { hasNextPage } nodes { createdAt author { username } }
        }
"""
"""The part of a query that `read_notes` reads; the texts of people's comments are not asked for."""


@dataclass(frozen=True, slots=True)
class Note:
    """A note by a pseudonymous person; ``said`` is empty for a comment, else GitLab's own words ("reopened")."""

    person: str
    bot: bool
    at: datetime
    said: str = ""


@dataclass(frozen=True, slots=True)
class Conversation:
    """Notes up to a moment, oldest first; ``cut`` when there are more than were read."""

    activity: tuple[Note, ...]
    comments: tuple[Note, ...]
    cut: bool


def read_details(source: GitlabProjectSource, query: GitlabQuery, field: str, iids: Sequence[int]) -> dict[int, Node]:
    """What ``query`` tells of each of ``iids``, twenty in one request; what GitLab leaves out is missing."""
    read: dict[int, Node] = {}
    for start in range(0, len(iids), BATCH):
        project = source.query(query, iids=[str(iid) for iid in iids[start : start + BATCH]])
        listed = project.node_or_none(field)
        if listed is None:
            raise Unreadable(Why.AMBIGUOUS_404, f"{project.where}: no {field}", query.right.closes)
        for node in listed.nodes("nodes"):
            iid = node.scalar_or("iid", "")
            if iid.isascii() and iid.isdigit() and len(iid) < 12:
                read[int(iid)] = node
    return read


def read_notes(node: Node, source: GitlabProjectSource, as_of: datetime) -> Conversation:
    """The notes of one merge request or issue, made up to ``as_of``."""
    lists = {key: node.node(key) for key in ("activity", "comments")}
    read: dict[str, list[Note]] = {}
    for key, listed in lists.items():
        read[key] = []
        for item in listed.nodes("nodes"):
            person, bot = source.who(item.node_or_none("author"))
            at = item.moment("createdAt")
            if at <= as_of:
                read[key].append(Note(person, bot, at, item.text("body").lower() if key == "activity" else ""))
        read[key].sort(key=lambda n: (n.at, n.person))
    cut = any(listed.node("pageInfo").flag("hasNextPage") for listed in lists.values())
    return Conversation(tuple(read["activity"]), tuple(read["comments"]), cut)


def until(moment: datetime | None, as_of: datetime) -> datetime | None:
    """``moment`` unless it lies after ``as_of``."""
    return moment if moment is not None and moment <= as_of else None
