from __future__ import annotations

import threading
from pathlib import Path

import pytest

from scanner.core.evidence import Unreadable, Why
from scanner.core.subjects import Kind, Subject
from scanner.http.forge import ListedRepository
from scanner.http.github.client import GithubSettings
from scanner.http.secret import Secret
from scanner.mirrors import Mirror
from scanner.pipeline.clones import Clones, cloned, mirror_name
from scanner.pipeline.disk import kept_clones
from scanner.pipeline.targets import Planned
from tests.builders_clones import GitServer, large, tips
from tests.builders_hostile import Target


def _of_url(url: str) -> Planned:
    return Planned(Subject(Kind.REPO, "acme/api"), url=url)


def _of_forge(url: str, node_id: str = "", size_kb: int = 0) -> Planned:
    listed = ListedRepository("acme/api", url, "main", False, False, False, size_kb, None, node_id)
    return Planned(Subject(Kind.REPO, "acme/api"), url=url, listed=listed, forge="github")


def _settings(token: str = "") -> GithubSettings:
    return GithubSettings("http://127.0.0.1:9", Secret(token) if token else None)


def _fetch(
    planned: Planned, cache: Path, terms: Clones | None = None, settings: GithubSettings | None = None
) -> Mirror:
    with cloned(planned, cache, {"github": settings} if settings else {}, terms or Clones(), replays=False) as made:
        assert tips(made.git_dir)
        return made


@pytest.fixture
def three(tmp_path: Path) -> list[Target]:
    return [large(tmp_path / "srv" / f"r{n}.git", 1) for n in range(3)]


def test_clones_beyond_the_budget_give_way_but_not_the_one_being_read(three: list[Target], tmp_path: Path) -> None:
    terms = Clones(cache_bytes=2_400_000)
    for made in three:
        _fetch(_of_url(f"file://{made.path}"), tmp_path / "cache", terms)
    kept = [clone.folder.name for clone in kept_clones(tmp_path / "cache" / "mirrors")]
    assert kept == [mirror_name(_of_url(f"file://{made.path}"), None) for made in three[1:]]
    with cloned(_of_url(f"file://{three[1].path}"), tmp_path / "cache", {}, terms, replays=False) as held:
        _fetch(_of_url(f"file://{three[0].path}"), tmp_path / "cache", terms)
        assert tips(held.git_dir) == tips(three[1].path)


def test_a_repository_larger_than_the_budget_is_not_even_asked_for(tmp_path: Path) -> None:
    with GitServer(tmp_path).running() as server, pytest.raises(Unreadable) as refused:
        _fetch(_of_forge(f"{server.url}/x.git", size_kb=2048), tmp_path / "cache", Clones(cache_bytes=2_097_151))
    assert (refused.value.hole.why, refused.value.hole.closes) == (Why.TOO_LARGE, "raise --cache-size")
    assert server.seen == []


def test_a_renamed_repository_keeps_its_clone(three: list[Target], tmp_path: Path) -> None:
    settings = _settings()
    assert _fetch(_of_forge(f"file://{three[0].path}", "R_1"), tmp_path / "cache", settings=settings).made
    three[0].path.rename(tmp_path / "renamed.git")
    assert not _fetch(_of_forge(f"file://{tmp_path}/renamed.git", "R_1"), tmp_path / "cache", settings=settings).made
    assert len(kept_clones(tmp_path / "cache" / "mirrors")) == 1


def test_names_tell_forges_repositories_and_addresses_apart() -> None:
    other = GithubSettings("https://github.example/api/v3")
    names = [
        mirror_name(_of_forge("https://h/x", "R_1"), _settings()), mirror_name(_of_forge("https://h/x", "R_2"), _settings()),
        mirror_name(_of_forge("https://h/x", "R_1"), other), mirror_name(_of_forge("https://h/x"), _settings()),
        mirror_name(_of_url("https://h/y"), None),
        mirror_name(Planned(Subject(Kind.REPO, "b"), bundle=Path("/b")), None),
    ]  # fmt: skip
    assert len(set(names)) == len(names)
    assert mirror_name(_of_url("https://ann:s3cret@h/y"), None) == names[4]


def test_so_many_clones_from_one_host_at_the_same_time(tmp_path: Path) -> None:
    for number in range(5):
        Target(tmp_path / "srv" / f"r{number}.git").simple()
    server = GitServer(tmp_path / "srv")
    server.pause = 0.05
    with server.running():
        planned = [_of_url(f"{server.url}/r{number}.git") for number in range(5)]
        running = [threading.Thread(target=_fetch, args=(p, tmp_path / "cache", Clones(at_once=2))) for p in planned]
        for one in running:
            one.start()
        for one in running:
            one.join()
    assert len(kept_clones(tmp_path / "cache" / "mirrors")) == 5
    assert server.busiest == 2


def test_the_token_goes_to_the_forge_and_to_nobody_else(tmp_path: Path) -> None:
    Target(tmp_path / "srv" / "x.git").simple()
    with GitServer(tmp_path / "srv", "t0ken").running() as server:
        own = GithubSettings(server.url, Secret("t0ken"))
        assert _fetch(_of_forge(f"{server.url}/x.git"), tmp_path / "cache", settings=own).made
        other = GithubSettings("http://127.0.0.1:9", Secret("t0ken"))
        with pytest.raises(Unreadable) as refused:
            _fetch(_of_forge(f"{server.url}/x.git"), tmp_path / "cache", settings=other)
    assert refused.value.hole.why is Why.FORBIDDEN
