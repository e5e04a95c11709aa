from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scanner.core.evidence import Unreadable, Why
from scanner.git import Git
from scanner.locks import alone_in, in_use
from scanner.mirrors import STATE, Bounds, doubt, kept
from tests.builders_clones import GitServer, fetched, large, tips, until
from tests.builders_hostile import Target, git

TOKEN = "ghs_0123456789abcdefghij"


@pytest.fixture
def target(tmp_path: Path) -> Target:
    made = Target(tmp_path / "srv" / "acme" / "api.git")
    made.simple()
    return made


def _whole(folder: Path) -> bool:
    """Whether plain git finds every object that the refs lead to."""
    git(folder, "fsck", "--full", "--strict")
    return True


def _refused(address: str, folder: Path, header: str | None = None, bounds: Bounds | None = None) -> Unreadable:
    with pytest.raises(Unreadable) as refused:
        fetched(address, folder, header, bounds)
    return refused.value


def _pack(folder: Path) -> Path:
    (pack,) = (folder / "objects/pack").glob("*.pack")
    pack.chmod(0o644)
    return pack


def test_a_token_never_stands_in_the_arguments_of_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bin").mkdir()
    fake = tmp_path / "bin" / "git"
    log = tmp_path / "calls"
    fake.write_text(
        f"#!{sys.executable}\nimport json, os, sys\n"
        f"open({str(log)!r}, 'a').write(json.dumps([sys.argv, dict(os.environ)]) + chr(10))\n"
    )
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{fake.parent}{os.pathsep}{os.environ['PATH']}")
    fetched("https://git.example/acme/api.git", tmp_path / "m", "Authorization: Basic c2VjcmV0LXRva2Vu")
    fetched("https://ann:s3cr%40t@git.example/acme/api.git", tmp_path / "n")
    calls = [json.loads(line) for line in log.read_text().splitlines()]
    assert sum("fetch" in argv for argv, _ in calls) == 2
    for argv, _ in calls:
        assert not any(hidden in word for word in argv for hidden in ("c2VjcmV0", "s3cr", "ann:"))
    given = {env["GIT_CONFIG_VALUE_0"]: env["GIT_CONFIG_KEY_0"] for _, env in calls}
    # printf 'ann:s3cr@t' | base64
    assert given == dict.fromkeys(
        ("Authorization: Basic c2VjcmV0LXRva2Vu", "Authorization: Basic YW5uOnMzY3JAdA=="),
        "http.https://git.example/.extraHeader",
    )
    assert "c2VjcmV0" not in repr(Git(tmp_path, calls[0][1]))


@pytest.mark.parametrize(
    "url", ["http://git.example/x", "ext::sh -c touch% /tmp/x", "git://git.example/x", "-oProxyCommand=x", "ftp://x/y", "--upload-pack=x"]
)  # fmt: skip
def test_other_protocols_are_not_spoken(tmp_path: Path, url: str) -> None:
    assert _refused(url, tmp_path / "m").hole.why is Why.UNSUPPORTED
    assert not (tmp_path / "m").exists()


def test_a_mirror_follows_head_and_can_be_repeated(target: Target, tmp_path: Path) -> None:
    target.ref((target.path / "refs/heads/main").read_text().strip(), "refs/heads/other")
    target.head("ref: refs/heads/other\n")
    made = [fetched(f"file://{target.path}", tmp_path / "m").made for _ in range(2)]
    assert made == [True, False]
    assert (tmp_path / "m/HEAD").read_text() == "ref: refs/heads/other\n"
    assert not (tmp_path / "m/hooks").exists()
    assert tips(tmp_path / "m") == tips(target.path)


def test_branches_that_are_gone_and_moved_are_so_in_the_mirror(target: Target, tmp_path: Path) -> None:
    first = (target.path / "refs/heads/main").read_text().strip()
    target.ref(first, "refs/heads/old")
    fetched(f"file://{target.path}", tmp_path / "m")
    (target.path / "refs/heads/old").unlink()
    rewritten = target.commit(target.files({b"new.py": b"x = 1\n"}), [])
    target.ref(rewritten)
    fetched(f"file://{target.path}", tmp_path / "m")
    assert tips(tmp_path / "m") == {"refs/heads/main": rewritten}


