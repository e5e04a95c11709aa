from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from scanner.core.evidence import Evidence, Fact, Unknown, Why
from scanner.core.subjects import Kind, Subject
from scanner.facts.tree import Documents, Tree, TreeEntry
from scanner.store.database import StoreError
from scanner.store.store import Scan, Store

NOW = datetime(2026, 7, 1, tzinfo=UTC)
API, WEB = Subject(Kind.REPO, "api"), Subject(Kind.REPO, "web")
TREE = Tree("a" * 40, (TreeEntry("a.py", "b" * 40, "file", 1, "product"),))
OTHER = Tree("c" * 40, ())


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(f"sqlite:///{tmp_path / 'a.db'}")
    yield opened
    opened.close()


def _begin(
    store: Store, day: int = 1, targets: tuple[str, ...] = ("acme",), engagement: str = "acme", version: str = "1"
) -> Scan:
    return store.begin(engagement, "Acme", date(2026, 6, day), targets, version, NOW)


def _evidence(subject: Subject, content: Fact | Unknown, kind: type[Fact] = Tree) -> Evidence:
    return Evidence(subject, kind, content, "git ls-tree", "tree-listing", "1", "a" * 40, "a caveat")


def _count(tmp_path: Path, table: str) -> int:
    connection = sqlite3.connect(tmp_path / "a.db")
    (number,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    connection.close()
    return int(number)


def test_evidence_comes_back_as_it_went_in(store: Store) -> None:
    scan = _begin(store)
    known, hole = _evidence(API, TREE), _evidence(API, Unknown(Why.FORBIDDEN, "no right", "a token"), Documents)
    store.record(scan, API, "k", "read", [known, hole], NOW)
    got = list(store.ledger(scan.id))
    assert [e.content for e in got] == [Unknown(Why.FORBIDDEN, "no right", "a token"), TREE]
    assert (got[1].source, got[1].collector, got[1].version, got[1].commit, got[1].caveat) == (
        "git ls-tree",
        "tree-listing",
        "1",
        "a" * 40,
        "a caveat",
    )
    assert got[0].digest == ""
    assert len(got[1].digest) == 64


def test_unfinished_scan_is_resumed_by_the_same_command_only(store: Store) -> None:
    first = _begin(store, targets=("b", "a"))
    assert _begin(store, targets=("a", "b")).id == first.id
    assert _begin(store, day=2, targets=("a", "b")).id != first.id
    assert _begin(store, targets=("a",)).id != first.id
    assert _begin(store, targets=("a", "b"), engagement="other").id != first.id
    assert _begin(store, targets=("a", "b"), version="2").id != first.id


def test_recording_again_replaces_and_duplicates_nothing(store: Store, tmp_path: Path) -> None:
    scan = _begin(store)
    for tree in (TREE, OTHER):
        store.record(scan, API, "k", "read", [_evidence(API, tree)], NOW)
    assert [e.content for e in store.ledger(scan.id)] == [OTHER]
    assert (_count(tmp_path, "evidence"), _count(tmp_path, "subject")) == (1, 1)


def test_content_is_stored_once_however_often_it_occurs(store: Store, tmp_path: Path) -> None:
    for day in (1, 2):
        scan = _begin(store, day)
        for subject in (API, WEB):
            store.record(scan, subject, "k", "read", [_evidence(subject, TREE)], NOW)
    assert (_count(tmp_path, "evidence"), _count(tmp_path, "content")) == (4, 1)


def test_record_is_one_transaction(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scan = _begin(store)
    store.record(scan, API, "k", "read", [_evidence(API, TREE)], NOW)
    real = __import__("scanner.store.store", fromlist=["SubjectRow"]).SubjectRow

    def failing(**given: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr("scanner.store.store.SubjectRow", failing)
    with pytest.raises(KeyboardInterrupt):
        store.record(scan, WEB, "k", "read", [_evidence(WEB, OTHER)], NOW)
    monkeypatch.setattr("scanner.store.store.SubjectRow", real)
    assert [e.subject for e in store.ledger(scan.id)] == [API]
    assert list(store.outcomes(scan.id)) == ["repo:api"]
    assert _count(tmp_path, "content") == 1


def test_reused_evidence_is_adopted_and_fresh_evidence_wins(store: Store) -> None:
    old = _begin(store, 1)
    store.record(
        old, API, "k", "read", [_evidence(API, TREE), _evidence(API, Unknown(Why.FORBIDDEN, "x"), Documents)], NOW
    )
    new = _begin(store, 2)
    store.record(new, API, "k", "read", [_evidence(API, Unknown(Why.RATE_LIMITED, "y"), Documents)], NOW, reuse_key="k")
    assert [e.content for e in store.ledger(new.id)] == [Unknown(Why.RATE_LIMITED, "y"), TREE]
    assert [e.content for e in store.ledger(old.id)] == [Unknown(Why.FORBIDDEN, "x"), TREE]


def test_evidence_of_another_engagement_is_never_adopted(store: Store) -> None:
    store.record(_begin(store, engagement="client-b"), API, "k", "read", [_evidence(API, TREE)], NOW)
    assert store.known_keys("acme") == {}
    mine = _begin(store, 2)
    store.record(mine, API, "k", "read", [], NOW, reuse_key="k")
    assert list(store.ledger(mine.id)) == []


def test_only_whole_reads_are_offered_for_reuse(store: Store) -> None:
    scan = _begin(store)
    store.record(scan, API, "k1", "read", [], NOW)
    store.record(scan, WEB, "k2", "failed", [], NOW)
    store.record(scan, Subject(Kind.REPO, "odd"), "", "read", [], NOW)
    assert store.known_keys("acme") == {API: frozenset({"k1"})}


def test_content_that_cannot_be_written_is_a_hole_and_costs_nothing_else(store: Store) -> None:
    scan = _begin(store)
    broken = Tree("\ud800", ())
    store.record(
        scan, API, "k", "read", [_evidence(API, broken), _evidence(API, Unknown(Why.FORBIDDEN, "x"), Documents)], NOW
    )
    documents, tree = (e.content for e in store.ledger(scan.id))
    assert documents == Unknown(Why.FORBIDDEN, "x")
    assert isinstance(tree, Unknown)
    assert tree.why is Why.CRASHED
    assert "while storing it" in tree.detail


def test_damaged_content_is_a_hole_that_says_so(store: Store, tmp_path: Path) -> None:
    scan = _begin(store)
    store.record(scan, API, "k", "read", [_evidence(API, TREE)], NOW)
    with sqlite3.connect(tmp_path / "a.db") as connection:
        connection.execute("UPDATE content SET body = x'00'")
    connection.close()
    (item,) = store.ledger(scan.id)
    assert item.content == Unknown(Why.UNPARSABLE, "stored Tree does not fit this version", "scan again")


def test_a_database_damaged_in_the_middle_is_a_store_error(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'a.db'}")
    scan = _begin(store)
    for n in range(300):
        subject = Subject(Kind.REPO, f"r{n}")
        store.record(scan, subject, "k", "read", [_evidence(subject, Tree(f"{n:040d}", ()))], NOW)
    store.close()
    raw = bytearray((tmp_path / "a.db").read_bytes())
    assert len(raw) > 40 * 4096
    raw[4 * 4096 :] = b"\xa5" * (len(raw) - 4 * 4096)
    (tmp_path / "a.db").write_bytes(raw)
    damaged: list[str] = []
    try:
        opened = Store(f"sqlite:///{tmp_path / 'a.db'}")
        for call in (
            lambda: opened.ledger(scan.id),
            lambda: opened.outcomes(scan.id),
            lambda: opened.known_keys("acme"),
        ):
            try:
                call()
            except StoreError as error:
                damaged.append(str(error))
        opened.close()
    except StoreError as error:
        damaged.append(str(error))
    assert any("malformed" in text for text in damaged)


def test_a_locked_database_is_a_store_error(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scan = _begin(store)
    with store._engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=50")
        connection.commit()
    other = sqlite3.connect(tmp_path / "a.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreError, match="locked"):
        store.record(scan, API, "k", "read", [_evidence(API, TREE)], NOW)
    other.execute("ROLLBACK")
    other.close()
    store.record(scan, API, "k", "read", [_evidence(API, TREE)], NOW)
    assert len(list(store.ledger(scan.id))) == 1


def test_a_scan_that_another_process_works_on_is_neither_joined_nor_dropped(store: Store) -> None:
    theirs = _begin(store)
    store.record(theirs, API, "k", "read", [_evidence(API, TREE)], NOW)

    def claim(number: int) -> bool:
        return number != theirs.id

    ours = store.begin("acme", "Acme", date(2026, 6, 1), ("acme",), "1", NOW, claim)
    assert ours.id != theirs.id
    store.abandon("acme", date(2026, 6, 1), claim)
    assert len(list(store.ledger(theirs.id))) == 1
    assert [scan.id for scan in store.scans("acme")] == [theirs.id]
