"""GitHub's own inventory of a repository's dependencies, as its SBOM lists them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from scanner.core.collecting import Ask, Collector, Found, found
from scanner.core.text import clean
from scanner.facts.forge import DependencyGraph
from scanner.http.forge import ABSENT
from scanner.http.github.judged import expect_judged
from scanner.http.github.permissions import CONTENTS
from scanner.http.github.sources import GithubRepositorySource
from scanner.http.refused import Refused
from scanner.http.shape import Node

PATH = "/dependency-graph/sbom"


def collect(ask: Ask[GithubRepositorySource]) -> Iterator[Found]:
    """One request. An administrator's 404 means that the graph is switched off: then it lists nothing."""
    source = ask.source
    expect_judged(source)
    try:
        answer = Node(source.once(PATH, CONTENTS), source.label(PATH))
    except Refused as refused:
        if refused.status != 404 or not source.is_admin():
            raise
        yield found(DependencyGraph((), None), source.label(PATH))
        return
    yield found(parse(answer, source.full_name), source.label(PATH))


def parse(answer: Node, full_name: str) -> DependencyGraph:
    """Packages counted by the type of their package URL, without the repository itself."""
    sbom = answer.node("sbom")
    own = f"pkg:github/{full_name}".lower()
    kinds: Counter[str] = Counter()
    for package in sbom.nodes("packages"):
        url = _package_url(package)
        if url.startswith("pkg:") and url.partition("@")[0] != own:
            kinds[clean(url.removeprefix("pkg:").partition("/")[0], 30)] += 1
    return DependencyGraph(tuple(sorted(kinds.items())), sbom.node("creationInfo").moment_or_none("created"))


def _package_url(package: Node) -> str:
    references = package.nodes("externalRefs") if package.has("externalRefs") else ()
    urls = (r.text_or("referenceLocator") for r in references if r.text_or("referenceType") == "purl")
    return next(urls, "").lower()


COLLECTOR = Collector(
    name="github-dependency-graph",
    version="1",
    source=GithubRepositorySource,
    provides=(DependencyGraph,),
    collect=collect,
    permissions=("Contents: read",),
    absent=ABSENT,
)
