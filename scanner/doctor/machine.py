"""What works here and what would stay unknown: git, tools, database, advisories, token."""

from __future__ import annotations

import datetime as dt
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from scanner.core.evidence import Unreadable
from scanner.http.github.client import Github, GithubSettings
from scanner.http.github.permissions import PERMISSIONS
from scanner.http.gitlab import VISITOR, Gitlab, GitlabSettings
from scanner.http.shape import Node
from scanner.pipeline.disk import kept_clones, shown_size
from scanner.pipeline.settings import TOOLS
from scanner.places import Places
from scanner.store.database import StoreError
from scanner.store.store import Store
from scanner.tools import find_tool, run_tool

State = Literal["ok", "missing", "problem"]
_GIT_LEAST = (2, 38)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the diagnosis: what was looked at, how it is, what it means."""

    what: str
    state: State
    text: str


def diagnose(
    places: Places,
    database: str,
    github: GithubSettings | None,
    gitlab: GitlabSettings | None,
    advisories: Path | None,
    today: dt.date,
) -> Iterator[Line]:
    """Every line, one by one; nothing is changed but a missing database made."""
    yield _git()
    for tool, purpose in TOOLS.items():
        path = find_tool(tool)
        yield Line(
            tool,
            "ok" if path else "missing",
            f"found at {path}" if path else f"not found: {purpose} stays unknown; install it",
        )
    yield _database(database)
    yield _space(places)
    yield _advisories(advisories, places.cache, today)
    if github is not None:
        yield from _github(github)
    else:
        yield Line("GitHub", "missing", "not asked (--offline)")
    if gitlab is not None and gitlab.token is not None:
        yield _gitlab(gitlab)
    else:
        yield Line("GitLab", "missing", "not asked (--offline, or no ASSAY_GITLAB_TOKEN)")


def _git() -> Line:
    try:
        said = (
            run_tool(["git", "--version"], cwd=Path("/"), timeout_seconds=10).stdout.decode("ascii", "replace").split()
        )
    except Unreadable as error:
        return Line("git", "problem", f"{error.hole.detail}: nothing can be scanned; install git")
    version = said[2] if len(said) > 2 else "?"
    numbers = tuple(int(n) for n in version.split(".")[:2] if n.isdigit())
    if numbers < _GIT_LEAST:
        return Line(
            "git",
            "problem",
            f"version {version} is too old; 2.38 or newer is needed (for safe.bareRepository)",
        )
    return Line("git", "ok", f"version {version}; Python {sys.version.split()[0]}")


def _database(url: str) -> Line:
    try:
        store = Store(url)
    except StoreError as error:
        return Line("database", "problem", str(error))
    try:
        scans = store.scans()
    finally:
        store.close()
    return Line("database", "ok", f"{len(scans)} scans of {len({s.engagement for s in scans})} engagements")


def _space(places: Places) -> Line:
    folder = places.cache
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free / 1e9
    clones = kept_clones(places.cache / "mirrors")
    kept = f"{len(clones)} clones of {shown_size(sum(clone.size for clone in clones))} kept"
    return Line(
        "disk",
        "ok" if free > 5 else "problem",
        f"{free:.0f} GB free for clones and caches under {places.cache}; {kept}",
    )


def _advisories(given: Path | None, cache: Path, today: dt.date) -> Line:
    from scanner.advisories.database import AdvisoryDatabase

    if given is None:
        return Line(
            "advisories",
            "missing",
            "none given: offline, known vulnerabilities stay unknown; give --advisories PATH (OSV records)",
        )
    try:
        newest = AdvisoryDatabase(given, cache / "advisories").newest
    except Unreadable as error:
        return Line("advisories", "problem", error.hole.detail)
    if newest is None:
        return Line("advisories", "problem", f"{given} holds no OSV record")
    age = (today - newest).days
    return Line("advisories", "ok" if age <= 30 else "problem", f"newest record of {newest}, {age} days old")


def _github(settings: GithubSettings) -> Iterator[Line]:
    client = Github(settings)
    try:
        found = client.preflight()
    except Unreadable as error:
        yield Line(
            "GitHub", "problem", f"{error.hole.detail}; needed: {error.hole.closes or 'a valid ASSAY_GITHUB_TOKEN'}"
        )
        return
    finally:
        client.close()
    if settings.token is None:
        yield Line(
            "GitHub", "missing", f"{found.api_url}: no token (ASSAY_GITHUB_TOKEN); only public records, at a low rate"
        )
    else:
        told = f"scopes: {', '.join(found.scopes) or 'none'}" if found.scopes is not None else "its rights are not told"
        ends = f", until {found.expires}" if found.expires else ""
        borrowed = f"; {settings.told}" if settings.told else ""
        yield Line(
            "GitHub", "ok", f"{found.api_url} as {found.login or 'an App'}; {found.kind}{ends}; {told}{borrowed}"
        )
    if found.rate_remaining is not None:
        yield Line(
            "GitHub rate",
            "ok" if found.rate_remaining > 500 else "problem",
            f"{found.rate_remaining} of {found.rate_limit} requests left this hour",
        )
    for fact, permission in PERMISSIONS:
        state = _granted(found.scopes, permission.classic)
        yield Line(
            f"  {fact}", state, f"{'readable' if state == 'ok' else 'may stay unknown'}: needs {permission.closes}"
        )


def _gitlab(settings: GitlabSettings) -> Line:
    client = Gitlab(settings)
    try:
        found = Node(client.get("/personal_access_tokens/self", VISITOR), "GET /personal_access_tokens/self")
        scopes = found.texts("scopes")
    except Unreadable as error:
        return Line(
            "GitLab", "problem", f"{settings.url}: {error.hole.detail}; needed: a token with the scope read_api"
        )
    finally:
        client.close()
    readable = {"api", "read_api"} & set(scopes)
    told = f"{settings.url}; scopes: {', '.join(scopes) or 'none'}"
    return Line("GitLab", "ok" if readable else "problem", told if readable else f"{told}; needed: read_api")


def _granted(scopes: tuple[str, ...] | None, classic: str) -> State:
    if scopes is None:
        return "missing"
    implied = {
        "repo": ("security_events", "public_repo"),
        "admin:org": ("read:org",),
        "write:org": ("read:org",),
        "admin:repo_hook": ("read:repo_hook",),
    }
    held = set(scopes) | {i for s in scopes for i in implied.get(s, ())}
    return "ok" if any(f"the {scope} scope" in classic for scope in held) else "missing"
