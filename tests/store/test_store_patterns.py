"""Whole sheets and classes read from the answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from survei_kecil import BERKAS, CONTOH, KOSONG_SATU, PENUH, T3, T4, UNGGAH, save

from skm.periode import parse_period
from skm.pesan import SkmError
from skm.rekap import JAM, SkorKelas
from skm.store import Store
from skm.store.patterns import time_class

YEAR = parse_period("2024")


@pytest.fixture
def filled(store: Store) -> Store:
    save(store)
    store.add_batch(
        "kecil", UNGGAH, [*CONTOH, replace(PENUH, profil=(("jk", "L"), ("usia", "25")))]
    )
    return store


def test_equal_sheets_are_counted_together(filled: Store) -> None:
    assert filled.read_sheets("kecil", T4).pola == {("1", "434"): 2, ("1", "3-2"): 1}
    assert filled.read_sheets("kecil", YEAR).pola[("1", "---")] == 1


def test_sums_by_option_and_by_class_of_age(filled: Store) -> None:
    """434 is 11 of three, 3-2 is 5 of two; 39 and 25 are "muda", 40 is "tua"."""
    found = [row for row in filled.read_sheets("kecil", T4).kelas if row.bidang != JAM]
    assert sorted(found, key=repr) == sorted(
        [
            SkorKelas("jk", "", 2, 1, 5, 25),
            SkorKelas("jk", "L", 3, 1, 11, 121),
            SkorKelas("jk", "P", 3, 1, 11, 121),
            SkorKelas("usia", "muda", 3, 2, 22, 242),
            SkorKelas("usia", "tua", 2, 1, 5, 25),
        ],
        key=repr,
    )


def test_the_time_of_day_is_the_office_s(store: Store) -> None:
    """17.30 UTC is 00.30 in Jakarta; a day without a time stands at midnight and is left out."""
    save(store)
    moments = {
        "434": datetime(2024, 11, 4, 1, 30, tzinfo=UTC),
        "433": datetime(2024, 11, 4, 17, 30, tzinfo=UTC),
        "432": datetime(2024, 11, 4, 17, 0, tzinfo=UTC),
        "431": None,
    }
    answers = [replace(PENUH, nilai=nilai, waktu=waktu) for nilai, waktu in moments.items()]
    store.add_batch("kecil", UNGGAH, answers)
    found = [row for row in store.read_sheets("kecil", T4).kelas if row.bidang == JAM]
    assert {(row.pilihan, row.jumlah) for row in found} == {
        ("Pukul 08.00–09.59", 11),
        ("Sebelum pukul 08.00", 10),
    }


@pytest.mark.parametrize(
    ("jam", "teks"),
    [(0, "Sebelum pukul 08.00"), (7, "Sebelum pukul 08.00"), (8, "Pukul 08.00–09.59"),
     (11, "Pukul 10.00–11.59"), (15, "Pukul 14.00–15.59"), (23, "Pukul 16.00 atau sesudahnya")],
)  # fmt: skip
def test_times_of_day(jam: int, teks: str) -> None:
    assert time_class(jam) == teks


def test_what_is_taken_out_or_left_out_does_not_count(filled: Store) -> None:
    batch = filled.add_batch("kecil", BERKAS, [KOSONG_SATU])
    assert filled.read_sheets("kecil", T4).pola["1", "3-2"] == 2
    filled.undo_batch(batch.id)
    assert filled.read_sheets("kecil", T4).pola["1", "3-2"] == 1
    filled.exclude("kecil", [1], "uji coba")
    assert filled.read_sheets("kecil", T4).pola["1", "434"] == 1
    assert filled.read_sheets("kecil", YEAR, frozenset({T4})).pola == {("1", "---"): 1}
    assert filled.read_sheets("kecil", T3).pola == {("1", "---"): 1}


def test_no_such_survey(store: Store) -> None:
    with pytest.raises(SkmError) as fault:
        store.read_sheets("tak-ada", T4)
    assert fault.value.kode == "survei-tak-ada"