def test_what_is_not_there_is_a_hole_and_leaves_nothing(tmp_path: Path) -> None:
    assert _refused(f"file://{tmp_path}/nothing-here", tmp_path / "m").hole.why is Why.UNREACHABLE
    assert [p.name for p in tmp_path.iterdir() if p.is_dir()] == []


def test_what_a_killed_git_left_locked_does_not_block_a_mirror(target: Target, tmp_path: Path) -> None:
    url = f"file://{target.path}"
    fetched(url, tmp_path / "m")
    moved = target.commit(target.files({b"new.py": b"x = 1\n"}), [])
    target.ref(moved)
    left = tmp_path / "m/refs/heads/main.lock"
    left.parent.mkdir(parents=True, exist_ok=True)
    left.touch()
    fetched(url, tmp_path / "m")
    assert tips(tmp_path / "m") == {"refs/heads/main": moved}
    assert not left.exists()


def test_a_mirror_that_another_scan_fetches_is_waited_for(target: Target, tmp_path: Path) -> None:
    with alone_in(tmp_path / "m", 1):
        refused = _refused(f"file://{target.path}", tmp_path / "m", bounds=Bounds(0.3))
        assert refused.hole.why is Why.TIMED_OUT
    assert fetched(f"file://{target.path}", tmp_path / "m").git_dir.is_dir()


