"""Saving a draft, on both databases: faults at once, nobody overwritten, history kept."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from skm.akun import Peran
from skm.akun.peran import Pelaku
from skm.atur import kuesioner
from skm.atur.daftar import Daftar, paste, remove, rename, retire
from skm.atur.hitung import set_method
from skm.atur.pratinjau import compare
from skm.atur.simpan import create, decode, review, save
from skm.jawaban import Jawaban, Kanal
from skm.penutupan.resmi import open_official
from skm.penutupan.tutup import close
from skm.periode import parse_period
from skm.pesan import SkmError
from skm.store import AsalBerkas, BatchBaru, Store, TautanBaru
from skm.survei import parse_survei
from tests.atur.contoh_atur import TOML

T4 = parse_period("2025-T4")
WAKTU = datetime(2025, 12, 1, 3, tzinfo=UTC)


@pytest.fixture
def isi(store: Store) -> Store:
    """The survey with answers: 4, 3, 3 for Waktu and 4, 4, 3 for Sarana."""
    store.save_survei(parse_survei(TOML, "uji"), TOML)
    answers = [Jawaban(n, T4, WAKTU, layanan="ktp", titik="dinas") for n in ("44", "34", "33")]
    store.add_batch("uji", BatchBaru(Kanal.UNGGAH, "a.csv"), answers)
    return store


def refused(kode: str, store: Store, dasar: str, teks: str) -> None:
    with pytest.raises(SkmError) as caught:
        save(store, "uji", dasar, teks)
    assert caught.value.kode == kode
    assert store.load_toml("uji") == TOML


def test_what_is_saved_is_in_force_and_in_the_history(isi: Store) -> None:
    text = paste(rename(TOML, Daftar.LAYANAN, "ktp", "KTP-el"), Daftar.LAYANAN, "Akta").teks
    found = review(isi, "uji", TOML, text)
    assert found.boleh
    assert save(isi, "uji", TOML, text) == found.beda
    assert isi.load_toml("uji") == text
    assert [item.nama for item in isi.load_survei("uji").layanan] == [
        "KTP-el", "Kartu Keluarga", "Akta",
    ]  # fmt: skip
    newest, first = isi.survei_versions("uji")
    assert (newest.nomor, newest.asal) == (2, AsalBerkas.KANTOR)
    assert newest.ringkasan.splitlines() == list(found.beda)
    assert (first.asal, isi.load_version("uji", 1)) == (AsalBerkas.FOLDER, TOML)
    assert isi.load_version("uji", 2) == text
    (cell,) = isi.cells("uji", T4, ("layanan",))
    assert (cell.layanan, cell.responden) == ("ktp", 3)


def test_old_answers_keep_their_questionnaire(isi: Store) -> None:
    text = kuesioner.change(TOML, "u1", "teks", "Cepat?")
    save(isi, "uji", TOML, kuesioner.with_version(text, TOML, ["2025-1"], 2026))
    assert sorted(isi.questionnaires("uji")) == ["2025-1", "2026-1"]
    assert isi.load_survei("uji").kuesioner.versi == "2026-1"
    (cell,) = isi.cells("uji", T4)
    assert cell.responden == 3
    assert isi.check_recap() == ()


def test_of_two_who_edit_the_second_is_told(isi: Store) -> None:
    first, second = (rename(TOML, Daftar.LAYANAN, "kk", n) for n in ("Satu", "Dua"))
    save(isi, "uji", TOML, first)
    with pytest.raises(SkmError) as caught:
        save(isi, "uji", TOML, second)
    assert caught.value.kode == "survei-baru-diubah"
    assert isi.load_toml("uji") == first


def test_answers_that_come_in_meanwhile_do_not_stand_in_the_way(isi: Store) -> None:
    text = rename(TOML, Daftar.LAYANAN, "kk", "KK")
    isi.add_batch("uji", BatchBaru(Kanal.UNGGAH, "b.csv"), [Jawaban("44", T4)])
    save(isi, "uji", TOML, text)
    assert isi.load_toml("uji") == text


def test_a_draft_with_faults_is_not_saved(isi: Store) -> None:
    text = rename(TOML, Daftar.LAYANAN, "kk", "")
    assert not review(isi, "uji", TOML, text).boleh
    refused("survei-belum-sah", isi, TOML, text)


def test_what_has_answers_or_placements_stays(isi: Store) -> None:
    isi.add_tautan("uji", [TautanBaru("kec-a", None), TautanBaru("dinas", "kk")])
    text = remove(remove(TOML, Daftar.LAYANAN, "ktp"), Daftar.TITIK, "kec-a")
    found = review(isi, "uji", TOML, text)
    assert {(t.tempat, t.kode) for t in found.temuan} == {
        ("Daftar layanan", "survei-layanan-terpakai"), ("Daftar titik", "survei-titik-terpakai"),
    }  # fmt: skip
    refused("survei-layanan-terpakai", isi, TOML, text)
    used = isi.used_places("uji")
    assert (used.layanan, used.titik) == (
        {"kk": (0, 1), "ktp": (3, 0)}, {"dinas": (3, 1), "kec-a": (0, 1)},
    )  # fmt: skip
    off = retire(TOML, Daftar.LAYANAN, "kk", aktif=False)
    found = review(isi, "uji", TOML, off)
    assert found.boleh
    assert "1 tautan masih terbuka" in found.catatan[0]


def test_an_excluded_answer_holds_its_layanan_too(isi: Store) -> None:
    answer = Jawaban("44", T4, layanan="kk")
    batch = isi.add_batch("uji", BatchBaru(Kanal.UNGGAH, "b.csv"), [answer])
    isi.undo_batch(batch.id)
    assert "kk" not in isi.used_places("uji").layanan
    isi.add_batch("uji", BatchBaru(Kanal.UNGGAH, "c.csv"), [Jawaban("44", T4, layanan="kk")])
    isi.exclude("uji", [5], "uji coba")
    assert isi.used_places("uji").layanan["kk"] == (1, 0)


def test_an_unsur_with_answers_stays(isi: Store) -> None:
    text = kuesioner.remove_unsur(TOML, "Sarana")
    assert [t.kode for t in review(isi, "uji", TOML, text).temuan] == ["kuesioner-unsur-hilang"]
    refused("kuesioner-unsur-hilang", isi, TOML, text)


def test_after_a_closing_the_unsur_are_frozen_and_the_method_moves_nothing(isi: Store) -> None:
    """(10/3 + 11/3) / 2 × 25 = 87,50."""
    close(isi, "uji", T4)
    isi.add_batch("uji", BatchBaru(Kanal.UNGGAH, "z.csv"), [Jawaban("11", parse_period("2026-T1"))])
    text = set_method(kuesioner.add_unsur(TOML, "Transparansi"), "bertahap")
    assert [t.kode for t in review(isi, "uji", TOML, text).temuan] == ["survei-unsur-beku"]
    text = set_method(TOML, "bertahap")
    found = review(isi, "uji", TOML, text)
    assert found.survei is not None
    closed = {b.periode.kode: b for b in compare(open_official(isi, "uji"), found.survei)}
    assert closed["2025-T4"].ditutup
    assert str(closed["2025-T4"].nanti.hasil.ikm) == "87.50"
    assert closed["2025-T4"].nanti.hasil.metode.nama == "penuh"
    assert closed["2026-T1"].nanti.hasil.metode.nama == "bertahap"
    assert closed["2026-T1"].kini.hasil.metode.nama == "penuh"
    save(isi, "uji", TOML, text)
    assert open_official(isi, "uji").survei_of(T4).metode.nama == "penuh"


def test_only_an_admin_saves(isi: Store) -> None:
    text = rename(TOML, Daftar.LAYANAN, "kk", "KK")
    for peran in set(Peran) - {Peran.ADMIN}:
        refused("hak-kurang", isi.acting(Pelaku("petugas", frozenset({peran}))), TOML, text)
    save(isi.acting(Pelaku("kepala", frozenset({Peran.ADMIN}))), "uji", TOML, text)
    assert isi.load_toml("uji") == text


def test_a_new_survey_once(store: Store) -> None:
    assert create(store, TOML).id == "uji"
    (only,) = store.survei_versions("uji")
    assert (only.nomor, only.asal) == (1, AsalBerkas.KANTOR)
    assert store.load_survei("uji").kuesioner.versi == "2025-1"
    with pytest.raises(SkmError) as caught:
        create(store, rename(TOML, Daftar.LAYANAN, "kk", "KK"))
    assert caught.value.kode == "survei-sudah-ada"
    assert store.load_toml("uji") == TOML


def test_an_uploaded_file_is_text() -> None:
    assert decode(b"\xef\xbb\xbfid = 1\r\n") == "id = 1\n"
    for content, kode in (
        (b"\xff\xfe", "survei-berkas-bukan-teks"),
        (b"#" * 2_000_000, "survei-berkas-besar"),
    ):
        with pytest.raises(SkmError) as caught:
            decode(content)
        assert caught.value.kode == kode
