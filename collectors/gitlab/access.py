"""Who may do what with a project: people by their role, keys and tokens, and webhooks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit

from scanner.core.collecting import Ask, Collector, Found, found
from scanner.core.evidence import Unreadable, Why
from scanner.facts.forge import RepositoryAccess
from scanner.http.forge import ABSENT
from scanner.http.gitlab import GROUP_MEMBER, MAINTAINER, VISITOR
from scanner.http.gitlab_sources import MAINTAINER_LEVEL, OWNER_LEVEL, GitlabProjectSource, is_machine
from scanner.http.shape import Node

_WRITING = frozenset({"api", "write_repository"})
"""Scopes of a token that may push (https://docs.gitlab.com/user/project/settings/project_access_tokens/)."""
_DEVELOPER_LEVEL = 30


def collect(ask: Ask[GitlabProjectSource]) -> Iterator[Found]:
    """Five requests, more for over 100 people, keys, tokens or webhooks. GitLab does not tell whether a webhook has a secret."""
    source = ask.source
    people = source.everything("/members/all", VISITOR)
    inside = _inside(source)
    keys = source.everything("/deploy_keys", MAINTAINER)
    tokens = source.everything("/access_tokens", MAINTAINER)
    hooks = source.everything("/hooks", MAINTAINER)
    where = ", ".join(source.path(rest) for rest in ("/members/all", "/deploy_keys", "/access_tokens", "/hooks"))
    yield found(
        parse(people, inside, keys, tokens, hooks, ask.as_of),
        f"GET {where}",
        caveat="GitLab does not tell whether webhooks have a secret" if hooks else "",
    )


def _inside(source: GitlabProjectSource) -> frozenset[str]:
    """Usernames of the group that the project is in, and of those above; of a personal project nobody."""
    namespace = source.record().node("namespace")
    if namespace.text("kind") != "group":
        return frozenset()
    members = source.client.everything(f"/groups/{namespace.number('id')}/members/all", GROUP_MEMBER)
    return frozenset(member.text("username") for member in members)


def parse(
    people: tuple[Node, ...],
    inside: frozenset[str],
    keys: tuple[Node, ...],
    tokens: tuple[Node, ...],
    hooks: tuple[Node, ...],
    as_of: datetime,
) -> RepositoryAccess:
    """Counts. Who may change settings (a Maintainer or Owner) is an admin; a token of the project is a key that is no person's.

    Outside is who is no member of the group, the owner of a personal project excepted.
    """
    persons = [p for p in people if not is_machine(p.text("username")) and p.text_or("state", "active") == "active"]
    live = [t for t in tokens if t.flag_or_none("active") is not False and not t.flag_or_false("revoked")]
    made = [key.moment("created_at") for key in (*keys, *live) if key.has("created_at")]
    return RepositoryAccess(
        collaborators=len(persons),
        admins=sum(p.number("access_level") >= MAINTAINER_LEVEL for p in persons),
        outside=sum(p.text("username") not in inside and p.number("access_level") < OWNER_LEVEL for p in persons),
        deploy_keys=len(keys) + len(live),
        deploy_keys_writing=sum(key.flag_or_false("can_push") for key in keys) + sum(_may_push(t) for t in live),
        webhooks=len(hooks),
        webhooks_insecure=sum(is_insecure(hook) for hook in hooks),
        oldest_key_at=min((at for at in made if at <= as_of), default=None),
    )


def _may_push(token: Node) -> bool:
    return not _WRITING.isdisjoint(token.texts("scopes")) and token.number("access_level") >= _DEVELOPER_LEVEL


def is_insecure(hook: Node) -> bool:
    """Whether a webhook goes out without encryption, or without verifying whom it reaches."""
    try:
        scheme = urlsplit(hook.text("url", 2000)).scheme
    except ValueError:
        raise Unreadable(Why.UNPARSABLE, f"{hook.where}: url is no address") from None
    return scheme != "https" or not hook.flag("enable_ssl_verification")


COLLECTOR = Collector(
    name="gitlab-access",
    version="1",
    source=GitlabProjectSource,
    provides=(RepositoryAccess,),
    collect=collect,
    permissions=("read_api, held by a Maintainer",),
    absent=ABSENT,
)
