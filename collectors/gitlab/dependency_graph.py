"""GitLab's own list of a project's dependencies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from scanner.core.collecting import Ask, Collector, Found, found, hole
from scanner.facts.forge import DependencyGraph
from scanner.http.forge import ABSENT
from scanner.http.gitlab import DEVELOPER
from scanner.http.gitlab_sources import GitlabProjectSource
from scanner.http.refused import Refused
from scanner.http.shape import Node

PATH = "/dependencies"
MOST_PAGES = 10
_TYPES = {
    "bundler": "gem", "cargo": "cargo", "composer": "composer", "conan": "conan", "go": "golang", "gradle": "maven",
    "maven": "maven", "npm": "npm", "nuget": "nuget", "pip": "pypi", "pipenv": "pypi", "pnpm": "npm", "poetry": "pypi",
    "sbt": "maven", "setuptools": "pypi", "uv": "pypi", "yarn": "npm",
}  # fmt: skip
"""Package URL types of GitLab's package managers (https://docs.gitlab.com/api/dependencies/)."""


def collect(ask: Ask[GitlabProjectSource]) -> Iterator[Found]:
    """One request for each 100 dependencies, at most ten."""
    source = ask.source
    source.expect_judged()
    read: list[Node] = []
    more = False
    try:
        for page in source.pages(PATH, DEVELOPER, MOST_PAGES):
            read += page.items
            more = page.more
    except Refused as refused:
        if not source.is_lacking(refused):
            raise
        yield hole(DependencyGraph, source.missing("list of dependencies"), source.label(PATH))
        return
    yield found(parse(read), source.label(PATH), caveat=f"the first {len(read):,} dependencies only" if more else "")


def parse(nodes: Iterable[Node]) -> DependencyGraph:
    """Packages counted by the package URL type of their manager."""
    kinds = Counter(_TYPES.get(manager, manager) for node in nodes if (manager := node.text_or("package_manager")))
    return DependencyGraph(tuple(sorted(kinds.items())), None)


COLLECTOR = Collector(
    name="gitlab-dependency-graph",
    version="1",
    source=GitlabProjectSource,
    provides=(DependencyGraph,),
    collect=collect,
    permissions=("read_api, held by a Developer",),
    absent=ABSENT,
)
