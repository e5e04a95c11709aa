from __future__ import annotations

import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scanner.core.evidence import Unknown, Unreadable, Why
from scanner.repository import Repository
from tests.builders_hostile import WHEN, Target, git

DAY = 86_400


@pytest.fixture
def target(tmp_path: Path) -> Target:
    return Target(tmp_path / "target.git")


def test_detached_head_is_analysed_and_said(target: Target, tmp_path: Path) -> None:
    first = target.simple()
    target.ref(target.commit(target.files({b"b": b""}), [first]))
    target.head(f"{first}\n")
    opened = target.open(tmp_path / "s")
    assert (opened.head, opened.default_branch) == (first, "")
    assert opened.caveats == ("HEAD is detached: the commit it names was analysed",)


@pytest.mark.parametrize(
    "head",
    [
        None,
        "",
        "ref: refs/heads/gone\n",
        "f" * 40,
        "ref: refs/remotes/origin/main",
        "ref: ../../../etc/passwd",
        "\0\xff",
    ],
)
def test_head_that_leads_nowhere_falls_back_to_a_branch_and_says_so(
    target: Target, tmp_path: Path, head: str | None
) -> None:
    oid = target.simple()
    target.ref(target.commit(target.files({b"z": b""})), "refs/heads/aaa")
    (target.path / "HEAD").unlink() if head is None else target.head(head)
    if head is None:
        # plain git calls a folder without HEAD no repository; inside `.git` it still is one
        work = tmp_path / "work"
        work.mkdir()
        target.path.rename(work / ".git")
        target.path = work
    opened = target.open(tmp_path / "s")
    assert (opened.head, opened.default_branch) == (oid, "main")
    assert opened.caveats == ("HEAD names no existing branch; main was analysed",)


def test_repository_without_commits_is_known_to_be_empty(target: Target, tmp_path: Path) -> None:
    opened = target.open(tmp_path / "s")
    assert (opened.head, opened.head_at, opened.caveats) == ("", None, ("no branch has a commit",))
    assert list(opened.log()) == list(opened.tree()) == []
    assert opened.refs() == ()


def test_branch_named_like_an_option_and_tag_named_like_the_branch(target: Target, tmp_path: Path) -> None:
    old = target.commit(target.files({b"old": b""}), at=WHEN - DAY)
    new = target.commit(target.files({b"new": b""}), [old])
    target.ref(new, "refs/heads/--output=canary")
    target.ref(old, "refs/tags/--output=canary")
    target.head("ref: refs/heads/--output=canary\n")
    opened = target.open(tmp_path / "s")
    assert (opened.head, opened.default_branch) == (new, "--output=canary")
    assert [c.oid for c in opened.log()] == [new, old]
    assert [(r.name, r.commit) for r in opened.refs()] == [
        ("refs/heads/--output=canary", new),
        ("refs/tags/--output=canary", old),
    ]
    assert not list(tmp_path.rglob("canary"))


def test_replace_refs_and_grafts_are_ignored(target: Target, tmp_path: Path) -> None:
    first = target.simple()
    second = target.commit(target.files({b"b": b""}), [first])
    target.ref(second)
    target.ref(target.commit(target.files({b"fake": b""})), f"refs/replace/{second}")
    (target.path / "info").mkdir(exist_ok=True)
    (target.path / "info/grafts").write_text(f"{second}\n")
    assert [c.oid for c in target.open(tmp_path / "s").log()] == [second, first]


def test_a_lying_commit_graph_is_not_believed(target: Target, tmp_path: Path) -> None:
    first = target.simple()
    second = target.commit(target.files({b"b": b""}), [first])
    target.ref(second)
    # a graph written while a replacement hid the first commit's parenthood, as a stranger's file could be
    liar = Target(tmp_path / "liar.git")
    liar.plant(second, zlib.compress(b"commit 0\0"))
    shallow = target.commit(target.files({b"c": b""}))
    target.ref(shallow, "refs/heads/other")
    git(target.path, "commit-graph", "write", "--reachable")
    graph = next((target.path / "objects/info").glob("commit-graph*"))
    graph.chmod(0o644)
    raw = bytearray(graph.read_bytes())
    # commit data rows are (tree 20, parent1 4, parent2 4, generation+date 8): wipe every parent
    start = int.from_bytes(_chunk(raw, b"CDAT"), "big")
    for row in range(3):
        raw[start + row * 36 + 20 : start + row * 36 + 24] = (0x70000000).to_bytes(4, "big")
    graph.write_bytes(raw)
    assert git(target.path, "rev-list", "--count", "main", check=False).strip() == b"1", (
        "the lie must work on plain git"
    )
    assert [c.oid for c in target.open(tmp_path / "s").log()] == [second, first]


def _chunk(raw: bytes, name: bytes) -> bytes:
    at = raw.index(name, 8)
    return raw[at + 4 : at + 12]


