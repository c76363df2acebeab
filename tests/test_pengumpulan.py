"""A survey as it runs, counted by hand (tests/dashboard/survei_uji.py), on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from skm.analysis.groups import Per
from skm.analysis.table import write_csv
from skm.jawaban import Jawaban
from skm.kiriman import Kiriman, Tanda
from skm.pengumpulan import (
    activity,
    clock_text,
    collection_tables,
    day_text,
    double_entry_table,
    examine,
    marked_answers,
    pace_table,
    sample_pace,
    save_populations,
    silent_table,
    working_days,
)
from skm.periode import parse_period
from skm.pesan import SkmError
from skm.store import Store, TautanBaru
from skm.survei import Survei, parse_survei
from tests.dashboard.survei_uji import HARI, JALAN, T1, add_running, answer, survei_jalan


def test_today_and_this_week_by_the_offices_calendar(store: Store) -> None:
    survei, _ = add_running(store)
    found = activity(store, survei, T1, HARI)
    assert (found.hari_ini, found.pekan_ini, found.periode_ini) == (2, 3, 5)
    assert (len(found.harian), found.harian[-1]) == (28, (HARI, 2))
    assert sum(n for _, n in found.harian) == 5
    rows = {per: tabel.baris for per, tabel in found.rincian.items()}
    assert rows[Per.TITIK] == (
        ("Loket Utara", "2", "3", "4"),
        ("Loket Selatan", "0", "0", "1"),
        ("Loket Timur", "0", "0", "0"),
    )
    assert rows[Per.LAYANAN] == (("KTP Jalan", "2", "2", "4"), ("Kartu Keluarga", "0", "1", "1"))
    assert rows[Per.KANAL][0] == ("QR", "2", "3", "5")
    assert found.rincian[Per.TITIK].kaki == ("Jumlah", "2", "3", "5")


def test_answers_of_no_titik_have_a_row_of_their_own(store: Store) -> None:
    survei, _ = add_running(store)
    (everywhere,) = store.add_tautan("jalan", [_everywhere()])
    answer(store, everywhere, "44", datetime(2025, 3, 12, 2, tzinfo=UTC), "kk")
    tabel = activity(store, survei, T1, HARI).rincian[Per.TITIK]
    assert tabel.baris[-1] == ("(tidak diisi)", "1", "1", "1")
    assert tabel.kaki == ("Jumlah", "3", "4", "6")


def _everywhere() -> TautanBaru:
    return TautanBaru(None, None)


def test_before_the_first_answer_there_are_zeros(store: Store) -> None:
    survei = add_running(store)[0]
    found = activity(store, survei, None, date(2026, 1, 5))
    assert (found.hari_ini, found.pekan_ini, found.periode_ini) == (0, 0, 0)
    assert found.rincian[Per.LAYANAN].kaki == ("Jumlah", "0", "0", "0")


def test_silent_is_nothing_for_seven_days(store: Store) -> None:
    """The answer of 5 March is the seventh day before the 12th: one day too old."""
    survei, (_, b, c) = add_running(store)
    found = silent_table(survei, store.list_tautan("jalan"), activity(store, survei, T1, HARI))
    assert [(row[0], row[3], row[5]) for row in found.baris] == [
        ("Loket Selatan", b.kode, "5 Maret 2025"),
        ("Loket Timur", c.kode, "belum pernah ada"),
    ]
    earlier = activity(store, survei, T1, date(2025, 3, 11))
    sixth = silent_table(survei, store.list_tautan("jalan"), earlier)
    assert [row[0] for row in sixth.baris] == ["Loket Timur"]


def test_a_titik_without_an_open_placement_is_named_too(store: Store) -> None:
    survei, (_, _, c) = add_running(store)
    store.change_tautan(c.kode, aktif=False)
    found = silent_table(survei, store.list_tautan("jalan"), activity(store, survei, T1, HARI))
    told = ("Loket Timur", "—", "belum ada tautan", "—", "—", "tidak ada dalam 28 hari")
    assert found.baris[-1] == told


def test_placements_that_are_alike_are_silent_each_for_itself(store: Store) -> None:
    survei, (a, b, _) = add_running(store)
    (twin,) = store.add_tautan("jalan", [TautanBaru("a", None, nama="Pintu belakang")])
    answer(store, twin, "33", datetime(2025, 1, 6, 3, tzinfo=UTC), "kk")
    kegiatan = activity(store, survei, T1, HARI)
    found = silent_table(survei, store.list_tautan("jalan"), kegiatan)
    shown = {row[3]: (row[2], row[5]) for row in found.baris}
    assert a.kode not in shown
    assert shown[twin.kode] == ("QR · Pintu belakang", "6 Januari 2025")  # before the 28 days
    assert shown[b.kode] == ("QR", "5 Maret 2025")


def test_silence_ends_at_midnight_of_the_offices_clock(store: Store) -> None:
    """5 March 17:30 UTC is 6 March, 00:30 WIB: the sixth day before the 12th."""
    survei, (_, b, _) = add_running(store)
    answer(store, b, "33", datetime(2025, 3, 5, 17, 30, tzinfo=UTC), "kk")
    kegiatan = activity(store, survei, T1, HARI)
    found = silent_table(survei, store.list_tautan("jalan"), kegiatan)
    assert [row[0] for row in found.baris] == ["Loket Timur"]


def test_the_pace_per_layanan(store: Store) -> None:
    """Krejcie-Morgan: 100 needs 80, 10 needs 10. 12 to 31 March has 14 working days."""
    survei, _ = add_running(store)
    assert save_populations(store, survei, T1, {"ktp": 100, "kk": 10, None: None}) == 2
    assert save_populations(store, survei, T1, {"ktp": 100, "kk": 10}) == 0
    found = sample_pace(store, survei, T1, HARI)
    rows = [(b.layanan, b.perlu, b.diterima, b.kurang) for b in found.baris]
    assert rows == [("ktp", 80, 4, 76), ("kk", 10, 1, 9)]
    assert found.baris[0].persen == Fraction(5)
    assert (found.perlu, found.diterima, found.kurang, found.hari_kerja) == (90, 5, 85, 14)
    assert found.per_hari == 7  # 85 / 14 = 6.07
    tabel = pace_table(survei, T1, found)
    assert tabel.baris == (
        ("KTP Jalan", "100", "80", "4", "76", "6"),
        ("Kartu Keluarga", "10", "10", "1", "9", "1"),
    )
    assert tabel.kaki == ("Jumlah jenis layanan", "110", "90", "5", "85", "7")


def test_the_pace_of_the_whole_unit(store: Store) -> None:
    """1.000 need 278."""
    survei, _ = add_running(store)
    save_populations(store, survei, T1, {None: 1000})
    found = sample_pace(store, survei, T1, HARI)
    assert (found.perlu, found.diterima, found.kurang, found.per_hari) == (278, 5, 273, 20)
    save_populations(store, survei, T1, {"kk": 10})
    both = sample_pace(store, survei, T1, HARI)
    assert (both.perlu, both.kurang) == (10, 9)  # the layanan lead, the unit stays in sight
    assert pace_table(survei, T1, both).baris[-1][:3] == ("Seluruh unit pelayanan", "1.000", "278")


def test_without_a_population_the_surveys_own_target_counts(store: Store) -> None:
    add_running(store)
    text = JALAN + '[target_responden]\n"2025-T1" = 40\n'
    survei = parse_survei(text, "jalan.toml")
    found = sample_pace(store, survei, T1, HARI)
    assert (found.perlu, found.diterima, found.kurang) == (40, 5, 35)
    tabel = pace_table(survei, T1, found)
    assert tabel.baris == (("Seluruh unit pelayanan", "—", "40", "5", "35", "3"),)
    assert tabel.catatan.startswith("Perlu: target responden pada berkas survei.")
    save_populations(store, survei, T1, {None: 1000})
    assert sample_pace(store, survei, T1, HARI).perlu == 278


def test_without_a_population_there_is_nothing_to_reach(store: Store) -> None:
    survei, _ = add_running(store)
    found = sample_pace(store, survei, T1, HARI)
    assert (found.baris, found.perlu, found.kurang) == ((), 0, 0)


@pytest.mark.parametrize(
    ("hari", "days"), [(date(2025, 4, 1), 0), (date(2025, 3, 31), 1), (date(2024, 12, 30), 64)]
)
def test_working_days_are_those_left_in_the_period(store: Store, hari: date, days: int) -> None:
    """January 23, February 20, March 21 working days; after the period none, and no pace."""
    survei, _ = add_running(store)
    save_populations(store, survei, T1, {None: 1000})
    found = sample_pace(store, survei, T1, hari)
    assert found.hari_kerja == days
    assert (found.per_hari is None) == (days == 0)
    assert (pace_table(survei, T1, found).baris[0][-1] == "—") == (days == 0)


def test_the_offices_own_days_count() -> None:
    own = "[formulir.jam_layanan]\nmulai = 08:00:00\nselesai = 15:00:00\nhari = [1, 6]\n"
    survei = parse_survei(f"{JALAN}\n{own}", "uji")
    assert working_days(survei, date(2025, 3, 10), date(2025, 3, 16)) == 2


def test_marked_answers_and_what_they_change(store: Store) -> None:
    """Without 22 and 44: (4+4+3) / 3 and (4+3+4) / 3, IKM 91,67."""
    survei, _ = add_running(store)
    found = examine(store, survei, T1)
    assert (found.ditandai, found.dikecualikan) == (2, 0)
    counts = {row[0]: row[2:] for row in found.tanda.baris}
    assert counts["Terlalu cepat"] == ("1", "1", "0")
    assert counts["Semua sama"] == ("1", "1", "0")
    assert counts["Beruntun"] == ("0", "0", "0")
    assert [row[1:3] + row[4:] for row in found.ikm.baris] == [
        ("5", "85,00", "—"),
        ("5", "85,00", "0,00"),
        ("3", "91,67", "+6,67"),
    ]


def test_an_exclusion_is_in_sight_and_comes_back(store: Store) -> None:
    """Without 22: (4+4+3+4) / 4 and (4+3+4+4) / 4, IKM 93,75."""
    survei, _ = add_running(store)
    (fast,) = marked_answers(store, survei, T1, Tanda.CEPAT, dikecualikan=False)
    assert (fast.nilai, fast.detik) == ("22", 6)
    store.exclude("jalan", [fast.id], "uji coba petugas")
    found = examine(store, survei, T1)
    assert (found.ditandai, found.dikecualikan) == (1, 1)
    assert {row[0]: row[2:] for row in found.tanda.baris}["Terlalu cepat"] == ("1", "0", "1")
    assert [row[1:3] + row[4:] for row in found.ikm.baris] == [
        ("4", "93,75", "—"),
        ("5", "85,00", "−8,75"),
        ("3", "91,67", "−2,08"),
    ]
    (out,) = marked_answers(store, survei, T1, None, dikecualikan=True)
    assert out.dikecualikan == "uji coba petugas"
    assert activity(store, survei, T1, HARI).periode_ini == 4
    assert store.include([out.id]) == 1
    assert examine(store, survei, T1).ikm.baris[0][1:3] == ("5", "85,00")


def test_a_reason_is_required(store: Store) -> None:
    survei, _ = add_running(store)
    (fast,) = marked_answers(store, survei, T1, Tanda.CEPAT, dikecualikan=False)
    with pytest.raises(SkmError) as caught:
        store.exclude("jalan", [fast.id], "  ")
    assert caught.value.kode == "alasan-kosong"


def test_a_semester_takes_out_each_marked_answer_once(store: Store) -> None:
    """All pooled; the semester's own sheet is marked too: what is left is triwulan I alone."""
    _, (a, _, _) = add_running(store)
    pooled = f'agregasi = "gabungan"\n{JALAN}'
    store.save_survei(parse_survei(pooled, "uji"), pooled)
    survei = store.load_survei("jalan")
    lurus = frozenset({Tanda.LURUS})
    answer(store, a, "11", None, "kk", lurus, periode="2025-S1")
    rows = examine(store, survei, parse_period("2025-S1")).ikm.baris
    assert rows[0][1:3] == ("6", "75,00")  # (17 + 1) / 6 = 3
    assert rows[2][1:3] == ("3", "91,67")


