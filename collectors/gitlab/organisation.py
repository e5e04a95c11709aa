"""The group's settings and size."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from collectors.gitlab.access import is_insecure
from scanner.core.collecting import Ask, Collector, Found, found
from scanner.core.evidence import Why
from scanner.facts.forge import Organisation
from scanner.http.gitlab import GROUP_MEMBER, GROUP_OWNER, Parameter, Right
from scanner.http.gitlab_sources import OWNER_LEVEL, GitlabGroupSource, is_machine
from scanner.http.refused import Refused
from scanner.http.shape import Node

_MAKE_PROJECTS = frozenset({"developer", "maintainer"})
"""Levels of project creation at which somebody below an Owner makes projects."""


@dataclass(slots=True)
class _Seen:
    """What this token may see of the group; the rest is named in ``unseen``."""

    source: GitlabGroupSource
    unseen: list[str] = field(default_factory=list)

    def whole(self, what: str, rest: str, right: Right, **parameters: Parameter) -> tuple[Node, ...] | None:
        """A whole list, None where it is refused."""
        try:
            return self.source.client.everything(self.source.path(rest), right, **parameters)
        except Refused as refused:
            self._hidden(what, refused)
            return None

    def answers(self, what: str, rest: str, right: Right) -> bool | None:
        """Whether a list can be read; a refusal does not tell an edition without it from a token that may not see it."""
        try:
            self.source.client.get(self.source.path(rest), right, per_page=1)
        except Refused as refused:
            self._hidden(what, refused)
            return None
        return True

    def _hidden(self, what: str, refused: Refused) -> None:
        if refused.hole.why not in (Why.FORBIDDEN, Why.AMBIGUOUS_404):
            raise refused
        self.unseen.append(what)


def collect(ask: Ask[GitlabGroupSource]) -> Iterator[Found]:
    """Seven requests, more for over 100 members, sub-groups, people beside them, webhooks or runners."""
    source = ask.source
    record = source.record()
    seen = _Seen(source)
    lists = Lists(
        members=seen.whole("members", "/members/all", GROUP_MEMBER),
        groups=seen.whole("teams", "/descendant_groups", GROUP_MEMBER),
        billable=seen.whole("outside_collaborators", "/billable_members", GROUP_OWNER),
        hooks=seen.whole("webhooks", "/hooks", GROUP_OWNER),
        runners=seen.whole("self_hosted_runners", "/runners", GROUP_OWNER, type="group_type"),
        audit_log=seen.answers("audit_log", "/audit_events", GROUP_OWNER),
    )
    yield found(
        parse(record, lists, source.repositories),
        f"GET {source.path()}",
        caveat=f"not shown to this token: {', '.join(sorted(seen.unseen))}" if seen.unseen else "",
    )


@dataclass(frozen=True, slots=True)
class Lists:
    """Answers beside the record; None where the reader may not see them."""

    members: tuple[Node, ...] | None = None
    groups: tuple[Node, ...] | None = None
    billable: tuple[Node, ...] | None = None
    hooks: tuple[Node, ...] | None = None
    runners: tuple[Node, ...] | None = None
    audit_log: bool | None = None


def parse(record: Node, lists: Lists, repositories: int) -> Organisation:
    """The settings. Members of the group have no rights by default but those of their role; nothing is installed in a group.

    Outside is who takes part in projects of the group alone, which only its Owner is told.
    """
    people = None if lists.members is None else [m for m in lists.members if not is_machine(m.text("username"))]
    hooks = lists.hooks
    return Organisation(
        login=record.text("full_path"),
        two_factor_required=record.flag_or_none("require_two_factor_authentication"),
        default_permission="none",
        members=None if people is None else len(people),
        admins=None if people is None else sum(m.number("access_level") >= OWNER_LEVEL for m in people),
        outside_collaborators=None if lists.billable is None else sum(_is_outside(m) for m in lists.billable),
        teams=None if lists.groups is None else len(lists.groups),
        verified=None,
        repositories=repositories,
        apps=0,
        apps_writing=0,
        webhooks=None if hooks is None else len(hooks),
        webhooks_insecure=None if hooks is None else sum(is_insecure(hook) for hook in hooks),
        audit_log=lists.audit_log,
        members_create_public=_members_create_public(record),
        self_hosted_runners=None if lists.runners is None else len(lists.runners),
    )


def _is_outside(member: Node) -> bool:
    return member.text_or("membership_type").startswith("project_")


def _members_create_public(record: Node) -> bool | None:
    """Nothing in a group is more public than the group itself."""
    if record.text("visibility") != "public":
        return False
    level = record.text_or("project_creation_level")
    return level in _MAKE_PROJECTS if level else None


COLLECTOR = Collector(
    name="gitlab-organisation",
    version="1",
    source=GitlabGroupSource,
    provides=(Organisation,),
    collect=collect,
    permissions=("read_api, held by an Owner of the group",),
    absent="no organisation was scanned (give gitlab:GROUP)",
)
