from __future__ import annotations

from pathlib import Path

import pytest

from scanner.core.evidence import Unreadable, Why
from scanner.pipeline.lists import list_file, read_list, without_secrets
from scanner.pipeline.targets import Plan, make_plan
from tests.builders_hostile import Target, git


def _list(folder: Path, *lines: str | bytes) -> Path:
    path = folder / "repos.txt"
    path.write_bytes(b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines))
    return path


def _problems(plan: Plan) -> dict[str, str]:
    return {p.subject.name: p.problem.detail for p in plan.repositories if p.problem is not None}


def test_what_names_a_list(tmp_path: Path) -> None:
    path = _list(tmp_path)
    assert list_file(str(path)) == path
    assert list_file(f"@{path}") == list_file(f"list:{path}") == path
    assert list_file("@odd") == Path("odd")
    (tmp_path / "folder.txt").mkdir()
    for other in (f"{tmp_path}/folder.txt", "gone.txt", "https://x/y.txt", "@", "git@h:a/b.txt"):
        assert list_file(other) is None


def test_targets_comments_and_blank_lines(tmp_path: Path) -> None:
    path = _list(tmp_path, b"\xef\xbb\xbf# all of them", "", "github:acme  # the client", "  /srv/x y  ", "https://h/a#b", "github:acme", "api", "\r")  # fmt: skip
    assert read_list(path) == ["github:acme", "/srv/x y", "https://h/a#b", str(tmp_path / "api")]


@pytest.mark.parametrize(("content", "why"), [(b"a\0b", Why.UNSUPPORTED), (b"x" * (4 * 1024**2 + 1), Why.UNSUPPORTED), (b"\n".join(b"%d" % n for n in range(20_001)), Why.TOO_LARGE)])  # fmt: skip
def test_what_is_no_list(tmp_path: Path, content: bytes, why: Why) -> None:
    (tmp_path / "l").write_bytes(content)
    with pytest.raises(Unreadable) as refused:
        read_list(tmp_path / "l")
    assert refused.value.hole.why is why


def test_each_line_leads_somewhere_or_is_a_hole(tmp_path: Path) -> None:
    Target(tmp_path / "api.git")
    Target(tmp_path / "all" / "one.git")
    path = _list(
        tmp_path, "api.git", "all", "github:acme", "gone", "list:other.txt", "htps://ann:s3cret@h/x", "htps:ann:s3cret@h", b"\xff\x1b[31m", "x" * 5000
    )  # fmt: skip
    plan = make_plan([str(path)], {})
    assert (plan.title, plan.shown) == ("repos", ("list:repos.txt",))
    assert [p.subject.name for p in plan.repositories if p.problem is None] == ["api", "one"]
    problems = _problems(plan)
    assert len(problems) == 7
    assert problems["acme"].startswith("GitHub was not asked")
    assert problems["list:other.txt"] == "a list names no other list"
    assert not any("s3cret" in name + detail for name, detail in problems.items())
    assert all(name.isprintable() for name in problems)


def test_a_list_that_is_not_there_is_a_hole(tmp_path: Path) -> None:
    (planned,) = make_plan([f"@{tmp_path}/none"], {}).repositories
    assert planned.problem is not None
    assert planned.problem.why is Why.UNREACHABLE


def test_lists_of_one_name_in_two_places_are_two_engagements(tmp_path: Path) -> None:
    plans = []
    for name in "ab":
        (tmp_path / name).mkdir()
        plans.append(make_plan([str(_list(tmp_path / name, "github:acme"))], {}))
    assert plans[0].title == plans[1].title == "repos"
    assert plans[0].engagement != plans[1].engagement


def test_a_bundle_is_planned_and_another_file_is_a_hole(tmp_path: Path) -> None:
    made = Target(tmp_path / "api.git")
    made.simple()
    git(made.path, "bundle", "create", "-q", str(tmp_path / "api.bundle"), "--all")
    (tmp_path / "notes").write_text("hello")
    plan = make_plan([str(tmp_path / "api.bundle"), str(tmp_path / "notes")], {}, offline=True)
    assert [(p.subject.name, p.bundle) for p in plan.repositories if p.problem is None] == [
        ("api", tmp_path / "api.bundle")
    ]
    assert _problems(plan) == {"notes": "it is a file and no git bundle"}
    assert plan.shown == ("api.bundle", "notes")
    assert plan.title == "api, notes"


def test_user_parts_are_hidden() -> None:
    assert without_secrets("https://ann:t0ken@h/x and a:/b@c") == "https://h/x and a:/c"
    assert without_secrets("ann:t0ken@h") == "h"
    assert without_secrets("/srv/a@b/c") == "/srv/a@b/c"
    for url in (
        "https://ann:1234/w0rd@h/x",
        "htps:ann:1234/w0rd@h/x",
        "https://ann:p@w0rd@h/x",
        "https://ann:12?w0rd@h/x",
    ):
        assert without_secrets(url).rpartition("/")[0].endswith("h")
        assert "ann" not in without_secrets(url)
    assert "w0rd" not in without_secrets("ann:1234/w0rd@h:x")
    for long in (f"https://ann:{'s3' * 400}@h/x", f"https://ann:{'s3' * 4000}@h/x"):
        assert "s3s3" not in without_secrets(long), "cut off before the sign that ends a password"
