"""What the office adds on the page Laporan: earlier figures, its own texts, its letterhead."""

from __future__ import annotations

import os
import re
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import docx
import pytest
from streamlit.testing.v1 import AppTest

from skm.dashboard import report_preview
from skm.periode import parse_period
from skm.pesan import SkmError, message
from skm.store import Store
from tests.dashboard.conftest import CONTOH, Open, buttons, html, press, words
from tests.dashboard.survei_uji import add_running

pytestmark = pytest.mark.lambat

T3, T4 = parse_period("2024-T3"), parse_period("2024-T4")


@pytest.fixture
def laporan(dasbor: Open) -> AppTest:
    return dasbor("laporan", survei=CONTOH, periode="2024-T4")


class TestPublishedFigures:
    def fill(self, at: AppTest, periode: str, ikm: str, sumber: str) -> AppTest:
        for name, value in (("periode", periode), ("ikm", ikm), ("sumber", sumber)):
            at.text_input(key=f"terbit-{name}").set_value(value)
        return at.button(key="terbit-simpan").click().run()

    def test_add_change_remove(self, laporan: AppTest, store: Store) -> None:
        self.fill(laporan, "Tahun 2022", "86,88", "LKIP 2022, tabel 3.9")
        self.fill(laporan, "2021-S1", "85.5", "LKIP 2021")
        assert [(f.periode.kode, f.ikm, f.sumber) for f in store.published_figures(CONTOH)] == [
            ("2021-S1", Decimal("85.5"), "LKIP 2021"),
            ("2022", Decimal("86.88"), "LKIP 2022, tabel 3.9"),
        ]
        laporan.button(key="terbit-ubah-2022").click().run()
        assert laporan.text_input(key="terbit-ikm").value == "86,88"
        laporan.text_input(key="terbit-ikm").set_value("86,89")
        laporan.button(key="terbit-simpan").click().run()
        press(laporan, "terbit-hapus-2021-S1")
        (left,) = store.published_figures(CONTOH)
        assert left.ikm == Decimal("86.89")
        assert laporan.text_input(key="terbit-periode").value == ""

    @pytest.mark.parametrize(
        ("values", "fault"),
        [
            (("kapan saja", "86,88", "LKIP"), message("periode-tak-dikenal", teks="kapan saja")),
            (("2022", "banyak", "LKIP"), message("angka-terbit-rentang", nilai="banyak")),
            (("2022", "101", "LKIP"), message("angka-terbit-rentang", nilai="101")),
            (("2022", "86,88", " "), message("angka-terbit-sumber")),
            (("2022-05", "86,88", "LKIP"), message("angka-terbit-periode", label="Mei 2022")),
        ],
    )
    def test_what_is_wrong_is_said_and_stays_typed(
        self, laporan: AppTest, store: Store, values: tuple[str, str, str], fault: str
    ) -> None:
        self.fill(laporan, *values)
        assert fault in words(laporan)
        assert laporan.text_input(key="terbit-periode").value == values[0]
        assert store.published_figures(CONTOH) == ()


class TestTexts:
    KEY = f"teks-{CONTOH}-2024-T4-latar-belakang"

    def write(self, at: AppTest, text: str) -> AppTest:
        return at.text_area(key=self.KEY).set_value(text).run()

    def test_our_own_text_stands_there_first(self, laporan: AppTest) -> None:
        text = laporan.text_area(key=self.KEY).value
        assert "Dinas Kependudukan dan Pencatatan Sipil Kota Bekasi untuk Triwulan IV 2024" in text
        assert "<strong>Teks baku.</strong> Mengapa survei ini" in html(laporan)
        assert "teks-baku" not in buttons(laporan)

    def test_save_and_restore(self, laporan: AppTest, store: Store) -> None:
        self.write(laporan, "Survei ini dilaksanakan <b>sendiri</b>.")
        assert "Belum disimpan." in html(laporan)
        laporan.button(key="teks-simpan").click().run()
        texts = store.report_texts(CONTOH, T4)
        assert texts == {"latar-belakang": "Survei ini dilaksanakan <b>sendiri</b>."}
        assert "Belum disimpan." not in html(laporan)
        assert "<strong>Teks kantor.</strong>" in html(laporan)
        laporan.button(key="teks-baku").click().run()
        assert store.report_texts(CONTOH, T4) == {}
        assert "Undang-Undang" in laporan.text_area(key=self.KEY).value

    def test_our_own_text_is_not_kept_as_theirs(self, laporan: AppTest, store: Store) -> None:
        laporan.button(key="teks-simpan").click().run()
        assert store.report_texts(CONTOH, T4) == {}

    def test_what_is_typed_survives_other_choices(self, laporan: AppTest, store: Store) -> None:
        self.write(laporan, "Belum selesai")
        laporan.selectbox(key="teks-bagian").set_value("maksud-tujuan").run()
        press(laporan, "tutup")
        laporan.selectbox(key="teks-bagian").set_value("latar-belakang").run()
        assert laporan.text_area(key=self.KEY).value == "Belum selesai"
        assert "latar-belakang" not in store.report_texts(CONTOH, T4)

    def test_a_text_of_an_earlier_period_is_named(self, dasbor: Open, store: Store) -> None:
        store.set_report_text(CONTOH, T3, "latar-belakang", "Dari triwulan III")
        at = dasbor("laporan", survei=CONTOH, periode="2024-T4")
        assert at.text_area(key=self.KEY).value == "Dari triwulan III"
        assert "terbawa dari Triwulan III 2024" in html(at)

    def test_somebody_else_saved_meanwhile(self, laporan: AppTest, store: Store) -> None:
        self.write(laporan, "Punya saya")
        store.set_report_text(CONTOH, T4, "latar-belakang", "Punya orang lain")
        laporan.run()
        assert laporan.text_area(key=self.KEY).value == "Punya saya"
        assert "baru saja diganti orang lain" in words(laporan)

    def test_an_untouched_field_follows_what_others_save(
        self, laporan: AppTest, store: Store
    ) -> None:
        store.set_report_text(CONTOH, T4, "latar-belakang", "Punya orang lain")
        laporan.run()
        assert laporan.text_area(key=self.KEY).value == "Punya orang lain"

    def test_a_text_that_is_too_long_stays_typed(self, laporan: AppTest) -> None:
        self.write(laporan, "x" * 20_001)
        laporan.button(key="teks-simpan").click().run()
        assert message("teks-panjang", panjang=20_001, batas=20_000) in words(laporan)
        assert len(laporan.text_area(key=self.KEY).value) == 20_001


