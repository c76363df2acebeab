"""The page Pengumpulan on a survey whose answers are counted by hand (survei_uji.py)."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from skm.dashboard import live, pengumpulan
from skm.store import Store
from tests.dashboard.conftest import CONTOH, Open, html, words
from tests.dashboard.survei_uji import HARI, JAHAT, T1, add_running, answer

pytestmark = pytest.mark.lambat


@pytest.fixture
def jalan(dasbor: Open, store: Store, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    add_running(store)
    monkeypatch.setattr(pengumpulan, "today", lambda _: HARI)
    return dasbor("pengumpulan", survei="jalan", periode="2025-T1")


def facts(at: AppTest) -> list[str]:
    return re.findall(r"<dd><strong>([^<]*)</strong>", html(at))


def test_today_this_week_the_period_and_what_to_enter(jalan: AppTest) -> None:
    assert facts(jalan) == ["2", "3", "5", "—"]
    shown = html(jalan)
    for text in ("Rabu, 12 Maret 2025", "sejak Senin, 10 Maret 2025", "isi jumlah yang dilayani",
                 "Isi jumlah orang yang dilayani", "5 jawaban, paling banyak 2 pada",
                 '<a href="/entri/jalan">'):  # fmt: skip
        assert text in shown
    assert not jalan.exception


def test_by_titik_by_layanan_by_channel(jalan: AppTest) -> None:
    assert row("Loket Utara", 2, 3, 4) in html(jalan)
    jalan.segmented_control(key="masuk-menurut").set_value("layanan").run()
    assert row("Kartu Keluarga", 0, 1, 1) in html(jalan)
    jalan.segmented_control(key="masuk-menurut").set_value("kanal").run()
    assert row("QR", 2, 3, 5) in html(jalan)
    assert "/unduh/jalan/2025-T1/masuk-kanal.csv" in html(jalan)


def row(name: str, *numbers: int) -> str:
    return f">{name}</td>" + "".join(f'<td class="angka">{n}</td>' for n in numbers)


def test_silent_placements(jalan: AppTest) -> None:
    silent = html(jalan).split("Tanpa jawaban 7 hari terakhir</h2>")[1].split("</figure>")[0]
    assert "2 titik atau tautan" in silent
    assert "Loket Utara" not in silent
    assert "5 Maret 2025" in silent


def test_double_entry_is_shown_only_where_there_is_any(jalan: AppTest, store: Store) -> None:
    assert "Pemeriksaan entri ganda" not in html(jalan)
    store.save_double_entry("jalan", "pagi", 20, 260, 3)
    jalan.run()
    shown = html(jalan).split("Pemeriksaan entri ganda</h2>")[1].split("</figure>")[0]
    for text in (">20<", ">260<", ">3<", ">1,15%<", "/unduh/jalan/2025-T1/entri-ganda.csv"):
        assert text in shown
    assert not jalan.exception


def test_the_pace_follows_what_is_entered(jalan: AppTest, store: Store) -> None:
    jalan.number_input(key="populasi-jalan-2025-T1-ktp-").set_value(100)
    jalan.number_input(key="populasi-jalan-2025-T1-kk-").set_value(10)
    jalan.button(key="populasi-simpan").click().run()
    assert store.populations("jalan", T1) == {"ktp": 100, "kk": 10}
    assert facts(jalan)[3] == "85"
    assert "dari 90 yang diperlukan; 7 per hari kerja" in html(jalan)
    shown = re.sub(r' data-judul="[^"]*"', "", html(jalan))  # what a card says on a phone
    assert row("KTP Jalan", 100, 80, 4, 76, 6) in shown
    jalan.number_input(key="populasi-jalan-2025-T1-kk-10").set_value(None)
    jalan.button(key="populasi-simpan").click().run()
    assert store.populations("jalan", T1) == {"ktp": 100}
    assert not jalan.exception


def test_exclude_with_a_reason_and_include_again(jalan: AppTest, store: Store) -> None:
    jalan.selectbox(key="tanda-pilih").set_value("cepat").run()
    (box,) = [c for c in jalan.checkbox if c.key != "tanda-semua"]
    assert "nilai 2 2" in box.label
    assert "terlalu cepat, di luar jam layanan \\(6 detik\\)" in box.label
    jalan.button(key="tanda-kecualikan").click().run()
    assert "Belum ada jawaban yang dipilih" in words(jalan)
    jalan.checkbox(key=box.key).check()
    jalan.button(key="tanda-kecualikan").click().run()
    assert "Alasan pengecualian belum diisi" in words(jalan)
    assert facts(jalan)[2] == "5"
    jalan.text_input(key="tanda-alasan").set_value("uji coba *petugas*")
    jalan.button(key="tanda-kecualikan").click().run()
    assert facts(jalan)[2] == "4"
    assert jalan.toast[0].value.startswith("1 jawaban dikecualikan")
    for figure in ("93,75", "85,00", "91,67", "−8,75", "−2,08"):
        assert figure in html(jalan)

    jalan.segmented_control(key="tanda-keadaan").set_value(True).run()
    (box,) = jalan.checkbox
    assert "alasan\\: uji coba \\*petugas\\*" in box.label
    box.check()
    jalan.button(key="tanda-hitung").click().run()
    assert facts(jalan)[2] == "5"
    assert len(list(store.answers("jalan"))) == 5
    assert not jalan.exception


def test_all_of_a_choice_at_once(jalan: AppTest, store: Store) -> None:
    jalan.checkbox(key="tanda-semua").check()
    jalan.text_input(key="tanda-alasan").set_value("rentetan dari satu perangkat")
    jalan.button(key="tanda-kecualikan").click().run()
    assert facts(jalan)[2] == "3"
    assert len(store.flagged("jalan", T1)) == 2


def test_nothing_marked_is_one_sentence(dasbor: Open) -> None:
    assert "Tidak ada jawaban yang ditandai atau dikecualikan" in html(dasbor("pengumpulan"))


def test_a_reason_is_text_and_never_markup(jalan: AppTest, store: Store) -> None:
    store.exclude("jalan", [r.id for r in store.flagged("jalan", T1)], JAHAT)
    jalan.segmented_control(key="tanda-keadaan").set_value(True).run()
    assert not any(JAHAT in c.label for c in jalan.checkbox)


@pytest.mark.parametrize("alamat", ["ringkasan", "pengumpulan"])
def test_a_page_is_drawn_anew_only_when_the_data_changed(
    dasbor: Open, store: Store, monkeypatch: pytest.MonkeyPatch, alamat: str
) -> None:
    looks: list[object] = []
    monkeypatch.setattr(live.st, "fragment", lambda **_: lambda look: looks.append(look) or look)
    reruns: list[bool] = []
    monkeypatch.setattr(live.st, "rerun", lambda: reruns.append(True))
    _, (a, _, _) = add_running(store)
    at = dasbor(alamat, survei="jalan", periode="2025-T1")
    assert not at.exception
    look = looks[-1]
    look()
    assert reruns == []
    answer(store, a, "11", None, "kk", periode="2025-T1")
    look()
    assert reruns == [True]


def test_a_look_that_fails_leaves_the_page_alone(store: Store) -> None:
    from skm.dashboard.source import open_source

    add_running(store)
    sumber = open_source(store, "jalan")
    assert not live._changed(sumber)
    store.delete_survei("jalan")
    assert not live._changed(sumber)


def test_the_sample_opens_in_any_period(dasbor: Open) -> None:
    for periode in ("2024-S1", "2024"):
        at = dasbor("pengumpulan", survei=CONTOH, periode=periode)
        assert not at.exception
        assert not at.error
