"""What GitHub Actions may do with the repository, and which credentials it is given: names and dates, never values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Literal

from scanner.core.collecting import Ask, Collector, Found, found
from scanner.core.evidence import Unreadable, Why
from scanner.facts.forge import AutomationSettings, StoredSecret
from scanner.http.forge import ABSENT
from scanner.http.github.judged import expect_judged, is_private
from scanner.http.github.permissions import ADMINISTRATION, DEPENDABOT_SECRET_NAMES, SECRET_NAMES, Permission
from scanner.http.github.sources import GithubRepositorySource
from scanner.http.shape import Node

MOST_PAGES = 3

Scope = Literal["actions", "dependabot", "group"]
Secrets = tuple[StoredSecret, ...] | None


def collect(ask: Ask[GithubRepositorySource]) -> Iterator[Found]:
    """Three requests, one more where Dependabot repairs dependencies, and one for the runners of a public repository.

    Where Actions is switched off, only that is asked. The workflows themselves are in the repository's files.
    """
    source = ask.source
    expect_judged(source)
    refused: list[Unreadable] = []
    rules = _told(source, "/actions/permissions", ADMINISTRATION, refused)
    off = rules is not None and not rules.flag("enabled")
    token = None if off else _told(source, "/actions/permissions/workflow", ADMINISTRATION, refused)
    secrets = None if off else _secrets(ask, "actions", SECRET_NAMES, refused)
    if secrets is not None and _has_dependabot(source):
        secrets += _secrets(ask, "dependabot", DEPENDABOT_SECRET_NAMES, refused) or ()
    runners = None if off or is_private(source) else _runners(source, refused)
    if rules is None and token is None and secrets is None:
        raise refused[0]
    yield found(
        parse(ask.as_of, rules, token, secrets, runners),
        source.label("/actions/permissions"),
        caveat=f"not shown to this token: {', '.join(p.hole.detail.partition(' answered')[0] for p in refused)}"
        if refused
        else "",
    )


def _told(source: GithubRepositorySource, path: str, permission: Permission, refused: list[Unreadable]) -> Node | None:
    """The answer, None (and one more in ``refused``) when this token may not see it."""
    try:
        return Node(source.once(path, permission), source.label(path))
    except Unreadable as problem:
        if problem.hole.why not in (Why.FORBIDDEN, Why.AMBIGUOUS_404):
            raise
        refused.append(problem)
        return None


def _has_dependabot(source: GithubRepositorySource) -> bool:
    analysis = source.record().node_or_none("security_and_analysis")
    updates = analysis.node_or_none("dependabot_security_updates") if analysis else None
    return updates is not None and updates.text_or("status") == "enabled"


def _secrets(
    ask: Ask[GithubRepositorySource], scope: Scope, permission: Permission, refused: list[Unreadable]
) -> Secrets:
    read: list[Node] = []
    try:
        for page in ask.source.pages(f"/{scope}/secrets", permission, "secrets", MOST_PAGES):
            read += page.items
    except Unreadable as problem:
        if problem.hole.why not in (Why.FORBIDDEN, Why.AMBIGUOUS_404):
            raise
        refused.append(problem)
        return None
    return parse_secrets(read, scope, ask.as_of)


def _runners(source: GithubRepositorySource, refused: list[Unreadable]) -> int | None:
    told = _told(source, "/actions/runners", ADMINISTRATION, refused)
    return None if told is None else told.number("total_count")


def parse(
    as_of: datetime, rules: Node | None, token: Node | None, secrets: Secrets, runners: int | None
) -> AutomationSettings:
    """The settings; an unknown word is None, as what is not shown."""
    return AutomationSettings(
        as_of=as_of,
        enabled=rules.flag("enabled") if rules else None,
        allowed=allowed(rules),
        requires_pinning=rules.flag_or_none("sha_pinning_required") if rules else None,
        default_permission=default_permission(token),
        may_approve=token.flag_or_none("can_approve_pull_request_reviews") if token else None,
        self_hosted_runners=runners,
        secrets=secrets,
    )


def allowed(rules: Node | None) -> Literal["all", "local_only", "selected"] | None:
    """Whose actions may run, from the permissions of a repository or an organisation."""
    match rules.text_or("allowed_actions") if rules else "":
        case "all":
            return "all"
        case "local_only":
            return "local_only"
        case "selected":
            return "selected"
        case _:
            return None


def default_permission(token: Node | None) -> Literal["read", "write"] | None:
    """What the job token may do by default, from the workflow permissions of a repository or an organisation."""
    match token.text_or("default_workflow_permissions") if token else "":
        case "read":
            return "read"
        case "write":
            return "write"
        case _:
            return None


def parse_secrets(nodes: Iterable[Node], scope: Scope, as_of: datetime) -> tuple[StoredSecret, ...]:
    """Secrets that were there at ``as_of``, by name; one that was renewed since has no known date of renewal."""
    kept = []
    for node in nodes:
        created_at, updated_at = node.moment("created_at"), node.moment("updated_at")
        if created_at <= as_of:
            renewed = updated_at if updated_at <= as_of else None
            kept.append(StoredSecret(node.text("name"), created_at, renewed, scope))
    return tuple(sorted(kept, key=lambda s: s.name))


COLLECTOR = Collector(
    name="github-automation",
    version="1",
    source=GithubRepositorySource,
    provides=(AutomationSettings,),
    collect=collect,
    permissions=("Administration: read", "Secrets: read", "Dependabot secrets: read"),
    absent=ABSENT,
)