class TestPreview:
    @pytest.fixture
    def halaman(self, dasbor: Open, store: Store) -> AppTest:
        add_running(store)
        return dasbor("laporan", survei="jalan", periode="2025-T1")

    def test_one_page_at_a_time(self, halaman: AppTest) -> None:
        assert "/laporan/1.png" not in html(halaman)
        halaman.toggle(key="pratinjau").set_value(True).run()
        count = int(re.findall(r"Halaman 1 dari (\d+)<", html(halaman))[0])
        assert count > 5
        assert halaman.button(key="pratinjau-mundur").disabled
        for _ in range(count - 1):
            halaman.button(key="pratinjau-maju").click().run()
        shown = html(halaman)
        assert f"/unduh/jalan/2025-T1/laporan/{count}.png?versi=" in shown
        assert f'alt="Halaman {count} dari {count}, laporan Triwulan I 2025.' in shown
        assert halaman.button(key="pratinjau-maju").disabled
        halaman.button(key="pratinjau-mundur").click().run()
        assert f"/laporan/{count - 1}.png" in html(halaman)
        assert not halaman.exception

    def test_a_shorter_report_shows_its_last_page(self, halaman: AppTest) -> None:
        halaman.session_state["pratinjau-jalan-2025-T1"] = 999
        halaman.toggle(key="pratinjau").set_value(True).run()
        (shown, count) = re.findall(r"Halaman (\d+) dari (\d+)<", html(halaman))[0]
        assert shown == count

    def test_what_cannot_be_drawn_is_one_sentence(
        self, halaman: AppTest, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*_: object) -> int:
            raise SkmError("laporan-kosong", label="Triwulan I 2025")

        monkeypatch.setattr(report_preview, "page_count", fail)
        halaman.toggle(key="pratinjau").set_value(True).run()
        assert message("laporan-kosong", label="Triwulan I 2025") in words(halaman)
        assert halaman.text_area(key="teks-jalan-2025-T1-latar-belakang").value


class TestLetterhead:
    def put(self, at: AppTest, content: bytes) -> AppTest:
        at.file_uploader[0].set_value(("kop dinas.docx", content, "application/octet-stream"))
        return at.run()

    def test_put_in_place_replaced_and_removed(self, laporan: AppTest) -> None:
        assert "kop sederhana" in html(laporan)
        for content in (kop("Dinas Contoh"), kop("Dinas Contoh, alamat baru")):
            self.put(laporan, content)
            assert laporan.toast[0].value == message("kop-disimpan", berkas="kop dinas.docx")
            assert kept().read_bytes() == content
            assert "Kop surat kantor terpasang" in html(laporan)
        press(laporan, "kop-hapus")
        assert "kop sederhana" in html(laporan)
        assert not kept().exists()

    def test_what_is_no_letterhead_is_refused_and_the_old_one_stays(self, laporan: AppTest) -> None:
        content = kop("Dinas Contoh")
        self.put(laporan, content)
        self.put(laporan, b"bukan dokumen")
        assert message("kop-tak-terbaca") in words(laporan)
        assert kept().read_bytes() == content
        assert [path.name for path in kept().parent.glob("*.docx")] == ["kop.docx"]


def kop(teks: str) -> bytes:
    document = docx.Document()
    document.add_paragraph(teks)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def kept() -> Path:
    return Path(os.environ["SKM_DATA"]) / "kop.docx"
