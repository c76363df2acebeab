"""The page Laporan: from draft to publication and back; what Ringkasan says of it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from skm.dashboard import report_state
from skm.jawaban import Jawaban, Kanal
from skm.penutupan.tutup import close
from skm.periode import parse_period
from skm.pesan import SkmError, message
from skm.store import BatchBaru, Keadaan, Store
from tests.dashboard.conftest import CONTOH, Open, buttons, html, press, words
from tests.dashboard.survei_uji import HARI, JAHAT, T1, add_empty, add_hostile, add_running

pytestmark = pytest.mark.lambat

T3, T4, S2 = parse_period("2024-T3"), parse_period("2024-T4"), parse_period("2024-S2")


@pytest.fixture
def laporan(dasbor: Open) -> AppTest:
    return dasbor("laporan", survei=CONTOH, periode="2024-T4")


def states(store: Store, survei_id: str = CONTOH) -> dict[str, Keadaan]:
    return {t.periode.kode: t.keadaan for t in store.closings(survei_id)}


def late(store: Store, nilai: str = "111111111") -> None:
    """One more answer for Triwulan IV."""
    answers = [Jawaban(nilai, T4, layanan="kia", titik="dinas")]
    store.add_batch(CONTOH, BatchBaru(Kanal.UNGGAH, "terlambat.csv"), answers)


class TestStates:
    def test_a_draft_says_what_closing_would_freeze(self, laporan: AppTest) -> None:
        assert '<li class="kini" aria-current="step"><strong>Draf</strong>' in html(laporan)
        laporan.button(key="tutup").click().run()
        asked = html(laporan).split('class="skm-tanya"')[1]
        for figure in ("93,86", "1.560"):
            assert figure in asked
        assert "skm-ingat" not in asked  # the period is over, nothing is missing

    def test_close_publish_withdraw_reopen(self, laporan: AppTest, store: Store) -> None:
        press(laporan, "tutup")
        (closed,) = store.closings(CONTOH)
        assert (closed.periode, closed.keadaan) == (T4, Keadaan.DITUTUP)
        shown = html(laporan)
        assert f"<code>{closed.sha256}</code>" in shown
        assert f"/unduh/{CONTOH}/2024-T4/arsip.zip" in shown
        assert f"/hasil/{CONTOH}" not in shown
        press(laporan, "terbitkan")
        assert states(store) == {"2024-T4": Keadaan.DITERBITKAN}
        shown = html(laporan)
        assert f'href="/hasil/{CONTOH}/2024-T4"' in shown
        for berkas in ("poster.pdf?bentuk=peraturan", "poster.pdf?bentuk=modern", "infografis.png"):
            assert f"/hasil/{CONTOH}/2024-T4/{berkas}" in shown
        withdraw(laporan, "Salah tabel")
        assert states(store) == {"2024-T4": Keadaan.DITUTUP}
        laporan.button(key="buka").click().run()
        laporan.text_area(key="tanya-alasan").set_value("Ada berkas yang tertinggal")
        laporan.button(key="tanya-ya").click().run()
        assert states(store) == {}
        shown = html(laporan)
        for event in ("Ditutup", "Diterbitkan", "Ditarik dari halaman hasil", "Dibuka kembali"):
            assert f">{event}</td>" in shown
        assert "Salah tabel" in shown
        assert "Ada berkas yang tertinggal" in shown
        assert not laporan.exception

    def test_a_reason_is_required(self, laporan: AppTest, store: Store) -> None:
        press(laporan, "tutup")
        press(laporan, "terbitkan")
        withdraw(laporan, "  ")
        assert message("alasan-penutupan-kosong") in words(laporan)
        assert states(store) == {"2024-T4": Keadaan.DITERBITKAN}

    def test_no_changes_nothing(self, laporan: AppTest, store: Store) -> None:
        laporan.button(key="tutup").click().run()
        laporan.button(key="tanya-tidak").click().run()
        assert states(store) == {}

    def test_somebody_else_was_faster(self, laporan: AppTest, store: Store) -> None:
        laporan.button(key="tutup").click().run()
        close(store, CONTOH, T4)
        laporan.button(key="tanya-ya").click().run()
        assert message("periode-sudah-ditutup", label=T4.label) in words(laporan)
        assert "terbitkan" in buttons(laporan)
        assert len(store.events(CONTOH, T4)) == 1

    def test_somebody_else_reopened_it(self, laporan: AppTest, store: Store) -> None:
        press(laporan, "tutup")
        laporan.button(key="terbitkan").click().run()
        store.reopen_period(CONTOH, T4, "lain")
        laporan.button(key="tanya-ya").click().run()
        assert message("periode-tak-ditutup", label=T4.label) in words(laporan)
        assert "tutup" in buttons(laporan)

    def test_a_part_of_a_closed_semester_leads_there(self, dasbor: Open, store: Store) -> None:
        close(store, CONTOH, S2)
        at = dasbor("laporan", survei=CONTOH, periode="2024-T3")
        assert "Triwulan III 2024 dibekukan bersama Semester II 2024" in html(at)
        assert not buttons(at) & {"tutup", "terbitkan", "buka"}
        at.button(key="buka-luar").click().run()
        assert at.query_params["periode"] == "2024-S2"
        assert "terbitkan" in buttons(at)

    def test_a_quarter_of_a_directly_measured_semester_is_refused(self, store: Store) -> None:
        with pytest.raises(SkmError) as caught:
            report_state.close_now(store, CONTOH, parse_period("2024-T1"))
        assert caught.value.kode == "penutupan-di-dalam"

    def test_a_period_without_answers(self, dasbor: Open, store: Store) -> None:
        add_empty(store)
        at = dasbor("laporan", survei="kosong")
        assert any("Belum ada jawaban" in m.value for m in at.markdown)
        assert "tutup" not in buttons(at)
        assert "laporan.pdf" not in html(at)
        assert at.text_input(key="terbit-ikm").value == ""
        assert not at.exception


def withdraw(at: AppTest, alasan: str) -> None:
    at.button(key="tarik").click().run()
    at.text_area(key="tanya-alasan").set_value(alasan)
    at.button(key="tanya-ya").click().run()


class TestWarnings:
    def test_marked_answers_and_a_period_that_is_not_over(
        self, dasbor: Open, store: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        add_running(store)
        monkeypatch.setattr(report_state, "today", lambda _: HARI)
        at = dasbor("laporan", survei="jalan", periode="2025-T1")
        at.button(key="tutup").click().run()
        asked = html(at).split('class="skm-ingat"')[1]
        assert "baru berakhir 31 Maret 2025" in asked
        assert "2 jawaban bertanda ikut dihitung" in asked
        at.button(key="tanya-ya").click().run()
        assert states(store, "jalan") == {"2025-T1": Keadaan.DITUTUP}

    def test_the_last_day_still_is_too_early(
        self, dasbor: Open, store: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        add_running(store)
        monkeypatch.setattr(report_state, "today", lambda _: T1.selesai)
        at = dasbor("laporan", survei="jalan", periode="2025-T1")
        at.button(key="tutup").click().run()
        assert "baru berakhir" in html(at)

    def test_a_missing_quarter(self, dasbor: Open, store: Store) -> None:
        add_running(store)
        at = dasbor("laporan", survei="jalan", periode="2025-S1")
        at.button(key="tutup").click().run()
        assert "Belum ada data: Triwulan II 2025." in html(at)

    def test_answers_left_out_by_a_closed_part(self, dasbor: Open, store: Store) -> None:
        close(store, CONTOH, T4)
        late(store)
        at = dasbor("laporan", survei=CONTOH, periode="2024-S2")
        at.button(key="tutup").click().run()
        asked = html(at).split('class="skm-tanya"')[1]
        assert "1 jawaban masuk setelah Triwulan IV 2024 ditutup" in asked
        assert "2.967" in asked  # 1.407 + 1.560

    def test_publishing_with_an_addendum(self, dasbor: Open, store: Store) -> None:
        close(store, CONTOH, T4)
        late(store)
        at = dasbor("laporan", survei=CONTOH, periode="2024-T4")
        assert "1 jawaban masuk setelah Triwulan IV 2024 ditutup" in words(at)
        at.button(key="terbitkan").click().run()
        assert "angka resmi tidak berubah" in html(at).split('class="skm-ingat"')[1]


class TestSummaryPage:
    def test_the_state_stands_beside_the_figure(self, dasbor: Open, store: Store) -> None:
        assert ">Draf</span>" in html(dasbor(survei=CONTOH, periode="2024-T4"))
        code = close(store, CONTOH, T4).sha256
        shown = html(dasbor(survei=CONTOH, periode="2024-T4"))
        assert ">Ditutup</span>" in shown
        assert f"<code>{code[:16]}</code>" in shown
        store.publish_period(CONTOH, T4)
        assert ">Diterbitkan</span>" in html(dasbor(survei=CONTOH, periode="2024-T4"))

    def test_what_came_in_later_moves_nothing_and_is_said(self, dasbor: Open, store: Store) -> None:
        """One of 1.561 who answers 1 everywhere: (844,71 / 9 x 1.560 + 25) / 1.561 = 93,812…"""
        close(store, CONTOH, T4)
        late(store)
        at = dasbor(survei=CONTOH, periode="2024-T4")
        assert "<span>93,86</span>" in html(at)
        assert "Bila ikut dihitung: 93,81 (A)." in words(at)

    def test_a_part_names_the_closed_semester(self, dasbor: Open, store: Store) -> None:
        close(store, CONTOH, S2)
        late(store)
        at = dasbor(survei=CONTOH, periode="2024-T4")
        assert "bersama Semester II 2024" in html(at)
        assert "setelah Semester II 2024 ditutup" in words(at)

    def test_earlier_publications_are_compared(self, dasbor: Open, store: Store) -> None:
        shown = html(dasbor(survei=CONTOH, periode="2024-T4"))
        assert "Perbandingan sampai tahun 2024" not in shown
        store.set_published_figure(CONTOH, parse_period("2022"), Decimal("86.88"), JAHAT)
        shown = html(dasbor(survei=CONTOH, periode="2024-T4"))
        assert "Perbandingan sampai tahun 2024" in shown
        assert "86,88" in shown
        assert JAHAT not in shown


def test_names_are_text_in_the_dialog(dasbor: Open, store: Store) -> None:
    add_hostile(store)
    at = dasbor("laporan", survei="jahat", periode="2025-T1")
    press(at, "tutup")
    assert JAHAT not in html(at)
    assert states(store, "jahat") == {"2025-T1": Keadaan.DITUTUP}
