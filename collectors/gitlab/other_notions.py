"""What other forges have and GitLab does not: said once, so that what asks for it does not apply."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.core.collecting import Ask, Collector, Found, hole
from scanner.core.evidence import Unknown, Why
from scanner.facts.forge import Community, Planning
from scanner.http.forge import ABSENT
from scanner.http.gitlab_sources import GitlabProjectSource

_WHERE = "https://docs.gitlab.com/api/"


def collect(_: Ask[GitlabProjectSource]) -> Iterator[Found]:
    """No request."""
    yield hole(Community, Unknown(Why.NO_SUCH_NOTION, "GitLab makes no community profile"), _WHERE)
    told = Unknown(Why.NO_SUCH_NOTION, "GitLab has boards and epics, but neither projects of this kind nor discussions")
    yield hole(Planning, told, _WHERE)


COLLECTOR = Collector(
    name="gitlab-other-notions",
    version="1",
    source=GitlabProjectSource,
    provides=(Community, Planning),
    collect=collect,
    absent=ABSENT,
)
