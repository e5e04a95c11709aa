"""The preflight of a GitHub account."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

from scanner.core.evidence import Unreadable, Why
from scanner.doctor import budget
from scanner.doctor.preflight import Holder, Left, Preflight
from scanner.doctor.probes import Prober
from scanner.http.forge import ListedRepository
from scanner.http.github.app import AppInstallation
from scanner.http.github.client import Github, GithubSettings
from scanner.http.github.client import Preflight as Told

SAMPLES = 3
_READING = frozenset({
    "public_repo", "read:audit_log", "read:discussion", "read:enterprise", "read:gpg_key", "read:org", "read:packages",
    "read:project", "read:public_key", "read:repo_hook", "read:ssh_signing_key", "read:user", "repo", "repo:status",
    "repo_deployment", "security_events", "user:email",
})  # fmt: skip
"""Scopes that read, and those without which a classic token cannot."""
_ONLY_WAY = {"admin:org_hook": "webhooks of the organisation", "admin:org": "self-hosted runners"}


def preflight(settings: GithubSettings, target: str) -> Preflight:
    """What ``settings`` allow of ``target`` (ORG or ORG/REPO). Unreadable when the token is refused or nothing is listed."""
    with closing(Github(settings)) as client:
        told = client.preflight()
        listed = client.repositories(target)
        if not listed:
            raise Unreadable(
                Why.AMBIGUOUS_404, f"GitHub lists no repository of {target} to this token", "the right to see one"
            )
        samples = chosen(listed)
        prober = Prober(client, target.partition("/")[0], samples)
        rights = prober.rights()
        cost = budget.of_github(
            listed,
            _left(told.rate_remaining, told.rate_limit, told.rate_reset),
            _left(told.graphql_remaining, told.graphql_limit, told.graphql_reset),
            organisation=prober.is_organisation(),
        )
    names = tuple(sample.full_name for sample in samples)
    return Preflight("GitHub", target, holder(told, settings), names, rights, cost)


def chosen(listed: tuple[ListedRepository, ...]) -> tuple[ListedRepository, ...]:
    """The samples: what is judged and private first, then what was pushed to last."""

    def rank(item: ListedRepository) -> tuple[bool, bool, float, str]:
        pushed = item.pushed_at.timestamp() if item.pushed_at is not None else 0.0
        return item.archived or item.fork, not item.private, -pushed, item.full_name

    return tuple(sorted(listed, key=rank)[:SAMPLES])


def holder(told: Told, settings: GithubSettings) -> Holder:
    """Who the token is, and what it may that Assay does not need."""
    plain = Holder(told.api_url, told.login, told.kind, told.scopes, told.expires)
    if isinstance(settings.token, AppInstallation):
        found = settings.token.installation()
        kind = f"the GitHub App {found.app or 'without a name'} on {found.account or 'its account'}"
        granted = tuple(f"{name}: {right}" for name, right in sorted(found.granted.items()))
        return replace(plain, kind=kind, scopes=granted, flags=_flags_of_app(found.writes))
    return replace(plain, flags=_flags(told))


def _flags_of_app(writes: tuple[str, ...]) -> tuple[str, ...]:
    if not writes:
        return ()
    return (f"the App may write: {', '.join(writes)}; Assay's token leaves that out, a read-only App is enough",)


def _flags(told: Told) -> tuple[str, ...]:
    scopes = told.scopes
    if scopes is None:
        unseen = "GitHub does not tell the rights of this token: see for yourself that they are all read-only"
        return () if told.kind == "no token" else (unseen,)
    out = []
    if "repo" in scopes:
        out.append(
            "repo also writes, and a classic token cannot read private repositories without it: a fine-grained one can"
        )
    for scope in scopes:
        if scope in _ONLY_WAY:
            out.append(f"{scope} also writes; it serves to read {_ONLY_WAY[scope]} only: a read-only token is enough")
        elif scope not in _READING:
            out.append(f"{scope} is not needed: a read-only token is enough")
    return tuple(out)


def _left(remaining: int | None, limit: int | None, reset: int | None) -> Left | None:
    return None if remaining is None or limit is None or reset is None else Left(remaining, limit, reset)
