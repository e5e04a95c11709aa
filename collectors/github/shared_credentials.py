"""The credentials that the organisation keeps for the pipelines of its repositories: names and dates, never values."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.github.automation import parse_secrets
from scanner.core.collecting import Ask, Collector, Found, found
from scanner.facts.forge import SharedCredentials
from scanner.http.github.permissions import ORGANISATION_SECRETS
from scanner.http.github.sources import GithubOrganisationSource
from scanner.http.shape import Node

MOST_PAGES = 10


def collect(ask: Ask[GithubOrganisationSource]) -> Iterator[Found]:
    """One request for each 100 secrets, at most ten; one list for all repositories is cheaper than one for each."""
    source = ask.source
    path = source.path("/actions/secrets")
    read: list[Node] = []
    more = False
    for page in source.client.pages(path, ORGANISATION_SECRETS, "secrets", MOST_PAGES):
        read += page.items
        more = page.more
    fact = SharedCredentials(ask.as_of, parse_secrets(read, "group", ask.as_of), deploy_tokens=None)
    yield found(fact, f"GET {path}", caveat=f"the first {len(read):,} secrets only" if more else "")


COLLECTOR = Collector(
    name="github-shared-credentials",
    version="1",
    source=GithubOrganisationSource,
    provides=(SharedCredentials,),
    collect=collect,
    permissions=("Organization secrets: read",),
    absent="no organisation was scanned (give github:ORG)",
)
