"""Move an office: everything from one database into another, empty one of either kind.

One read transaction here, one write transaction there. Before it is kept, the copy is read back
and compared table by table, and its recaps are counted anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Row, Table, func, insert, inspect, select

from skm.pesan import SkmError
from skm.store.backup_format import line_writer
from skm.store.check import check_recap
from skm.store.engine import make_engine, parse_address, patient, reading, writing
from skm.store.errors import place_of
from skm.store.migrations import TERBARU, migrate, schema_step
from skm.store.restore import continue_numbers, hold
from skm.store.schema import lasting_tables, metadata, survei

_CHUNK = 2_000
_MODULUS = 1 << 256

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class IsiTabel:
    """What a table holds: its rows, and the sum of their SHA-256 modulo 2^256.

    A sum, because the two kinds of database sort texts differently.
    """

    baris: int
    sidik: int


Isi = dict[str, IsiTabel]
"""What a database holds, by table."""


def count_rows(url: str) -> dict[str, int]:
    """Return the rows by table of a database that can be moved; it is not changed.

    Raises SkmError `pindah-asal-kosong`, `pindah-skema`.
    """
    with _opened(url, source=True) as engine, reading(engine) as conn:
        return {table.name: _count(conn, table) for table in lasting_tables()}


def check_move(dari: str, ke: str) -> None:
    """Raise what `move` would, as far as it can be known without writing anything."""
    _check_other(dari, ke)
    with _opened(dari, source=True) as engine, reading(engine) as conn:
        _check_recap(conn, engine)
    if _is_new_file(ke):
        return
    with _opened(ke) as engine, reading(engine) as conn:
        if schema_step(conn):
            _check_empty(conn, engine)
        else:
            _check_no_tables(conn, engine)


def move(dari: str, ke: str, kemajuan: Progress | None = None) -> Isi:
    """Copy everything from the database `dari` into `ke`; return what both then hold.

    `kemajuan` hears how many rows are written or read back: twice the rows at the end. Whatever
    breaks off, the target stays empty and the source as it was. People sign in anew.

    Raises SkmError `pindah-sama`, `pindah-asal-kosong`, `pindah-skema`, `pindah-tujuan-berisi`,
    `pindah-beda`, `pindah-rekap-beda`, or `pindah-asal-bergerak` where somebody changed the
    source meanwhile.
    """
    _check_other(dari, ke)
    with _opened(dari, source=True) as source, _opened(ke) as target:
        with reading(target) as there:
            step = schema_step(there)
            if not step:
                _check_no_tables(there, target)
        if not step:
            migrate(target)
        with reading(source) as here, writing(target) as there:
            patient(there)
            hold(there)
            _check_empty(there, target)
            tell = _Teller(kemajuan)
            given = {t.name: _copy(here, there, t, tell) for t in lasting_tables()}
            taken = {t.name: _read(there, t, tell) for t in lasting_tables()}
            for name in given:
                if given[name] != taken[name]:
                    raise SkmError("pindah-beda", tabel=name, tempat=place_of(target.url))
            _check_recap(there, source)
            _check_still(source, here)
    return given


class _Teller:
    """Counts rows for whoever watches."""

    def __init__(self, kemajuan: Progress | None) -> None:
        self._kemajuan = kemajuan
        self._done = 0

    def add(self, rows: int) -> None:
        """Tell of more rows."""
        self._done += rows
        if self._kemajuan:
            self._kemajuan(self._done)


@contextmanager
def _opened(url: str, source: bool = False) -> Iterator[Engine]:
    """Give an engine whose tables are today's; a target may have none yet.

    Nothing is migrated: an older source is opened by its own program first.
    """
    if source and _is_new_file(url):  # looking into it would make it
        raise SkmError("pindah-asal-kosong", tempat=place_of(parse_address(url)))
    engine = make_engine(url)
    try:
        with reading(engine) as conn:
            step = schema_step(conn)
        if source and not step:
            raise SkmError("pindah-asal-kosong", tempat=place_of(engine.url))
        if step not in (0, TERBARU):
            place = place_of(engine.url)
            raise SkmError("pindah-skema", tempat=place, ada=step, dikenal=TERBARU)
        yield engine
    finally:
        engine.dispose()


def _is_new_file(url: str) -> bool:
    address = parse_address(url)
    return address.get_backend_name() == "sqlite" and not Path(address.database or "").is_file()


def _check_other(dari: str, ke: str) -> None:
    first, second = parse_address(dari), parse_address(ke)
    if first == second:
        raise SkmError("pindah-sama", tempat=place_of(first))


def _check_no_tables(conn: Connection, engine: Engine) -> None:
    """Refuse a place with tables of our names that are not ours."""
    taken = metadata.tables.keys() & set(inspect(conn).get_table_names())
    if taken:
        raise SkmError("pindah-tujuan-berisi", tempat=place_of(engine.url), tabel=min(taken))


def _check_empty(conn: Connection, engine: Engine) -> None:
    for table in metadata.sorted_tables:
        if conn.execute(select(table).limit(1)).first() is not None:
            raise SkmError("pindah-tujuan-berisi", tempat=place_of(engine.url), tabel=table.name)


def _check_recap(conn: Connection, source: Engine) -> None:
    faults = len(check_recap(conn))
    if faults:
        raise SkmError("pindah-rekap-beda", tempat=place_of(source.url), jumlah=faults)


def _check_still(source: Engine, here: Connection) -> None:
    """Refuse where answers came into the source after the moment that was copied."""
    versions = select(survei.c.id, survei.c.versi_data).order_by(survei.c.id)
    with reading(source) as now:
        if now.execute(versions).all() != here.execute(versions).all():
            raise SkmError("pindah-asal-bergerak", tempat=place_of(source.url))


def _copy(here: Connection, there: Connection, table: Table, tell: _Teller) -> IsiTabel:
    digest = _Digest(table)
    for chunk in _chunks(here, table):
        there.execute(insert(table), [dict(row._mapping) for row in chunk])
        digest.add(chunk)
        tell.add(len(chunk))
    continue_numbers(there, table)
    return digest.result()


def _read(conn: Connection, table: Table, tell: _Teller) -> IsiTabel:
    digest = _Digest(table)
    for chunk in _chunks(conn, table):
        digest.add(chunk)
        tell.add(len(chunk))
    return digest.result()


def _chunks(conn: Connection, table: Table) -> Iterator[list[Row[Any]]]:
    with conn.execute(select(table).execution_options(yield_per=_CHUNK)) as rows:
        for chunk in rows.partitions():
            yield list(chunk)


def _count(conn: Connection, table: Table) -> int:
    return conn.execute(select(func.count()).select_from(table)).scalar_one()


class _Digest:
    """Sums the hashes of rows in the form in which a backup writes them."""

    def __init__(self, table: Table) -> None:
        self._write = line_writer(list(table.columns))
        self._rows = self._sum = 0

    def add(self, rows: list[Row[Any]]) -> None:
        """Take rows in."""
        for row in rows:
            self._sum += int.from_bytes(hashlib.sha256(self._write(row)).digest())
        self._rows += len(rows)

    def result(self) -> IsiTabel:
        """Return what was taken in."""
        return IsiTabel(self._rows, self._sum % _MODULUS)
