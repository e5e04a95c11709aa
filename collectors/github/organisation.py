"""The organisation's settings and size."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.core.collecting import Ask, Collector, Found, found
from scanner.core.evidence import Unreadable, Why
from scanner.facts.forge import Organisation
from scanner.http.github.permissions import MEMBERS, METADATA, ORGANISATION, Permission
from scanner.http.github.sources import GithubOrganisationSource
from scanner.http.refused import Refused
from scanner.http.shape import Node

_COUNTS: tuple[tuple[str, str, Permission, dict[str, str]], ...] = (
    ("members", "/members", MEMBERS, {}),
    ("admins", "/members", MEMBERS, {"role": "admin"}),
    ("outside_collaborators", "/outside_collaborators", ORGANISATION, {}),
    ("teams", "/teams", MEMBERS, {}),
)


def collect(ask: Ask[GithubOrganisationSource]) -> Iterator[Found]:
    """Five requests, whatever the size."""
    source = ask.source
    try:
        record = Node(source.client.get(source.path(), METADATA), f"GET {source.path()}")
    except Refused as refused:
        if refused.status == 404:
            raise Unreadable(Why.UNSUPPORTED, f"{source.login} is not an organisation that can be seen") from None
        raise
    counts = {name: _count(source, rest, permission, asked) for name, rest, permission, asked in _COUNTS}
    unseen = sorted(name for name, count in counts.items() if count is None)
    yield found(
        parse(record, counts, source.repositories),
        f"GET {source.path()}",
        caveat=f"not shown to this token: {', '.join(unseen)}" if unseen else "",
    )


def _count(source: GithubOrganisationSource, rest: str, permission: Permission, asked: dict[str, str]) -> int | None:
    """The length of a list, None when the token may not see it (GitHub sends others to the public members)."""
    try:
        return source.client.count(source.path(rest), permission, **asked)
    except Refused as refused:
        if refused.hole.why in (Why.FORBIDDEN, Why.AMBIGUOUS_404) or refused.status in (302, 422):
            return None
        raise


def parse(record: Node, counts: dict[str, int | None], repositories: int) -> Organisation:
    """The settings; what only owners see is None for others."""
    return Organisation(
        login=record.text("login"),
        two_factor_required=record.flag_or_none("two_factor_requirement_enabled"),
        default_permission=record.text_or("default_repository_permission") or None,
        members=counts["members"],
        admins=counts["admins"],
        outside_collaborators=counts["outside_collaborators"],
        teams=counts["teams"],
        verified=record.flag_or_none("is_verified"),
        repositories=repositories,
    )


COLLECTOR = Collector(
    name="github-organisation",
    version="1",
    source=GithubOrganisationSource,
    provides=(Organisation,),
    collect=collect,
    permissions=("Organization members: read", "Organization administration: read"),
    absent="no organisation was scanned (give github:ORG)",
)
