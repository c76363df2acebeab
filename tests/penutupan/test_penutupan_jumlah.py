"""The amounts of a period, before it is closed and after, without reading its answers."""

from __future__ import annotations

import pytest
from survei_tutup import ANSWERS, S2, T3, T4, YEAR, add, answer, save

from skm.kiriman import Kiriman, Tanda
from skm.penutupan.arsip import Jumlah
from skm.penutupan.jumlah import amounts
from skm.penutupan.resmi import open_official
from skm.penutupan.tutup import close
from skm.periode import Periode
from skm.store import Store, TautanBaru


def now(store: Store, periode: Periode) -> Jumlah | None:
    return amounts(open_official(store, "uji"), periode)


@pytest.fixture
def running(store: Store) -> Store:
    """T3: two answers. T4: three, and three by QR, of which two marked, one of these taken out."""
    save(store)
    add(store, *ANSWERS)
    (tautan,) = store.add_tautan("uji", [TautanBaru("dinas", "ktp")])
    for at, marks in enumerate(({Tanda.CEPAT}, {Tanda.LURUS, Tanda.CEPAT}, ())):
        sheet = Kiriman(f"kiriman-{at:08}", answer("33", T4), frozenset(marks))
        store.submit(tautan, sheet)
    found = store.flagged("uji", T4, Tanda.LURUS)
    store.exclude("uji", [row.id for row in found], "Uji petugas")
    return store


def test_before_closing_and_after(running: Store) -> None:
    expected = Jumlah(diterima=6, dipakai=5, ditandai=1, dikecualikan=1)
    assert now(running, T4) == expected
    close(running, "uji", T4)
    assert now(running, T4) == expected


def test_a_closed_part_counts_as_it_was(running: Store) -> None:
    close(running, "uji", T4)
    add(running, answer("11", T4))
    (left,) = (row for row in running.flagged("uji", T4) if row.dikecualikan is None)
    running.exclude("uji", [left.id], "Terlambat diperiksa")
    expected = Jumlah(diterima=8, dipakai=7, ditandai=1, dikecualikan=1)
    assert now(running, S2) == now(running, YEAR) == expected
    close(running, "uji", S2)
    assert now(running, S2) == expected


def test_a_part_of_a_closed_semester_has_no_amounts_of_its_own(running: Store) -> None:
    close(running, "uji", S2)
    assert now(running, T3) is None


def test_an_empty_period(running: Store) -> None:
    assert now(running, T4.next) == Jumlah(0, 0, 0, 0)
