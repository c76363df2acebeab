"""The page Tautan & QR, from nothing to 72 placements, and one of them closed and reopened."""

from __future__ import annotations

import pytest

from skm.store import Store
from skm.tautan import create_placements
from tests.dashboard.conftest import CONTOH, Open, html, words
from tests.dashboard.survei_uji import JAHAT, add_hostile, add_running

pytestmark = pytest.mark.lambat


def test_all_titik_have_a_placement_with_one_press(dasbor: Open, store: Store) -> None:
    at = dasbor("tautan")
    assert at.button(key="tautan-buat-tombol").label == "Buat 72 tautan"
    at.button(key="tautan-buat-tombol").click().run()
    assert not at.exception
    assert len(store.list_tautan(CONTOH)) == 72
    assert at.toast[0].value == "72 tautan dibuat."
    assert at.button(key="tautan-buat-tombol").disabled
    shown = html(at)
    assert "72 tautan terbuka yang sama sudah ada" in shown
    assert "Ditampilkan 12 dari 72 tautan" in shown
    assert shown.count('class="tempat"><strong>') == 12


def test_chosen_titik_with_a_layanan_and_a_channel(dasbor: Open, store: Store) -> None:
    at = dasbor("tautan")
    at.segmented_control(key="tautan-titik").set_value("pilih").run()
    assert at.button(key="tautan-buat-tombol").disabled
    at.multiselect(key="tautan-titik-pilihan").set_value(["dinas", "mpp-gpp-1"])
    at.selectbox(key="tautan-kanal").set_value("kios")
    at.text_input(key="tautan-nama").set_value("Loket 3").run()
    at.button(key="tautan-buat-tombol").click().run()
    made = store.list_tautan(CONTOH)
    assert [(t.titik, t.kanal.value, t.nama) for t in made] == [
        ("dinas", "kios", "Loket 3"), ("mpp-gpp-1", "kios", "Loket 3"),
    ]  # fmt: skip
    assert "Loket 3 · Dipilih responden · Kios" in html(at)


def test_the_figures_of_each_placement(dasbor: Open, store: Store) -> None:
    _, (a, _, _) = add_running(store)
    store.count_visits({(a.kode, "dilihat"): 8, (a.kode, "dimulai"): 5})
    shown = html(dasbor("tautan", survei="jalan"))
    cells = [f'data-judul="{h}">{n}</td>' for h, n in
             (("Dilihat", 8), ("Dimulai", 5), ("Dikirim", 4), ("Selesai", "50,00%"))]  # fmt: skip
    assert "".join(f'<td role="cell" class="angka" {c}' for c in cells) in shown
    assert f"/isi/{a.kode}" in shown


def test_the_list_is_searched(dasbor: Open, store: Store) -> None:
    create_placements(store, store.load_survei(CONTOH), None)
    at = dasbor("tautan")
    at.text_input(key="tautan-cari").set_value("kecamatan RAWA").run()
    assert html(at).count('class="tempat"><strong>') == 1
    assert len(at.selectbox(key="tautan-satu").options) == 1
    at.text_input(key="tautan-cari").set_value("tidak ada di sini").run()
    assert "Tidak ada tautan yang cocok" in words(at)
    at.text_input(key="tautan-cari").set_value("").run()
    at.toggle(key="tautan-tampil-semua").set_value(True).run()
    assert html(at).count('class="tempat"><strong>') == 72


def test_close_and_reopen_after_a_question(dasbor: Open, store: Store) -> None:
    _, (a, _, _) = add_running(store)
    at = dasbor("tautan", survei="jalan")
    at.button(key="tautan-tutup").click().run()
    assert store.find_tautan(a.kode).aktif  # type: ignore[union-attr]
    at.button(key="tanya-ya").click().run()
    assert not store.find_tautan(a.kode).aktif  # type: ignore[union-attr]
    assert "Tautan ini ditutup" in html(at)
    assert f"poster-a4.pdf?kode={a.kode}" not in html(at)
    at.segmented_control(key="tautan-keadaan").set_value("tutup").run()
    assert html(at).count('class="tempat"><strong>') == 1
    at.button(key="tautan-buka").click().run()
    at.button(key="tanya-ya").click().run()
    assert store.find_tautan(a.kode).aktif  # type: ignore[union-attr]
    assert not at.exception


def test_rename(dasbor: Open, store: Store) -> None:
    _, (a, _, _) = add_running(store)
    at = dasbor("tautan", survei="jalan")
    at.text_input(key=f"tautan-nama-{a.kode}").set_value(" Loket 3 ").run()
    at.button(key="tautan-simpan-nama").click().run()
    assert store.find_tautan(a.kode).nama == "Loket 3"  # type: ignore[union-attr]


def test_downloads_are_plain_links(dasbor: Open, store: Store) -> None:
    _, (a, _, _) = add_running(store)
    at = dasbor("tautan", survei="jalan")
    shown = html(at)
    for link in ("poster-a4.pdf", "poster-a5.pdf", "poster-tenda.pdf", "poster-a4.zip",
                 "kuesioner.pdf", "tautan.csv", f"poster-a4.pdf?kode={a.kode}", f"qr/{a.kode}.svg",
                 f"qr/{a.kode}.png", f"kuesioner.pdf?kode={a.kode}"):  # fmt: skip
        assert f'href="/unduh/jalan/{link}" download' in shown
    at.toggle(key="cetak-inggris").set_value(True).run()
    assert "/unduh/jalan/poster-a4.zip?bahasa=en" in html(at)


def test_an_address_that_only_this_machine_opens_is_warned_of(
    dasbor: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "SKM_URL_PUBLIK=https://skm.kota.go.id" in words(dasbor("tautan"))
    monkeypatch.setenv("SKM_URL_PUBLIK", "https://skm.contoh.go.id")
    assert "SKM_URL_PUBLIK" not in words(dasbor("tautan"))


def test_names_are_text_in_the_list_too(dasbor: Open, store: Store) -> None:
    add_hostile(store)
    survei = store.load_survei("jahat")
    create_placements(store, survei, None, "ktp", nama=JAHAT)
    at = dasbor("tautan", survei="jahat")
    assert not at.exception
    assert JAHAT not in html(at)
    assert "&lt;script&gt;" in html(at)
