"""The environments that are deployed to, and what guards them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from collectors.github.deployments import is_production
from scanner.core.collecting import Ask, Collector, Found, found
from scanner.facts.forge import Environment, Environments
from scanner.http.forge import ABSENT
from scanner.http.github.judged import expect_judged
from scanner.http.github.permissions import ENVIRONMENTS
from scanner.http.github.sources import GithubRepositorySource
from scanner.http.shape import Node

MOST_PAGES = 3


def collect(ask: Ask[GithubRepositorySource]) -> Iterator[Found]:
    """One request for each 100 environments, at most three."""
    expect_judged(ask.source)
    read: list[Node] = []
    more = False
    for page in ask.source.pages("/environments", ENVIRONMENTS, "environments", MOST_PAGES):
        read += page.items
        more = page.more
    caveat = f"the first {len(read)} environments only" if more else ""
    yield found(parse(read), ask.source.label("/environments"), caveat=caveat)


def parse(nodes: Iterable[Node]) -> Environments:
    """Environments by name. Reviewers are the people and teams any one of whom must approve a deployment."""
    return Environments(tuple(sorted((_environment(node) for node in nodes), key=lambda e: e.name)))


def _environment(node: Node) -> Environment:
    name = node.text("name")
    rules = node.nodes("protection_rules") if node.has("protection_rules") else ()
    asked = [rule for rule in rules if rule.text_or("type") == "required_reviewers" and rule.has("reviewers")]
    waits = [rule.number("wait_timer") for rule in rules if rule.has("wait_timer")]
    return Environment(
        name=name,
        production=is_production(name),
        reviewers=sum(len(rule.nodes("reviewers")) for rule in asked),
        wait_minutes=max(waits, default=0),
        restricts_branches=node.has("deployment_branch_policy"),
        admins_bypass=node.flag_or_none("can_admins_bypass"),
    )


COLLECTOR = Collector(
    name="github-environments",
    version="1",
    source=GithubRepositorySource,
    provides=(Environments,),
    collect=collect,
    permissions=("Actions: read",),
    absent=ABSENT,
)
