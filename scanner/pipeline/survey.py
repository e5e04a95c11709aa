"""Reading who signed the commits of a scan's targets, without scanning them."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

from scanner.core.evidence import Unreadable
from scanner.git import view
from scanner.http.github.associations import associations
from scanner.http.github.client import Github
from scanner.http.github.sources import GithubRepositorySource
from scanner.pipeline.choice import choose
from scanner.pipeline.clones import cloned
from scanner.pipeline.events import Watcher
from scanner.pipeline.forges import ForgeSettings, kept_lists, open_forge
from scanner.pipeline.scan import Request, instant
from scanner.pipeline.targets import Planned, make_plan
from scanner.pipeline.terms import on_terms
from scanner.pipeline.who import Crowd
from scanner.pseudonyms import Pseudonyms, load_key
from scanner.repository import open_repository


@dataclass(frozen=True, slots=True)
class Surveyed:
    """Who was met, and which repositories could not be read (name, reason)."""

    crowd: Crowd
    unread: tuple[tuple[str, str], ...]


def survey(request: Request, watcher: Watcher) -> Surveyed:
    """The people of the targets, under the engagement's key; what cannot be read is told, never raised."""
    with ExitStack() as opened_here:
        settings = on_terms(request.forges, request.bounded_terms, request.places, request.targets, request.as_of)
        forges = {key: opened_here.enter_context(closing(open_forge(given))) for key, given in settings.items()}
        plan = make_plan(request.targets, forges, request.offline)
        engagement = request.intake.id if request.intake else plan.engagement
        pseudonyms = Pseudonyms(load_key(request.places.keys, engagement), request.people)
        crowd, unread = Crowd(pseudonyms), []
        chosen = choose(plan.repositories, request.choice)
        watcher.planned(len(chosen.repositories))
        for item in chosen.repositories:
            watcher.phase(item.subject, "read who signed")
            try:
                _read(item, request, settings, pseudonyms, crowd)
                _associate(item, request, settings, forges.get(item.forge), pseudonyms, crowd)
            except Unreadable as error:
                unread.append((item.subject.name, error.hole.detail))
            except OSError as error:
                unread.append((item.subject.name, str(error.strerror)))
            watcher.ended(item.subject, "read", "", 0.0)
    return Surveyed(crowd, tuple(unread))


def _read(
    item: Planned, request: Request, settings: dict[str, ForgeSettings], pseudonyms: Pseudonyms, crowd: Crowd
) -> None:
    problem = item.problem or item.unread
    if problem is not None:
        raise Unreadable(problem.why, problem.detail, problem.closes)
    with tempfile.TemporaryDirectory(prefix="assay-scratch-") as scratch, ExitStack() as held:
        git_dir = item.git_dir
        if git_dir is None:
            opening = cloned(item, request.places.cache, settings, request.clones, replays=False)
            git_dir = held.enter_context(opening).git_dir
        git = view(git_dir, Path(scratch))
        crowd.read(open_repository(item.subject.name, git, instant(request.as_of), pseudonyms))


def _associate(
    item: Planned,
    request: Request,
    settings: dict[str, ForgeSettings],
    forge: object,
    pseudonyms: Pseudonyms,
    crowd: Crowd,
) -> None:
    """What GitHub knows of the addresses; a forge that does not say it leaves the merge to exact rules."""
    if not isinstance(forge, Github) or item.listed is None:
        return
    with closing(kept_lists(settings[item.forge], request.places.cache)) as kept:
        source = GithubRepositorySource(forge, item.listed.full_name, pseudonyms, item.listed, kept)
        crowd.associate(associations(source), "github")
