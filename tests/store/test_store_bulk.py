"""Rows handed to the driver: as SQLAlchemy would store them, and failing as it would fail."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from survei_kecil import save

from skm.pesan import SkmError
from skm.store import Store
from skm.store.bulk import add_rows, insert_new_rows
from skm.store.driver import execute, fetch_all
from skm.store.engine import writing
from skm.store.hot import stored_time
from skm.store.schema import rekap_profil, resi

COLUMNS = ("survei_id", "id_kirim", "tanggapan", "waktu")
WAKTU = datetime(2026, 9, 30, 17, 0, 0, 123456, UTC)
ODD = 'kata "petik", \\ garis, \n baris, é 字 \U0001f600, null, {}, %s ?'


def receipts(store: Store, *rows: tuple[str, str]) -> int:
    """How many of these (id, code) were new."""
    with writing(store.engine) as conn:
        full = [("kecil", *row, stored_time(conn, WAKTU)) for row in rows]
        return insert_new_rows(conn, resi, COLUMNS, full)


def test_new_rows_are_counted_and_known_ones_stay_as_they_were(store: Store) -> None:
    assert receipts(store, ("satu", "A"), ("dua", ODD)) == 2
    assert receipts(store, ("dua", "lain"), ("tiga", "C")) == 1
    assert receipts(store, ("satu", "lain"), ("dua", "lain")) == 0
    with store.engine.connect() as conn:
        found = conn.execute(select(resi.c.id_kirim, resi.c.tanggapan, resi.c.waktu)).all()
    assert {row[:2] for row in found} == {("satu", "A"), ("dua", ODD), ("tiga", "C")}
    assert {row.waktu for row in found} == {WAKTU}


def test_counts_are_added_to_those_that_are_there(store: Store) -> None:
    save(store)
    here = ("kecil", "2026-T3", "ktp", ODD, "qr", "usia")
    with writing(store.engine) as conn:
        add_rows(conn, rekap_profil, [(*here, "17-25", 2), (*here, "26-35", 2**40)])
        add_rows(conn, rekap_profil, [(*here, "17-25", -5), (*here, "", 1)])
        add_rows(conn, rekap_profil, [])
    with store.engine.connect() as conn:
        query = select(rekap_profil.c.pilihan, rekap_profil.c.n)
        found = {r.pilihan: r.n for r in conn.execute(query.where(rekap_profil.c.titik == ODD))}
    assert found == {"17-25": -3, "26-35": 2**40, "": 1}


def test_what_the_driver_refuses_is_told_as_any_other_failure(store: Store) -> None:
    with pytest.raises(SkmError) as caught, writing(store.engine) as conn:
        execute(conn, "SELECT nama FROM tak_ada", ())
    assert caught.value.kode == "basis-data-gagal"


def test_what_fails_only_at_a_later_row_is_told_so_too(store: Store) -> None:
    late = "SELECT abs(v) FROM (SELECT 1 AS v UNION ALL SELECT -9223372036854775807 - 1) AS t"
    with pytest.raises(SkmError) as caught, writing(store.engine) as conn:
        fetch_all(conn, late, ())
    assert caught.value.kode == "basis-data-gagal"
