from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from scanner.core.evidence import Unknown, Unreadable, Why
from scanner.http.forge import ListedRepository
from scanner.http.secret import Secret
from scanner.pipeline.targets import Plan, make_plan, url_name
from tests.builders_hostile import Target


class Forge:
    """A forge that lists what it was given."""

    def __init__(
        self, *clone_urls: str, address: str = "https://api.github.com", problem: Unreadable | None = None
    ) -> None:
        self.clone_urls, self.address, self.problem = clone_urls, address, problem

    unlisted = 0

    def repositories(self, target: str) -> tuple[ListedRepository, ...]:
        if self.problem is not None:
            raise self.problem
        return tuple(
            ListedRepository(f"{target}/r{n}", url, "main", False, False, False, 1, None)
            for n, url in enumerate(self.clone_urls)
        )

    def clone_header(self) -> tuple[str, Secret] | None:
        return None

    def close(self) -> None:
        return None


def _plan(*targets: str | Path, forge: Forge | None = None) -> Plan:
    return make_plan([str(t) for t in targets], {"github": forge} if forge else {})


def _names(plan: Plan) -> list[str]:
    return [p.subject.name for p in plan.repositories]


def test_a_folder_is_searched_to_depth_two(tmp_path: Path) -> None:
    top = tmp_path / "top"
    for name in ("bare.git", "group/inner", "a/b/too-deep", ".hidden"):
        Target(top / name)
    work = Target(tmp_path / "aside")
    (top / "work").mkdir()
    work.path.rename(top / "work" / ".git")
    (top / "link").symlink_to(top / "bare.git")
    plan = _plan(top)
    assert _names(plan) == ["bare", "group/inner", "work"]
    assert [p.git_dir for p in plan.repositories] == [top / "bare.git", top / "group/inner", top / "work/.git"]
    assert plan.passed_over == ("a", "link")
    assert (plan.title, plan.shown) == ("top", ("top",))


def test_a_repository_names_itself_and_nothing_below(tmp_path: Path) -> None:
    made = Target(tmp_path / "api.git")
    plan = _plan(made.path, f"{made.path}/")
    assert _names(plan) == ["api"]
    assert plan.passed_over == ()


def test_repositories_of_one_name_are_numbered_and_never_dropped(tmp_path: Path) -> None:
    for name in ("a/api", "b/api", "b/api.git"):
        Target(tmp_path / name)
    plan = _plan(tmp_path / "b" / "api", tmp_path / "a" / "api")
    assert [(p.subject.name, p.git_dir) for p in plan.repositories] == [
        ("api", tmp_path / "a/api"),
        ("api (2)", tmp_path / "b/api"),
    ]
    assert plan.repositories == _plan(tmp_path / "a" / "api", tmp_path / "b" / "api").repositories
    assert len(_names(_plan(tmp_path / "b"))) == 2


@pytest.mark.parametrize(("make", "words"), [
    (lambda p: p / "gone", "there is no"), (lambda p: p, "holds none within two levels"), (lambda p: Path("x" * 5000), "File name too long"),
])  # fmt: skip
def test_paths_that_lead_nowhere_are_planned_with_their_problem(tmp_path: Path, make: object, words: str) -> None:
    assert callable(make)
    (planned,) = _plan(make(tmp_path)).repositories
    assert planned.problem is not None
    assert words in planned.problem.detail


def test_a_loop_of_links_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (planned,) = _plan(tmp_path / "loop").repositories
    assert planned.problem is not None


def test_odd_folder_names_are_shown_safely_and_still_read(tmp_path: Path) -> None:
    odd = os.fsdecode(b"top/\x1b[31m\xffx")
    made = Target(tmp_path / odd)
    (planned,) = _plan(tmp_path / "top").repositories
    assert planned.git_dir == made.path
    assert planned.subject.name.isprintable()


def test_folders_past_the_limit_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scanner.pipeline.targets._MAX_FOLDERS", 2)
    for name in "abc":
        Target(tmp_path / "top" / name)
    plan = _plan(tmp_path / "top")
    assert _names(plan) == ["a", "b", "top (other folders)"]
    assert plan.repositories[2].problem is not None
    assert plan.repositories[2].problem.why is Why.TOO_LARGE


@pytest.mark.parametrize(
    ("url", "name", "shown"),
    [
        ("https://ann:t0ken@git.example/acme/api.git", "acme/api", "git.example/acme/api"),
        ("git@git.example:acme/api.git", "acme/api", "git.example/acme/api"),
        ("ssh://git@git.example:22/deep/acme/api", "acme/api", "git.example/acme/api"),
        ("https://git.example/", "repository", "git.example/repository"),
        ("https://git.example/a/%1b[31m\u202e", "a/%1b[31m", "git.example/a/%1b[31m"),
    ],
)
def test_urls_are_named_without_their_user_part(url: str, name: str, shown: str) -> None:
    plan = _plan(url)
    assert (_names(plan), plan.shown, url_name(url)) == ([name], (shown,), name)
    assert "t0ken" not in f"{plan.title}{plan.shown}{_names(plan)}"