def test_versions_that_cannot_be_told_apart_give_no_figure(store: Store) -> None:
    add_running(store)
    swapped = JALAN.replace('unsur = "Sarana"', 'unsur = "X"').replace(
        'unsur = "Waktu Jalan"', 'unsur = "Sarana"'
    )
    swapped = swapped.replace('unsur = "X"', 'unsur = "Waktu Jalan"')
    swapped = swapped.replace('versi = "1"', 'versi = "2"')
    store.save_survei(parse_survei(swapped, "uji"), swapped)
    rows = examine(store, store.load_survei("jalan"), T1).ikm.baris
    assert rows[0][1:3] == ("5", "85,00")
    assert rows[2][1:] == ("—", "—", "—", "—")


class TestDoubleEntry:
    def entries(self, store: Store, survei: Survei) -> dict[str, str]:
        """Two sittings keyed and compared, the second one undone; return their batches."""
        for sesi in ("pagi", "siang"):
            kiriman = Kiriman(f"lembar-{sesi}-0123456789", Jawaban("43", T1))
            store.add_sheet(survei.id, "a", "ktp", kiriman, sesi=sesi)
        store.save_double_entry(survei.id, "siang", 7, 42, 0)
        store.save_double_entry(survei.id, "pagi", 20, 260, 3)
        found = {b.sesi: b.id for b in store.list_batches(survei.id) if b.sesi}
        store.undo_batch(found["siang"])
        return found

    def test_counted_by_hand(self, store: Store) -> None:
        """3 / 260 = 1,1538 %; together 3 / 302 = 0,9934 %."""
        survei, _ = add_running(store)
        batch = self.entries(store, survei)
        tabel = double_entry_table(store, survei)
        assert [row[:5] for row in tabel.baris] == [
            (batch["pagi"], "20", "260", "3", "1,15%"),
            (batch["siang"], "7", "42", "0", "0,00%"),
        ]
        assert tabel.kaki == ("Jumlah", "27", "302", "3", "0,99%", "")
        assert tabel.baris[0][5] == clock_text(store.double_entries(survei.id)[0].waktu, survei)
        assert collection_tables(store, survei, T1)["entri-ganda"] == tabel
        assert b"1,15%" in write_csv(tabel)

    def test_a_single_one_has_no_sum(self, store: Store) -> None:
        survei, _ = add_running(store)
        store.save_double_entry(survei.id, "tanpa lembar", 1, 3, 1)
        tabel = double_entry_table(store, survei)
        assert tabel.baris[0][:5] == ("—", "1", "3", "1", "33,33%")
        assert tabel.kaki == ()

    def test_none_is_no_table(self, store: Store) -> None:
        survei, _ = add_running(store)
        assert double_entry_table(store, survei).baris == ()


def test_a_moment_by_the_offices_clock(store: Store) -> None:
    survei = survei_jalan(store)
    late = datetime(2024, 9, 30, 17, 26, tzinfo=UTC)
    assert clock_text(late, survei) == "1 Oktober 2024 pukul 00.26 WIB"


def test_every_table_has_a_name_for_its_download(store: Store) -> None:
    survei, _ = add_running(store)
    assert set(collection_tables(store, survei, T1)) == {
        "masuk-titik", "masuk-layanan", "masuk-kanal", "sepi", "kecukupan", "tanda", "ikm-tanda",
        "kewajaran",
    }  # fmt: skip


def test_a_day_is_written_out() -> None:
    assert day_text(HARI) == "Rabu, 12 Maret 2025"
