"""The split that a period is judged by: layanan × titik, or each by itself where those are few."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from skm.analysis.groups import Per
from skm.jawaban import Jawaban, Kanal
from skm.penutupan.resmi import open_official
from skm.periode import parse_period
from skm.prioritas import Prioritas, prioritize
from skm.store import BatchBaru, Store, open_store
from skm.survei import parse_survei
from tests.dashboard.survei_uji import JALAN

T1 = parse_period("2025-T1")
Sheets = tuple[str | None, str | None, str, int]


@pytest.fixture
def store(tmp_path: object) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path}/skm.db") as opened:
        opened.save_survei(parse_survei(JALAN, "uji"), JALAN)
        yield opened


def judged(store: Store, *sheets: Sheets) -> Prioritas:
    """Sheets by layanan, titik, marks of U1 and U2, and how many."""
    answers = [
        Jawaban(marks, T1, layanan=layanan, titik=titik)
        for layanan, titik, marks, times in sheets
        for _ in range(times)
    ]
    store.add_batch("jalan", BatchBaru(Kanal.UNGGAH, "uji.csv"), answers)
    return prioritize(open_official(store, "jalan"), T1)


def found(prioritas: Prioritas) -> list[tuple[tuple[tuple[Per, str | None], ...], str]]:
    return [(s.kelompok.kunci, s.unsur.kode) for s in prioritas.daftar.sasaran]


def test_cells_that_hold_half_of_the_respondents_are_judged_as_they_are(store: Store) -> None:
    """ktp at a: 40 with U1 half 2 and half 3; kk at b: 40 with 3 and 4. 80 of 160 are in them."""
    few = [(layanan, titik, marks, 5) for layanan, titik in (("ktp", "b"), ("ktp", "c"))
           for marks in ("44", "43", "34", "33")]  # fmt: skip
    prioritas = judged(
        store,
        ("ktp", "a", "23", 20), ("ktp", "a", "34", 20),
        ("kk", "b", "43", 20), ("kk", "b", "34", 20),
        *few, ("kk", "a", "44", 20), (None, None, "43", 20),
    )  # fmt: skip
    assert prioritas.halus
    assert found(prioritas) == [(((Per.LAYANAN, "ktp"), (Per.TITIK, "a")), "U1")]
    assert prioritas.daftar.kelompok == 2


def test_small_cells_give_way_to_layanan_and_titik_each(store: Store) -> None:
    """ktp: 20 at each of three titik, U1 half 2 and half 3; kk: 60 spread alike, 3 and 4."""
    prioritas = judged(
        store,
        *[("ktp", titik, marks, 10) for titik in "abc" for marks in ("23", "34")],
        *[("kk", titik, marks, 10) for titik in "abc" for marks in ("43", "34")],
    )
    assert not prioritas.halus
    assert found(prioritas) == [(((Per.LAYANAN, "ktp"),), "U1")]
    assert prioritas.daftar.kelompok == 5
    assert prioritas.tabel.baris[0][1:4] == ("Jenis layanan", "KTP Jalan", "U1 Waktu Jalan")


def test_answers_that_name_no_place_can_be_fixed_nowhere(store: Store) -> None:
    prioritas = judged(
        store, (None, None, "23", 30), (None, None, "34", 30),
        ("kk", None, "43", 30), ("kk", None, "34", 30),
    )  # fmt: skip
    assert prioritas.daftar.kelompok == 1
    assert found(prioritas) == []


def test_too_few_answers_for_any_list(store: Store) -> None:
    prioritas = judged(store, ("ktp", "a", "11", 14), ("kk", "b", "44", 15))
    assert (prioritas.halus, prioritas.daftar.perbandingan, prioritas.tabel.baris) == (False, 0, ())
