"""Who may do what with a repository: people, keys and webhooks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from scanner.core.collecting import Ask, Collector, Found, found
from scanner.facts.forge import RepositoryAccess
from scanner.http.forge import ABSENT
from scanner.http.github.permissions import ADMINISTRATION, WEBHOOKS
from scanner.http.github.sources import GithubRepositorySource
from scanner.http.shape import Node


def collect(ask: Ask[GithubRepositorySource]) -> Iterator[Found]:
    """Four requests (three where nobody collaborates), more for over 100 people, keys or webhooks."""
    source = ask.source
    people = source.everything("/collaborators", ADMINISTRATION, affiliation="all")
    outside = source.client.count(source.path("/collaborators"), ADMINISTRATION, affiliation="outside") if people else 0
    keys = source.everything("/keys", ADMINISTRATION)
    hooks = source.everything("/hooks", WEBHOOKS)
    where = ", ".join(source.path(rest) for rest in ("/collaborators", "/keys", "/hooks"))
    yield found(parse(people, outside, keys, hooks, ask.as_of), f"GET {where}")


def parse(
    people: tuple[Node, ...], outside: int, keys: tuple[Node, ...], hooks: tuple[Node, ...], as_of: datetime
) -> RepositoryAccess:
    """Counts. A webhook that is switched off counts as well: it can be switched on."""
    made = [key.moment("created_at") for key in keys if key.has("created_at")]
    return RepositoryAccess(
        collaborators=len(people),
        admins=sum(_is_admin(person) for person in people),
        outside=outside,
        deploy_keys=len(keys),
        deploy_keys_writing=sum(not key.flag("read_only") for key in keys),
        webhooks=len(hooks),
        webhooks_insecure=sum(is_insecure(hook.node("config")) for hook in hooks),
        oldest_key_at=min((at for at in made if at <= as_of), default=None),
    )


def _is_admin(person: Node) -> bool:
    rights = person.node_or_none("permissions")
    return rights.flag("admin") if rights else person.text("role_name") == "admin"


def is_insecure(config: Node) -> bool:
    """Whether a webhook is without a secret, or without TLS verification ("1"); GitHub sends that flag as text or as a number."""
    return not config.has("secret") or config.scalar_or("insecure_ssl", "0") != "0"


COLLECTOR = Collector(
    name="github-access",
    version="2",
    source=GithubRepositorySource,
    provides=(RepositoryAccess,),
    collect=collect,
    permissions=("Administration: read", "Webhooks: read"),
    absent=ABSENT,
)
