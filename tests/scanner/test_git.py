from __future__ import annotations

import os
from pathlib import Path

import pytest

from scanner.core.evidence import Unreadable, Why
from scanner.git import Git, find_git_dir, is_url, view
from tests.builders_hostile import Target, git


@pytest.fixture
def target(tmp_path: Path) -> Target:
    made = Target(tmp_path / "target.git")
    made.simple()
    return made


def _refused(found: Target, scratch: Path) -> Unreadable:
    with pytest.raises(Unreadable) as refused:
        found.view(scratch)
    return refused.value


def test_nothing_that_the_target_configures_runs(tmp_path: Path) -> None:
    work = tmp_path / "work"
    work.mkdir()
    canary = tmp_path / "canary"
    git(work, "init", "-q", "-b", "main")
    (work / "a.txt").write_text("one\n")
    (work / ".gitattributes").write_text("* filter=evil diff=evil merge=evil\n")
    git(work, "add", "-A")
    git(work, "commit", "-q", "-m", "one")
    touch = f"touch {canary}; true"
    for key in ("core.fsmonitor", "core.sshCommand", "core.pager", "pager.log", "diff.external", "filter.evil.clean", "filter.evil.smudge",
                "filter.evil.process", "diff.evil.textconv", "diff.evil.command", "core.askPass", "credential.helper", "gpg.program",
                "core.alternateRefsCommand", "uploadpack.packObjectsHook", "core.editor", "alias.log", "alias.ls-tree"):  # fmt: skip
        git(work, "config", key, f"!{touch}" if key.startswith(("alias", "credential")) else touch)
    git(work, "config", "core.hooksPath", str(work / "hooks"))
    (work / "hooks").mkdir()
    for name in (
        "post-checkout",
        "post-index-change",
        "reference-transaction",
        "pre-auto-gc",
        "fsmonitor-watchman",
        "post-fetch",
    ):
        for folder in (work / "hooks", work / ".git" / "hooks"):
            folder.mkdir(exist_ok=True)
            (folder / name).write_text(f"#!/bin/sh\n{touch}\n")
            (folder / name).chmod(0o755)
    (work / ".git" / "info" / "attributes").write_text("* diff=evil filter=evil\n")
    found = find_git_dir(work, work)
    assert found is not None
    hardened = view(found, tmp_path / "scratch")
    assert hardened.run("log", "-p", "--format=%s", "main").startswith(b"one")
    assert b"a.txt" in hardened.run("ls-tree", "-r", "main")
    hardened.run("cat-file", "--batch-check", stdin=b"main\n")
    assert not canary.exists()
    # the same canary does fire for git run in place, so the test can fail
    git(work, "log", "-p", "main", "--ext-diff", check=False)
    git(work, "status", check=False)
    assert canary.exists()


def test_borrowed_objects_are_refused_with_what_to_do(target: Target, tmp_path: Path) -> None:
    other = Target(tmp_path / "client-b.git")
    other.simple({b"secret.txt": b"client B"})
    (target.path / "objects/info").mkdir(exist_ok=True)
    (target.path / "objects/info/alternates").write_text(f"{other.path}/objects\n")
    refused = _refused(target, tmp_path / "scratch")
    assert refused.hole.why is Why.UNSUPPORTED
    assert "alternates" in refused.hole.detail
    assert refused.hole.closes


def test_object_store_must_be_the_targets_own(target: Target, tmp_path: Path) -> None:
    other = Target(tmp_path / "client-b.git")
    secret = other.blob(b"client B")
    (target.path / "objects" / secret[:2]).symlink_to(other.path / "objects" / secret[:2])
    assert "symbolic links" in _refused(target, tmp_path / "s1").hole.detail
    (target.path / "objects" / secret[:2]).unlink()
    (target.path / "objects" / "pack").rmdir()
    (target.path / "objects" / "pack").symlink_to(other.path / "objects" / "pack")
    assert "symbolic links" in _refused(target, tmp_path / "s2").hole.detail
    (target.path / "objects" / "pack").unlink()
    os.mkfifo(target.path / "objects" / "pack")
    assert "special files" in _refused(target, tmp_path / "s3").hole.detail
    (target.path / "objects").rename(tmp_path / "elsewhere")
    (target.path / "objects").symlink_to(tmp_path / "elsewhere")
    assert _refused(target, tmp_path / "s4").hole.why is Why.CORRUPT


def test_reftable_is_refused(target: Target, tmp_path: Path) -> None:
    (target.path / "reftable").mkdir()
    assert "reftable" in _refused(target, tmp_path / "scratch").hole.detail


@pytest.mark.parametrize("where", ["../outside/.git", "/etc", "x\0y", "loop"])
def test_gitdir_file_that_leads_outside_is_refused(tmp_path: Path, where: str) -> None:
    top = tmp_path / "top"
    top.mkdir()
    (tmp_path / "outside").mkdir()
    git(tmp_path / "outside", "init", "-q")
    (top / "loop").symlink_to(top / "loop")
    (top / ".git").write_text(f"gitdir: {where}\n")
    with pytest.raises(Unreadable) as refused:
        find_git_dir(top, top)
    assert refused.value.hole.detail == "its git directory lies outside the target"


