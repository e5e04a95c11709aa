"""Issues of the last year with their first response."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from collectors.gitlab.conversation import NOTES, NOTES_READ, Conversation, read_details, read_notes, until
from collectors.gitlab.repository import issues_enabled
from scanner.core.collecting import Ask, Collector, Found, found
from scanner.facts.forge import Issue, Issues
from scanner.http.forge import ABSENT
from scanner.http.gitlab import VISITOR, GitlabProjectSource, GitlabQuery
from scanner.http.shape import Node

WINDOW_DAYS = 365
MOST_PAGES = 3
"""Pages of 100: only what is read in depth is told, so the newest 300 issues."""

QUERY = GitlabQuery(
    "Issues",
    """
    query Issues($path: ID!, $iids: [String!]) {
      project(fullPath: $path) { issues(iids: $iids, first: 20) { nodes { iid %s } } }
    }
    """.replace("%s", NOTES),
    VISITOR,
)


def collect(ask: Ask[GitlabProjectSource]) -> Iterator[Found]:
    """One request for each 100 issues updated in the window, at most three, one for their number, one for each twenty."""
    source, as_of = ask.source, ask.as_of
    if not issues_enabled(source.record()):
        yield found(Issues(as_of, WINDOW_DAYS, (), 0, enabled=False), source.label())
        return
    since = (as_of - timedelta(days=WINDOW_DAYS)).strftime("%Y-%m-%dT%H:%M:%SZ")
    listed: dict[int, Node] = {}
    more = False
    for page in source.pages(
        "/issues", VISITOR, MOST_PAGES, scope="all", order_by="updated_at", sort="desc", updated_after=since
    ):
        listed |= {node.number("iid"): node for node in page.items if node.moment("created_at") <= as_of}
        more = page.more
    talks = {
        iid: read_notes(node, source, as_of)
        for iid, node in read_details(source, QUERY, "issues", list(listed)).items()
        if iid in listed
    }
    issues = [parse(listed[iid], talk, source, as_of) for iid, talk in talks.items()]
    said = [f"the {len(listed):,} most recently updated only"] if more else []
    if len(talks) < len(listed):
        said.append(f"{len(listed) - len(talks)} whose comments GitLab does not tell are left out")
    if cut := sum(talk.cut for talk in talks.values()):
        said.append(f"{cut} with more than {NOTES_READ} notes: the first ones only")
    newest = tuple(sorted(issues, key=lambda i: (i.created_at, i.number), reverse=True))
    yield found(
        Issues(as_of, WINDOW_DAYS, newest, _open_total(source), enabled=True), source.label("/issues"), caveat="; ".join(said)
    )  # fmt: skip


def _open_total(source: GitlabProjectSource) -> int:
    rest = "/issues_statistics"
    read = Node(source.once(rest, VISITOR, scope="all"), source.label(rest))
    return read.node("statistics").node("counts").number("opened")


def parse(node: Node, talk: Conversation, source: GitlabProjectSource, as_of: datetime) -> Issue:
    """One issue as it stood at ``as_of``."""
    person, bot = source.who(node.node_or_none("author"))
    milestone = node.node_or_none("milestone")
    return Issue(
        number=node.number("iid"),
        person=person,
        bot=bot,
        created_at=node.moment("created_at"),
        closed_at=until(node.moment_or_none("closed_at"), as_of),
        first_response_at=min((n.at for n in talk.comments if n.person != person and not n.bot), default=None),
        labels=tuple(sorted(node.texts("labels"))),
        comments=node.number("user_notes_count"),
        reopened=any(note.said == "reopened" for note in talk.activity),
        milestone=milestone.text("title") if milestone else "",
    )


COLLECTOR = Collector(
    name="gitlab-issues",
    version="1",
    source=GitlabProjectSource,
    provides=(Issues,),
    collect=collect,
    permissions=("read_api",),
    absent=ABSENT,
)
