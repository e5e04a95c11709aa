"""What other forges have and GitHub does not: said once, so that what asks for it does not apply."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.core.collecting import Ask, Collector, Found, hole
from scanner.core.evidence import Unknown, Why
from scanner.facts.forge import RegistryRetention
from scanner.http.forge import ABSENT
from scanner.http.github.sources import GithubRepositorySource

_WHERE = "https://docs.github.com/en/rest/packages/packages"


def collect(_: Ask[GithubRepositorySource]) -> Iterator[Found]:
    """No request."""
    told = Unknown(Why.NO_SUCH_NOTION, "GitHub's container registry has no rules on what it keeps")
    yield hole(RegistryRetention, told, _WHERE)


COLLECTOR = Collector(
    name="github-other-notions",
    version="1",
    source=GithubRepositorySource,
    provides=(RegistryRetention,),
    collect=collect,
    absent=ABSENT,
)
