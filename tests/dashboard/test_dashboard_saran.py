"""The page Saran: looking for remarks, and answering those that say nearly the same."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from skm.jawaban import Jawaban, Kanal
from skm.periode import parse_period
from skm.store import BatchBaru, StatusSaran, Store
from tests.dashboard.conftest import CONTOH, Open, buttons, html
from tests.dashboard.survei_uji import JAHAT, add_empty, add_hostile

pytestmark = pytest.mark.lambat

T4 = parse_period("2024-T4")


@pytest.fixture
def halaman(dasbor: Open) -> AppTest:
    return dasbor("kelola-saran", survei=CONTOH, periode="2024-T4")


def quoted(at: AppTest) -> list[str]:
    """Return the remarks in view, in order."""
    found = html(at)
    return [part.partition("”")[0] for part in found.split('<div class="skm-saran"><p>“')[1:]]


def first_button(at: AppTest) -> str:
    return next(b.key for b in at.button if (b.key or "").startswith("saran-tanggapi-"))


def test_the_most_frequent_remark_comes_first(halaman: AppTest, store: Store) -> None:
    assert quoted(halaman)[0].startswith("Alhamdulillah prosesnya cepat")
    assert "13 saran mirip" in html(halaman)
    assert len(quoted(halaman)) == 20
    halaman.button(key="saran-lagi").click().run()
    assert len(quoted(halaman)) == 40
    assert not halaman.exception


def test_looking_for_words_and_unsur(halaman: AppTest) -> None:
    halaman.text_input(key="saran-teks").set_value("parkir").run()
    assert quoted(halaman) == ["Area parkir motornya sempit, semoga bisa diperluas."]
    halaman.text_input(key="saran-teks").set_value("").run()
    halaman.selectbox(key=f"saran-unsur-{CONTOH}").set_value("U4").run()
    assert all("Biaya/tarif" in part for part in html(halaman).split('class="skm-saran"')[1:])
    assert 0 < len(quoted(halaman)) < 20


def test_a_reply_reaches_all_that_say_the_same(halaman: AppTest, store: Store) -> None:
    key = first_button(halaman)
    halaman.button(key=key).click().run()
    nomor = key.rpartition("-")[2]
    halaman.selectbox(key=f"tanggapan-{nomor}-status").set_value(StatusSaran.SELESAI)
    halaman.text_area(key=f"tanggapan-{nomor}-balasan").set_value("Terima kasih, 081234567890")
    halaman.button(key="tanggapan-simpan").click().run()
    known = store.responses(CONTOH)
    assert len(known) == 13
    assert {t.balasan for t in known.values()} == {"Terima kasih, [disamarkan]"}
    assert store.remark_states(CONTOH, T4)[StatusSaran.SELESAI] == 13
    assert "Balasan:" in html(halaman)
    halaman.segmented_control(key="saran-status").set_value(StatusSaran.SELESAI).run()
    assert len(quoted(halaman)) == 1
    assert store.check_recap(CONTOH) == ()


def test_leaving_the_form_saves_nothing(halaman: AppTest, store: Store) -> None:
    halaman.button(key=first_button(halaman)).click().run()
    halaman.button(key="tanggapan-batal").click().run()
    assert store.responses(CONTOH) == {}


def test_what_people_write_is_text_and_nothing_else(dasbor: Open, store: Store) -> None:
    add_hostile(store)
    answer = Jawaban("43", parse_period("2025-T1"), saran=f"Antre “lama” {JAHAT}")
    store.add_batch("jahat", BatchBaru(Kanal.KERTAS), [answer])
    at = dasbor("kelola-saran", survei="jahat", periode="2025-T1")
    assert "<script" not in html(at)
    assert "&lt;script&gt;" in html(at)


def test_a_survey_without_remarks_says_so(dasbor: Open, store: Store) -> None:
    add_empty(store)
    at = dasbor("kelola-saran", survei="kosong")
    assert not at.exception
    assert "saran-teks" not in {t.key for t in at.text_input}
    assert not any((b or "").startswith("saran-") for b in buttons(at))
