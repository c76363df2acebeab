"""The connection to SQLite or PostgreSQL, and the two kinds of transaction on it.

Everything else in the store is the same for both databases.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError

from skm.pesan import SkmError
from skm.store.errors import place_of, translate_errors

TUNGGU = 30.0
"""Seconds that a write waits for another one before it gives up."""
TERLAMA = 300.0
"""Seconds after which PostgreSQL ends a single command: nothing of the program asks so long."""
MENGANGGUR = 900.0
"""Seconds after which PostgreSQL ends a transaction that asks nothing: its node hangs."""

_KEEPALIVE = {
    "connect_timeout": 10,
    "keepalives": 1,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
    "application_name": "skm",
}
"""How a node notices within a minute that the server is gone; the address may say others."""

_WRITE = "skm_write"
_CACHE_KIB = 64 * 1024


@dataclass(frozen=True, slots=True)
class _Turn:
    tunggu: float
    lock: Lock = field(default_factory=Lock)


_turns: WeakKeyDictionary[Engine, _Turn] = WeakKeyDictionary()
"""The write lock of each SQLite engine."""


def make_engine(url: str, tunggu: float = TUNGGU) -> Engine:
    """Return the engine for a database address; the folder of an SQLite file is made.

    Nothing is connected yet. Raises SkmError `basis-data-alamat`, `basis-data-folder` or
    `driver-postgres`.
    """
    address = parse_address(url)
    if address.get_backend_name() == "sqlite":
        return _sqlite(address, tunggu)
    return _postgres(address, tunggu)


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection that sees one moment of the database, however many queries follow."""
    with translate_errors(engine.url), engine.connect() as conn:
        if engine.dialect.name == "postgresql":
            conn.execution_options(isolation_level="REPEATABLE READ")
        with conn.begin():
            yield conn


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Give a connection inside one write transaction: all of the block is kept, or nothing."""
    with translate_errors(engine.url), _turn(engine), engine.connect() as conn:
        conn.execution_options(**{_WRITE: True})
        with conn.begin():
            yield conn


def patient(conn: Connection) -> None:
    """Let commands of this transaction take as long as they need: whole tables are touched."""
    if conn.dialect.name == "postgresql":
        for name in ("statement_timeout", "idle_in_transaction_session_timeout"):
            conn.exec_driver_sql(f"SET LOCAL {name} = 0")


@cache
def insert_new(dialect: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    """Return an INSERT that passes over a row whose key is taken; `rowcount` tells which it was."""
    statement = insert_of(dialect, table).on_conflict_do_nothing()
    return statement.execution_options(preserve_rowcount=True)


def insert_of(dialect: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    """Return an INSERT with ON CONFLICT, the one statement that each dialect builds its own way."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


@contextmanager
def _turn(engine: Engine) -> Iterator[None]:
    """Let the threads of this process write to SQLite one after the other.

    SQLite waits for a writer by sleeping and looking again, ever longer; a lock wakes the next
    one at once. Other processes still meet at BEGIN IMMEDIATE.
    """
    turn = _turns.get(engine)
    if turn is None:
        yield
        return
    if not turn.lock.acquire(timeout=turn.tunggu):
        raise SkmError("basis-data-terkunci", tempat=place_of(engine.url))
    try:
        yield
    finally:
        turn.lock.release()


def parse_address(url: str) -> URL:
    """Return a database address with our driver. Raises SkmError `basis-data-alamat`."""
    # "postgres://" is what hosting providers print; SQLAlchemy knows the long name only.
    text = "postgresql://" + url[len("postgres://") :] if url.startswith("postgres://") else url
    try:
        address = make_url(text)
        backend = address.get_backend_name()
    except (ArgumentError, ValueError) as error:
        # An address that cannot be read may hold a password: only its scheme is repeated.
        raise SkmError("basis-data-alamat", alamat=url.partition("://")[0]) from error
    if backend == "postgresql":
        return address.set(drivername="postgresql+psycopg")
    if backend == "sqlite":
        return address.set(drivername="sqlite+pysqlite")
    raise SkmError("basis-data-alamat", alamat=address.render_as_string(hide_password=True))


def _sqlite(url: URL, tunggu: float) -> Engine:
    path = url.database
    if path and path != ":memory:" and not path.startswith("file:"):
        folder = Path(path).parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SkmError("basis-data-folder", folder=folder) from error
    engine = create_engine(url)
    _turns[engine] = _Turn(tunggu)

    @event.listens_for(engine, "connect")
    def _connect(dbapi: sqlite3.Connection, _record: object) -> None:
        _prepare_sqlite(dbapi, tunggu)

    @event.listens_for(engine, "begin")
    def _begin(conn: Connection) -> None:
        # A write takes its lock at the start: a read that turns into a write later could fail
        # at once, because another write has come in between, whatever the busy_timeout.
        write = conn.get_execution_options().get(_WRITE, False)
        conn.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


def _prepare_sqlite(dbapi: sqlite3.Connection, tunggu: float) -> None:
    # BEGIN is ours (above): the driver would leave reads and DDL outside of the transaction.
    dbapi.isolation_level = None
    dbapi.execute(f"PRAGMA busy_timeout = {int(tunggu * 1000)}")
    _use_wal(dbapi, tunggu)
    # FULL: an answered "terima kasih" is on the disk, also after a power cut.
    dbapi.execute("PRAGMA synchronous = FULL")
    dbapi.execute("PRAGMA foreign_keys = ON")
    dbapi.execute(f"PRAGMA cache_size = {-_CACHE_KIB}")


def _use_wal(dbapi: sqlite3.Connection, tunggu: float) -> None:
    """Switch the file to WAL once. Two processes may try at the same moment, and SQLite does not
    wait by itself here: it would see a deadlock.
    """
    deadline = time.monotonic() + tunggu
    while dbapi.execute("PRAGMA journal_mode").fetchone()[0] not in ("wal", "memory"):
        try:
            dbapi.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            busy = str(error.sqlite_errorname).startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))
            if not busy or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def _postgres(url: URL, tunggu: float) -> Engine:
    options = {name: value for name, value in _KEEPALIVE.items() if name not in url.query}
    try:
        engine = create_engine(
            url,
            connect_args=options,
            # A server that was restarted meanwhile costs nobody an error.
            pool_pre_ping=True,
            # Answers come from many threads; a connection beyond these is made and thrown away.
            pool_size=10,
            max_overflow=10,
            pool_timeout=tunggu,
            pool_recycle=1800,
        )
    except ImportError as error:
        raise SkmError("driver-postgres") from error

    @event.listens_for(engine, "connect")
    def _connect(dbapi: Any, _record: object) -> None:  # noqa: ANN401 - psycopg is optional
        limits = {
            "lock_timeout": tunggu,
            "statement_timeout": TERLAMA,
            "idle_in_transaction_session_timeout": MENGANGGUR,
            # A node that lost its power must not hold locks until somebody looks.
            "tcp_keepalives_idle": 30,
            "tcp_keepalives_interval": 10,
            "tcp_keepalives_count": 3,
        }
        with dbapi.cursor() as cursor:
            for name, seconds in limits.items():
                unit = 1 if name.startswith("tcp") else 1000
                cursor.execute(f"SET {name} = {int(seconds * unit)}")
        dbapi.commit()

    return engine
