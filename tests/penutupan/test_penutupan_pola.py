"""Whole sheets by the official view: a closed period's sheets no longer change."""

from __future__ import annotations

import pytest
from survei_tutup import ANSWERS, S2, T3, T4, YEAR, answer, fill

from skm.jawaban import Kanal
from skm.penutupan.pola import Lembaran, read_sheets
from skm.penutupan.resmi import open_official
from skm.penutupan.tutup import close
from skm.periode import Periode
from skm.rekap import JAM, SkorKelas
from skm.store import BatchBaru, Store

LATE = BatchBaru(Kanal.UNGGAH, "susulan.csv")


def sheets(store: Store, periode: Periode) -> dict[str, int]:
    return {p.nilai: p.n for p in read_sheets(open_official(store, "uji"), periode).pola}


def classes(store: Store, periode: Periode) -> set[SkorKelas]:
    found: Lembaran = read_sheets(open_official(store, "uji"), periode)
    return {row for row in found.kelas if row.bidang != JAM}


@pytest.mark.parametrize("periode", [T3, T4, S2, YEAR], ids=str)
@pytest.mark.parametrize("tutup", [(T4,), (S2,), (T3, T4), (YEAR,)], ids=str)
def test_closing_changes_nothing_but_the_time_of_day(
    store: Store, periode: Periode, tutup: tuple[Periode, ...]
) -> None:
    fill(store)
    before = sheets(store, periode), classes(store, periode)
    assert sum(before[0].values()) == sum(periode.contains(a.periode) for a in ANSWERS if a.periode)
    for one in tutup:
        close(store, "uji", one)
    assert (sheets(store, periode), classes(store, periode)) == before


def test_a_late_answer_moves_what_is_open_only(store: Store) -> None:
    fill(store)
    close(store, "uji", T4)
    store.add_batch("uji", LATE, [answer("11", T4), answer("12", T3)])
    assert "11" not in sheets(store, T4)
    assert sheets(store, S2) == {**sheets(store, T4), **sheets(store, T3)}
    assert sheets(store, T3)["12"] == 1


def test_the_time_of_day_stays_only_while_everything_is_open(store: Store) -> None:
    fill(store)
    resmi = open_official(store, "uji")
    assert any(row.bidang == JAM for row in read_sheets(resmi, S2).kelas)
    close(store, "uji", T4)
    resmi = open_official(store, "uji")
    assert not any(row.bidang == JAM for row in read_sheets(resmi, S2).kelas)
    assert any(row.bidang == JAM for row in read_sheets(resmi, T3).kelas)
