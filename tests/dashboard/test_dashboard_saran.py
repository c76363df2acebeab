"""The page Saran: looking for remarks, and answering those that say nearly the same."""

from __future__ import annotations

import pytest
from masuk_uji import SEMUA
from streamlit.testing.v1 import AppTest

from skm.akun import Batas, Pelaku, Peran
from skm.dashboard import identity
from skm.jawaban import Jawaban, Kanal
from skm.periode import parse_period
from skm.saran import buku
from skm.store import BatchBaru, StatusSaran, Store
from tests.dashboard.conftest import CONTOH, Open, buttons, html
from tests.dashboard.survei_uji import JAHAT, add_empty, add_hostile, survei_jalan

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


@pytest.fixture
def kecil(dasbor: Open, store: Store) -> AppTest:
    """The page of a survey with three remarks at two places."""
    survei_jalan(store)
    send(store, ("Antrean lama", "a"), ("Toilet kotor", "b"), ("Antreannya lama", "b"))
    return dasbor("kelola-saran", survei="jalan", periode="2025-T1")


def send(store: Store, *given: tuple[str | None, str]) -> str:
    answers = [Jawaban("43", parse_period("2025-T1"), titik=t, saran=s) for s, t in given]
    return store.add_batch("jalan", BatchBaru(Kanal.KERTAS), answers).id


def test_a_new_remark_appears_and_an_answer_without_one_changes_nothing(
    kecil: AppTest, store: Store
) -> None:
    assert quoted(kecil) == ["Antrean lama", "Toilet kotor"]
    send(store, (None, "a"))
    assert quoted(kecil.run()) == ["Antrean lama", "Toilet kotor"]
    send(store, ("Toiletnya kotor", "a"), ("toilet kotor", "a"))
    assert quoted(kecil.run()) == ["Toilet kotor", "Antrean lama"]
    assert "3 saran mirip" in html(kecil)
    assert "Semua (5)" in kecil.segmented_control(key="saran-status").options


def test_an_erased_remark_is_gone_at_the_next_click(kecil: AppTest, store: Store) -> None:
    batch = send(store, ("Nama saya Budi", "a"))
    assert "Nama saya Budi" in quoted(kecil.run())
    store.undo_batch(batch)
    assert "Budi" not in html(kecil.run())
    (first, *_) = store.remarks("jalan")
    store.exclude("jalan", [first.id], "uji")
    kecil.run()
    assert quoted(kecil) == ["Antreannya lama", "Toilet kotor"]
    assert "saran mirip" not in html(kecil)


def test_a_reply_by_somebody_else_changes_the_status(kecil: AppTest, store: Store) -> None:
    toilet = next(s.id for s in store.remarks("jalan") if s.teks == "Toilet kotor")
    store.respond("jalan", [toilet], StatusSaran.SELESAI, "Sudah dibersihkan")
    assert "Sudah dibersihkan" in html(kecil.run())
    kecil.segmented_control(key="saran-status").set_value(StatusSaran.SELESAI).run()
    assert quoted(kecil) == ["Toilet kotor"]
    store.respond("jalan", [toilet], StatusSaran.PERLU, "")
    assert quoted(kecil.run()) == []
    assert "Sudah dibersihkan" not in html(kecil)


def test_who_is_limited_to_a_place_sees_that_part_and_nobody_else_s_copy(
    kecil: AppTest, dasbor: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both look at the same data, one after the other and back."""
    limited = Pelaku("loket-a", frozenset(Peran), (Batas("jalan", frozenset({"a"})),))
    monkeypatch.setattr(identity, "current_actor", lambda _: limited)
    other = dasbor("kelola-saran", survei="jalan", periode="2025-T1")
    assert quoted(other) == ["Antrean lama"]
    send(store, ("Parkir sempit", "b"), ("Kursi kurang", "a"))
    assert quoted(other.run()) == ["Kursi kurang", "Antrean lama"]
    monkeypatch.setattr(identity, "current_actor", lambda _: SEMUA)
    assert len(quoted(kecil.run())) == 4
    monkeypatch.setattr(identity, "current_actor", lambda _: limited)
    assert quoted(other.run()) == ["Kursi kurang", "Antrean lama"]


def test_unchanged_data_are_read_and_grouped_once(
    kecil: AppTest, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("worked out again")

    for name in ("find_remarks", "group_found"):
        monkeypatch.setattr(buku, name, refuse)
    monkeypatch.setattr(Store, "remarks", refuse)
    kecil.run()
    assert not kecil.exception
    assert quoted(kecil) == ["Antrean lama", "Toilet kotor"]