def test_symlinked_git_directory_that_leads_outside_is_refused(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    git(tmp_path / "outside", "init", "-q")
    (tmp_path / "top").mkdir()
    (tmp_path / "top" / ".git").symlink_to(tmp_path / "outside" / ".git")
    with pytest.raises(Unreadable, match="outside the target"):
        find_git_dir(tmp_path / "top", tmp_path / "top")


def test_worktree_is_followed_inside_the_target_only(tmp_path: Path) -> None:
    main = tmp_path / "top" / "main"
    main.mkdir(parents=True)
    git(main, "init", "-q", "-b", "main")
    git(main, "commit", "-q", "--allow-empty", "-m", "one")
    git(main, "worktree", "add", "-q", "../side")
    side = tmp_path / "top" / "side"
    assert find_git_dir(side, tmp_path / "top") == main / ".git"
    with pytest.raises(Unreadable, match="outside the target"):
        find_git_dir(side, side)


def test_folder_that_is_no_repository_is_none(tmp_path: Path) -> None:
    assert find_git_dir(tmp_path, tmp_path) is None
    (tmp_path / ".git").write_text("not a pointer")
    assert find_git_dir(tmp_path, tmp_path) is None


def test_folder_names_of_any_bytes_can_be_read(tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b'caf\xe9 \x1b[31m #"')
    made = Target(folder)
    made.simple()
    assert made.open(tmp_path / "scratch").head


def test_refs_are_copied_as_text_and_odd_ones_left_out(target: Target, tmp_path: Path) -> None:
    oid = (target.path / "refs/heads/main").read_text().strip()
    (target.path / "packed-refs").write_text(
        f"# pack-refs with: peeled\n{oid} refs/heads/--upload-pack=touch\n{oid} refs/heads/../../evil\n{'0' * 39} refs/heads/short\n"
        f"{oid} refs/replace/{oid}\n{oid} refs/heads/a\x01b\n{oid} refs/tags/v1\n^{oid}\n"
    )
    (target.path / "refs/heads/sym").write_text("ref: refs/heads/main\n")
    (target.path / "refs/heads/link").symlink_to("/etc/passwd")
    made = target.view(tmp_path / "scratch")
    names = [line.split(" ", 1)[1] for line in (made.git_dir / "packed-refs").read_text().splitlines()[1:]]
    assert names == ["refs/heads/--upload-pack=touch", "refs/heads/main", "refs/tags/v1"]


def test_symlinked_refs_folder_is_not_followed(target: Target, tmp_path: Path) -> None:
    other = Target(tmp_path / "client-b.git")
    other.simple()
    other.ref("1" * 40, "refs/heads/of-client-b")
    (target.path / "refs/tags").mkdir(exist_ok=True)
    (target.path / "refs/tags").rmdir()
    (target.path / "refs/tags").symlink_to(other.path / "refs/heads")
    assert "of-client-b" not in (target.view(tmp_path / "scratch").git_dir / "packed-refs").read_text()


def test_more_refs_than_the_limit_keep_the_default_branch_and_say_so(target: Target, tmp_path: Path) -> None:
    oid = (target.path / "refs/heads/main").read_text().strip()
    (target.path / "packed-refs").write_text("".join(f"{oid} refs/heads/a{n:06d}\n" for n in range(20_050)))
    opened = target.open(tmp_path / "scratch")
    assert opened.default_branch == "main"
    assert "more than 20,000 branches and tags: the rest was left out" in opened.caveats


def test_environment_of_git_holds_nothing_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSAY_GITHUB_TOKEN", "ghp_token")
    monkeypatch.setenv("GIT_DIR", "/elsewhere")
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", "touch x")
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy")
    env = Git(tmp_path).env
    assert "ghp_token" not in env.values()
    assert not {"GIT_DIR", "GIT_EXTERNAL_DIFF", "HTTPS_PROXY"} & set(env)


def test_long_pieces_are_cut_and_not_read_twice(target: Target, tmp_path: Path) -> None:
    blob = target.blob(b"a" * 3_000_000 + b"\0bb\0" + b"c")
    made = target.view(tmp_path / "scratch")
    assert list(made.lines("cat-file", "blob", blob, limit_bytes=10)) == [b"a" * 11, b"bb", b"c"]


@pytest.mark.parametrize("chunk", [1, 2, 3, 7, 64])
def test_a_separator_across_two_reads_separates(
    target: Target, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    monkeypatch.setattr("scanner.git._CHUNK_BYTES", chunk)
    blob = target.blob(b"one<->two<-><->" + b"x" * 40 + b"<->-><-")
    made = target.view(tmp_path / "scratch")
    pieces = list(made.lines("cat-file", "blob", blob, separator=b"<->", limit_bytes=12))
    assert pieces == [b"one", b"two", b"", pieces[3], b"-><-"]
    assert (pieces[3][:13], len(pieces[3]) > 12) == (b"x" * 13, True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("https://x/y", True), ("git@host:a/b", True), ("ssh://x", True), ("./a", False), ("C", False)],
)
def test_urls_are_told_from_paths(text: str, expected: bool) -> None:
    assert is_url(text) is expected
