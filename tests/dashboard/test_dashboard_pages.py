"""Each page shows the figures that LKIP 2024 Disdukcapil Kota Bekasi published."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from skm.jawaban import Jawaban
from skm.kiriman import Kiriman
from skm.periode import parse_period
from skm.store import Store, TautanBaru
from tests.dashboard.conftest import CONTOH, PAGES, Open, html, switch, words
from tests.dashboard.survei_uji import add_bare


@pytest.mark.parametrize("alamat", PAGES)
def test_every_page_opens_without_an_error(dasbor: Open, alamat: str) -> None:
    at = dasbor(alamat)
    assert not at.exception
    assert not at.error
    assert "Dinas Kependudukan dan Pencatatan Sipil Kota Bekasi" in html(at)
    menu = [
        "Ringkasan", "Kekuatan & kelemahan", "Prioritas", "Responden", "Tindak lanjut", "Laporan",
        "Unggah", "Tautan & QR", "Pengumpulan", "Pengaturan",
    ]  # fmt: skip
    assert [link.value for link in at.get("page_link") if link.value in menu] == menu


def test_ringkasan_opens_the_latest_triwulan(dasbor: Open) -> None:
    shown = html(dasbor())
    for figure in ("93,86", "Sangat Baik", "+0,16", "dibanding Triwulan III 2024 (93,70)",
                   "111,47%", "dari target 84,20", "1.560", "3,742", "Metode penuh"):  # fmt: skip
        assert figure in shown


def test_ringkasan_of_the_year(dasbor: Open) -> None:
    at = dasbor(periode="2024", survei=CONTOH)
    shown = html(at)
    for figure in ("93,71", "111,29%", "5.585", "Rata-rata Semester I 2024 dan Semester II 2024"):
        assert figure in shown
    for row in ("93,64", "93,70", "93,86", "93,78"):
        assert row in shown


def test_the_charts_have_indonesian_numbers_and_nothing_to_press(dasbor: Open) -> None:
    specs = charts(dasbor())
    assert len(specs) == 2
    for spec in specs:
        assert spec["layout"]["separators"] == ",."
    bars, line = specs[0]["data"][0], specs[1]["data"]
    assert bars["base"] == 25
    assert "<b>96,68</b>" in bars["text"]
    assert line[1]["text"] == ["<b>93,64</b> A", "<b>93,70</b> A", "<b>93,86</b> A"]


def charts(at: AppTest) -> list[dict]:
    return [json.loads(e.proto.spec) for e in at.get("plotly_chart")]


def test_kekuatan_names_the_extremes_and_every_layanan(dasbor: Open) -> None:
    at = dasbor("kekuatan", periode="2024-T4", survei=CONTOH)
    shown = html(at)
    strong, weak = shown.index("Unsur terkuat</h2>"), shown.index("Unsur terlemah</h2>")
    assert strong < shown.index("96,68") < shown.index("96,03") < shown.index("95,26") < weak
    assert weak < shown.index("90,35") < shown.index("91,70") < shown.index("92,77")
    assert "Pencatatan Perkawinan Orang Asing di Wilayah NKRI" in shown
    assert "Responden kurang dari 30." in shown
    cells = charts(at)[0]["data"][0]
    assert len(cells["text"]) == 14 * 9
    assert f"/unduh/{CONTOH}/2024-T4/peta-layanan.csv" in shown


def test_kekuatan_by_titik_is_searched_and_limited(dasbor: Open) -> None:
    at = dasbor("kekuatan")
    at.segmented_control(key="rincian").select(at.segmented_control(key="rincian").options[1])
    at.run()
    assert len(charts(at)[0]["data"][0]["text"]) == 15 * 9
    at.toggle(key="semua-titik").set_value(True).run()
    assert len(charts(at)[0]["data"][0]["text"]) == 72 * 9
    at.text_input(key="cari-titik").set_value("jatiASIH").run()
    shown = html(at)
    assert "Kecamatan Jatiasih" in shown
    assert "Kecamatan Rawalumbu" not in shown.split("skm-kunci")[0]
    at.text_input(key="cari-titik").set_value("tidak ada di sini").run()
    assert "Tidak ada nama yang cocok" in words(at)
    assert not at.exception


def test_a_cell_leads_to_its_answers(dasbor: Open) -> None:
    at = dasbor("kekuatan")
    at.selectbox(key="sebaran-unsur").set_value("U3").run()
    assert "U3 Waktu penyelesaian · Seluruh unit" in html(at)
    at.selectbox(key="sebaran-kelompok-layanan").set_value("akta-lahir").run()
    shown = html(at)
    assert "U3 Waktu penyelesaian · Pencatatan Kelahiran WNI dalam Wilayah NKRI" in shown
    assert "Sangat cepat" in shown
    assert ">303<" in shown


def test_responden_sums_to_one_hundred(dasbor: Open) -> None:
    shown = html(dasbor("responden"))
    for heading in ("jenis layanan", "titik layanan", "jenis kelamin", "usia", "pendidikan"):
        assert f"Responden menurut {heading}, Triwulan IV 2024" in shown
    assert shown.count("100,00%") >= 6
    for figure in ("19,42%", "303", "1.560"):
        assert figure in shown


def test_every_table_has_its_csv_beside_it(dasbor: Open) -> None:
    at = dasbor()
    shown = html(at) + html(switch(at, "responden"))
    for nama in ("unsur", "periode", "responden-layanan", "responden-titik"):
        assert f"/unduh/{CONTOH}/2024-T4/{nama}.csv" in shown


@pytest.mark.parametrize("alamat", PAGES)
def test_a_survey_without_layanan_and_titik(dasbor: Open, store: Store, alamat: str) -> None:
    add_bare(store)
    at = dasbor(alamat, survei="polos")
    assert not at.exception
    assert not at.error
    assert "Dinas Polos" in html(at)


def test_the_channel_can_be_split_by_where_there_are_several(dasbor: Open, store: Store) -> None:
    at = dasbor("kekuatan", periode="2024-T4", survei=CONTOH)
    assert len(at.segmented_control(key="rincian").options) == 2
    (tautan,) = store.add_tautan(CONTOH, [TautanBaru("dinas", "kia")])
    sheet = Jawaban("1" * 9, parse_period("2024-T4"))
    store.submit(tautan, Kiriman("a" * 16, sheet))
    at = dasbor("kekuatan", periode="2024-T4", survei=CONTOH)
    choice = at.segmented_control(key="rincian")
    assert len(choice.options) == 3
    choice.select(choice.options[2]).run()
    shown = html(at)
    assert ">QR</td>" in shown
    assert ">25,00</td>" in shown
    assert ">Unggah</td>" in shown
