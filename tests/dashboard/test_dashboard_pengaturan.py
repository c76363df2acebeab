"""The page Pengaturan: what is typed becomes a draft, is shown in words, and only then is saved."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from skm.atur.daftar import Daftar, rename
from skm.atur.simpan import save
from skm.dashboard import pengaturan_cadangan
from skm.jawaban import Jawaban, Kanal
from skm.pesan import SkmError, message
from skm.store import BatchBaru, Store
from skm.store.copies import list_copies
from tests.dashboard.conftest import CONTOH, Open, buttons, html, switch, words
from tests.dashboard.survei_uji import JAHAT, T1, add_hostile, add_running, survei_jalan

pytestmark = pytest.mark.lambat

SECTIONS = ("kantor", "layanan", "titik", "kuesioner", "formulir", "hitung", "berkas", "cadangan")


def page(dasbor: Open, bagian: str, survei: str = "jalan") -> AppTest:
    at = dasbor(survei=survei)
    at = switch(at, "pengaturan")
    at.segmented_control(key="atur-bagian").set_value(bagian).run()
    assert not at.exception
    assert not at.error
    return at


def key(kunci: str, survei: str = "jalan") -> str:
    return f"atur-{survei}-{kunci}"


def type_in(at: AppTest, kunci: str, text: str) -> None:
    at.text_input(key=key(kunci)).set_value(text).run()


def look(at: AppTest) -> str:
    """Open the review and return what it says."""
    at.button(key="atur-tinjau").click().run()
    return html(at).split('class="skm-tanya"')[1]


def keep(at: AppTest) -> None:
    look(at)
    at.button(key="tanya-ya").click().run()
    assert not at.exception
    assert not at.error


@pytest.mark.parametrize("bagian", SECTIONS)
def test_every_section_opens_and_is_in_the_address(dasbor: Open, store: Store, bagian: str) -> None:
    at = page(dasbor, bagian, CONTOH)
    assert at.query_params["bagian"] == bagian
    assert at.query_params["survei"] == CONTOH
    assert "atur-tinjau" not in buttons(at)


@pytest.mark.parametrize("bagian", SECTIONS)
def test_names_are_text_in_every_section(dasbor: Open, store: Store, bagian: str) -> None:
    add_hostile(store)
    at = page(dasbor, bagian, "jahat")
    assert JAHAT not in html(at)


def test_an_address_leads_to_its_section(dasbor: Open, store: Store) -> None:
    at = dasbor("pengaturan", bagian="titik")
    assert at.segmented_control(key="atur-bagian").value == "titik"
    at = dasbor("pengaturan", bagian="tidak-ada")
    assert at.segmented_control(key="atur-bagian").value == "kantor"


def test_nothing_is_stored_before_it_is_confirmed(dasbor: Open, store: Store) -> None:
    survei_jalan(store)
    before = store.load_toml("jalan")
    at = page(dasbor, "kantor")
    type_in(at, "unit", "Dinas Baru")
    assert "1 perubahan belum disimpan" in html(at)
    assert "“Dinas Jalan” menjadi “Dinas Baru”" in look(at)
    assert store.load_toml("jalan") == before
    at.button(key="tanya-tidak").click().run()
    assert store.load_toml("jalan") == before
    keep(at)
    assert store.load_survei("jalan").unit == "Dinas Baru"
    assert "Dinas Baru" in html(at)
    assert "Tidak ada perubahan yang belum disimpan" in html(at)
    assert next(v.ringkasan for v in store.survei_versions("jalan")).startswith("Nama unit")


def test_what_is_typed_outlives_a_fault_and_another_section(dasbor: Open, store: Store) -> None:
    survei_jalan(store)
    at = page(dasbor, "kantor")
    type_in(at, "judul", "")
    type_in(at, "simpan_bulan", "dua tahun")
    assert "2 hal perlu diperbaiki" in html(at)
    at.segmented_control(key="atur-bagian").set_value("layanan").run()
    type_in(at, "layanan-ktp-nama", "KTP-el")
    said = look(at)
    assert "<strong>Judul survei</strong>" in said
    assert "<strong>Masa simpan jawaban</strong>" in said
    assert "tanya-ya" not in buttons(at)
    at.button(key="tanya-tidak").click().run()
    at.segmented_control(key="atur-bagian").set_value("kantor").run()
    assert at.text_input(key=key("simpan_bulan")).value == "dua tahun"
    type_in(at, "judul", "Judul")
    type_in(at, "simpan_bulan", "36")
    keep(at)
    survei = store.load_survei("jalan")
    assert (survei.judul, survei.formulir.simpan_bulan) == ("Judul", 36)
    assert survei.layanan[0].nama == "KTP-el"


def test_discard(dasbor: Open, store: Store) -> None:
    survei_jalan(store)
    at = page(dasbor, "kantor")
    type_in(at, "unit", "Dinas Baru")
    at.button(key="atur-buang").click().run()
    at.button(key="tanya-ya").click().run()
    assert at.text_input(key=key("unit")).value == "Dinas Jalan"
    assert "atur-tinjau" not in buttons(at)


def test_somebody_else_was_faster(dasbor: Open, store: Store) -> None:
    survei_jalan(store)
    at = page(dasbor, "kantor")
    type_in(at, "unit", "Dinas Saya")
    before = store.load_toml("jalan")
    save(store, "jalan", before, rename(before, Daftar.LAYANAN, "kk", "KK"))
    look(at)
    at.button(key="tanya-ya").click().run()
    assert message("survei-baru-diubah") in words(at)
    assert at.text_input(key=key("unit")).value == "Dinas Saya"
    at.button(key="atur-muat-ulang").click().run()
    assert at.text_input(key=key("unit")).value == "Dinas Jalan"
    type_in(at, "unit", "Dinas Saya")
    keep(at)
    assert [item.nama for item in store.load_survei("jalan").layanan] == ["KTP Jalan", "KK"]


def test_a_list_is_pasted_and_an_entry_moved_and_retired(dasbor: Open, store: Store) -> None:
    add_running(store)
    at = page(dasbor, "titik")
    box = key("titik-tempel")
    at.text_area(key=box).set_value("a\tLoket Utara Baru\nLoket Barat").run()
    assert "1 ditambah, 1 diganti nama, 0 sudah ada" in html(at)
    at.button(key=f"{box}-ya").click().run()
    assert at.text_area(key=box).value == ""
    assert "4 titik layanan dipakai" in html(at)
    at.selectbox(key=key("titik-pilih")).set_value("loket-barat").run()
    at.selectbox(key=key("titik-loket-barat-letak")).set_value("").run()
    at.selectbox(key=key("titik-pilih")).set_value("c").run()
    assert key("titik-c-hapus") not in buttons(at), "it has a placement"
    at.toggle(key=key("titik-c-aktif")).set_value(False).run()
    said = look(at)
    assert "1 titik layanan ditambah: Loket Barat." in said
    assert "1 tautan masih terbuka" in said
    at.button(key="tanya-ya").click().run()
    assert [(t.kode, t.nama, t.aktif) for t in store.load_survei("jalan").titik] == [
        ("loket-barat", "Loket Barat", True), ("a", "Loket Utara Baru", True),
        ("b", "Loket Selatan", True), ("c", "Loket Timur", False),
    ]  # fmt: skip


def test_an_empty_list_says_what_to_do(dasbor: Open, store: Store) -> None:
    survei_jalan(store)
    at = page(dasbor, "layanan")
    box = key("layanan-tempel")
    at.button(key=f"{box}-ya").click().run()
    assert message("daftar-tempel-kosong", nama="layanan") in words(at)
    at.text_area(key=box).set_value("Legalisasi")
    at.button(key=f"{box}-ya").click().run()
    assert "1 layanan ditambah: Legalisasi." in look(at)


def test_an_unused_entry_is_removed(dasbor: Open, store: Store) -> None:
    survei_jalan(store)
    at = page(dasbor, "layanan")
    at.button(key=key("layanan-ktp-hapus")).click().run()
    keep(at)
    assert [item.kode for item in store.load_survei("jalan").layanan] == ["kk"]


def test_a_changed_question_is_a_new_version(dasbor: Open, store: Store) -> None:
    add_running(store)
    at = page(dasbor, "kuesioner")
    at.text_area(key=key("soal-q1-teks")).set_value("Seberapa cepat?").run()
    versi = at.text_input(key=key("versi")).value
    assert re.fullmatch(r"20\d\d-1", versi)
    assert f"Kuesioner versi baru {versi}: 1 pertanyaan diubah bunyinya" in look(at)
    at.button(key="tanya-ya").click().run()
    assert store.load_survei("jalan").kuesioner.versi == versi
    assert set(store.questionnaires("jalan")) == {"1", versi}
    assert sum(c.responden for c in store.cells("jalan")) == 5


def test_the_same_questions_again_are_the_old_version(dasbor: Open, store: Store) -> None:
    survei_jalan(store)
    at = page(dasbor, "kuesioner")
    type_in(at, "soal-q1-1", "lambat")
    type_in(at, "soal-q1-1", "a")
    assert at.text_input(key=key("versi")).value == "1"
    assert "Tidak ada perubahan" in html(at)


def test_the_binding_is_by_name(dasbor: Open, store: Store) -> None:
    survei_jalan(store)
    at = page(dasbor, "kuesioner")
    assert list(at.selectbox(key=key("soal-q1-unsur")).options) == [
        "Waktu Jalan (U1)", "Sarana (U2)",
    ]  # fmt: skip
    at.selectbox(key=key("soal-q1-unsur")).set_value("Sarana").run()
    assert "Unsur 1 (Waktu Jalan)" in look(at)


def test_an_unsur_of_the_offices_own(dasbor: Open, store: Store) -> None:
    survei_jalan(store)
    at = page(dasbor, "kuesioner")
    type_in(at, "unsur-baru", "Transparansi")
    at.button(key=key("unsur-tambah")).click().run()
    assert "3 pertanyaan, 3 unsur" in html(at)
    keep(at)
    assert store.load_survei("jalan").unsur[2].nama == "Transparansi"


def test_the_forms_words_and_its_preview(dasbor: Open, store: Store) -> None:
    survei_jalan(store)
    at = page(dasbor, "formulir")
    at.text_area(key=key("teks-id-pengantar")).set_value("Selamat datang.").run()
    at.toggle(key=key("inggris")).set_value(True).run()
    assert key("teks-bahasa") in {c.key for c in at.segmented_control}
    keep(at)
    survei = store.load_survei("jalan")
    assert survei.bahasa["id"].teks == {"formulir.pengantar": "Selamat datang."}
    assert survei.bahasa["en"].nama == "English"


def test_a_method_shows_what_it_would_do(dasbor: Open, store: Store) -> None:
    """nrr2-rata2: NRR 3,74 3,75 3,61 3,87 3,81 3,71 3,67 3,79 3,84 of triwulan IV, mean 3,75."""
    at = page(dasbor, "hitung", CONTOH)
    assert html(at).count(">0,00</td>") >= 5
    at.selectbox(key=key("metode", CONTOH)).set_value("nrr2-rata2").run()
    shown = html(at)
    assert ">93,86</td>" in shown
    assert ">93,75</td>" in shown
    assert ">−0,11</td>" in shown
    at.selectbox(key=key("bobot", CONTOH)).set_value("sendiri").run()
    assert "Pengaruhnya tampil setelah ini diperbaiki" in html(at)


def test_targets(dasbor: Open, store: Store) -> None:
    survei_jalan(store)
    at = page(dasbor, "hitung")
    tahun = at.selectbox(key=key("target-tahun")).value
    type_in(at, f"target-{tahun}", "85,15")
    type_in(at, f"target_responden-{tahun}-T1", "384")
    keep(at)
    survei = store.load_survei("jalan")
    assert [str(v) for v in survei.target.values()] == ["85.15"]
    assert list(survei.target_responden.values()) == [384]


def test_an_older_text_comes_back(dasbor: Open, store: Store) -> None:
    survei_jalan(store)
    before = store.load_toml("jalan")
    save(store, "jalan", before, rename(before, Daftar.LAYANAN, "kk", "KK"))
    at = page(dasbor, "berkas")
    assert "1 layanan diganti nama: Kartu Keluarga → KK." in html(at)
    assert 'href="/unduh/jalan/survei-1.toml"' in html(at)
    assert 'href="/unduh/jalan/survei.toml"' in html(at)
    at.button(key="atur-riwayat-pakai").click().run()
    keep(at)
    assert store.load_toml("jalan") == before
    assert len(store.survei_versions("jalan")) == 3


def test_a_new_survey_is_opened_at_once(dasbor: Open, store: Store) -> None:
    at = page(dasbor, "berkas", CONTOH)
    at.text_input(key="atur-baru-judul").set_value("SKM Kecamatan").run()
    at.text_input(key="atur-baru-unit").set_value("Kecamatan Contoh").run()
    at.button(key="atur-baru-buat").click().run()
    assert not at.exception
    assert at.query_params["survei"] == "skm-kecamatan"
    survei = store.load_survei("skm-kecamatan")
    assert (survei.unit, survei.unsur[7].nama) == ("Kecamatan Contoh", "Sarana dan prasarana")
    at.text_input(key="atur-baru-judul").set_value("SKM Kecamatan").run()
    assert "skm-kecamatan-2" in html(at)


def test_the_first_survey_of_an_empty_store(dasbor: Open, store: Store) -> None:
    store.delete_survei(CONTOH)
    at = dasbor("pengaturan")
    assert message("dasbor-tanpa-survei") in words(at)
    at.text_input(key="atur-baru-unit").set_value("Dinas").run()
    at.text_input(key="atur-baru-instansi").set_value("Kota").run()
    at.button(key="atur-baru-buat").click().run()
    assert not at.exception
    assert len(store.list_survei()) == 1


def test_the_click_takes_the_word_that_was_just_typed(dasbor: Open, store: Store) -> None:
    """A browser sends both at once when a person leaves a field by pressing the button."""
    at = page(dasbor, "berkas", CONTOH)
    at.text_input(key="atur-baru-judul").set_value("SKM Kelurahan")
    at.text_input(key="atur-baru-unit").set_value("Kelurahan Contoh")
    at.button(key="atur-baru-buat").click().run()
    assert store.load_survei("skm-kelurahan").unit == "Kelurahan Contoh"


def test_a_survey_without_a_name_is_not_made(dasbor: Open, store: Store) -> None:
    at = page(dasbor, "berkas", CONTOH)
    at.text_input(key="atur-baru-unit").set_value(" ")
    at.button(key="atur-baru-buat").click().run()
    assert message("survei-baru-kurang") in words(at)
    assert [info.id for info in store.list_survei()] == [CONTOH]


def test_a_backup_now(dasbor: Open, store: Store) -> None:
    at = page(dasbor, "cadangan", CONTOH)
    assert message("cadangan-belum-ada") in words(at)
    at.button(key="atur-cadangkan").click().run()
    folder = pengaturan_cadangan.read_settings().data / "cadangan"
    (path,) = list_copies(folder).values()
    first = path.read_bytes()
    assert path.name in html(at)
    store.add_batch(
        CONTOH, BatchBaru(Kanal.UNGGAH, "satu.csv"), [Jawaban("4" * 9, T1, titik="dinas")]
    )
    at.button(key="atur-cadangkan").click().run()
    (again,) = list_copies(folder).values()
    assert again.read_bytes() != first


def test_a_backup_that_fails_is_one_sentence(
    dasbor: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise SkmError("cadangan-disk-penuh", folder="x")

    monkeypatch.setattr(pengaturan_cadangan, "make_copy", fail)
    at = page(dasbor, "cadangan", CONTOH)
    at.button(key="atur-cadangkan").click().run()
    assert [e.value for e in at.error] == [message("cadangan-disk-penuh", folder="x")]
