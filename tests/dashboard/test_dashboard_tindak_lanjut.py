"""The page Tindak lanjut: plans for the weak unsur, and what came of the plan before."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from skm.jawaban import Jawaban, Kanal
from skm.periode import parse_period
from skm.pesan import message
from skm.store import BatchBaru, StatusTindak, Store, TindakBaru
from tests.dashboard.conftest import CONTOH, Open, buttons, html, press, words
from tests.dashboard.survei_uji import JAHAT, add_empty, add_hostile

pytestmark = pytest.mark.lambat

T3, T4 = parse_period("2024-T3"), parse_period("2024-T4")


@pytest.fixture
def halaman(dasbor: Open) -> AppTest:
    return dasbor("tindak-lanjut", survei=CONTOH, periode="2024-T4")


def plan(store: Store, **more: object) -> int:
    given = {"periode": T3, "unsur": "U3", "kegiatan": "Menambah loket", "waktu": "Oktober 2024",
             "penanggung_jawab": "Kepala Bidang", **more}  # fmt: skip
    return store.add_follow_up(CONTOH, TindakBaru(**given)).id  # type: ignore[arg-type]


def fill(at: AppTest, key: str, **values: str) -> AppTest:
    """Fill the open form and save it."""
    for name, value in values.items():
        kind = at.text_input if name in ("waktu", "penanggung_jawab") else at.text_area
        kind(key=f"{key}-{name}").set_value(value)
    return at.button(key="tindak-simpan").click().run()


def test_the_weakest_unsur_come_first(halaman: AppTest) -> None:
    """LKIP 2024: U3 90,35, U7 91,70, U6 92,77."""
    shown = html(halaman)
    places = [shown.index(f">{figure} <span") for figure in ("90,35", "91,70", "92,77")]
    assert places == sorted(places)
    assert {"tindak-tambah-U3", "tindak-tambah-U7", "tindak-tambah-U6"} <= buttons(halaman)
    assert shown.count("Belum ada rencana untuk unsur ini.") == 3


def test_add_change_delete(halaman: AppTest, store: Store) -> None:
    halaman.button(key="tindak-tambah-U7").click().run()
    assert halaman.selectbox(key="tindak-baru-unsur").value == "U7"
    halaman.selectbox(key="tindak-baru-layanan").set_value("kia")
    fill(halaman, "tindak-baru", kegiatan="Pelatihan", waktu="Januari 2025",
         penanggung_jawab="Sekretaris Dinas")  # fmt: skip
    (row,) = store.follow_ups(CONTOH, T4)
    assert (row.isi.unsur, row.isi.layanan, row.isi.kegiatan) == ("U7", "kia", "Pelatihan")
    assert row.isi.status is StatusTindak.RENCANA
    assert "Sekretaris Dinas" in html(halaman)
    halaman.button(key=f"tindak-ubah-{row.id}").click().run()
    halaman.selectbox(key=f"tindak-{row.id}-status").set_value(StatusTindak.SELESAI)
    fill(halaman, f"tindak-{row.id}", realisasi="Dua angkatan", hambatan="Tidak ada")
    (row,) = store.follow_ups(CONTOH, T4)
    assert (row.isi.status, row.isi.realisasi) == (StatusTindak.SELESAI, "Dua angkatan")
    assert (row.isi.kegiatan, row.isi.penanggung_jawab) == ("Pelatihan", "Sekretaris Dinas")
    assert "Terealisasi 100,00%: 1 dari 1 kegiatan selesai." in html(halaman)
    press(halaman, f"tindak-hapus-{row.id}")
    assert store.follow_ups(CONTOH, T4) == ()
    assert not halaman.exception


def test_leaving_the_form_saves_nothing(halaman: AppTest, store: Store) -> None:
    halaman.button(key="tindak-tambah-U3").click().run()
    halaman.text_area(key="tindak-baru-kegiatan").set_value("Menambah loket")
    halaman.button(key="tindak-batal").click().run()
    assert store.follow_ups(CONTOH) == ()


def test_a_plan_without_an_activity_is_refused(halaman: AppTest, store: Store) -> None:
    halaman.button(key="tindak-tambah-U3").click().run()
    fill(halaman, "tindak-baru", kegiatan="  ", waktu="Januari 2025")
    assert message("tindak-kosong") in words(halaman)
    assert store.follow_ups(CONTOH) == ()


def test_a_plan_that_somebody_else_deleted(halaman: AppTest, store: Store) -> None:
    nomor = plan(store, periode=T4)
    halaman.run()
    halaman.button(key=f"tindak-ubah-{nomor}").click().run()
    store.delete_follow_up(CONTOH, nomor)
    fill(halaman, f"tindak-{nomor}", kegiatan="Menambah dua loket")
    assert message("tindak-tak-ada", nomor=nomor) in words(halaman)


def test_another_unsur_than_the_weakest(halaman: AppTest, store: Store) -> None:
    halaman.button(key="tindak-tambah-lain").click().run()
    assert halaman.selectbox(key="tindak-baru-unsur").value == "U1"
    fill(halaman, "tindak-baru", kegiatan="Menyederhanakan persyaratan")
    shown = html(halaman)
    assert shown.index("Unsur lain</h3>") < shown.index("Menyederhanakan persyaratan")
    assert "U1 Persyaratan" in shown


def test_the_plan_before_with_what_came_of_it(dasbor: Open, store: Store) -> None:
    """LKIP 2024, U3: Triwulan III 91,65, Triwulan IV 90,35, so −1,30."""
    plan(store)
    plan(store, kegiatan="Mengumumkan waktu tunggu", status=StatusTindak.SELESAI,
         realisasi="Layar di 12 kecamatan")  # fmt: skip
    plan(store, kegiatan="Batal saja", status=StatusTindak.BATAL)
    at = dasbor("tindak-lanjut", survei=CONTOH, periode="2024-T4")
    shown = html(at)
    assert "91,65 → 90,35 (−1,30)" in shown
    assert "Terealisasi 50,00%: 1 dari 2 kegiatan selesai; 1 yang dibatalkan" in shown
    assert f"/unduh/{CONTOH}/2024-T3/tindak-lanjut.csv" in shown
    at.button(key="tindak-salin").click().run()
    assert [row.isi.kegiatan for row in store.follow_ups(CONTOH, T4)] == ["Menambah loket"]
    assert at.toast[0].value == message("tindak-disalin", jumlah="1", label=T4.label)
    at.button(key="tindak-salin").click().run()
    assert len(store.follow_ups(CONTOH, T4)) == 1
    assert at.toast[0].value == message("tindak-sudah-ada", label=T4.label)
    at.button(key="tindak-isi").click().run()
    assert at.query_params["periode"] == "2024-T3"
    assert "Layar di 12 kecamatan" in html(at)


def test_after_a_directly_measured_semester_comes_its_plan(dasbor: Open, store: Store) -> None:
    plan(store, periode=parse_period("2024-S1"))
    at = dasbor("tindak-lanjut", survei=CONTOH, periode="2024-T3")
    assert "Tindak lanjut Semester I 2024" in html(at)


def test_nothing_is_left_to_copy(dasbor: Open, store: Store) -> None:
    plan(store, status=StatusTindak.SELESAI)
    at = dasbor("tindak-lanjut", survei=CONTOH, periode="2024-T4")
    assert at.button(key="tindak-salin").disabled


def test_a_survey_without_answers(dasbor: Open, store: Store) -> None:
    add_empty(store)
    at = dasbor("tindak-lanjut", survei="kosong")
    assert any("Belum ada jawaban" in m.value for m in at.markdown)
    assert not at.exception


def test_what_an_office_writes_is_text(dasbor: Open, store: Store) -> None:
    add_hostile(store)
    words_of = dict.fromkeys(("kegiatan", "waktu", "penanggung_jawab", "realisasi", "bukti"), JAHAT)
    store.add_follow_up("jahat", TindakBaru(parse_period("2025-T1"), "U1", **words_of))
    after = [Jawaban("44", parse_period("2025-T2"))]
    store.add_batch("jahat", BatchBaru(Kanal.UNGGAH, "lagi.csv"), after)
    for periode in ("2025-T1", "2025-T2"):
        at = dasbor("tindak-lanjut", survei="jahat", periode=periode)
        assert at.query_params["periode"] == periode
        shown = html(at)
        assert JAHAT not in shown
        assert "&lt;script&gt;" in shown