def test_a_url_that_cannot_be_read_is_a_problem() -> None:
    (planned,) = _plan("https://[bad").repositories
    assert planned.problem is not None


@pytest.mark.parametrize(
    "url",
    [
        "http://git.example/x.git",
        "ext::sh -c touch",
        "file:///etc",
        "git://x/y",
        "ssh://h/x",
        "https://[bad",
        "-oProxyCommand=x",
        "",
    ],
)
def test_a_forge_may_send_us_over_https_only(url: str) -> None:
    (planned,) = _plan("github:acme", forge=Forge(url)).repositories
    assert planned.url == ""
    assert planned.problem is not None
    assert planned.problem.why is Why.UNSUPPORTED


def test_a_stand_in_on_this_machine_may_name_local_addresses() -> None:
    plan = _plan(
        "github:acme",
        forge=Forge(
            "https://github.com/acme/api.git", "file:///x", "http://127.0.0.1:1/x", address="http://127.0.0.1:9"
        ),
    )
    assert [p.problem for p in plan.repositories] == [None, None, None]
    assert (plan.title, plan.shown, plan.forge_login) == ("acme", ("github:acme",), "acme")


def test_what_cannot_be_listed_is_planned_with_the_reason() -> None:
    (offline,) = _plan("github:acme").repositories
    assert offline.problem is not None
    assert offline.problem.why is Why.NOT_REQUESTED
    (refused,) = _plan("github:acme", forge=Forge(problem=Unreadable(Why.FORBIDDEN, "no", "read:org"))).repositories
    assert refused.problem is not None
    assert refused.problem.closes == "read:org"
    (odd,) = _plan("github:acme/../x y", forge=Forge()).repositories
    assert odd.problem is not None
    assert "that is no GitHub name" in odd.problem.detail


@pytest.mark.parametrize("url", ["https://git.example/acme/api.git", "ssh://git.example/acme/api", "git@git.example:acme/api"])  # fmt: skip
def test_offline_no_url_is_fetched(url: str) -> None:
    (planned,) = make_plan([url], {}, offline=True).repositories
    assert planned.problem == Unknown(
        Why.NOT_REQUESTED, "it was not fetched: the scan is offline", "scan without --offline"
    )
    (online,) = make_plan([url], {}).repositories
    assert online.problem is None


def test_offline_a_file_url_is_read() -> None:
    (planned,) = make_plan(["file:///srv/acme/api.git"], {}, offline=True).repositories
    assert (planned.url, planned.problem) == ("file:///srv/acme/api.git", None)


def test_an_engagement_is_told_by_its_folders_and_a_forge_by_its_name(tmp_path: Path) -> None:
    one, two = _plan(tmp_path / "a" / "repos"), _plan(tmp_path / "b" / "repos")
    assert one.title == two.title == "repos"
    digest = hashlib.sha256(bytes(tmp_path / "a" / "repos")).hexdigest()
    assert one.engagement == f"repos-{digest[:8]}" != two.engagement
    assert str(tmp_path) not in repr(one.shown) + one.title + one.engagement
    assert _plan("github:acme", forge=Forge()).engagement == "acme"


@pytest.mark.parametrize("password", ["1234/s3cret", "1234/", "12?s3cret", "12#s3cret", "/s3cret"])
def test_a_password_of_digits_before_a_bare_slash_is_no_port(password: str) -> None:
    plan = _plan(f"https://bob:{password}@git.example.org/acme/api.git")
    ((planned),) = plan.repositories
    assert (planned.subject.name, planned.url) == ("repository", "")
    assert planned.problem is not None
    assert "two ways" in planned.problem.detail
    assert "s3cret" not in repr(plan)
    assert "1234" not in repr(plan)
    assert "bob" not in repr(plan)


def test_a_password_with_a_bare_slash_is_neither_shown_nor_sent_anywhere() -> None:
    plan = _plan("https://bob:pass/word@git.example.org/acme/api.git")
    assert [(p.subject.name, p.url, p.problem is None) for p in plan.repositories] == [("repository", "", False)]
    assert "word" not in repr(plan)


def test_repositories_that_a_forge_counts_and_does_not_show_are_a_hole() -> None:
    forge = Forge("https://github.com/acme/r0.git")
    forge.unlisted = 3
    first, second = _plan("github:acme", forge=forge).repositories
    assert (first.subject.name, first.unlisted) == ("acme (repositories not listed)", 3)
    assert first.problem is not None
    assert first.problem.detail == "GitHub counts 3 more repositories of acme than it listed"
    assert (second.subject.name, second.problem) == ("acme/r0", None)
