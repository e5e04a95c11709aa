"""From what the user typed to the repositories that will be read."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from scanner.core.evidence import Unknown, Unreadable, Why
from scanner.core.subjects import Kind, Subject
from scanner.core.text import clean, decode_path
from scanner.git import LOOPBACK, find_git_dir, is_url
from scanner.http.github.client import Github, ListedRepository

_DEPTH = 2
_MAX_REPOSITORIES = 5_000


@dataclass(frozen=True, slots=True)
class Planned:
    """A repository to read: from ``git_dir`` in place, or from ``url`` through a mirror; ``problem`` when neither can be.

    ``listed`` is the forge's own record when it came from a forge.
    """

    subject: Subject
    git_dir: Path | None = None
    url: str = ""
    listed: ListedRepository | None = None
    problem: Unknown | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What a scan will read. ``shown`` are the targets as reports print them; ``forge_login`` the organisation, if any."""

    title: str
    shown: tuple[str, ...]
    repositories: tuple[Planned, ...]
    forge_login: str = ""


def make_plan(targets: Iterable[str], github: Github | None) -> Plan:
    """Every repository that ``targets`` lead to, ordered by name; unreadable ones are planned with their problem."""
    planned: dict[Subject, Planned] = {}
    shown: list[str] = []
    titles: list[str] = []
    login = ""
    for target in targets:
        if target.startswith("github:"):
            name = target.removeprefix("github:").strip("/")
            found = _from_github(name, github)
            login, title, text = login or name.split("/")[0], name, f"github:{name}"
        elif is_url(target):
            title = url_name(target)
            found = [Planned(_repo(title), url=target)]
            text = f"{urlsplit(target).hostname or target.partition('@')[2].partition(':')[0]}/{title}"
        else:
            path = Path(target)
            title = text = clean(path.resolve().name or "root")
            found = _from_folder(path)
        shown.append(clean(text))
        titles.append(title)
        for item in found:
            planned.setdefault(item.subject, item)
    ordered = tuple(planned[s] for s in sorted(planned))
    return Plan(", ".join(sorted(set(titles))), tuple(sorted(set(shown))), ordered, login)


def _repo(name: str) -> Subject:
    return Subject(Kind.REPO, clean(name, 200) or "repository")


def url_name(url: str) -> str:
    """The repository's name from a git URL: its last two path parts without ``.git``."""
    path = urlsplit(url).path if "://" in url else url.partition(":")[2]
    parts = [p for p in path.removesuffix("/").removesuffix(".git").split("/") if p]
    return clean("/".join(parts[-2:])) or "repository"


def _from_folder(path: Path) -> list[Planned]:
    if not path.exists():
        return [
            Planned(
                _repo(str(path)), problem=Unknown(Why.UNREACHABLE, f"there is no {clean(str(path))}", "check the path")
            )
        ]
    try:
        git_dir = find_git_dir(path, path)
    except (Unreadable, OSError) as error:
        return [Planned(_repo(path.resolve().name), problem=_problem(error))]
    if git_dir is not None:
        return [Planned(_repo(path.resolve().name.removesuffix(".git")), git_dir=git_dir)]
    found = list(_below(path, path, _DEPTH))
    if not found:
        reason = Unknown(
            Why.UNSUPPORTED,
            "it is no git repository and holds none within two levels",
            "name a repository or a folder of repositories",
        )
        return [Planned(_repo(path.resolve().name), problem=reason)]
    return found


def _below(top: Path, folder: Path, depth: int) -> Iterable[Planned]:
    """Repositories below ``folder``; symbolic links and hidden folders are not followed."""
    try:
        children = sorted(entry.name for entry in os.scandir(folder) if entry.is_dir(follow_symlinks=False))
    except OSError as error:
        yield Planned(_repo(folder.name), problem=_problem(error))
        return
    for number, name in enumerate(children):
        if name.startswith(".") or number > _MAX_REPOSITORIES:
            continue
        path = folder / name
        shown = decode_path(os.fsencode(path.relative_to(top))).removesuffix(".git")
        try:
            git_dir = find_git_dir(path, top)
        except (Unreadable, OSError) as error:
            yield Planned(_repo(shown), problem=_problem(error))
            continue
        if git_dir is not None:
            yield Planned(_repo(shown), git_dir=git_dir)
        elif depth > 1:
            yield from _below(top, path, depth - 1)


def _problem(error: Unreadable | OSError) -> Unknown:
    if isinstance(error, Unreadable):
        return error.hole
    return Unknown(Why.FORBIDDEN, f"the folder cannot be read: {error.strerror}", "read permission on the folder")


def _from_github(name: str, github: Github | None) -> list[Planned]:
    if github is None:
        return [
            Planned(
                _repo(name),
                problem=Unknown(
                    Why.NOT_REQUESTED, "GitHub was not asked: the scan is offline", "scan without --offline"
                ),
            )
        ]
    if not re.fullmatch(r"[\w.-]+(/[\w.-]+)?", name):
        return [
            Planned(
                _repo(name),
                problem=Unknown(Why.UNSUPPORTED, "that is no GitHub name", "write github:ORG or github:ORG/REPO"),
            )
        ]
    try:
        listed = github.repositories(name)
    except Unreadable as error:
        return [Planned(_repo(name), problem=error.hole)]
    return [_listed(item, github) for item in listed]


def _listed(item: ListedRepository, github: Github) -> Planned:
    """A forge's repository, if its clone URL is one we may follow: https, or this machine for a stand-in on this machine."""
    parts = urlsplit(item.clone_url)
    local_api = (urlsplit(github.api_url).hostname or "") in LOOPBACK
    local_url = parts.scheme == "file" or (parts.scheme == "http" and (parts.hostname or "") in LOOPBACK)
    if parts.scheme == "https" or (local_api and local_url):
        return Planned(_repo(item.full_name), url=item.clone_url, listed=item)
    return Planned(
        _repo(item.full_name),
        listed=item,
        problem=Unknown(Why.UNSUPPORTED, "the forge gave a clone URL that is not https; it was not followed"),
    )
