"""From what the user typed to the repositories that will be read."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from scanner.core.evidence import Unknown, Unreadable, Why
from scanner.core.subjects import Kind, Subject
from scanner.core.text import clean, decode_path
from scanner.git import LOOPBACK, find_git_dir, is_url
from scanner.http.forge import Forge, ListedRepository
from scanner.origins import AMBIGUOUS, PLAIN, is_ambiguous
from scanner.pipeline.forges import KINDS
from scanner.pipeline.lists import list_file, read_list, without_secrets

_DEPTH = 2
_MAX_FOLDERS = 5_000
_BUNDLE = b"# v"
"""How a bundle begins (https://git-scm.com/docs/gitformat-bundle)."""
_EMPTY = Unknown(
    Why.UNSUPPORTED, "it is empty", "name a folder, a bundle, a list, a git URL, github:ORG or gitlab:GROUP"
)
_NESTED = Unknown(Why.UNSUPPORTED, "a list names no other list", "name its targets, or give both lists")
_NO_BUNDLE = Unknown(
    Why.UNSUPPORTED, "it is a file and no git bundle", "name a repository, a folder, a bundle or a list (list:FILE)"
)
_OFFLINE = Unknown(Why.NOT_REQUESTED, "it was not fetched: the scan is offline", "scan without --offline")


class Reading(StrEnum):
    """How closely a repository is read: WHOLE, from its FORGE alone, or only as LISTED by the forge."""

    WHOLE = "whole"
    FORGE = "forge"
    LISTED = "listed"


@dataclass(frozen=True, slots=True)
class Planned:
    """A repository to read: from ``git_dir`` in place, or from ``url`` or ``bundle`` through a mirror.

    ``problem`` is set when neither can be; ``unread`` says why it is not to be read WHOLE. ``listed`` is the forge's own record when it came from a forge, ``forge`` the key of that forge ("github").
    ``stored_key`` is the input key under which an interrupted run of this very scan stored it. ``unlisted``: it stands
    for so many repositories that a forge counts and does not show.
    """

    subject: Subject
    git_dir: Path | None = None
    url: str = ""
    listed: ListedRepository | None = None
    problem: Unknown | None = None
    forge: str = ""
    stored_key: str = ""
    bundle: Path | None = None
    reading: Reading = Reading.WHOLE
    unread: Unknown | None = None
    unlisted: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """What a scan will read. ``shown`` are the targets as reports print them; ``forge_login`` is the account at the forge ``forge_key``, if any.

    ``passed_over`` are folders directly below a target that hold no repository or are symbolic links.
    ``folders`` are the paths of local targets; they are the user's own and published nowhere.
    """

    title: str
    shown: tuple[str, ...]
    repositories: tuple[Planned, ...]
    forge_login: str = ""
    forge_key: str = ""
    passed_over: tuple[str, ...] = ()
    folders: tuple[str, ...] = field(default=(), repr=False)

    @property
    def engagement(self) -> str:
        """The engagement when none is declared: the title, and 8 hex digits (SHA-256) that tell folders of one name apart."""
        name = self.title or "engagement"
        if not self.folders:
            return name
        return f"{name}-{hashlib.sha256(os.fsencode(chr(0).join(self.folders))).hexdigest()[:8]}"


@dataclass(frozen=True, slots=True)
class _Led:
    """Where one target led: its title, its text for reports, the repositories; the folder or file, if it names one."""

    title: str
    text: str
    found: list[Planned]
    login: str = ""
    forge: str = ""
    path: Path | None = None
    passed_over: list[str] = field(default_factory=list)


def make_plan(targets: Iterable[str], forges: Mapping[str, Forge], offline: bool = False) -> Plan:
    """Every repository that ``targets`` lead to, ordered by name; unreadable ones are planned with their problem.

    ``forges`` are the forges that may be asked, by key. With ``offline`` no URL is fetched but those of files.
    """
    planned: dict[Subject, Planned] = {}
    led = [_led(target, forges, offline) for target in sorted(set(targets))]
    for one in led:
        for item in one.found:
            _add(planned, item)
    return Plan(
        title=", ".join(sorted({one.title for one in led})),
        shown=tuple(sorted({clean(one.text) for one in led})),
        repositories=tuple(planned[s] for s in sorted(planned)),
        forge_login=next((one.login for one in led if one.login), ""),
        forge_key=next((one.forge for one in led if one.login), ""),
        passed_over=tuple(sorted({name for one in led for name in one.passed_over})),
        folders=tuple(sorted({os.path.realpath(one.path) for one in led if one.path is not None})),
    )


def _led(target: str, forges: Mapping[str, Forge], offline: bool) -> _Led:
    listing = list_file(target)
    if listing is not None:
        return _from_list(listing, forges, offline)
    key, colon, name = target.partition(":")
    if colon and key in KINDS:
        name = name.strip("/")
        found = _from_forge(key, name, forges.get(key))
        return _Led(name, f"{key}:{name}", found, _account(key, name, found), key)
    if is_url(target):
        return _Led(*_from_url(target, offline))
    if not target.strip():
        return _Led("an empty target", "an empty target", [Planned(_repo("an empty target"), problem=_EMPTY)])
    path = Path(target)
    title = _folder_name(path)
    if _is_file(path):
        return _Led(title.removesuffix(".bundle"), title, [_from_file(path)], path=path)
    found = _from_folder(path)
    return _Led(title, title, found, path=path, passed_over=_passed_over(path, found))


def _from_list(path: Path, forges: Mapping[str, Forge], offline: bool) -> _Led:
    """The repositories of every line of a list; a list that another list names is not followed."""
    name = _folder_name(path)
    try:
        targets = read_list(path)
    except Unreadable as error:
        return _Led(name, f"list:{name}", [Planned(_repo(name), problem=error.hole)], path=path)
    led = [
        _Led("", "", [Planned(_repo(without_secrets(t)), problem=_NESTED)])
        if list_file(t)
        else _led(t, forges, offline)
        for t in targets
    ]
    return _Led(
        title=name.removesuffix(".txt"),
        text=f"list:{name}",
        found=[item for one in led for item in one.found],
        login=next((one.login for one in led if one.login), ""),
        forge=next((one.forge for one in led if one.login), ""),
        path=path,
        passed_over=[folder for one in led for folder in one.passed_over],
    )


def _account(key: str, name: str, found: Iterable[Planned]) -> str:
    """The organisation, or the group of a GitLab: the one that is named, else the one that the named project is in."""
    if key == "github":
        return name.split("/")[0]
    is_project = any(p.listed is not None and p.listed.full_name.lower() == name.lower() for p in found)
    return name.rpartition("/")[0] if is_project else name


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _from_file(path: Path) -> Planned:
    """The repository in a bundle; any other file is none."""
    subject = _repo(_folder_name(path).removesuffix(".bundle"))
    try:
        with path.open("rb") as file:
            is_bundle = file.read(len(_BUNDLE)) == _BUNDLE
    except OSError as error:
        return Planned(subject, problem=_problem(error))
    return Planned(subject, bundle=path.resolve()) if is_bundle else Planned(subject, problem=_NO_BUNDLE)


def _add(planned: dict[Subject, Planned], item: Planned) -> None:
    """Plan ``item`` once; another repository of the same name is numbered, never dropped."""
    subject, number = item.subject, 1
    while (other := planned.get(subject)) is not None:
        if (other.git_dir, other.url, other.bundle, other.problem) == (
            item.git_dir,
            item.url,
            item.bundle,
            item.problem,
        ):
            return
        number += 1
        subject = Subject(Kind.REPO, f"{item.subject.name} ({number})")
    planned[subject] = replace(item, subject=subject)


def _folder_name(path: Path) -> str:
    try:
        return without_secrets(decode_path(os.fsencode(path.resolve().name))) or "root"
    except (OSError, RuntimeError, ValueError):
        return without_secrets(str(path))


def _from_url(url: str, offline: bool) -> tuple[str, str, list[Planned]]:
    """(title, text for reports, the repository) of a git URL. The text never holds its user part."""
    try:
        title, parts = url_name(url), urlsplit(url)
        host, _ = parts.hostname, parts.port  # a port that is none: what stands there may be a password
    except ValueError:
        return _unreadable_url("that is no URL", "give an https URL")
    if is_ambiguous(url):
        return _unreadable_url(AMBIGUOUS, PLAIN)
    text = f"{host or url.partition('@')[2].partition(':')[0]}/{title}"
    problem = _OFFLINE if offline and parts.scheme != "file" else None
    return title, text, [Planned(_repo(title), url=url, problem=problem)]


def _unreadable_url(said: str, closes: str) -> tuple[str, str, list[Planned]]:
    problem = Unknown(Why.UNSUPPORTED, said, closes)
    return "repository", "a URL that cannot be read", [Planned(_repo("repository"), problem=problem)]


def _repo(name: str) -> Subject:
    return Subject(Kind.REPO, clean(name, 200) or "repository")


def url_name(url: str) -> str:
    """The repository's name from a git URL: its last two path parts without ``.git``."""
    path = urlsplit(url).path if "://" in url else url.partition(":")[2]
    parts = [p for p in path.removesuffix("/").removesuffix(".git").split("/") if p]
    return clean("/".join(parts[-2:])) or "repository"


def _from_folder(path: Path) -> list[Planned]:
    name = _folder_name(path)
    try:
        if not path.exists():
            shown = without_secrets(str(path))
            missing = Unknown(Why.UNREACHABLE, f"there is no {shown}", "check the path")
            return [Planned(_repo(shown), problem=missing)]
        git_dir = find_git_dir(path, path)
    except (Unreadable, OSError) as error:
        return [Planned(_repo(name), problem=_problem(error))]
    if git_dir is not None:
        return [Planned(_repo(name.removesuffix(".git")), git_dir=git_dir)]
    found = list(_below(path, path, _DEPTH))
    if not found:
        reason = Unknown(
            Why.UNSUPPORTED,
            "it is no git repository and holds none within two levels",
            "name a repository or a folder of repositories",
        )
        return [Planned(_repo(name), problem=reason)]
    return found


def _passed_over(path: Path, found: list[Planned]) -> list[str]:
    """Names of the folders directly below a folder of repositories that led to none."""
    led_to = {item.subject.name.split("/")[0] for item in found}
    out = []
    with suppress(OSError):
        if (path / ".git").exists() or (path / "HEAD").exists():
            return []
        for entry in os.scandir(path):
            shown = clean(decode_path(os.fsencode(entry.name)), 60)
            led = shown.removesuffix(".git") in led_to and not entry.is_symlink()
            if entry.is_dir() and not entry.name.startswith(".") and not led:
                out.append(shown)
    return out


def _below(top: Path, folder: Path, depth: int) -> Iterable[Planned]:
    """Repositories below ``folder``; symbolic links and hidden folders are not followed."""
    try:
        children = sorted(entry.name for entry in os.scandir(folder) if entry.is_dir(follow_symlinks=False))
    except OSError as error:
        yield Planned(_repo(folder.name), problem=_problem(error))
        return
    if len(children) > _MAX_FOLDERS:
        rest = Unknown(
            Why.TOO_LARGE, f"only the first {_MAX_FOLDERS:,} of its {len(children):,} folders were looked into"
        )
        yield Planned(_repo(f"{decode_path(os.fsencode(folder.name))} (other folders)"), problem=rest)
    for name in children[:_MAX_FOLDERS]:
        if name.startswith("."):
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


def _from_forge(key: str, name: str, forge: Forge | None) -> list[Planned]:
    kind = KINDS[key]
    if forge is None:
        problem = Unknown(
            Why.NOT_REQUESTED, f"{kind.name} was not asked: the scan is offline", "scan without --offline"
        )
        return [Planned(_repo(name), problem=problem)]
    if not kind.names.fullmatch(name):
        problem = Unknown(Why.UNSUPPORTED, f"that is no {kind.name} name", f"write {kind.usage}")
        return [Planned(_repo(name), problem=problem)]
    try:
        listed = forge.repositories(name)
    except Unreadable as error:
        return [Planned(_repo(name), problem=error.hole)]
    return [*(_listed(item, key, forge) for item in listed), *_unlisted(name, kind.name, forge.unlisted)]


def _unlisted(name: str, forge: str, number: int) -> Iterable[Planned]:
    """What stands for the repositories that a forge counts and does not show."""
    if number:
        said = (
            f"{forge} counts {number:,} more {'repository' if number == 1 else 'repositories'} of {name} than it listed"
        )
        problem = Unknown(Why.AMBIGUOUS_404, said, "scan again; if it stays, the right to see all repositories")
        yield Planned(_repo(f"{name} (repositories not listed)"), problem=problem, unlisted=number)


def _listed(item: ListedRepository, key: str, forge: Forge) -> Planned:
    """A forge's repository, if its clone URL is one we may follow: https, or this machine for a stand-in on this machine."""
    try:
        parts = urlsplit(item.clone_url)
    except ValueError:
        parts = urlsplit("")
    local_api = (urlsplit(forge.address).hostname or "") in LOOPBACK
    local_url = parts.scheme == "file" or (parts.scheme == "http" and (parts.hostname or "") in LOOPBACK)
    if parts.scheme == "https" or (local_api and local_url):
        return Planned(_repo(item.full_name), url=item.clone_url, listed=item, forge=key)
    return Planned(
        _repo(item.full_name),
        listed=item,
        forge=key,
        problem=Unknown(Why.UNSUPPORTED, "the forge gave a clone URL that is not https; it was not followed"),
    )
