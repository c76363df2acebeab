"""Survey and period: one choice for all pages, kept in the address."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from skm.jawaban import Jawaban
from skm.kiriman import Kiriman
from skm.periode import Jenis, find_zone, parse_period, period_at
from skm.pesan import message
from skm.store import Store, TautanBaru
from tests.dashboard.conftest import CONTOH, Open, html, switch, words
from tests.dashboard.survei_uji import add_empty

pytestmark = pytest.mark.lambat


def test_the_address_always_says_what_is_shown(dasbor: Open) -> None:
    at = dasbor()
    assert at.query_params == {"survei": CONTOH, "periode": "2024-T4"}


def test_a_link_reproduces_the_view(dasbor: Open) -> None:
    at = dasbor(survei=CONTOH, periode="2024-S1")
    assert "93,64" in html(at)
    assert at.selectbox(key="pilih-periode").value == "2024-S1"


def test_the_choice_follows_to_another_page(dasbor: Open) -> None:
    at = dasbor()
    at.selectbox(key="pilih-periode").set_value("2024-T3").run()
    assert at.query_params["periode"] == "2024-T3"
    switch(at, "responden")
    assert "Responden menurut jenis layanan, Triwulan III 2024" in html(at)
    assert at.query_params == {"survei": CONTOH, "periode": "2024-T3"}


def test_links_between_pages_carry_the_choice(dasbor: Open) -> None:
    at = dasbor(survei=CONTOH, periode="2024-T3")
    for link in at.get("page_link"):
        assert link.proto.query_string == f"survei={CONTOH}&periode=2024-T3"


def test_the_back_button_wins_over_the_last_choice(dasbor: Open) -> None:
    at = dasbor()
    at.selectbox(key="pilih-periode").set_value("2024-T3").run()
    at.query_params = {"survei": CONTOH, "periode": "2024"}
    at.run()
    assert at.selectbox(key="pilih-periode").value == "2024"


def test_unknown_values_fall_back_and_say_so(dasbor: Open) -> None:
    at = dasbor(survei="tidak-ada", periode="2031-T2")
    assert "93,86" in html(at)
    assert "Survei pada tautan ini tidak ditemukan" in words(at)
    assert "Periode pada tautan ini belum memiliki jawaban" in words(at)
    assert at.query_params == {"survei": CONTOH, "periode": "2024-T4"}
    assert not at.exception


def test_a_survey_without_answers_leads_to_the_upload(dasbor: Open, store: Store) -> None:
    add_empty(store)
    at = dasbor(survei="kosong", periode="2024-T4")
    for alamat in ("ringkasan", "kekuatan", "responden"):
        switch(at, alamat)
        assert any("Belum ada jawaban" in m.value for m in at.markdown)
        assert "Buka halaman Unggah" in [link.value for link in at.get("page_link")]
        assert not at.exception
    assert at.query_params == {"survei": "kosong", "periode": running()}


def running() -> str:
    return period_at(datetime.now(UTC), Jenis.TRIWULAN, find_zone("WIB")).kode


def test_the_running_triwulan_can_be_chosen_before_its_first_answer(dasbor: Open) -> None:
    at = dasbor()
    assert at.selectbox(key="pilih-periode").value == "2024-T4"
    assert at.selectbox(key="pilih-periode").options[0].endswith("(kosong)")
    at.selectbox(key="pilih-periode").set_value(running()).run()
    for alamat in ("ringkasan", "kekuatan", "responden"):
        switch(at, alamat)
        assert any("belum memiliki jawaban. Pilih periode lain" in m.value for m in at.markdown)
        assert not at.exception
    assert at.query_params == {"survei": CONTOH, "periode": running()}


def test_a_quarter_of_a_directly_measured_semester_leads_to_that_semester(dasbor: Open) -> None:
    at = dasbor(survei=CONTOH, periode="2024-T1")
    assert at.query_params["periode"] == "2024-S1"
    assert "dinilai bersama sebagai Semester I 2024" in words(at)


@pytest.fixture
def several(store: Store) -> None:
    """One answer by QR beside the uploaded ones of Triwulan IV: all 1, IKM 25,00."""
    (tautan,) = store.add_tautan(CONTOH, [TautanBaru("dinas", "kia")])
    store.submit(tautan, Kiriman("a" * 16, Jawaban("1" * 9, parse_period("2024-T4"))))


def channel_choices(at: object) -> list:
    return [box for box in at.selectbox if box.key == "pilih-kanal"]  # type: ignore[attr-defined]


def notice(periode: str = "Triwulan IV 2024") -> str:
    return message("dasbor-satu-kanal", kanal="QR", periode=periode)


def test_one_channel_is_not_a_choice(dasbor: Open) -> None:
    assert channel_choices(dasbor()) == []


@pytest.mark.usefixtures("several")
def test_one_channel_is_shown_with_a_notice_and_goes_along(dasbor: Open) -> None:
    at = dasbor(survei=CONTOH, periode="2024-T4")
    assert ">Draf</span>" in html(at)
    (box,) = channel_choices(at)
    assert box.options == ["Semua kanal", "QR", "Unggah"]
    box.set_value("qr").run()
    assert at.query_params == {"survei": CONTOH, "periode": "2024-T4", "kanal": "qr"}
    shown = html(at)
    assert "<span>25,00</span>" in shown
    assert notice() in shown
    assert ">Draf</span>" not in shown
    assert f"/unduh/{CONTOH}/2024-T4/unsur.csv?kanal=qr" in shown
    for alamat in ("kekuatan", "responden"):
        shown = html(switch(at, alamat))
        assert notice() in shown
        assert ".csv?kanal=qr" in shown
        assert f'/unduh/{CONTOH}/2024-T4/responden-layanan.csv"' not in shown
    assert ">1</td>" in shown  # one respondent


@pytest.mark.usefixtures("several")
def test_other_pages_show_all_and_do_not_forget_the_channel(dasbor: Open) -> None:
    at = dasbor("laporan", survei=CONTOH, periode="2024-T4", kanal="qr")
    assert channel_choices(at) == []
    assert notice() not in html(at)
    assert "1.561" in html(at)
    assert notice() in html(switch(at, "ringkasan"))
    at.button(key="kanal-semua").click().run()
    assert notice() not in html(at)
    assert "kanal" not in at.query_params


@pytest.mark.usefixtures("several")
@pytest.mark.parametrize(("periode", "kanal"), [("2024-T4", "kertas"), ("2024-T3", "qr"),
                                                ("2024-T4", "<b>")])  # fmt: skip
def test_a_channel_that_cannot_be_chosen_gives_way_to_all(
    dasbor: Open, periode: str, kanal: str
) -> None:
    at = dasbor(survei=CONTOH, periode=periode, kanal=kanal)
    assert "semua kanal" in words(at)
    assert at.query_params == {"survei": CONTOH, "periode": periode}
    assert not at.exception


@pytest.mark.usefixtures("several")
def test_another_period_without_that_channel_shows_all_without_a_word(dasbor: Open) -> None:
    at = dasbor(survei=CONTOH, periode="2024-T4", kanal="qr")
    at.selectbox(key="pilih-periode").set_value("2024-T3").run()
    assert "93,70" in html(at)
    assert not at.info
    assert at.query_params == {"survei": CONTOH, "periode": "2024-T3"}


@pytest.mark.usefixtures("several")
def test_a_link_without_a_channel_means_all(dasbor: Open) -> None:
    at = dasbor(survei=CONTOH, periode="2024-T4", kanal="qr")
    at.query_params = {"survei": CONTOH, "periode": "2024"}
    at.run()
    assert at.selectbox(key="pilih-kanal").value is None


@pytest.mark.usefixtures("several")
def test_a_split_by_channel_gives_way_once_one_is_chosen(dasbor: Open) -> None:
    at = dasbor("kekuatan", survei=CONTOH, periode="2024-T4")
    choice = at.segmented_control(key="rincian")
    choice.select(choice.options[2]).run()
    at.selectbox(key="pilih-kanal").set_value("qr").run()
    assert not at.exception
    assert "Unsur terkuat dan terlemah, Triwulan IV 2024" in html(at)
