"""Opening the database: SQLite by default, migrated to the newest shape, durable before it is acknowledged."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry

HEAD = "0002"
"""The newest migration; a test compares it with the migrations folder."""

_OF_THE_DISK = ("disk I/O error", "disk is full", "readonly database", "unable to open database file")
_ELSEWHERE = "free space on its disk, or name a database that can be written with --db"


class StoreError(Exception):
    """The database cannot be used; the text says why and what to do. It holds no password."""


def open_engine(url: str) -> Engine:
    """An engine on ``url`` whose tables have the newest shape.

    Raises StoreError when the URL is nonsense, the file is no database, cannot be written, or is newer than this version.
    """
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite" and parsed.database and parsed.database != ":memory:":
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        engine = create_engine(parsed)
    except OSError as error:
        raise StoreError(f"the folder of the database cannot be made: {error.strerror}; {_ELSEWHERE}") from None
    except (ArgumentError, NoSuchModuleError, ImportError, ValueError) as error:
        raise StoreError(
            f"the database URL cannot be used ({type(error).__name__}); give for example sqlite:////path/assay.db"
        ) from None
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _sqlite_settings)
    try:
        _migrate(engine)
    except DBAPIError as error:
        raise StoreError(f"the database {parsed.render_as_string()} cannot be opened: {said(error)}") from None
    return engine


def said(error: DBAPIError) -> str:
    """What the database says, and what to do where it is the disk that refuses."""
    words = f"{type(error.orig).__name__}: {error.orig}"
    return f"{words}; {_ELSEWHERE}" if any(sign in words for sign in _OF_THE_DISK) else words


def _sqlite_settings(connection: object, _entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined] # SQLAlchemy hands the driver's own connection, typed object
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _migrate(engine: Engine) -> None:
    with engine.connect() as connection:
        known = inspect(connection).has_table("alembic_version")
        version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar() if known else None
    if version == HEAD:
        return
    if version is not None and version > HEAD:
        raise StoreError(
            f"the database has shape {version}, newer than this version of assay knows ({HEAD}); upgrade assay"
        )
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            # the driver begins a transaction before data alone; a migration killed halfway must leave nothing
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            raise StoreError(f"the database has a shape that no version of assay made: {error}") from None
