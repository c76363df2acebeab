"""The page Unggah, from a file to stored answers and back."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from skm.penutupan.tutup import close
from skm.periode import parse_period
from skm.store import StatusBatch, Store
from tests.dashboard.conftest import CONTOH, Open, html, switch, words

pytestmark = pytest.mark.lambat

HEADER = "No,Nama,Tanggal,Jenis Layanan,U1,U2,U3,U4,U5,U6,U7,U8,U9,Pendidikkan terakhir\n"
IKD = "Identitas Kependudukan Digital"
BERKAS = (
    HEADER
    + f"1,Ani,02/01/2025,{IKD},4,4,4,4,4,4,4,4,4,SMA\n"
    + f"2,Budi,13/01/2025,{IKD},3,3,3,3,3,3,3,3,3,S1\n"
    + f"3,Cici,04/01/2025,{IKD},9,4,4,4,4,4,4,4,4,S1\n"
    + "4,Dedi,05/01/2025,Identitas Digital Baru,4,4,4,4,4,4,4,4,4,S1\n"
)
AMERIKA = "Timestamp,Persyaratan,Prosedur\n10/1/2024 8:00:00,4,4\n10/2/2024 9:00:00,3,4\n"
POLOS = "Persyaratan,Prosedur,Biaya\n4,4,4\n3,4,4\n"


def upload(at: AppTest, nama: str, isi: str) -> AppTest:
    at.file_uploader[0].set_value((nama, isi.encode(), "text/csv"))
    return at.run()


def press(at: AppTest, key: str) -> AppTest:
    return at.button(key=key).click().run()


def goes_on_without(at: AppTest) -> AppTest:
    return next(c for c in at.checkbox if c.key.startswith("tanpa-")).check().run()


def hints(at: AppTest) -> list[str]:
    """Return why the file cannot be checked yet."""
    return [h for h in ("langkah 2", "urutan hari", "periode seluruh") if f"{h}" in html(at)]


@pytest.fixture
def checked(dasbor: Open) -> AppTest:
    at = upload(dasbor("unggah"), "januari.csv", BERKAS)
    press(at, "u8-u9-benar")
    return press(at, "periksa")


def test_the_mapping_is_proposed_by_unsur_name(dasbor: Open) -> None:
    at = upload(dasbor("unggah"), "januari.csv", BERKAS)
    chosen = [s for s in at.selectbox if s.key.startswith("kolom-")]
    assert {s.value for s in chosen} >= {"u1", "u9", "layanan", "tanggal", "pribadi"}
    assert "Data pribadi tidak dibaca dan tidak pernah disimpan: Nama." in html(at)
    assert "Ani" not in html(at)
    assert "maksud Anda Pendidikan?" in html(at)
    assert any("U8 = Sarana dan prasarana" in m.value.replace("\\", "") for m in at.markdown)
    assert at.button(key="periksa").disabled
    assert not at.exception


def test_a_suggestion_is_taken_with_one_press(dasbor: Open) -> None:
    at = upload(dasbor("unggah"), "januari.csv", BERKAS)
    press(at, next(b.key for b in at.button if b.key.startswith("usul-ya-")))
    chosen = {s.value for s in at.selectbox if s.key.startswith("kolom-")}
    assert "pendidikan" in chosen


def test_a_suggestion_for_an_unread_question_is_settled_first(dasbor: Open) -> None:
    at = upload(dasbor("unggah"), "a.csv", BERKAS.replace("U1,", "Persyaratn,", 1))
    press(at, "u8-u9-benar")
    assert at.button(key="periksa").disabled
    assert hints(at) == ["langkah 2"]
    wrong = next(b.key for b in at.button if b.key == "usul-bukan-4")
    press(at, wrong)
    assert at.button(key="periksa").disabled
    goes_on_without(at)
    assert not at.button(key="periksa").disabled
    assert not at.exception


def test_dates_that_may_be_meant_either_way_are_settled_first(dasbor: Open, store: Store) -> None:
    at = upload(dasbor("unggah"), "a.csv", AMERIKA)
    goes_on_without(at)
    assert at.button(key="periksa").disabled
    assert hints(at) == ["urutan hari"]
    order = next(r for r in at.radio if r.key.startswith("urutan-"))
    assert order.value is None
    assert order.options[1] == "Bulan dahulu: 1 Oktober 2024 sampai 2 Oktober 2024"
    order.set_value("bulan-dahulu").run()
    press(at, "periksa")
    press(at, "simpan")
    links = {link.value: link.proto.query_string for link in at.get("page_link")}
    assert links["Lihat hasilnya di Ringkasan"].endswith("periode=2024-T4")
    assert not at.exception


def test_a_file_without_dates_needs_a_period_before_the_check(dasbor: Open) -> None:
    at = upload(dasbor("unggah"), "a.csv", POLOS)
    goes_on_without(at)
    assert at.button(key="periksa").disabled
    assert hints(at) == ["periode seluruh"]
    next(s for s in at.selectbox if s.label == "Periode seluruh berkas").select("2025-T1").run()
    assert not at.button(key="periksa").disabled


def test_a_file_with_no_good_row_is_not_called_known(dasbor: Open) -> None:
    at = upload(dasbor("unggah"), "a.csv", "Tanggal,Persyaratan,Prosedur\n31/12/2024,9,9\n")
    goes_on_without(at)
    press(at, "periksa")
    assert "Tidak ada jawaban baru" not in words(at)
    assert "Tidak ada baris a.csv yang dapat diterima" in words(at)
    assert at.button(key="simpan").disabled


def test_u8_and_u9_can_be_swapped(dasbor: Open) -> None:
    at = upload(dasbor("unggah"), "januari.csv", BERKAS)
    columns = {s.label: s for s in at.selectbox}
    before = [columns[f"Kolom {c} dibaca sebagai"].value for c in "LM"]
    press(at, "u8-u9-tukar")
    columns = {s.label: s for s in at.selectbox}
    assert [columns[f"Kolom {c} dibaca sebagai"].value for c in "LM"] == before[::-1]
    assert not at.button(key="periksa").disabled


def test_faults_are_listed_and_good_rows_can_be_taken(checked: AppTest, store: Store) -> None:
    shown = html(checked)
    assert "Kesalahan pada berkas (2)" in shown
    assert "bukan jawaban" in shown
    assert checked.get("download_button")
    press(checked, "simpan")
    assert "2 jawaban dari berkas “januari.csv” sudah tersimpan" in words(checked)
    newest = store.list_batches(CONTOH)[0]
    assert (newest.diterima, newest.ditolak) == (2, 2)
    links = {link.value: link.proto.query_string for link in checked.get("page_link")}
    assert links["Lihat hasilnya di Ringkasan"] == f"survei={CONTOH}&periode=2025-T1"
    assert "januari.csv" in html(checked)


def test_answers_of_a_closed_period_are_told_beforehand(dasbor: Open, store: Store) -> None:
    close(store, CONTOH, parse_period("2024-S2"))
    at = upload(dasbor("unggah"), "susulan.csv", BERKAS.replace("/01/2025", "/12/2024"))
    press(at, "u8-u9-benar")
    press(at, "periksa")
    assert "Semester II 2024 yang sudah ditutup" in words(at)
    assert not at.button(key="simpan").disabled


def test_an_unknown_layanan_is_mapped_once(checked: AppTest) -> None:
    box = next(s for s in checked.selectbox if s.label.startswith("Jenis layanan “Identitas"))
    assert box.value == ""  # a weak likeness is not chosen beforehand
    box.select_index(next(i for i, text in enumerate(box.options) if text == IKD))
    next(b for b in checked.button if b.label == "Terapkan dan periksa lagi").click().run()
    assert "Kesalahan pada berkas (1)" in html(checked)
    assert not checked.exception


def test_the_same_file_again_adds_nothing(checked: AppTest, store: Store) -> None:
    press(checked, "simpan")
    before = store.data_version(CONTOH)
    upload(checked, "lain.csv", BERKAS)
    press(checked, "u8-u9-benar")
    press(checked, "periksa")
    assert "Berkas ini sudah pernah diunggah" in words(checked)
    assert not [b for b in checked.button if b.key == "simpan"]
    assert store.data_version(CONTOH) == before


def test_rows_without_identity_are_decided_by_the_operator(dasbor: Open, store: Store) -> None:
    at = upload(dasbor("unggah"), "a.csv", POLOS)
    at.selectbox(key=next(s.key for s in at.selectbox if s.key.startswith("opsi-periode")))
    period = next(s for s in at.selectbox if s.label == "Periode seluruh berkas")
    assert period.value is None
    period.select("2025-T1").run()
    goes_on_without(at)
    press(at, "periksa")
    press(at, "simpan")
    upload(at, "b.csv", POLOS + "2,2,2\n")
    goes_on_without(at)
    next(s for s in at.selectbox if s.label == "Periode seluruh berkas").select("2025-T1").run()
    press(at, "periksa")
    assert at.button(key="simpan").disabled
    at.radio(key="kembar").set_value(at.radio(key="kembar").options[0]).run()
    press(at, "simpan")
    assert store.list_batches(CONTOH)[0].diterima == 1
    assert not at.exception


def test_a_bad_file_is_one_sentence_and_the_page_stays(dasbor: Open) -> None:
    at = upload(dasbor("unggah"), "foto.csv", "%PDF-1.4")
    assert [e.value for e in at.error] == [
        "Berkas foto.csv bukan tabel. Unggah berkas CSV, XLSX, XLS, atau ODS."
    ]
    assert "Riwayat unggahan" in html(at)
    assert not at.exception


def test_the_file_and_its_mapping_survive_another_page(dasbor: Open) -> None:
    at = upload(dasbor("unggah"), "januari.csv", BERKAS)
    press(at, "u8-u9-benar")
    switch(at, "responden")
    switch(at, "unggah")
    assert "januari.csv" in html(at)
    assert not at.button(key="periksa").disabled
    press(at, "ganti")
    assert "januari.csv" not in html(at)
    assert at.file_uploader


def test_an_upload_is_undone_after_a_question(dasbor: Open, store: Store) -> None:
    at = dasbor("unggah")
    batch = store.list_batches(CONTOH)[0]
    press(at, f"batal-{batch.id}")
    assert store.list_batches(CONTOH)[0].status is StatusBatch.AKTIF
    press(at, "tanya-ya")
    undone = next(b for b in store.list_batches(CONTOH) if b.id == batch.id)
    assert undone.status is StatusBatch.BATAL
    assert "Dibatalkan" in html(at)
    assert not at.exception


def test_templates_are_plain_links(dasbor: Open) -> None:
    shown = html(dasbor("unggah"))
    assert f'href="/unduh/{CONTOH}/templat.xlsx"' in shown
    assert f'href="/unduh/{CONTOH}/templat.csv"' in shown