def _truncate_pack(folder: Path) -> None:
    pack = _pack(folder)
    pack.write_bytes(pack.read_bytes()[: pack.stat().st_size // 2])


def _lose_pack(folder: Path) -> None:
    _pack(folder).unlink()


def _lose_index(folder: Path) -> None:
    _pack(folder).with_suffix(".idx").unlink()


def _lose_objects(folder: Path) -> None:
    (folder / "objects").rename(folder / "elsewhere")


def _spoil_config(folder: Path) -> None:
    (folder / "config").write_text("[core\n\0")


def _empty_head(folder: Path) -> None:
    (folder / "HEAD").write_text("")


def _spoil_refs(folder: Path) -> None:
    (folder / "packed-refs").write_text("garbage\n")


def _spoil_state(folder: Path) -> None:
    (folder / STATE).write_text('{"objects": 3}')


def _spoil_ref(folder: Path) -> None:
    (folder / "refs/heads/main").write_text("\0\0\0")


@pytest.mark.parametrize(
    "damage",
    [_truncate_pack, _lose_pack, _lose_index, _lose_objects, _spoil_config, _empty_head, _spoil_refs, _spoil_state, _spoil_ref],
)  # fmt: skip
@pytest.mark.parametrize("moved", [False, True])
def test_a_damaged_mirror_is_whole_after_the_next_fetch(target: Target, tmp_path: Path, damage: object, moved: bool) -> None:  # fmt: skip
    assert callable(damage)
    url = f"file://{target.path}"
    fetched(url, tmp_path / "m")
    damage(tmp_path / "m")
    if moved:
        parent = (target.path / "refs/heads/main").read_text().strip()
        target.ref(target.commit(target.files({b"new.py": b"x = 1\n"}), [parent]))
    fetched(url, tmp_path / "m")
    assert tips(tmp_path / "m") == tips(target.path)
    assert _whole(tmp_path / "m")


def test_a_mirror_in_doubt_is_cloned_anew_and_a_lost_origin_costs_no_sound_one(target: Target, tmp_path: Path) -> None:
    url = f"file://{target.path}"
    fetched(url, tmp_path / "m")
    doubt(tmp_path / "m")
    assert fetched(url, tmp_path / "m").made
    target.path.rename(tmp_path / "away")
    assert _refused(url, tmp_path / "m").hole.why is Why.UNREACHABLE
    (tmp_path / "away").rename(target.path)
    assert not fetched(url, tmp_path / "m").made


def test_a_damaged_mirror_is_not_replaced_under_a_reader(target: Target, tmp_path: Path) -> None:
    url = f"file://{target.path}"
    fetched(url, tmp_path / "m")
    doubt(tmp_path / "m")
    with in_use(tmp_path / "m"):
        assert _refused(url, tmp_path / "m").hole.why is Why.CORRUPT
        assert (tmp_path / "m/HEAD").is_file()
    assert not (tmp_path / "m.new").exists()


def test_a_moved_repository_keeps_its_mirror(tmp_path: Path) -> None:
    made = large(tmp_path / "old.git", 1)
    fetched(f"file://{made.path}", tmp_path / "m")
    pack = _pack(tmp_path / "m").stat().st_ino
    made.path.rename(tmp_path / "new.git")
    assert not fetched(f"file://{tmp_path}/new.git", tmp_path / "m").made
    assert _pack(tmp_path / "m").stat().st_ino == pack


def test_many_packs_become_one(target: Target, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scanner.mirrors._MANY_PACKS", 3)
    for number in range(6):
        parent = (target.path / "refs/heads/main").read_text().strip()
        target.ref(target.commit(target.files({b"n": b"%d" % number}), [parent]))
        fetched(f"file://{target.path}", tmp_path / "m")
        assert len(list((tmp_path / "m/objects/pack").glob("*.pack"))) <= 3
    assert tips(tmp_path / "m") == tips(target.path)
    assert _whole(tmp_path / "m")


def test_a_killed_clone_is_made_again_and_leaves_no_fragments(tmp_path: Path) -> None:
    made = large(tmp_path / "srv" / "big.git")
    server = GitServer(tmp_path / "srv")
    server.stall = True
    with server.running():
        script = f"from tests.builders_clones import fetched; from pathlib import Path; fetched('{server.url}/big.git', Path({str(tmp_path / 'm')!r}))"
        process = subprocess.Popen([sys.executable, "-c", script], cwd=Path(__file__).parents[2], env=os.environ | {"PYTHONPATH": "."})  # fmt: skip
        try:
            until(lambda: list(tmp_path.glob("m.new/objects/pack/tmp_pack_*")))
        finally:
            process.kill()
            process.wait()
    server = GitServer(tmp_path / "srv")
    with server.running():
        fetched(f"{server.url}/big.git", tmp_path / "m")
    assert tips(tmp_path / "m") == tips(made.path)
    assert _whole(tmp_path / "m")
    assert not (tmp_path / "m.new").exists()


def test_fragments_of_a_killed_fetch_are_swept(target: Target, tmp_path: Path) -> None:
    fetched(f"file://{target.path}", tmp_path / "m")
    left = tmp_path / "m/objects/pack/tmp_pack_Xy12"
    left.write_bytes(b"x" * 1000)
    assert not fetched(f"file://{target.path}", tmp_path / "m").made
    assert not left.exists()


def test_a_clone_larger_than_allowed_is_stopped(tmp_path: Path) -> None:
    made = large(tmp_path / "big.git", 3)
    refused = _refused(f"file://{made.path}", tmp_path / "m", bounds=Bounds(60, most_bytes=1 << 20))
    assert (refused.hole.why, refused.hole.closes) == (Why.TOO_LARGE, "raise --cache-size")
    assert not (tmp_path / "m").exists()
    assert not (tmp_path / "m.new").exists()


def test_a_full_disk_is_a_hole(target: Target, tmp_path: Path) -> None:
    refused = _refused(f"file://{target.path}", tmp_path / "m", bounds=Bounds(60, free_bytes=1 << 62))
    assert refused.hole.why is Why.TOO_LARGE
    assert "disk" in refused.hole.detail


def _bundle(target: Target, path: Path, *words: str) -> Path:
    git(target.path, "bundle", "create", "-q", str(path), *words)
    return path


def test_a_bundle_is_read_like_its_repository(target: Target, tmp_path: Path) -> None:
    oid = (target.path / "refs/heads/main").read_text().strip()
    target.ref(oid, "refs/tags/v1")
    path = _bundle(target, tmp_path / "x: y.bundle", "--all")
    fetched(str(path), tmp_path / "m", bundle=True)
    assert tips(tmp_path / "m") == {"refs/heads/main": oid, "refs/tags/v1": oid}
    assert (tmp_path / "m/HEAD").read_text() == "ref: refs/heads/main\n"
    assert _whole(tmp_path / "m")


def test_the_head_of_a_bundle_is_the_branch_it_stands_on(target: Target, tmp_path: Path) -> None:
    main = (target.path / "refs/heads/main").read_text().strip()
    trunk = target.commit(target.files({b"t": b"t"}), [main])
    target.ref(trunk, "refs/heads/trunk")
    target.head("ref: refs/heads/trunk\n")
    fetched(str(_bundle(target, tmp_path / "a.bundle", "--all")), tmp_path / "a", bundle=True)
    assert (tmp_path / "a/HEAD").read_text() == "ref: refs/heads/trunk\n"
    headless = _bundle(target, tmp_path / "b.bundle", "refs/heads/trunk", "refs/heads/main")
    fetched(str(headless), tmp_path / "b", bundle=True)
    assert (tmp_path / "b/HEAD").read_text() == "ref: refs/heads/main\n"


def test_a_part_of_a_bundle_says_what_to_do_and_a_spoilt_one_is_a_hole(target: Target, tmp_path: Path) -> None:
    first = (target.path / "refs/heads/main").read_text().strip()
    target.ref(target.commit(target.files({b"t": b"t"}), [first]))
    part = _bundle(target, tmp_path / "part.bundle", f"{first}..main")
    with pytest.raises(Unreadable) as refused:
        fetched(str(part), tmp_path / "m", bundle=True)
    assert refused.value.hole.why is Why.UNSUPPORTED
    assert "--all" in refused.value.hole.closes
    whole = _bundle(target, tmp_path / "whole.bundle", "--all").read_bytes()
    (tmp_path / "cut.bundle").write_bytes(whole[:-40])
    with pytest.raises(Unreadable):
        fetched(str(tmp_path / "cut.bundle"), tmp_path / "n", bundle=True)
    assert not (tmp_path / "n").exists()


def test_a_replay_reads_what_is_there_and_fetches_nothing(target: Target, tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as refused, kept(tmp_path / "m"):
        pass
    assert refused.value.hole.why is Why.UNREACHABLE
    fetched(f"file://{target.path}", tmp_path / "m")
    with kept(tmp_path / "m") as found:
        assert tips(found) == tips(target.path)


def test_over_http_with_a_token(target: Target, tmp_path: Path) -> None:
    with GitServer(tmp_path / "srv", TOKEN).running() as server:
        url = f"{server.url}/acme/api.git"
        assert fetched(url, tmp_path / "m", server.header).made
        parent = (target.path / "refs/heads/main").read_text().strip()
        target.ref(target.commit(target.files({b"new.py": b"x = 1\n"}), [parent]))
        assert not fetched(url, tmp_path / "m", server.header).made
        assert tips(tmp_path / "m") == tips(target.path)
        for header in (None, "Authorization: Basic d3Jvbmc="):
            refused = _refused(url, tmp_path / "n", header)
            assert refused.hole.why is Why.FORBIDDEN
            assert "d3Jvbmc" not in repr(refused.hole)
        gone = _refused(f"{server.url}/acme/gone.git", tmp_path / "n", server.header)
        assert gone.hole.why is Why.AMBIGUOUS_404
    secret = server.header.rpartition(" ")[2].encode()
    files = [p for p in (tmp_path / "m").rglob("*") if p.is_file()]
    assert len(files) > 5
    assert [p for p in files if secret in p.read_bytes() or TOKEN.encode() in p.read_bytes()] == []


def test_no_process_that_others_can_see_shows_the_token(tmp_path: Path) -> None:
    large(tmp_path / "srv" / "big.git")
    server = GitServer(tmp_path / "srv", TOKEN)
    server.stall = True
    secret = server.header.rpartition(" ")[2].encode()
    with server.running():
        script = f"import sys; from tests.builders_clones import fetched; from pathlib import Path; fetched('{server.url}/big.git', Path({str(tmp_path / 'm')!r}), sys.stdin.read())"
        process = subprocess.Popen([sys.executable, "-c", script], cwd=Path(__file__).parents[2], stdin=subprocess.PIPE, env=os.environ | {"PYTHONPATH": "."})  # fmt: skip
        assert process.stdin is not None
        process.stdin.write(server.header.encode())
        process.stdin.close()
        try:
            until(lambda: any("POST" in line for line in server.seen))
            ours = [p for p in Path("/proc").iterdir() if p.name.isdecimal() and _is_git(p, str(tmp_path))]
            assert len(ours) >= 2
            for place in ours:
                assert secret not in (place / "cmdline").read_bytes()
                assert TOKEN.encode() not in (place / "cmdline").read_bytes()
                assert stat.S_IMODE((place / "environ").stat().st_mode) == 0o400
        finally:
            process.kill()
            process.wait()


def _is_git(place: Path, marker: str) -> bool:
    try:
        words = (place / "cmdline").read_bytes()
    except OSError:
        return False
    return words.startswith((b"git", b"/usr/lib/git-core/git")) and (marker.encode() in words or b"big.git" in words)


def test_a_server_that_dies_in_the_middle_of_a_pack(target: Target, tmp_path: Path) -> None:
    made = large(tmp_path / "srv" / "big.git")
    server = GitServer(tmp_path / "srv")
    server.cut = 500_000
    with server.running():
        refused = _refused(f"{server.url}/big.git", tmp_path / "m")
        assert refused.hole.why is Why.UNREACHABLE
        assert sum(line.startswith("POST") for line in server.seen) >= 2, "it was not tried again"
        assert not (tmp_path / "m").exists()
        server.cut = 0
        fetched(f"{server.url}/big.git", tmp_path / "m")
        server.cut = 10
        made.ref(made.commit(made.files({b"more": os.urandom(1 << 20)}), []))
        before = tips(tmp_path / "m")
        _refused(f"{server.url}/big.git", tmp_path / "m")
        assert tips(tmp_path / "m") == before
        server.cut = 0
        assert not fetched(f"{server.url}/big.git", tmp_path / "m").made
    assert tips(tmp_path / "m") == tips(made.path)
    assert _whole(tmp_path / "m")


@pytest.mark.parametrize(("statuses", "why"), [([503], None), ([500, 500], Why.UNREACHABLE), ([429], Why.RATE_LIMITED), ([404], Why.AMBIGUOUS_404), ([403], Why.FORBIDDEN)])  # fmt: skip
def test_statuses_of_the_server(target: Target, tmp_path: Path, statuses: list[int], why: Why | None) -> None:
    with GitServer(tmp_path / "srv").running() as server:
        server.refuse = statuses
        if why is None:
            assert fetched(f"{server.url}/acme/api.git", tmp_path / "m").made
        else:
            assert _refused(f"{server.url}/acme/api.git", tmp_path / "m").hole.why is why


def test_a_server_that_falls_silent_is_left_in_time(tmp_path: Path) -> None:
    large(tmp_path / "srv" / "big.git")
    server = GitServer(tmp_path / "srv")
    server.stall = True
    with server.running():
        started = time.monotonic()
        refused = _refused(f"{server.url}/big.git", tmp_path / "m", bounds=Bounds(1.5))
        assert refused.hole.why is Why.TIMED_OUT
        assert time.monotonic() - started < 10
        assert not (tmp_path / "m").exists()
