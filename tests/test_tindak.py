"""What became of a plan: figures counted by hand, on a survey of two unsur and two layanan."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

import pytest

from skm.jawaban import Jawaban, Kanal
from skm.penutupan.resmi import open_official
from skm.periode import parse_period
from skm.store import BatchBaru, StatusTindak, Store, TindakBaru, open_store
from skm.survei import parse_survei
from skm.tindak import (
    carry_over,
    change_text,
    following,
    latest_copies,
    plans,
    progress,
    progress_table,
    realised,
    realised_text,
)
from tests.dashboard.survei_uji import TOML

T1, T2, T3 = (parse_period(f"2025-T{ke}") for ke in (1, 2, 3))
S1 = parse_period("2025-S1")


@pytest.fixture
def store(tmp_path: object) -> Iterator[Store]:
    """T1: U1 of ktp 2 and 3, of kk 4, U2 all 4. T2: U1 of ktp 3 and 4, of kk 4, U2 all 3."""
    with open_store(f"sqlite:///{tmp_path}/skm.db") as opened:
        toml = TOML.format(id="uji", nama="Uji")
        opened.save_survei(parse_survei(toml, "uji"), toml)
        for periode, rows in ((T1, (("ktp", "24"), ("ktp", "34"), ("kk", "44"))),
                              (T2, (("ktp", "33"), ("ktp", "43"), ("kk", "43")))):  # fmt: skip
            answers = [Jawaban(nilai, periode, layanan=kode) for kode, nilai in rows]
            opened.add_batch("uji", BatchBaru(Kanal.UNGGAH, f"{periode}.csv"), answers)
        yield opened


def plan(store: Store, unsur: str, status: str = "rencana", **more: object) -> TindakBaru:
    given = {"periode": T1, "kegiatan": f"Perbaiki {unsur}", "waktu": "April 2025",
             "penanggung_jawab": "Kepala Seksi", **more}  # fmt: skip
    baru = TindakBaru(unsur=unsur, status=StatusTindak(status), **given)  # type: ignore[arg-type]
    store.add_follow_up("uji", baru)
    return baru


def test_the_unsur_then_and_one_period_later(store: Store) -> None:
    """U1: (2+3+4)/3 x 25 = 75,00, then (3+4+4)/3 x 25 = 91,666…; U2: 100,00, then 75,00."""
    plan(store, "U2")
    plan(store, "U1")
    first, second = progress(open_official(store, "uji"), T1)
    assert (first.unsur, first.layanan, first.berikut) == ("Waktu Uji", None, T2)
    assert (first.sebelum, first.sesudah) == (Decimal("75.00"), Decimal("91.67"))
    assert change_text(first) == "75,00 → 91,67 (+16,67)"
    assert change_text(second) == "100,00 → 75,00 (−25,00)"


def test_of_one_layanan(store: Store) -> None:
    """U1 of ktp: (2+3)/2 x 25 = 62,50, then (3+4)/2 x 25 = 87,50."""
    plan(store, "U1", layanan="ktp")
    (row,) = progress(open_official(store, "uji"), T1)
    assert (row.layanan, change_text(row)) == ("KTP Uji", "62,50 → 87,50 (+25,00)")


def test_a_period_without_answers_after_it(store: Store) -> None:
    plan(store, "U1", periode=T2)
    (row,) = progress(open_official(store, "uji"), T2)
    assert (row.sesudah, row.perubahan) == (None, None)
    assert change_text(row) == "91,67 (Triwulan III 2025 belum memiliki nilai)"
    assert progress(open_official(store, "uji"), T3) == ()


def test_a_directly_measured_period_stands_for_its_parts() -> None:
    toml = 'dinilai_langsung = ["2025-S1"]\n' + TOML.format(id="uji", nama="Uji")
    aturan = parse_survei(toml, "uji").aturan
    assert following(parse_period("2024-T4"), aturan) == S1
    assert following(T3, aturan) == parse_period("2025-T4")


def test_what_was_called_off_is_no_part_of_the_rate(store: Store) -> None:
    for status in ("selesai", "berjalan", "batal", "rencana"):
        plan(store, "U1", status)
    rows = progress(open_official(store, "uji"), T1)
    assert realised(rows) == Fraction(100, 3)
    assert realised_text(rows).startswith("Terealisasi 33,33%: 1 dari 3 kegiatan selesai")
    assert realised([]) is None
    assert realised([r for r in rows if r.tindak.isi.status is StatusTindak.BATAL]) is None


def test_the_table_prints_the_same_digits(store: Store) -> None:
    plan(store, "U1", "selesai", realisasi="Dua loket ditambah")
    tabel = progress_table(T1, progress(open_official(store, "uji"), T1))
    assert "Triwulan I 2025 → Triwulan II 2025" in tabel.catatan
    assert tabel.baris == (
        ("U1 Waktu Uji", "Perbaiki U1", "April 2025", "Kepala Seksi", "Selesai",
         "Dua loket ditambah", "—", "—", "75,00 → 91,67 (+16,67)"),
    )  # fmt: skip
    assert progress_table(T1, ()).baris == ()


def test_what_is_not_finished_is_carried_over_once(store: Store) -> None:
    plan(store, "U1")
    plan(store, "U2", "berjalan", realisasi="Separuh")
    plan(store, "U1", "selesai", kegiatan="Sudah")
    plan(store, "U1", "batal", kegiatan="Tidak jadi")
    resmi = open_official(store, "uji")
    assert carry_over(resmi.store, resmi, T1, T2) == 2
    copied = [row.isi for row in store.follow_ups("uji", T2)]
    assert [(isi.unsur, isi.status.value, isi.realisasi) for isi in copied] == [
        ("U1", "rencana", ""), ("U2", "berjalan", "Separuh"),
    ]  # fmt: skip
    assert len(store.follow_ups("uji", T1)) == 4
    assert carry_over(resmi.store, resmi, T1, T2) == 0


def test_a_semester_tells_a_plan_that_was_carried_over_once(store: Store) -> None:
    """S1 is the mean of its triwulan: U1 (75,00 + 91,67) / 2 is below U2 (100,00 + 75,00) / 2."""
    plan(store, "U2")
    plan(store, "U1", "berjalan")
    plan(store, "U1", "selesai", kegiatan="Sudah")
    plan(store, "U1", kegiatan="Lain", periode=T3)
    resmi = open_official(store, "uji")
    carry_over(resmi.store, resmi, T1, T2)
    found = plans(resmi, S1)
    assert [(k.tindak.isi.kegiatan, k.tindak.isi.periode) for k in found] == [
        ("Sudah", T1), ("Perbaiki U1", T2), ("Perbaiki U2", T2),
    ]  # fmt: skip
    assert [(k.sebelum, k.berikut) for k in found] == [
        (Decimal("75.00"), T2), (Decimal("91.67"), T3), (Decimal("75.00"), T3),
    ]  # fmt: skip
    assert plans(resmi, T1) == progress(resmi, T1)
    assert plans(resmi, parse_period("2024")) == ()


def test_of_two_periods_that_end_together_the_longer_has_the_latest_copy(store: Store) -> None:
    for periode in (S1, T2, T1):
        plan(store, "U1", periode=periode)
    plan(store, "U1", periode=T2, layanan="ktp")
    plan(store, "U1", periode=T2, layanan="ktp")
    found = latest_copies(store.follow_ups("uji"))
    assert [(row.isi.layanan, row.isi.periode) for row in found] == [
        (None, S1), ("ktp", T2), ("ktp", T2),
    ]  # fmt: skip


def test_what_has_left_the_survey_is_not_carried_over(store: Store) -> None:
    plan(store, "U1", layanan="kk")
    plan(store, "U2", layanan="ktp")
    whole = TOML.format(id="uji", nama="Uji")
    text = whole.replace(', { kode = "kk", nama = "Kartu Keluarga" }', "")
    assert text != whole
    store.save_survei(parse_survei(text, "uji"), text)
    assert carry_over(store, open_official(store, "uji"), T1, T2) == 1
    assert [row.isi.layanan for row in store.follow_ups("uji", T2)] == ["ktp"]
