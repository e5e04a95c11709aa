"""Who may do what with a repository: people, keys and webhooks, and which rules there are on its tags."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from scanner.core.collecting import Ask, Collector, Found, found
from scanner.facts.forge import RepositoryAccess, TagRule
from scanner.http.forge import ABSENT
from scanner.http.github.permissions import ADMINISTRATION, WEBHOOKS
from scanner.http.github.sources import GithubRepositorySource
from scanner.http.shape import Node


def collect(ask: Ask[GithubRepositorySource]) -> Iterator[Found]:
    """Four requests (three where nobody collaborates), more for over 100 people, keys or webhooks.

    The rules on tags come with the listing; where that was read without them they stay unknown.
    """
    source = ask.source
    people = source.everything("/collaborators", ADMINISTRATION, affiliation="all")
    outside = source.client.count(source.path("/collaborators"), ADMINISTRATION, affiliation="outside") if people else 0
    keys = source.everything("/keys", ADMINISTRATION)
    hooks = source.everything("/hooks", WEBHOOKS)
    listing = source.listing()
    rules = listing.node_or_none("rulesets") if listing else None
    where = ", ".join(source.path(rest) for rest in ("/collaborators", "/keys", "/hooks"))
    yield found(parse(people, outside, keys, hooks, rules, ask.as_of), f"GET {where}", caveat=_lacking(rules))


def _lacking(rules: Node | None) -> str:
    if rules is None:
        return "not shown to this token: rules on tags"
    total, read = rules.number("totalCount"), len(rules.shown("nodes"))
    return f"{read} of {total} rules on tags only" if total > read else ""


def parse(
    people: tuple[Node, ...],
    outside: int,
    keys: tuple[Node, ...],
    hooks: tuple[Node, ...],
    rules: Node | None,
    as_of: datetime,
) -> RepositoryAccess:
    """Counts. A webhook that is switched off counts as well: it can be switched on. GitHub has no deploy tokens."""
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
        deploy_tokens=None,
        protected_tags=None if rules is None else parse_tag_rules(rules.shown("nodes")),
    )


def parse_tag_rules(rulesets: tuple[Node, ...]) -> tuple[TagRule, ...]:
    """Rules on tags that are enforced, sorted; those that are only tried out are left out.

    https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets
    """
    rules = []
    for ruleset in rulesets:
        if ruleset.text("enforcement") == "ACTIVE":
            names = ruleset.node("conditions").node_or_none("refName")
            include = _patterns(names.texts("include")) if names else ("**",)
            rules.append(TagRule(include, _patterns(names.texts("exclude")) if names else ()))
    return tuple(sorted(rules, key=lambda rule: (rule.include, rule.exclude)))


def _patterns(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted("**" if name == "~ALL" else name.removeprefix("refs/tags/") for name in names))


def _is_admin(person: Node) -> bool:
    rights = person.node_or_none("permissions")
    return rights.flag("admin") if rights else person.text("role_name") == "admin"


def is_insecure(config: Node) -> bool:
    """Whether a webhook is without a secret, or without TLS verification ("1"); GitHub sends that flag as text or as a number."""
    return not config.has("secret") or config.scalar_or("insecure_ssl", "0") != "0"


COLLECTOR = Collector(
    name="github-access",
    version="3",
    source=GithubRepositorySource,
    provides=(RepositoryAccess,),
    collect=collect,
    permissions=("Metadata: read", "Administration: read", "Webhooks: read"),
    absent=ABSENT,
)
