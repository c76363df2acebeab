"""Remarks as the page shows them: what they are about, who wrote alike, what became of them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from skm.jawaban import Jawaban, Kanal
from skm.periode import parse_period
from skm.saran import (
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
)
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
    months = per_month(found, SURVEI)
    assert len(months) == 12
    assert (months[0][0], months[-1]) == (date(2024, 1, 1), (date(2024, 12, 1), 1))
    assert dict(months)[date(2024, 9, 1)] == 1
    assert sum(n for _, n in months) == 2
    early = per_month(found, SURVEI, date(2024, 11, 30))
    assert (early[-1], early[0]) == ((date(2024, 9, 1), 1), (date(2023, 12, 1), 1))
    assert per_month((), SURVEI) == []


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
