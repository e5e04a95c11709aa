"""What people and GitLab itself noted under a merge request or an issue: who and when, never what people wrote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from scanner.http.gitlab_sources import GitlabProjectSource
from scanner.http.shape import Node

NOTES_READ = 100
NOTES = """
        activity: notes(filter: ONLY_ACTIVITY, first: 100) {
          pageInfo { hasNextPage } nodes { body createdAt author { username } }
        }
        comments: notes(filter: ONLY_COMMENTS, first: 100) {
          pageInfo { hasNextPage } nodes { createdAt author { username } }
        }
"""
"""The part of a query that `kept_notes` reads; the texts of people's comments are not asked for."""
APPROVED, REQUESTED_CHANGES, REOPENED = "approved this merge request", "requested changes", "reopened"
_TOLD = frozenset({APPROVED, REQUESTED_CHANGES, REOPENED})
"""GitLab's own words that say something here; the others may quote titles and are not kept."""


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


def kept_notes(detail: Node) -> dict[str, object]:
    """What is kept of the notes that `NOTES` asked for."""
    kept: dict[str, object] = {}
    cut = False
    for key in ("activity", "comments"):
        listed = detail.node(key)
        cut = cut or listed.node("pageInfo").flag("hasNextPage")
        notes = []
        for item in listed.nodes("nodes"):
            said = item.text("body").lower() if key == "activity" else ""
            if key == "comments" or said in _TOLD:
                notes.append({"said": said, "createdAt": item.text("createdAt"), "author": kept_user(item, "author")})
        kept[key] = notes
    return kept | {"cut": cut}


def kept_user(node: Node, key: str) -> dict[str, object] | None:
    """The user under ``key`` by name alone, None for a deleted account."""
    user = node.node_or_none(key)
    return {"username": user.text("username")} if user else None


def read_notes(kept: Node, source: GitlabProjectSource, as_of: datetime) -> Conversation:
    """The kept notes of one merge request or issue, made up to ``as_of``."""
    read: dict[str, list[Note]] = {}
    for key in ("activity", "comments"):
        read[key] = []
        for item in kept.nodes(key):
            person, bot = source.who(item.node_or_none("author"))
            at = item.moment("createdAt")
            if at <= as_of:
                read[key].append(Note(person, bot, at, item.text("said")))
        read[key].sort(key=lambda n: (n.at, n.person))
    return Conversation(tuple(read["activity"]), tuple(read["comments"]), kept.flag("cut"))


def until(moment: datetime | None, as_of: datetime) -> datetime | None:
    """``moment`` unless it lies after ``as_of``."""
    return moment if moment is not None and moment <= as_of else None
