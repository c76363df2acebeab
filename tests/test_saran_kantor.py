"""Remarks as the page shows them: what they are about, who wrote alike, what became of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skm.jawaban import Jawaban, Kanal
from skm.periode import parse_period
from skm.saran import (
    Buku,
    Cari,
    Ulasan,
    dictionary_unsur,
    find_remarks,
    group_found,
    per_month,
    read_remarks,
    remark_tables,
    reply,
    summarize,
    unsur_lengths,
    unsur_names,
)
from skm.saran.baca import Bacaan
from skm.store import BatchBaru, Saran, StatusSaran, Store, Tanggapan, open_store
from skm.survei import parse_survei

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "surveys" / "contoh-disdukcapil-bekasi-2024.toml").read_text(encoding="utf-8")
SURVEI = parse_survei(TEXT, "contoh")
T4 = parse_period("2024-T4")
SELESAI, PERLU = Tanggapan(StatusSaran.SELESAI, "Sudah"), Tanggapan(StatusSaran.PERLU)


def remarks(*texts: str, **own: object) -> list[Saran]:
    given = {"periode": T4, "waktu": datetime(2024, 12, 1, tzinfo=UTC), "layanan": None,
             "titik": None, "kanal": "qr", "berkode": False, **own}  # fmt: skip
    return [Saran(id=i, teks=text, **given) for i, text in enumerate(texts, start=1)]


def read(*texts: str) -> tuple[Ulasan, ...]:
    return read_remarks(SURVEI, remarks(*texts))


def ids(found: list[Ulasan]) -> list[int]:
    return [u.saran.id for u in found]


def test_unsur_are_those_of_the_survey_whatever_their_number() -> None:
    """The regulation's U8 is Pengaduan; this survey's is Sarana."""
    (about_seats, about_complaints, about_nothing) = read(
        "Kursi kurang", "Pengaduan saya belum dijawab", "Semoga jaya"
    )
    assert (about_seats.unsur, about_complaints.unsur) == (("U8",), ("U9",))
    assert about_nothing.unsur == ()
    assert dictionary_unsur(SURVEI)["Sarana dan Prasarana"].kode == "U8"


def test_what_can_be_looked_for() -> None:
    found = read("Antreannya lama sekali", "Toilet kotor", "Tidak ada", "Keramahan kurang")
    known = {2: SELESAI}
    assert ids(find_remarks(found, known, Cari())) == [1, 2, 4]
    assert ids(find_remarks(found, known, Cari("lama antrean"))) == [1]
    assert ids(find_remarks(found, known, Cari("RAMAH!"))) == [4]
    assert ids(find_remarks(found, known, Cari("tidak ada"))) == [3]
    assert ids(find_remarks(found, known, Cari(unsur="U8"))) == [2]
    assert ids(find_remarks(found, known, Cari(unsur=""))) == []
    assert ids(find_remarks(found, known, Cari(status=StatusSaran.SELESAI))) == [2]
    assert ids(find_remarks(found, known, Cari(status=StatusSaran.BARU))) == [1, 4]
    assert find_remarks(found, known, Cari(kanal="kios")) == []
    assert find_remarks(found, known, Cari(layanan="ktp")) == []


def test_a_remark_about_two_unsur_counts_at_both() -> None:
    found = list(read("Kursi kurang, lama menunggu", "Kursi rusak", "Semoga jaya"))
    ringkas = summarize(found, {1: PERLU})
    assert ringkas.jumlah == 3
    assert ringkas.unsur == {"U3": 1, "U8": 2, "": 1}
    assert ringkas.status[StatusSaran.PERLU] == 1
    assert ringkas.status[StatusSaran.BARU] == 2


def test_nearly_the_same_stand_together_as_long_as_they_stand_alike() -> None:
    found = list(
        read(
            "antrean lama", "Antreannya lama sekali.", "Toilet kotor", "ANTREAN LAMA", "lama antre"
        )
    )
    first, second = group_found(found, {})
    assert (first.ids, second.ids) == ([5, 4, 2, 1], [3])
    assert first.unsur == ("U2", "U3")
    known = {2: SELESAI, 4: SELESAI}
    assert [k.ids for k in group_found(found, known)] == [[5, 1], [4, 2], [3]]
    assert [k.ids for k in group_found(found, known, mirip=False)] == [[5], [4], [3], [2], [1]]


def test_months_are_those_of_the_office() -> None:
    """18.00 UTC on 30 November is 1 December in Bekasi (WIB)."""
    made = [
        *remarks("satu", waktu=datetime(2024, 11, 30, 18, tzinfo=UTC)),
        *remarks("dua", waktu=datetime(2024, 9, 3, tzinfo=UTC)),
        *remarks("tiga", waktu=None),
        *remarks("lama", waktu=datetime(2023, 12, 31, tzinfo=UTC)),
    ]
    found = read_remarks(SURVEI, made)
    months = per_month(found)
    assert len(months) == 12
    assert (months[0][0], months[-1]) == (date(2024, 1, 1), (date(2024, 12, 1), 1))
    assert dict(months)[date(2024, 9, 1)] == 1
    assert sum(n for _, n in months) == 2
    early = per_month(found, date(2024, 11, 30))
    assert (early[-1], early[0]) == ((date(2024, 9, 1), 1), (date(2023, 12, 1), 1))
    assert per_month(()) == []


texts = st.sampled_from(
    [
        *("antrean lama", "Antreannya lama sekali.", "lama antre", "ANTREAN LAMA", "tidak ada"),
        *("Toilet kotor", "toilet", "kursi kurang", "Kursi tunggu kurang", "kursi tunggu rusak"),
    ]
)


@settings(deadline=None)
@given(st.lists(st.tuples(st.lists(texts, max_size=4), st.integers(0, 9)), min_size=2, max_size=6))
def test_read_as_they_grow_remarks_are_what_a_whole_reading_gives(steps) -> None:
    """Some come, and now and then one in the middle is erased."""
    bacaan, now, nomor = Bacaan(SURVEI), [], 0
    for added, erased in steps:
        for text in added:
            nomor += 1
            now.append(replace(remarks(text)[0], id=nomor))
        if erased < min(4, len(now)):
            del now[erased]
        found = bacaan.read(now)
        assert found == read_remarks(SURVEI, now)
        assert bacaan.read(list(now)) is found


def test_a_reading_forgets_the_texts_that_are_gone() -> None:
    bacaan = Bacaan(SURVEI)
    bacaan.read(remarks("Toilet kotor", "Kursi kurang"))
    assert len(bacaan.read(remarks("Toilet kotor"))) == 1
    assert set(bacaan._told) == set(bacaan._often) == {"toilet kotor"}


class Dibaca:
    """What a book reads, and how often it did."""

    def __init__(self, *given: Saran) -> None:
        self.saran: tuple[Saran, ...] = given
        self.tanggapan: dict[int, Tanggapan] = {}
        self.kali = 0

    def __call__(self) -> tuple[tuple[Saran, ...], dict[int, Tanggapan]]:
        self.kali += 1
        return self.saran, dict(self.tanggapan)


def test_a_book_is_read_again_when_the_data_are_others_and_only_then() -> None:
    buku, dibaca = Buku(SURVEI), Dibaca(*remarks("antrean lama", "Toilet kotor"))
    assert not buku.is_open()
    first = buku.open(1, dibaca)
    assert buku.is_open()
    assert buku.open(1, dibaca) is first
    assert dibaca.kali == 1
    assert buku.open(2, dibaca) is first, "an answer without a remark"
    assert dibaca.kali == 2
    assert first.find(Cari(), T4) is first.find(Cari(), T4)
    assert first.groups(Cari(), T4, None, True) is first.groups(Cari(), T4, None, True)


def test_a_book_shows_new_remarks_replies_and_what_was_erased() -> None:
    one, two, three = remarks("antrean lama", "Toilet kotor", "lama antre")
    buku, dibaca = Buku(SURVEI), Dibaca(one, two)
    assert buku.open(1, dibaca).find(Cari(), None).ringkas.jumlah == 2
    dibaca.saran += (three,)
    isi = buku.open(2, dibaca)
    assert [k.ids for k in isi.groups(Cari(), T4, None, True)] == [[3, 1], [2]]
    dibaca.tanggapan[2] = SELESAI
    isi = buku.open(3, dibaca)
    assert isi.find(Cari(), T4).ringkas.status[StatusSaran.SELESAI] == 1
    assert isi.find(Cari(), T4).ringkas.ditanggapi == 1
    assert [k.ids for k in isi.groups(Cari(), T4, StatusSaran.SELESAI, True)] == [[2]]
    assert [k.ids for k in isi.groups(Cari(), T4, StatusSaran.BARU, False)] == [[3], [1]]
    dibaca.saran = (one, three)
    isi = buku.open(4, dibaca)
    assert ids(list(isi.ulasan)) == [1, 3]
    assert "Toilet" not in repr([k.teks for k in isi.groups(Cari(), None, None, False)])


def test_what_is_found_is_of_the_period_and_the_months_are_of_those_before_too() -> None:
    t3 = parse_period("2024-T3")
    early = remarks("satu", waktu=datetime(2024, 9, 3, tzinfo=UTC), periode=t3)[0]
    late = replace(remarks("dua")[0], id=2)
    isi = Buku(SURVEI).open(1, Dibaca(early, late))
    assert ids(list(isi.find(Cari(), T4).ulasan)) == [2]
    assert ids(list(isi.find(Cari(), t3).ulasan)) == [1]
    assert ids(list(isi.find(Cari(), parse_period("2024")).ulasan)) == [1, 2]
    assert ids(list(isi.find(Cari(), None).ulasan)) == [1, 2]
    september, december = (date(2024, 9, 1), 1), (date(2024, 12, 1), 1)
    empty = [(date(2024, m, 1), 0) for m in (10, 11)]
    assert isi.find(Cari(), T4).bulan == [september, *empty, december]
    assert isi.find(Cari(), t3).bulan == [september]


def test_bars_are_as_long_as_their_share_of_the_most() -> None:
    found = read("Kursi kurang", "Kursi rusak", "Semoga jaya")
    lengths = unsur_lengths(SURVEI, summarize(found, {}))
    assert dict(zip(unsur_names(SURVEI), lengths, strict=True)) == {
        **dict.fromkeys(("U1", "U2", "U3", "U4", "U5", "U6", "U7", "U9"), 0), "U8": 100, "": 50,
    }  # fmt: skip
    assert set(unsur_lengths(SURVEI, summarize((), {}))) == {0}


@pytest.fixture
def store(tmp_path: object) -> Store:
    opened = open_store(f"sqlite:///{tmp_path}/skm.db")
    opened.save_survei(SURVEI, TEXT)
    answers = [
        Jawaban("444444444", T4, datetime(2024, 12, 1, 2, tzinfo=UTC), saran=text)
        for text in ("=Kursi kurang", "tidak ada")
    ]
    opened.add_batch(SURVEI.id, BatchBaru(Kanal.UNGGAH), answers)
    yield opened
    opened.close()


def test_a_reply_is_masked_as_remarks_are(store: Store) -> None:
    (remark, _) = store.remarks(SURVEI.id)
    teks = "Hubungi 0812-3456-7890 atau budi@contoh.go.id.\nNIK 3275012345678901 sudah diproses."
    assert reply(store, SURVEI.id, [remark.id], StatusSaran.SELESAI, teks) == 1
    kept = store.responses(SURVEI.id)[remark.id].balasan
    assert kept == ("Hubungi [disamarkan] atau [disamarkan].\nNIK [disamarkan] sudah diproses.")


def test_the_download_has_days_and_no_times(store: Store) -> None:
    (remark, _) = store.remarks(SURVEI.id)
    store.respond(SURVEI.id, [remark.id], StatusSaran.DITINDAK, "Dipesan")
    tables = remark_tables(store, SURVEI, T4)
    (row,) = tables["daftar-saran"].baris
    assert row == ("1 Desember 2024", "—", "—", "Unggah", "U8 Sarana dan prasarana",
                   "=Kursi kurang", "Ditindaklanjuti", "Dipesan")  # fmt: skip
    assert dict(tables["saran-unsur"].baris)["U8 Sarana dan prasarana"] == "1"
