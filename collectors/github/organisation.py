"""The organisation's settings and size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from collectors.github.access import is_insecure
from collectors.github.automation import allowed, default_permission
from scanner.core.collecting import Ask, Collector, Found, found
from scanner.core.evidence import Unreadable, Why
from scanner.facts.forge import Organisation
from scanner.http.github.permissions import (
    MEMBERS,
    METADATA,
    ORGANISATION,
    ORGANISATION_ROLES,
    ORGANISATION_RUNNERS,
    ORGANISATION_WEBHOOKS,
    Permission,
)
from scanner.http.github.sources import GithubOrganisationSource
from scanner.http.refused import Refused
from scanner.http.shape import Node

_COUNTS: tuple[tuple[str, str, Permission, dict[str, str]], ...] = (
    ("members", "/members", MEMBERS, {}),
    ("admins", "/members", MEMBERS, {"role": "admin"}),
    ("members_without_two_factor", "/members", ORGANISATION, {"filter": "2fa_disabled"}),
    ("outside_collaborators", "/outside_collaborators", ORGANISATION, {}),
    ("teams", "/teams", MEMBERS, {}),
)
_WRITES = frozenset({
    "actions", "administration", "contents", "environments", "members", "organization_administration",
    "organization_hooks", "organization_secrets", "repository_hooks", "secrets", "workflows",
})  # fmt: skip
"""Rights of an app that, written to, change code, settings or credentials."""
_SECURITY_MANAGER = "security_manager"


@dataclass(slots=True)
class _Seen:
    """What this token may see of the organisation; the rest is named in ``unseen``."""

    source: GithubOrganisationSource
    unseen: list[str] = field(default_factory=list)

    def node(self, what: str, rest: str, permission: Permission, **asked: int) -> Node | None:
        """An answer."""
        try:
            return Node(
                self.source.client.get(self.source.path(rest), permission, **asked), f"GET {self.source.path(rest)}"
            )
        except Refused as refused:
            self._hidden(what, refused)
            return None

    def count(self, what: str, rest: str, permission: Permission, **asked: str) -> int | None:
        """The length of a list."""
        try:
            return self.source.client.count(self.source.path(rest), permission, **asked)
        except Refused as refused:
            self._hidden(what, refused)
            return None

    def whole(self, what: str, rest: str, permission: Permission, key: str = "") -> tuple[Node, ...] | None:
        """A whole list."""
        try:
            pages = self.source.client.pages(self.source.path(rest), permission, key)
            return tuple(node for page in pages for node in page.items)
        except Refused as refused:
            self._hidden(what, refused)
            return None

    def _hidden(self, what: str, refused: Refused) -> None:
        """Note that ``what`` is not shown (GitHub sends others to the public members, or says 422); other refusals stay."""
        if refused.hole.why not in (Why.FORBIDDEN, Why.AMBIGUOUS_404) and refused.status not in (302, 422):
            raise refused
        self.unseen.append(what)


def collect(ask: Ask[GithubOrganisationSource]) -> Iterator[Found]:
    """Thirteen requests, two more where there are security managers' roles, more for over 100 apps or webhooks."""
    source = ask.source
    try:
        record = Node(source.client.get(source.path(), METADATA), f"GET {source.path()}")
    except Refused as refused:
        if refused.status == 404:
            raise Unreadable(Why.UNSUPPORTED, f"{source.login} is not an organisation that can be seen") from None
        raise
    seen = _Seen(source)
    counts = {name: seen.count(name, rest, permission, **asked) for name, rest, permission, asked in _COUNTS}
    counts["security_managers"] = _security_managers(seen)
    runners = seen.node("self_hosted_runners", "/actions/runners", ORGANISATION_RUNNERS, per_page=1)
    counts["self_hosted_runners"] = runners.number("total_count") if runners else None
    settings = Settings(
        rules=seen.node("actions_allowed", "/actions/permissions", ORGANISATION),
        token=seen.node("actions_default_permission", "/actions/permissions/workflow", ORGANISATION),
        apps=seen.whole("apps", "/installations", ORGANISATION, "installations"),
        hooks=seen.whole("webhooks", "/hooks", ORGANISATION_WEBHOOKS),
        audit_log=_audit_log(seen),
    )
    yield found(
        parse(record, counts, settings, source.repositories),
        f"GET {source.path()}",
        caveat=f"not shown to this token: {', '.join(sorted(seen.unseen))}" if seen.unseen else "",
    )


def _security_managers(seen: _Seen) -> int | None:
    """Teams and people who hold GitHub's role of that name."""
    roles = seen.whole("security_managers", "/organization-roles", ORGANISATION_ROLES, "roles")
    if roles is None:
        return None
    ids = [role.number("id") for role in roles if role.text("name") == _SECURITY_MANAGER]
    holders = 0
    for number in ids:
        for kind in ("teams", "users"):
            held = seen.count("security_managers", f"/organization-roles/{number}/{kind}", ORGANISATION_ROLES)
            if held is None:
                return None
            holders += held
    return holders


def _audit_log(seen: _Seen) -> bool | None:
    """Whether it answers; a refusal does not tell a plan without it from a token that may not see it."""
    return None if seen.count("audit_log", "/audit-log", ORGANISATION) is None else True


@dataclass(frozen=True, slots=True)
class Settings:
    """Answers about settings; None where the reader may not see them."""

    rules: Node | None = None
    token: Node | None = None
    apps: tuple[Node, ...] | None = None
    hooks: tuple[Node, ...] | None = None
    audit_log: bool | None = None


def parse(record: Node, counts: Mapping[str, int | None], settings: Settings, repositories: int) -> Organisation:
    """The settings; what only owners see is None for others. Suspended apps do nothing and are left out."""
    apps = None if settings.apps is None else [a for a in settings.apps if not a.has("suspended_at")]
    hooks = settings.hooks
    return Organisation(
        login=record.text("login"),
        two_factor_required=record.flag_or_none("two_factor_requirement_enabled"),
        default_permission=record.text_or("default_repository_permission") or None,
        members=counts.get("members"),
        admins=counts.get("admins"),
        outside_collaborators=counts.get("outside_collaborators"),
        teams=counts.get("teams"),
        verified=record.flag_or_none("is_verified"),
        repositories=repositories,
        members_without_two_factor=counts.get("members_without_two_factor"),
        security_managers=counts.get("security_managers"),
        actions_allowed=allowed(settings.rules),
        actions_default_permission=default_permission(settings.token),
        apps=None if apps is None else len(apps),
        apps_writing=None if apps is None else sum(may_write(app) for app in apps),
        webhooks=None if hooks is None else len(hooks),
        webhooks_insecure=None if hooks is None else sum(is_insecure(hook.node("config")) for hook in hooks),
        audit_log=settings.audit_log,
        members_create_public=record.flag_or_none("members_can_create_public_repositories"),
        self_hosted_runners=counts.get("self_hosted_runners"),
    )


def may_write(app: Node) -> bool:
    """Whether an installed app may change code, settings or credentials."""
    rights = app.node("permissions")
    return any(rights.text_or(right) in ("write", "admin") for right in _WRITES)


COLLECTOR = Collector(
    name="github-organisation",
    version="2",
    source=GithubOrganisationSource,
    provides=(Organisation,),
    collect=collect,
    permissions=(
        "Organization members: read", "Organization administration: read", "Organization webhooks: read",
        "Organization custom organization roles: read", "Organization self-hosted runners: read",
    ),
    absent="no organisation was scanned (give github:ORG)",
)  # fmt: skip
