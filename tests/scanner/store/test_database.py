from __future__ import annotations

import sqlite3
import stat
from pathlib import Path

import pytest
from alembic import op
from sqlalchemy import inspect
from sqlmodel import SQLModel

from scanner.store import migrations
from scanner.store.database import HEAD, StoreError, open_engine


def _url(path: Path) -> str:
    return f"sqlite:///{path}"


def test_empty_database_gets_the_tables_that_the_code_reads(tmp_path: Path) -> None:
    engine = open_engine(_url(tmp_path / "deep" / "er" / "a.db"))
    found = inspect(engine)
    for name, table in SQLModel.metadata.tables.items():
        columns = {c["name"]: c for c in found.get_columns(name)}
        assert set(columns) == {c.name for c in table.columns}, name
        for column in table.columns:
            assert columns[column.name]["nullable"] == column.nullable or column.primary_key, (name, column.name)
    engine.dispose()


def test_head_is_the_newest_migration() -> None:
    versions = Path(migrations.__file__).parent / "versions"
    newest = max(p.name.split("_")[0].removeprefix("v") for p in versions.glob("v*.py"))
    assert newest == HEAD


def test_opening_twice_changes_nothing(tmp_path: Path) -> None:
    for _ in range(2):
        open_engine(_url(tmp_path / "a.db")).dispose()
    with sqlite3.connect(tmp_path / "a.db") as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(HEAD,)]
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def test_a_database_newer_than_the_tool_is_refused_untouched(tmp_path: Path) -> None:
    open_engine(_url(tmp_path / "a.db")).dispose()
    with sqlite3.connect(tmp_path / "a.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(StoreError, match="newer than this version of assay knows"):
        open_engine(_url(tmp_path / "a.db"))


def test_a_shape_nobody_made_is_refused(tmp_path: Path) -> None:
    open_engine(_url(tmp_path / "a.db")).dispose()
    with sqlite3.connect(tmp_path / "a.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0000'")
    connection.close()
    with pytest.raises(StoreError, match="no version of assay made"):
        open_engine(_url(tmp_path / "a.db"))


@pytest.mark.parametrize(
    "content", [b"not a database, but long enough to be looked at" * 100, b"SQLite format 3\0" + b"\xff" * 5000]
)
def test_a_file_that_is_no_database_is_refused_untouched(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(content)
    with pytest.raises(StoreError, match="cannot be opened"):
        open_engine(_url(path))
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    "url",
    [
        "",
        "nonsense",
        "sqlite:////proc/none/a.db",
        "oracle://x",
        "postgresql://u:pa55word@h:notaport/db",
        "mysql+nodriver://u:pa55word@h/db",
    ],
)
def test_an_unusable_url_is_a_sentence_without_the_password(url: str) -> None:
    with pytest.raises(StoreError) as refused:
        open_engine(url)
    assert "pa55word" not in str(refused.value)


def test_a_folder_in_place_of_the_database_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be opened"):
        open_engine(_url(tmp_path))


def test_a_migration_that_dies_halfway_leaves_nothing_and_can_be_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = 0
    real = op.create_table

    def dying(*given: object, **named: object) -> object:
        nonlocal made
        made += 1
        if made == 4:
            raise KeyboardInterrupt
        return real(*given, **named)  # type: ignore[arg-type]  # passes on whatever it was called with

    monkeypatch.setattr(op, "create_table", dying)
    with pytest.raises(KeyboardInterrupt):
        open_engine(_url(tmp_path / "a.db"))
    monkeypatch.setattr(op, "create_table", real)
    with sqlite3.connect(tmp_path / "a.db") as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == []
    connection.close()
    open_engine(_url(tmp_path / "a.db")).dispose()


def test_the_database_is_its_owners(tmp_path: Path) -> None:
    open_engine(_url(tmp_path / "data" / "a.db")).dispose()
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700
