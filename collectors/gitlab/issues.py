"""Issues of the last year with their first response."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from collectors.gitlab.conversation import NOTES, NOTES_READ, REOPENED, kept_notes, kept_user, read_notes, until
from collectors.gitlab.repository import issues_enabled
from scanner.core.collecting import Ask, Collector, Found, found
from scanner.facts.forge import Issue, Issues
from scanner.http.forge import ABSENT
from scanner.http.gitlab import VISITOR, GitlabQuery
from scanner.http.gitlab_lists import GitlabList
from scanner.http.gitlab_sources import GitlabProjectSource
from scanner.http.shape import Node

WINDOW_DAYS = 365
QUERY = GitlabQuery(
    "Issues",
    """
    query Issues($path: ID!, $iids: [String!]) {
      project(fullPath: $path) { issues(iids: $iids, first: 50) { nodes { iid %s } } }
    }
    """.replace("%s", NOTES),
    VISITOR,
)
_AS_IT_CAME = ("iid", "created_at", "updated_at", "closed_at", "labels", "user_notes_count")


def _kept(node: Node, detail: Node | None) -> dict[str, object]:
    """An issue without its texts."""
    whole = node.plain()
    kept: dict[str, object] = {key: whole.get(key) for key in _AS_IT_CAME}
    milestone = node.node_or_none("milestone")
    return kept | {
        "author": kept_user(node, "author"),
        "milestone": milestone.text("title") if milestone else "",
        "notes": None if detail is None else kept_notes(detail),
    }


LIST = GitlabList("/issues", "issues", QUERY, VISITOR, _kept)


def collect(ask: Ask[GitlabProjectSource]) -> Iterator[Found]:
    """One request and two queries for each 100 issues updated in the window, at most 1,000; later only those updated since."""
    source, as_of = ask.source, ask.as_of
    if not issues_enabled(source.record()):
        yield found(Issues(as_of, WINDOW_DAYS, (), 0, enabled=False), source.label())
        return
    read = source.series(LIST, as_of - timedelta(days=WINDOW_DAYS), lambda node: _whole(node, source, as_of))
    nodes = [node for node in read.nodes if node.moment("created_at") <= as_of]
    told = [node for node in nodes if node.has("notes")]
    issues = [parse(node, source, as_of) for node in told]
    said = [f"the {len(nodes):,} most recently updated only"] if read.cut else []
    if len(told) < len(nodes):
        said.append(f"{len(nodes) - len(told)} whose comments GitLab does not tell are left out")
    if cut := sum(node.node("notes").flag("cut") for node in told):
        said.append(f"{cut} with more than {NOTES_READ} notes: the first ones only")
    newest = tuple(sorted(issues, key=lambda i: (i.created_at, i.number), reverse=True))
    fact = Issues(as_of, WINDOW_DAYS, newest, source.open_total("openIssues"), enabled=True)
    yield found(fact, source.label("/issues"), caveat="; ".join(said))


def _whole(node: Node, source: GitlabProjectSource, as_of: datetime) -> None:
    if node.has("notes"):
        parse(node, source, as_of)


def parse(node: Node, source: GitlabProjectSource, as_of: datetime) -> Issue:
    """One kept issue as it stood at ``as_of``."""
    person, bot = source.who(node.node_or_none("author"))
    talk = read_notes(node.node("notes"), source, as_of)
    reopened = sum(note.said == REOPENED for note in talk.activity)
    return Issue(
        number=node.number("iid"),
        person=person,
        bot=bot,
        created_at=node.moment("created_at"),
        closed_at=until(node.moment_or_none("closed_at"), as_of),
        first_response_at=min((n.at for n in talk.comments if n.person != person and not n.bot), default=None),
        labels=tuple(sorted(node.texts("labels"))),
        comments=node.number("user_notes_count"),
        reopened=reopened > 0,
        milestone=node.text("milestone"),
        reopened_times=reopened,
    )


COLLECTOR = Collector(
    name="gitlab-issues",
    version="2",
    source=GitlabProjectSource,
    provides=(Issues,),
    collect=collect,
    permissions=("read_api",),
    absent=ABSENT,
)
