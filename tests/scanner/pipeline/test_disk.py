from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from scanner.core.evidence import Unreadable, Why
from scanner.locks import alone_in, in_use
from scanner.mirrors import STATE
from scanner.pipeline import disk
from scanner.pipeline.disk import clear, kept_clones, make_room, parse_size, require_fit, require_room, shown_size


def _clone(mirrors: Path, name: str, size: int, used_at: int) -> Path:
    folder = mirrors / name
    folder.mkdir(parents=True)
    (folder / STATE).write_text(json.dumps({"bytes": size, "objects": {}}))
    os.utime(folder / STATE, (used_at, used_at))
    return folder


def _names(mirrors: Path) -> list[str]:
    return [clone.folder.name for clone in kept_clones(mirrors)]


@pytest.mark.parametrize(
    ("text", "size"),
    [("500M", 524_288_000), ("20G", 21_474_836_480), ("20 GiB", 21_474_836_480), ("1.5t", 1_649_267_441_664), ("4096", 4096), ("1kb", 1024)],
)  # fmt: skip
def test_sizes(text: str, size: int) -> None:
    assert parse_size(text) == size


@pytest.mark.parametrize("text", ["", "0", "0G", "-1G", "G", "1X", "1e9", "inf", "9" * 30, "١G"])
def test_what_is_no_size(text: str) -> None:
    with pytest.raises(ValueError, match="no size"):
        parse_size(text)


def test_sizes_as_people_read_them() -> None:
    assert [shown_size(n) for n in (0, 5 * 1024**2, 3 * 1024**3 // 2)] == ["0 MB", "5 MB", "1.5 GB"]


def test_the_longest_unused_go_first_and_no_more_than_needed(tmp_path: Path) -> None:
    for name, used in (("new", 300), ("old", 100), ("mid", 200)):
        _clone(tmp_path, name, 100, used)
    assert _names(tmp_path) == ["old", "mid", "new"]
    make_room(tmp_path, 300)
    assert _names(tmp_path) == ["old", "mid", "new"]
    make_room(tmp_path, 300, incoming=50)
    assert _names(tmp_path) == ["mid", "new"]
    make_room(tmp_path, 100)
    assert _names(tmp_path) == ["new"]


def test_what_is_read_written_or_wanted_stays(tmp_path: Path) -> None:
    read, written, wanted = (_clone(tmp_path, n, 100, 100) for n in ("read", "written", "wanted"))
    _clone(tmp_path, "idle", 100, 900)
    with in_use(read), alone_in(written, 1):
        make_room(tmp_path, 50, spare=wanted)
        assert _names(tmp_path) == ["read", "wanted", "written"]


def test_a_clone_that_was_never_whole_is_the_oldest_and_counts_by_its_files(tmp_path: Path) -> None:
    _clone(tmp_path, "a", 100, 100)
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "pack").write_bytes(b"x" * 70)
    assert [(c.folder.name, c.size) for c in kept_clones(tmp_path)] == [("b", 70), ("a", 100)]
    make_room(tmp_path, 120)
    assert _names(tmp_path) == ["a"]


def test_a_clone_in_the_making_stays_and_what_is_left_of_a_dead_one_goes(tmp_path: Path) -> None:
    for name in ("a.new", "b.new"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "pack").write_bytes(b"x" * 70)
    with alone_in(tmp_path / "a", 1):
        make_room(tmp_path, 10)
        assert _names(tmp_path) == ["a.new"]


def test_a_full_disk_gives_up_clones_and_then_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "abc":
        _clone(tmp_path, name, 100, 100)
    monkeypatch.setattr(disk, "_free", lambda folder: disk.FREE_BYTES + 100 * (3 - len(_names(folder))))
    make_room(tmp_path, 1 << 40, incoming=200)
    assert _names(tmp_path) == ["c"]
    require_room(tmp_path, 200)
    with pytest.raises(Unreadable) as refused:
        require_room(tmp_path, 201)
    assert refused.value.hole.why is Why.TOO_LARGE
    assert "disk" in refused.value.hole.detail


def test_what_exceeds_the_budget_names_the_option(tmp_path: Path) -> None:
    require_fit(parse_size("1G"), 1024**3)
    with pytest.raises(Unreadable) as refused:
        require_fit(parse_size("1G"), 1024**3 + 1)
    assert (refused.value.hole.why, refused.value.hole.closes) == (Why.TOO_LARGE, "raise --cache-size")


def test_clearing_leaves_what_is_in_use(tmp_path: Path) -> None:
    read = _clone(tmp_path, "read", 1, 1)
    _clone(tmp_path, "idle", 1, 1)
    with in_use(read):
        assert clear(tmp_path) == (1, 1)
    assert clear(tmp_path) == (1, 0)
    assert clear(tmp_path / "nothing") == (0, 0)
