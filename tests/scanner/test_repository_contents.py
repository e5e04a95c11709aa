from __future__ import annotations

import random
import resource
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from scanner.cache import NoCache, SqliteCache
from scanner.core.evidence import Unknown, Unreadable, Why
from scanner.facts.tree import TreeEntry
from scanner.repository import open_repository
from tests.builders_hostile import AS_OF, KEY, Target, git


@pytest.fixture
def target(tmp_path: Path) -> Target:
    return Target(tmp_path / "target.git")


def _entry(oid: str, path: str = "a.py") -> TreeEntry:
    return TreeEntry(path, oid, "file", 1, "product")


def _pack(target: Target) -> None:
    git(target.path, "-c", "pack.writeReverseIndex=false", "repack", "-q", "-a", "-d", "--no-write-bitmap-index")


def test_tree_tells_kinds_and_sizes(target: Target, tmp_path: Path) -> None:
    inner = target.tree(("100755", b"run.sh", target.blob(b"#!")), ("120000", b"out", target.blob(b"/etc/passwd")))
    tree = target.tree(
        ("100644", b"a", target.blob(b"abc")),
        ("40000", b"d", inner),
        ("160000", b"sub", "1" * 40),
        ("100664", b"w", target.blob(b"")),
    )
    target.ref(target.commit(tree))
    assert [(e.path, e.kind, e.size_bytes) for e in target.open(tmp_path / "s").tree()] == [
        ("a", "file", 3),
        ("d/out", "symlink", 11),
        ("d/run.sh", "executable", 2),
        ("sub", "submodule", None),
        ("w", "file", 0),
    ]