def test_shallow_clone_says_so_and_reads_what_is_there(target: Target, tmp_path: Path) -> None:
    first = target.simple()
    second = target.commit(target.files({b"b": b""}), [first], at=WHEN + 1)
    target.ref(second)
    git(tmp_path, "clone", "-q", "--bare", "--depth=1", f"file://{target.path}", "shallow.git")
    target.path = tmp_path / "shallow.git"
    opened = target.open(tmp_path / "s")
    assert opened.shallow
    assert "shallow clone: history before its boundary is not here" in opened.caveats
    assert [c.oid for c in opened.log()] == [second]


def test_as_of_takes_the_first_parents_and_counts_what_came_later(target: Target, tmp_path: Path) -> None:
    tree = target.files({b"a": b""})
    one = target.commit(tree, message=b"1", at=WHEN)
    side = target.commit(tree, [one], b"side", at=WHEN + DAY)
    merge = target.commit(tree, [one, side], b"merge", at=WHEN + 2 * DAY)
    last = target.commit(tree, [merge], b"last", at=WHEN + 3 * DAY)
    target.ref(last)

    def at(days: float) -> Repository:
        return target.open(tmp_path / f"s{days}", datetime.fromtimestamp(WHEN, UTC) + timedelta(days=days))

    assert (at(5).head, at(5.1).commits_after_as_of) == (last, 0)
    assert (at(2).head, at(2.1).commits_after_as_of) == (merge, 1)
    # on day 1.5 the side branch existed, but the default branch did not hold it
    early = at(1.5)
    assert (early.head, early.commits_after_as_of) == (one, 2)
    assert [c.subject for c in early.log()] == ["1"]
    assert early.caveats == ("2 commits dated after the assessment's date were left out",)
    before = at(-1)
    assert (before.head, before.commits_after_as_of) == ("", 4)
    assert before.caveats == ("every commit on the default branch is dated after the assessment's date",)


def test_a_commit_of_2100_behind_honest_ones_is_left_out_and_counted(target: Target, tmp_path: Path) -> None:
    tree = target.files({b"a": b""})
    tip = target.commit(tree, message=b"0", at=WHEN - 20 * DAY)
    tip = target.commit(tree, [tip], b"2100", at=4_102_444_800)
    for day in range(12):
        tip = target.commit(tree, [tip], b"honest", at=WHEN - (12 - day) * DAY)
    target.ref(tip)
    opened = target.open(tmp_path / "s")
    assert opened.commits_after_as_of == 1
    assert opened.caveats == ("1 commits dated after the assessment's date were left out",)
    assert len(list(opened.log())) == 13


def test_head_commit_that_is_missing_makes_the_repository_unreadable(target: Target, tmp_path: Path) -> None:
    target.ref("a" * 40)
    with pytest.raises(Unreadable) as refused:
        target.open(tmp_path / "s")
    assert refused.value.hole == Unknown(Why.CORRUPT, "the newest commit of branch main is missing or damaged")


def _plain(target: Target, *fields: str) -> list[bytes]:
    out = git(target.path, "log", "-z", f"--format={'%x1f'.join(fields)}", "--encoding=UTF-8", "main")
    return out.rstrip(b"\0").split(b"\0")


def test_log_equals_plain_git_on_an_ordinary_history(tmp_path: Path) -> None:
    work = tmp_path / "work"
    work.mkdir()
    git(work, "init", "-q", "-b", "main")

    def commit(message: str, day: int, **env: str) -> None:
        git(work, "add", "-A")
        stamp = f"{WHEN + day * DAY} +0530"
        git(
            work,
            "commit",
            "-q",
            "--allow-empty",
            "-m",
            message,
            **({"GIT_AUTHOR_DATE": stamp, "GIT_COMMITTER_DATE": stamp} | env),
        )

    (work / "a.txt").write_text("one\n" * 20)
    (work / 'täst "q"\n.txt').write_text("x")
    commit("first\n\nbody line\nsecond line", 0)
    git(work, "mv", "a.txt", "b.txt")
    commit("rename", 1, GIT_AUTHOR_NAME="Zoë O'Hara", GIT_AUTHOR_EMAIL="zoe@x.io")
    git(work, "checkout", "-q", "-b", "side")
    (work / "c.txt").write_text("c")
    commit("side", 2)
    git(work, "checkout", "-q", "main")
    (work / "b.txt").unlink()
    commit("delete", 3)
    git(work, "merge", "-q", "--no-ff", "-m", "merge", "side", GIT_COMMITTER_DATE=f"{WHEN + 4 * DAY} +0000")
    found = Target.__new__(Target)
    found.path = work
    commits = list(found.open(tmp_path / "s").log())
    rows = [row.split(b"\x1f") for row in _plain(found, "%H", "%P", "%an", "%ae", "%s", "%ct")]
    assert [
        (c.oid, " ".join(c.parents), c.author_name, c.author_email, c.subject, c.committed_at) for c in commits
    ] == [(*(field.decode() for field in row[:5]), int(row[5])) for row in rows]
    assert [(c.subject, c.paths) for c in commits] == [
        ("merge", ()),
        ("delete", ("b.txt",)),
        ("side", ("c.txt",)),
        ("rename", ("a.txt", "b.txt")),
        ("first", ("a.txt", 'täst "q"\\n.txt')),
    ]
    assert commits[-1].body == "body line\nsecond line"
    assert commits[-1].authored_locally.utcoffset() == timedelta(hours=5, minutes=30)


