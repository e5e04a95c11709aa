"""Bundles that a stranger could send: each is a hole with a name, in bounded time, and nothing of it is executed."""

from __future__ import annotations

import hashlib
import struct
import time
import zlib
from contextlib import suppress
from pathlib import Path

import pytest

from scanner.core.evidence import Unreadable, Why
from scanner.mirrors import Bounds
from scanner.pipeline.clones import Clones, cloned
from scanner.pipeline.targets import Planned, make_plan
from tests.builders_clones import fetched, tips, until
from tests.builders_hostile import Target, git

_ZEROS = 16 << 20
_COPIES = 4


def _bundle(folder: Path, *revisions: str) -> bytes:
    """A bundle of a repository of two commits."""
    made = Target(folder / "source.git")
    first = made.simple()
    made.ref(made.commit(made.files({b"b": b"b" * 1000}), [first]))
    git(made.path, "bundle", "create", "-q", str(folder / "made"), *(revisions or ("--all",)))
    return (folder / "made").read_bytes()


def _hole(path: Path, content: bytes, bounds: Bounds | None = None) -> Unreadable:
    path.write_bytes(content)
    folder = path.parent / "mirror"
    with pytest.raises(Unreadable) as refused:
        fetched(str(path), folder, bounds=bounds or Bounds(60), bundle=True)
    assert not folder.exists(), "half a clone was left"
    assert not folder.with_name("mirror.new").exists()
    return refused.value


@pytest.mark.parametrize("part", [0.02, 0.3, 0.6, 0.9, 0.999])
def test_one_that_is_cut_off_is_a_hole(tmp_path: Path, part: float) -> None:
    whole = _bundle(tmp_path)
    refused = _hole(tmp_path / "x.bundle", whole[: int(len(whole) * part)])
    assert refused.hole.why is Why.CORRUPT
    assert refused.hole.detail == "x.bundle: the bundle is damaged, or cut off"
    assert "git bundle" in refused.hole.closes


def test_one_whose_pack_is_damaged_is_a_hole(tmp_path: Path) -> None:
    whole = bytearray(_bundle(tmp_path))
    whole[-60] ^= 0xFF
    assert "damaged" in _hole(tmp_path / "x.bundle", bytes(whole)).hole.detail


@pytest.mark.parametrize(
    "name", [b"refs/heads/\x1b[31m\xff", b"refs/heads/../../config", b"refs/heads/a b", b"--upload-pack=touch pwned", b"refs/heads/x.lock"]
)  # fmt: skip
def test_a_ref_of_odd_bytes_is_left_out_or_makes_a_hole(tmp_path: Path, name: bytes) -> None:
    whole = _bundle(tmp_path)
    (tmp_path / "x.bundle").write_bytes(whole.replace(b"refs/heads/main", name))
    with suppress(Unreadable):
        made = fetched(str(tmp_path / "x.bundle"), tmp_path / "mirror", bundle=True)
        assert all(ref.isprintable() and ".." not in ref for ref in tips(made.git_dir))
    assert not list(tmp_path.rglob("pwned"))


def test_one_that_needs_commits_it_does_not_hold_says_how_to_make_it(tmp_path: Path) -> None:
    refused = _hole(tmp_path / "x.bundle", _bundle(tmp_path, "main", "^main~1"))
    assert (refused.hole.why, "--all" in refused.hole.closes) == (Why.UNSUPPORTED, True)


def _entry(kind: int, size: int) -> bytes:
    """The header of an entry of a pack (https://git-scm.com/docs/gitformat-pack)."""
    out, size = [(kind << 4) | (size & 15)], size >> 4
    while size:
        out[-1] |= 0x80
        out.append(size & 0x7F)
        size >>= 7
    return bytes(out)


def _length(size: int) -> bytes:
    out = []
    while True:
        out.append((size & 0x7F) | (0x80 if size > 0x7F else 0))
        size >>= 7
        if not size:
            return bytes(out)


def _bomb(number: int) -> bytes:
    """A bundle of some kilobytes with ``number`` deltas that each unfold to 64 MiB."""
    base = bytes(_ZEROS)
    name = hashlib.sha1(b"blob %d\0" % _ZEROS + base).digest()
    entries = [_entry(3, _ZEROS) + zlib.compress(base, 9)]
    # copy from 0 as much as an instruction can: 0xffffff bytes
    copies = b"\xf0\xff\xff\xff" * _COPIES
    for serial in range(number):
        said = b"%08d" % serial
        delta = _length(_ZEROS) + _length(0xFFFFFF * _COPIES + len(said)) + copies + bytes([len(said)]) + said
        entries.append(_entry(7, len(delta)) + name + zlib.compress(delta))
    pack = b"PACK" + struct.pack(">II", 2, len(entries)) + b"".join(entries)
    return b"# v2 git bundle\n" + name.hex().encode() + b" refs/heads/main\n\n" + pack + hashlib.sha1(pack).digest()


def test_one_that_unfolds_without_end_is_stopped_in_time(tmp_path: Path) -> None:
    bomb = _bomb(2_000)
    assert len(bomb) < 500_000
    started = time.monotonic()
    refused = _hole(tmp_path / "x.bundle", bomb, Bounds(2.0))
    assert refused.hole.why is Why.TIMED_OUT
    assert time.monotonic() - started < 20
    until(lambda: not _working_in(tmp_path), 5)


def _working_in(folder: Path) -> list[str]:
    """Processes whose working directory lies below ``folder``, even when it is deleted."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if str((process / "cwd").readlink()).startswith(f"{folder}/"):
                found.append(process.name)
    return found


def test_the_same_with_few_deltas_is_read_or_refused_but_not_run_out_of(tmp_path: Path) -> None:
    """That the bomb above is one: a small one of the same kind unfolds."""
    (tmp_path / "x.bundle").write_bytes(_bomb(1))
    git(tmp_path, "init", "-q", "--bare", "plain.git")
    listed = git(tmp_path / "plain.git", "bundle", "unbundle", str(tmp_path / "x.bundle"))
    assert b"refs/heads/main" in listed


@pytest.mark.parametrize("name", ["--upload-pack=touch pwned;x.bundle", "-c core.sshCommand=x.bundle", "ext::sh -c touch% pwned.bundle"])  # fmt: skip
def test_one_that_is_named_like_an_option_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    (tmp_path / name).write_bytes(_bundle(tmp_path))
    monkeypatch.chdir(tmp_path)
    (planned,) = make_plan([name], {}).repositories
    assert (planned.problem, planned.bundle) == (None, tmp_path / name)
    assert list(_read(planned, tmp_path)) == ["refs/heads/main"]
    assert not list(tmp_path.rglob("pwned*"))


def _read(planned: Planned, home: Path) -> dict[str, str]:
    with cloned(planned, home / "cache", {}, Clones(seconds=60), replays=False) as mirror:
        return tips(mirror.git_dir)