def test_damaged_blobs_cost_only_themselves(target: Target, tmp_path: Path) -> None:
    good, cut, garbage, missing = (target.blob(text) for text in (b"good", b"cut" * 4000, b"garbage", b"missing"))
    tree = target.tree(*(("100644", b"%d" % n, oid) for n, oid in enumerate((good, cut, garbage, missing))))
    target.ref(target.commit(tree))
    whole = (target.path / "objects" / cut[:2] / cut[2:]).read_bytes()
    target.plant(cut, whole[: len(whole) // 2])
    target.plant(garbage, random.Random(1).randbytes(50))
    (target.path / "objects" / missing[:2] / missing[2:]).unlink()
    opened = target.open(tmp_path / "s")
    sizes = {e.path: e.size_bytes for e in opened.tree()}
    assert (sizes["0"], sizes["2"], sizes["3"]) == (4, None, None)
    read = dict(opened.read([garbage, good, cut, missing, good]))
    assert read[good] == b"good"
    for oid in (cut, garbage, missing):
        assert read[oid] == Unknown(Why.CORRUPT, f"object {oid[:12]} is missing or damaged")
    assert opened.damaged


def test_a_damaged_pack_costs_no_more_than_its_objects(target: Target, tmp_path: Path) -> None:
    texts = {b"%d.bin" % n: random.Random(n).randbytes(2000) for n in range(6)}
    target.ref(target.commit(target.files(texts)))
    _pack(target)
    (pack,) = (target.path / "objects/pack").glob("*.pack")
    pack.chmod(0o644)
    raw = bytearray(pack.read_bytes())
    raw[len(raw) - 1000 : len(raw) - 900] = b"\0" * 100
    pack.write_bytes(raw)
    opened = target.open(tmp_path / "s")
    entries = list(opened.tree())
    contents = [content for _, content in opened.read([e.oid for e in entries])]
    assert len(entries) == 6
    assert sum(isinstance(c, Unknown) for c in contents) == 1
    assert {c for c in contents if isinstance(c, bytes)} < set(texts.values())


def test_object_under_a_false_name_is_refused(target: Target, tmp_path: Path) -> None:
    """Facts about blobs are shared by object id: a forged object would speak for other repositories."""
    honest = target.blob(b"MIT License")
    forged = b"blob 9\0all evil!"
    target.ref(target.commit(target.tree(("100644", b"LICENSE", honest))))
    target.plant(honest, zlib.compress(forged))
    assert git(target.path, "cat-file", "blob", honest, check=False) == b"all evil!", "plain git must be fooled"
    ((_, content),) = target.open(tmp_path / "s").read([honest])
    assert content == Unknown(Why.CORRUPT, f"object {honest[:12]} is missing or damaged")


def test_sha256_repository_is_read(tmp_path: Path) -> None:
    work = tmp_path / "work"
    work.mkdir()
    git(work, "init", "-q", "-b", "main", "--object-format=sha256")
    (work / "a.py").write_text("x = 1\n")
    git(work, "add", "-A")
    git(work, "commit", "-q", "-m", "one")
    found = Target.__new__(Target)
    found.path = work
    opened = found.open(tmp_path / "s")
    assert len(opened.head) == 64
    assert [c for _, c in opened.read([e.oid for e in opened.tree()])] == [b"x = 1\n"]


def test_missing_tree_is_corrupt(target: Target, tmp_path: Path) -> None:
    target.ref(target.commit(target.tree(("40000", b"d", "c" * 40), ("100644", b"a", target.blob(b"")))))
    with pytest.raises(Unreadable) as refused:
        list(target.open(tmp_path / "s").tree())
    assert refused.value.hole.why is Why.CORRUPT


def test_tree_that_expands_to_billions_is_too_large_soon(
    target: Target, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scanner.repository.MAX_ENTRIES", 500)
    for leaf in (target.tree(("100644", b"f", target.blob(b"x"))), target.tree()):
        tree = leaf
        for _ in range(10):
            tree = target.tree(*(("40000", b"%d" % n, tree) for n in range(10)))
        target.ref(target.commit(tree))
        with pytest.raises(Unreadable) as refused:
            list(target.open(tmp_path / "s").tree())
        assert refused.value.hole.why is Why.TOO_LARGE


def test_blob_of_100_mib_is_not_read(target: Target, tmp_path: Path) -> None:
    big = target.blob(b"\0" * (100 << 20))
    target.ref(target.commit(target.tree(("100644", b"big.bin", big))))
    opened = target.open(tmp_path / "s")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert [e.size_bytes for e in opened.tree()] == [100 << 20]
    ((_, content),) = opened.read([big])
    assert isinstance(content, Unknown)
    assert (content.why, content.detail) == (
        Why.TOO_LARGE,
        f"object {big[:12]} has 104857600 bytes, over the limit of 1000000",
    )
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000, "KiB"


def _lines(_: TreeEntry, content: bytes) -> int:
    return content.count(b"\n")


def test_per_blob_parses_each_blob_once_and_keeps_it(target: Target, tmp_path: Path) -> None:
    one, two = target.blob(b"1\n"), target.blob(b"1\n2\n")
    target.simple()
    entries = [_entry(one, "a.py"), _entry(two, "b.py"), _entry(one, "copy.py"), _entry(one, "copy.js")]
    cache = SqliteCache(tmp_path / "blobs.db")

    def again(version: str) -> tuple[list[object], int]:
        opened = open_repository("x", target.view(tmp_path / "s"), AS_OF, KEY, cache)
        return [found for _, found in opened.per_blob("lines", version, entries, _lines, int)], opened.blobs_analysed

    assert again("1") == ([1, 2, 1, 1], 3)
    assert again("1") == ([1, 2, 1, 1], 0)
    assert again("2") == ([1, 2, 1, 1], 3)


@pytest.mark.parametrize(
    "fault",
    [
        RecursionError(),
        MemoryError(),
        ValueError("secret text"),
        KeyError("x"),
        UnicodeDecodeError("utf-8", b"", 0, 1, ""),
    ],
)
def test_a_parser_that_raises_costs_one_file(target: Target, tmp_path: Path, fault: Exception) -> None:
    good, bad = target.blob(b"good\n"), target.blob(b"bad\n")
    target.simple()

    def parse(_: TreeEntry, content: bytes) -> int:
        if content == b"bad\n":
            raise fault
        return 1

    found = [
        c for _, c in target.open(tmp_path / "s").per_blob("x", "1", [_entry(bad), _entry(good, "b.py")], parse, int)
    ]
    assert found == [Unknown(Why.UNPARSABLE, f"{type(fault).__name__} while reading it"), 1]


def test_a_parser_that_really_recurses_costs_one_file(target: Target, tmp_path: Path) -> None:
    deep, good = target.blob(b"["), target.blob(b"")
    target.simple()

    def parse(entry: TreeEntry, content: bytes) -> int:
        return parse(entry, content) + 1 if content else 0

    found = [
        c for _, c in target.open(tmp_path / "s").per_blob("x", "1", [_entry(deep), _entry(good, "b.py")], parse, int)
    ]
    assert found == [Unknown(Why.UNPARSABLE, "RecursionError while reading it"), 0]


def test_a_result_that_cannot_be_kept_costs_one_file(target: Target, tmp_path: Path) -> None:
    good, bad = target.blob(b"good"), target.blob(b"bad")
    target.simple()

    def parse(_: TreeEntry, content: bytes) -> str:
        return "\ud800" if content == b"bad" else "fine"

    found = [
        c for _, c in target.open(tmp_path / "s").per_blob("x", "1", [_entry(bad), _entry(good, "b.py")], parse, str)
    ]
    assert isinstance(found[0], Unknown)
    assert found[1] == "fine"


def test_a_broken_cache_is_no_cache(target: Target, tmp_path: Path) -> None:
    oid = target.blob(b"1\n")
    target.simple()
    (tmp_path / "blobs.db").write_bytes(b"not a database" * 100)
    (tmp_path / "file").write_text("")
    for cache in (SqliteCache(tmp_path / "blobs.db"), SqliteCache(tmp_path / "file" / "below" / "blobs.db"), NoCache()):
        opened = open_repository("x", target.view(tmp_path / "s"), AS_OF, KEY, cache)
        assert [c for _, c in opened.per_blob("lines", "1", [_entry(oid)], _lines, int)] == [1]


def test_cached_nonsense_is_read_again(target: Target, tmp_path: Path) -> None:
    class Liar(NoCache):
        def get(self, keys: Iterator[bytes]) -> dict[bytes, bytes]:  # type: ignore[override]  # a cache that is broken on purpose
            return dict.fromkeys(keys, b'{"not": "a number"}')

    oid = target.blob(b"1\n")
    target.simple()
    opened = open_repository("x", target.view(tmp_path / "s"), AS_OF, KEY, Liar())
    assert [c for _, c in opened.per_blob("lines", "1", [_entry(oid)], _lines, int)] == [1]


def test_folder_holds_regular_files_under_names_of_ours(target: Target, tmp_path: Path) -> None:
    file, link = target.blob(b"text"), target.blob(b"/etc/passwd")
    target.simple()
    entries = [
        TreeEntry("../../evil.py", file, "file", 4, "product"),
        TreeEntry("out", link, "symlink", 11, "product"),
        TreeEntry("a.$(touch x)", file, "executable", 4, "product"),
        TreeEntry("gone.py", "9" * 40, "file", None, "product"),
    ]
    with target.open(tmp_path / "s").folder(entries) as (folder, names):
        assert {name: entry.path for name, entry in names.items()} == {
            "f000000.py": "../../evil.py",
            "f000001": "a.$(touch x)",
        }
        assert sorted(p.name for p in folder.iterdir()) == ["f000000.py", "f000001"]
        assert not any(p.is_symlink() for p in folder.iterdir())
        assert (folder.stat().st_mode & 0o777) == 0o700
    assert not folder.exists()