ODD = [
    ("message that looks like the next commit", {"message": b"\x01" + b"f" * 40 + b"\n\nbody"}, "f" * 40),
    ("author that looks like the next commit", {"author": b"\x01evil <e@x>"}, "change"),
    ("empty message", {"message": b""}, ""),
    ("message of a raw line", {"message": b":100644 100644 aaaa bbbb M"}, ":100644 100644 aaaa bbbb M"),
    ("latin-1 without a header", {"message": b"caf\xe9"}, r"caf\xe9"),
    ("latin-1 with a header", {"message": b"caf\xe9", "headers": b"encoding ISO-8859-1\n"}, "café"),
    ("an encoding nobody knows", {"message": b"x", "headers": b"encoding no-such\n"}, "x"),
    ("an encoding that yields NUL", {"message": b"a+AAA-b", "headers": b"encoding UTF-7\n"}, None),
    ("escape codes", {"message": b"\x1b[31mred\x07\n"}, "[31mred"),
    ("direction marks", {"message": "a\u202eb".encode()}, "ab"),
    ("author without an address", {"author": b"Ann"}, "change"),
    ("author of nothing", {"author": b""}, "change"),
    ("angle brackets", {"author": b"<<>> <a<b>@c>"}, "change"),
    ("zone of six digits", {"stamp": b"1305155843 +051800"}, "change"),
    ("zone with a colon", {"stamp": b"1305155843 +518:00"}, "change"),
    ("no date", {"stamp": b""}, "change"),
    ("date beyond any clock", {"stamp": b"18446744073709551616 +0000"}, "change"),
    ("negative date", {"stamp": b"-5 +0000"}, "change"),
    ("signature", {"headers": b"gpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n"}, "change"),
]  # fmt: skip


@pytest.mark.parametrize(("case", "given", "subject"), ODD, ids=[name for name, _, _ in ODD])
def test_odd_commits_stay_one_commit_each(
    target: Target, tmp_path: Path, case: str, given: dict[str, bytes], subject: str | None
) -> None:
    first = target.simple()
    odd = target.commit(target.files({b"b.py": b"2"}), [first], at=WHEN + 1, **given)  # type: ignore[arg-type]  # one odd field a case
    last = target.commit(target.files({b"c.py": b"3"}), [odd], at=WHEN + 2)
    target.ref(last)
    commits = list(target.open(tmp_path / "s").log())
    assert [c.oid for c in commits] == [last, odd, first], case
    assert [sorted(c.paths) for c in commits] == [["b.py", "c.py"], ["app.py", "b.py"], ["app.py"]]
    if subject is not None:
        assert commits[1].subject == subject
    told = "".join(
        (commits[1].author_name, commits[1].author_email, commits[1].subject, commits[1].body.replace("\n", ""))
    )
    assert all(c.isprintable() for c in told)
    assert commits[1].authored_locally.tzinfo is not None


def test_dates_of_1970_are_kept_and_zones_are_the_authors(target: Target, tmp_path: Path) -> None:
    target.ref(target.commit(target.files({b"a": b""}), at=0, stamp=b"1305155843 +051800"))
    (commit,) = target.open(tmp_path / "s").log()
    assert commit.committed_at == 0
    # the instant stands; a zone that cannot be (51 hours and 800 minutes, as git reads it) is UTC
    assert commit.authored_at == 1_305_155_843
    assert commit.authored_locally.utcoffset() == timedelta(0)


def test_paths_of_any_bytes_stay_apart_and_printable(target: Target, tmp_path: Path) -> None:
    names = [
        b"a\nb",
        b"a\tb",
        b"\x1b[31m",
        b"\xff\xfe",
        b"\xff\xfd",
        b":100644",
        b"\x01" + b"e" * 40,
        b"..",
        b"-rf",
        "e\u0301".encode(),
        "é".encode(),
    ]
    tree = target.files({name: name for name in names})
    target.ref(target.commit(tree))
    opened = target.open(tmp_path / "s")
    (commit,) = opened.log()
    listed = [e.path for e in opened.tree()]
    assert len(set(listed)) == len(names) == len(commit.paths)
    assert sorted(commit.paths) == sorted(listed)
    assert all(path.isprintable() for path in listed)


def test_more_paths_than_the_limit_are_cut_and_said(
    target: Target, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scanner.commits.MAX_PATHS", 3)
    target.ref(target.commit(target.files({b"%d" % n: b"" for n in range(4)})))
    (commit,) = target.open(tmp_path / "s").log()
    assert (len(commit.paths), commit.paths_cut) == (3, True)


def test_missing_history_is_corrupt_and_costs_no_tree(target: Target, tmp_path: Path) -> None:
    last = target.commit(target.files({b"a": b""}), ["b" * 40])
    target.ref(last)
    opened = target.open(tmp_path / "s")
    assert opened.caveats == ("the history is damaged: commits dated after the assessment's date were not counted",)
    assert [e.path for e in opened.tree()] == ["a"]
    with pytest.raises(Unreadable) as refused:
        list(opened.log())
    assert refused.value.hole.why is Why.CORRUPT
