"""The environments that are deployed to, and what guards them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from collectors.github.deployments import is_production
from scanner.core.collecting import Ask, Collector, Found, found
from scanner.facts.forge import Environment, Environments
from scanner.http.forge import ABSENT
from scanner.http.gitlab import MAINTAINER, REPORTER
from scanner.http.gitlab_sources import GitlabProjectSource
from scanner.http.shape import Node

MOST_PAGES = 3


def collect(ask: Ask[GitlabProjectSource]) -> Iterator[Found]:
    """One request for each 100 environments, at most three, and one for their protection where there are any.

    Where this GitLab offers no protection, environments have none: the caveat says so.
    """
    source = ask.source
    source.expect_judged()
    read: list[Node] = []
    more = False
    for page in source.pages("/environments", REPORTER, MOST_PAGES, states="available"):
        read += page.items
        more = page.more
    guards = source.offered("/protected_environments", MAINTAINER) if read else ()
    said = [f"the first {len(read)} environments only"] if more else []
    if guards is None:
        said.append(source.missing("protection of environments").detail)
    yield found(parse(read, guards or ()), source.label("/environments"), caveat="; ".join(said))


def parse(nodes: Iterable[Node], guards: Iterable[Node]) -> Environments:
    """Environments by name. Deployments to a protected one are limited to named roles, people or groups."""
    by_name = {guard.text("name"): guard for guard in guards}
    environments = (_environment(node, by_name.get(node.text("name"))) for node in nodes)
    return Environments(tuple(sorted(environments, key=lambda e: e.name)))


def _environment(node: Node, guard: Node | None) -> Environment:
    name, tier = node.text("name"), node.text_or("tier")
    return Environment(
        name=name,
        production=tier == "production" if tier else is_production(name),
        reviewers=_approvals(guard) if guard else 0,
        wait_minutes=0,
        restricts_branches=guard is not None,
    )


def _approvals(guard: Node) -> int:
    """Approvals that a deployment needs: by rules, or, as it once was, by one number for all."""
    rules = guard.nodes("approval_rules") if guard.has("approval_rules") else ()
    asked = sum(rule.number("required_approvals") for rule in rules if rule.has("required_approvals"))
    return asked or (guard.number("required_approval_count") if guard.has("required_approval_count") else 0)


COLLECTOR = Collector(
    name="gitlab-environments",
    version="1",
    source=GitlabProjectSource,
    provides=(Environments,),
    collect=collect,
    permissions=("read_api, held by a Maintainer",),
    absent=ABSENT,
)
