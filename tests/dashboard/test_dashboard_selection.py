"""Survey and period: one choice for all pages, kept in the address."""

from __future__ import annotations

from datetime import UTC, datetime

from skm.periode import Jenis, find_zone, period_at
from skm.store import Store
from tests.dashboard.conftest import CONTOH, Open, html, switch, words
from tests.dashboard.survei_uji import add_empty


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
