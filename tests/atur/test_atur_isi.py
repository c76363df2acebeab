"""Sentences of the form, method and targets, faults with their place, changes in words."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skm.atur import hitung, kalimat
from skm.atur.baru import Identitas, copy_of, from_regulation, make_id
from skm.atur.beda import changes, notes
from skm.atur.daftar import Daftar, paste, remove, rename, retire
from skm.atur.dokumen import get, read, set_value
from skm.atur.hitung import Target
from skm.atur.kuesioner import change, with_version
from skm.atur.periksa import check
from skm.formulir import Teks
from skm.periode import parse_period
from skm.survei import Survei
from tests.atur.contoh_atur import TOML

CONTOH = Path(__file__).parents[2] / "surveys" / "contoh-disdukcapil-bekasi-2024.toml"
TAHUN = parse_period("2026")
BARU = Identitas("skm-2026", "SKM 2026", "Pemerintah Kota", "Dinas", "WITA")


def survei_of(text: str) -> Survei:
    checked = check(text)
    assert checked.survei is not None, checked.temuan
    return checked.survei


class TestSentences:
    def test_the_offices_words_reach_the_form(self) -> None:
        text = kalimat.set_sentence(TOML, "id", "pengantar", "Selamat datang.")
        assert Teks("id", survei_of(text))("pengantar") == "Selamat datang."
        assert Teks("en", survei_of(text))("pengantar") == Teks("en")("pengantar")
        assert kalimat.sentence(read(text), "id", "pengantar") == "Selamat datang."

    @pytest.mark.parametrize("typed", ["", "  ", Teks("id")("pengantar")])
    def test_nothing_or_our_words_are_ours_again(self, typed: str) -> None:
        text = kalimat.set_sentence(TOML, "id", "pengantar", "Selamat datang.")
        text = kalimat.set_sentence(text, "id", "pengantar", typed)
        assert get(read(text), ("bahasa", "id", "teks")) == {}
        assert kalimat.sentence(read(text), "id", "pengantar") == Teks("id")("pengantar")

    def test_every_sentence_that_can_be_edited_is_one_of_the_form(self) -> None:
        for bahasa in ("id", "en"):
            for k in kalimat.KALIMAT:
                assert kalimat.default_sentence(bahasa, k.kunci)

    def test_english_goes_and_comes(self) -> None:
        text = kalimat.remove_language(TOML, "en")
        assert kalimat.languages(read(text)) == ("id",)
        text = kalimat.translate(text, "en", "judul", "Survey")
        assert survei_of(text).bahasa["en"].teks == {"judul": "Survey"}


class TestCalculation:
    def test_a_target_as_it_is_typed(self) -> None:
        text = hitung.set_target(TOML, Target.IKM, TAHUN, " 85,15 ")
        text = hitung.set_target(text, Target.RESPONDEN, TAHUN, "1.560")
        assert hitung.targets(read(text), Target.IKM) == {"2026": "85,15"}
        assert str(survei_of(text).target[TAHUN]) == "85.15"
        assert survei_of(text).target_responden[TAHUN] == 1560
        text = hitung.set_target(text, Target.IKM, TAHUN, "")
        assert survei_of(text).target == {}

    def test_the_same_period_written_otherwise_is_replaced(self) -> None:
        text = TOML + '\n[target]\n"2024-t4" = 84.2\n'
        text = hitung.set_target(text, Target.IKM, parse_period("2024-T4"), "85")
        assert list(read(text)["target"].values()) == ["85"]

    @pytest.mark.parametrize(
        ("typed", "kode"), [("abc", "survei-harus-angka"), ("12", "survei-rentang")]
    )
    def test_a_wrong_target_is_kept_and_named(self, typed: str, kode: str) -> None:
        text = hitung.set_target(TOML, Target.IKM, TAHUN, typed)
        assert hitung.targets(read(text), Target.IKM) == {"2026": typed}
        (found,) = check(text).temuan
        assert (found.tempat, found.kode) == ("Target IKM 2026", kode)

    def test_method_and_own_weights(self) -> None:
        text = hitung.set_weight(hitung.set_method(TOML, "bertahap"), hitung.SENDIRI)
        assert check(text).temuan
        text = hitung.set_own_weight(text, "Waktu", "0,7")
        assert [t.kode for t in check(hitung.set_own_weight(text, "Sarana", "0,2")).temuan] == [
            "bobot-jumlah"
        ]
        text = hitung.set_own_weight(text, "Sarana", "0,3")
        assert survei_of(text).aturan.metode.nama == "bertahap"
        assert hitung.own_weights(read(text)) == {"Waktu": "0,7", "Sarana": "0,3"}
        assert hitung.weight(read(hitung.set_weight(text, "1/k"))) == "1/k"
        assert survei_of(hitung.set_weight(text, "1/k")).metode.bobot_sendiri is None

    def test_a_named_method_takes_the_place_of_the_offices_own(self) -> None:
        own = TOML + '\n[metode]\nnama = "kami"\njalur = "unsur"\ntahap = { nrr = 3 }\n'
        assert hitung.has_own_stages(read(own))
        assert survei_of(hitung.set_method(own, "penuh")).aturan.metode.nama == "penuh"


class TestFaults:
    def test_every_fault_has_its_place_in_words(self) -> None:
        text = rename(TOML, Daftar.LAYANAN, "kk", "")
        text = set_value(text, ("zona_waktu",), "GMT")
        text = set_value(text, ("formulir", "simpan_bulan"), "dua")
        text = change(text, "u2", "teks", "")
        assert {(t.tempat, t.kode) for t in check(text).temuan} == {
            ("Layanan 2 (kk), nama", "survei-kosong"),
            ("Zona waktu", "zona-tak-dikenal"),
            ("Masa simpan jawaban", "survei-harus-angka"),
            ("Pertanyaan 2 (u2), bunyi", "survei-kosong"),
        }

    def test_faults_of_the_whole(self) -> None:
        text = rename(TOML, Daftar.TITIK, "kec-a", "kantor dinas")
        text = change(text, "u2", "unsur", "Biaya")
        assert {(t.tempat, t.kode) for t in check(text).temuan} == {
            ("Daftar titik", "survei-ganda"),
            ("Pertanyaan 2 (u2), unsur", "survei-unsur-tak-ada"),
            ("Unsur 2 (Sarana), nama", "survei-unsur-tanpa-pertanyaan"),
        }

    def test_text_that_is_no_toml(self) -> None:
        (found,) = check("judul = \nunit = 1\n").temuan
        assert (found.tempat, found.kode) == ("Baris 1", "survei-toml")

    @settings(max_examples=100, deadline=None)
    @given(st.text(st.characters(codec="utf-8"), max_size=80) | st.just("x=" + "[" * 9999))
    def test_any_text_is_told_and_nothing_raises(self, text: str) -> None:
        assert check(text).temuan
        assert check(TOML + text, "uji").temuan or survei_of(TOML + text).id == "uji"

    @pytest.mark.parametrize(
        "line", ["layanan = 5", "bahasa = 5", "target = []", "unsur = 'x'", "metode = [1]"]
    )
    def test_other_shapes_have_a_place_too(self, line: str) -> None:
        assert "survei-bentuk" in {t.kode for t in check(f"id = 'uji'\n{line}\n").temuan}

    def test_another_survey(self) -> None:
        assert [t.kode for t in check(TOML, "lain").temuan] == ["survei-id-berbeda"]


class TestChanges:
    def test_nothing(self) -> None:
        assert changes(read(TOML), read(TOML)) == ()
        assert changes(read(TOML), read("# lain\n" + TOML)) == ()

    def test_in_words(self) -> None:
        text = paste(TOML, Daftar.LAYANAN, "Akta Lahir\nAkta Mati").teks
        text = rename(text, Daftar.LAYANAN, "ktp", "KTP-el")
        text = retire(text, Daftar.LAYANAN, "kk", aktif=False)
        text = remove(text, Daftar.TITIK, "kec-a")
        text = with_version(change(text, "u1", "teks", "Cepat?"), TOML, ["2025-1"], 2026)
        text = set_value(text, ("unit",), "Dinas Baru")
        text = hitung.set_method(text, "bertahap")
        text = hitung.set_target(text, Target.IKM, TAHUN, "85,15")
        text = kalimat.set_sentence(text, "id", "terima-judul", "Matur nuwun")
        assert set(changes(read(TOML), read(text))) == {
            "Nama unit pelayanan: “Dinas Contoh” menjadi “Dinas Baru”.",
            "2 layanan ditambah: Akta Lahir, Akta Mati.",
            "1 layanan diganti nama: KTP → KTP-el.",
            "1 layanan tidak dipakai lagi (riwayatnya tetap): Kartu Keluarga.",
            "1 titik layanan dihapus: Kecamatan A.",
            "Kuesioner versi baru 2026-1: 1 pertanyaan diubah bunyinya. "
            "Jawaban lama tetap pada versinya.",
            "Cara hitung: penuh, bobot 1/k menjadi bertahap, bobot 1/k. "
            "Periode yang sudah ditutup tidak berubah.",
            "Target IKM 2026: 85,15.",
            "1 teks formulir diubah: Judul setelah terkirim.",
        }
        assert notes(read(TOML), read(text)) == (
            "Teks Inggris belum disesuaikan: pertanyaan 1, layanan KTP-el.",
        )

    def test_many_are_counted(self) -> None:
        text = paste(TOML, Daftar.TITIK, "\n".join(f"Kelurahan {n}" for n in range(10))).teks
        assert changes(read(TOML), read(text)) == (
            "10 titik layanan ditambah: Kelurahan 0, Kelurahan 1, Kelurahan 2, dan 7 lagi.",
        )

    @pytest.mark.parametrize(
        "path",
        [("contoh",), ("keterangan",), ("agregasi",), ("formulir", "halaman"), ("data",),
         ("formulir", "wajib"), ("dinilai_langsung",), ("profil",), ("bahasa", "jv", "nama")],
    )  # fmt: skip
    def test_no_change_of_a_known_key_is_silent(self, path: tuple[str, ...]) -> None:
        assert changes(read(TOML), read(set_value(TOML, path, "x")))


class TestNewSurveys:
    @pytest.mark.parametrize(
        ("urutan", "delapan", "inggris"),
        [
            ("kuesioner", "Sarana dan prasarana", "How good are the facilities?"),
            (
                "peraturan",
                "Penanganan Pengaduan, Saran dan Masukan",
                "How are complaints from service users handled?",
            ),
        ],
    )
    def test_the_template_of_either_order(self, urutan, delapan: str, inggris: str) -> None:
        survei = survei_of(from_regulation(BARU, urutan, 2026))
        assert (survei.id, survei.unit, survei.zona_waktu) == ("skm-2026", "Dinas", "WITA")
        assert survei.unsur[7].nama == delapan
        assert survei.kuesioner.versi == "2026-1"
        assert survei.bahasa["en"].teks["pertanyaan.u8"] == inggris
        assert {p.kode for p in survei.profil} == {
            "jenis_kelamin", "usia", "pendidikan", "pekerjaan",
        }  # fmt: skip

    def test_everything_that_the_template_asks_has_english(self) -> None:
        survei = survei_of(from_regulation(BARU, "kuesioner", 2026))
        english = survei.bahasa["en"].teks
        for q in survei.kuesioner.pertanyaan:
            assert {
                f"pertanyaan.{q.kode}",
                *(f"pilihan.{q.kode}.{n}" for n in (1, 2, 3, 4)),
            } <= set(english)

    def test_a_copy_asks_the_same_and_is_no_sample(self) -> None:
        text = CONTOH.read_text(encoding="utf-8")
        survei, model = survei_of(copy_of(text, BARU)), survei_of(text)
        assert (survei.kuesioner, survei.titik) == (model.kuesioner, model.titik)
        assert (survei.contoh, survei.data, survei.target, survei.judul) == (
            False, (), {}, "SKM 2026",
        )  # fmt: skip
        assert "judul" not in survei.bahasa["en"].teks

    def test_ids(self) -> None:
        assert make_id("SKM Dinas 2026") == "skm-dinas-2026"
        assert make_id("SKM", ["skm"]) == "skm-2"
