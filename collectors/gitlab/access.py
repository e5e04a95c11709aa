"""Who may do what with a project: people by their role, keys and tokens, webhooks, and rules on tags."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from scanner.core.collecting import Ask, Collector, Found, found
from scanner.core.evidence import Unreadable, Why
from scanner.facts.forge import DeployToken, RepositoryAccess, TagRule
from scanner.http.forge import ABSENT
from scanner.http.gitlab import GROUP_MEMBER, MAINTAINER, VISITOR
from scanner.http.gitlab_sources import MAINTAINER_LEVEL, OWNER_LEVEL, GitlabProjectSource, is_machine
from scanner.http.shape import Node

_WRITING = frozenset({"api", "write_repository"})
"""Scopes of a token that may push (https://docs.gitlab.com/user/project/settings/project_access_tokens/)."""
_DEVELOPER_LEVEL = 30
_ASKED = ("/members/all", "/deploy_keys", "/access_tokens", "/hooks", "/deploy_tokens", "/protected_tags")


@dataclass(frozen=True, slots=True)
class Lists:
    """Answers of the project; ``inside`` are the usernames of its group and those above."""

    people: tuple[Node, ...] = ()
    inside: frozenset[str] = frozenset()
    keys: tuple[Node, ...] = ()
    tokens: tuple[Node, ...] = ()
    hooks: tuple[Node, ...] = ()
    deploy_tokens: tuple[Node, ...] = ()
    tags: tuple[Node, ...] = ()


def collect(ask: Ask[GitlabProjectSource]) -> Iterator[Found]:
    """Seven requests, more for over 100 people, keys, tokens, webhooks or rules. GitLab does not tell whether a webhook has a secret."""
    source = ask.source
    lists = Lists(
        people=source.everything("/members/all", VISITOR),
        inside=_inside(source),
        keys=source.everything("/deploy_keys", MAINTAINER),
        tokens=source.everything("/access_tokens", MAINTAINER),
        hooks=source.everything("/hooks", MAINTAINER),
        deploy_tokens=source.everything("/deploy_tokens", MAINTAINER),
        tags=source.everything("/protected_tags", MAINTAINER),
    )
    where = ", ".join(source.path(rest) for rest in _ASKED)
    yield found(
        parse(lists, ask.as_of),
        f"GET {where}",
        caveat="GitLab does not tell whether webhooks have a secret" if lists.hooks else "",
    )


def _inside(source: GitlabProjectSource) -> frozenset[str]:
    """Usernames of the group that the project is in, and of those above; of a personal project nobody."""
    namespace = source.record().node("namespace")
    if namespace.text("kind") != "group":
        return frozenset()
    members = source.client.everything(f"/groups/{namespace.number('id')}/members/all", GROUP_MEMBER)
    return frozenset(member.text("username") for member in members)


def parse(lists: Lists, as_of: datetime) -> RepositoryAccess:
    """Counts. Who may change settings (a Maintainer or Owner) is an admin; a token of the project is a key that is no person's.

    Outside is who is no member of the group, the owner of a personal project excepted.
    """
    persons = [
        p for p in lists.people if not is_machine(p.text("username")) and p.text_or("state", "active") == "active"
    ]
    live = [t for t in lists.tokens if t.flag_or_none("active") is not False and not t.flag_or_false("revoked")]
    made = [key.moment("created_at") for key in (*lists.keys, *live) if key.has("created_at")]
    writing = sum(key.flag_or_false("can_push") for key in lists.keys) + sum(_may_push(t) for t in live)
    return RepositoryAccess(
        collaborators=len(persons),
        admins=sum(p.number("access_level") >= MAINTAINER_LEVEL for p in persons),
        outside=sum(p.text("username") not in lists.inside and p.number("access_level") < OWNER_LEVEL for p in persons),
        deploy_keys=len(lists.keys) + len(live),
        deploy_keys_writing=writing,
        webhooks=len(lists.hooks),
        webhooks_insecure=sum(is_insecure(hook) for hook in lists.hooks),
        oldest_key_at=min((at for at in made if at <= as_of), default=None),
        deploy_tokens=parse_deploy_tokens(lists.deploy_tokens, as_of),
        protected_tags=tuple(sorted((_tag_rule(tag.text("name")) for tag in lists.tags), key=lambda r: r.include)),
    )


def parse_deploy_tokens(tokens: Iterable[Node], as_of: datetime) -> tuple[DeployToken, ...]:
    """Deploy tokens that still open something at ``as_of``, by name.

    https://docs.gitlab.com/api/deploy_tokens/
    """
    live = [t for t in tokens if not t.flag_or_false("revoked") and not t.flag_or_false("expired")]
    kept = (DeployToken(t.text("name"), tuple(sorted(t.texts("scopes"))), t.moment_or_none("expires_at")) for t in live)
    lasting = (t for t in kept if t.expires_at is None or t.expires_at > as_of)
    return tuple(
        sorted(lasting, key=lambda t: (t.name, t.scopes, t.expires_at is not None and t.expires_at.timestamp()))
    )


def _tag_rule(pattern: str) -> TagRule:
    """GitLab's wildcard is the star alone, and stands for slashes too.

    https://docs.gitlab.com/user/project/protected_tags/
    """
    return TagRule((pattern.replace("[", "[[]").replace("?", "[?]").replace("*", "**"),))


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
    version="2",
    source=GitlabProjectSource,
    provides=(RepositoryAccess,),
    collect=collect,
    permissions=("read_api, held by a Maintainer",),
    absent=ABSENT,
)
