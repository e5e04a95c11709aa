"""What GitHub says of the CODEOWNERS file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from scanner.core.collecting import Ask, Collector, Found, found
from scanner.facts.forge import OwnershipRules
from scanner.http.forge import ABSENT
from scanner.http.github.judged import expect_judged
from scanner.http.github.permissions import CONTENTS
from scanner.http.github.sources import GithubRepositorySource
from scanner.http.refused import Refused
from scanner.http.shape import Node

PATH = "/codeowners/errors"


def collect(ask: Ask[GithubRepositorySource]) -> Iterator[Found]:
    """No request where the listing told it; else one, whose 404 means that there is no such file."""
    source = ask.source
    expect_judged(source)
    listing = source.listing()
    if listing is not None and listing.tells("codeowners"):
        told = listing.node_or_none("codeowners")
        yield found(parse(told) if told else OwnershipRules(present=False, errors=()), source.listing_label())
        return
    try:
        rules = parse(Node(source.once(PATH, CONTENTS), source.label(PATH)))
    except Refused as refused:
        if refused.status != 404:
            raise
        rules = OwnershipRules(present=False, errors=())
    yield found(rules, source.label(PATH))


def parse(answer: Node) -> OwnershipRules:
    """The errors counted by kind; what stands on the line is not read."""
    kinds = Counter(error.text("kind") for error in answer.nodes("errors"))
    return OwnershipRules(present=True, errors=tuple(sorted(kinds.items())))


COLLECTOR = Collector(
    name="github-ownership-rules",
    version="1",
    source=GithubRepositorySource,
    provides=(OwnershipRules,),
    collect=collect,
    permissions=("Contents: read",),
    absent=ABSENT,
)
