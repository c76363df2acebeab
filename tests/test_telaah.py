"""Certainty, questionnaire and groups of a survey in a store, from answers to tables."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from skm.analysis.arah import Uji
from skm.analysis.beda_kelompok import Putusan
from skm.analysis.kata_telaah import (
    chosen_sentence,
    group_sentences,
    questionnaire_sentences,
    trend_sentence,
    weighted_sentences,
)
from skm.analysis.tertimbang import TakTertimbang, Tertimbang, Tolakan
from skm.jawaban import Jawaban, Kanal
from skm.penutupan.resmi import open_official
from skm.penutupan.tutup import close
from skm.peraturan import tabel_mutu
from skm.periode import Jenis, Periode, parse_period
from skm.rekap import JAM
from skm.store import BatchBaru, Store, open_store
from skm.telaah import (
    DITELAAH,
    PastiUnit,
    Telaah,
    certainty,
    differences,
    examine,
    importance,
    questionnaire,
    review_tables,
    trend_points,
)
from tests.penutupan.survei_tutup import DECEMBER, answer, save

T3, T4, S2 = (parse_period(kode) for kode in ("2024-T3", "2024-T4", "2024-S2"))
NAMES = {"ktp": "KTP", "kk": "Kartu Keluarga"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path}/skm.db") as opened:
        save(opened)
        yield opened


def add(store: Store, *rows: tuple[Jawaban, int], kanal: Kanal = Kanal.UNGGAH) -> None:
    sheets = [sheet for sheet, times in rows for _ in range(times)]
    store.add_batch("uji", BatchBaru(kanal, "uji.csv"), sheets)


def women_low(store: Store, periode: Periode = T4) -> None:
    """80 men with 4 4 or 3 4 at kk, 60 women with 2 3 or 3 2 at ktp, one of no sex; women by QR."""
    men = {"layanan": "kk", "profil": (("jk", "L"), ("usia", "50"))}
    add(store, (answer("44", periode, **men), 40), (answer("34", periode, **men), 40))
    add(store, (answer("23", periode), 30), (answer("34", periode), 30), kanal=Kanal.QR)


def telaah(store: Store, periode: Periode = T4) -> Telaah:
    return examine(open_official(store, "uji"), periode)


def pasti(store: Store, periode: Periode = T4) -> PastiUnit:
    return certainty(open_official(store, "uji"), periode)


def test_who_is_less_satisfied_is_said_for_each_kind(store: Store) -> None:
    women_low(store)
    found = telaah(store)
    kinds = {d.kode: {k.kode: k for k in d.kelas} for d in found.kelompok}
    assert set(kinds) == {"kanal", "jk", "usia"}  # all answered at one time of day
    women, men = kinds["jk"]["P"], kinds["jk"]["L"]
    # 25 · mean of (2,5 and 3,5) = 75; 25 · mean of (4 and 3,5) = 93,75
    assert (women.rata, men.rata) == (75, Fraction(375, 4))
    assert (women.putusan, men.putusan) == (Putusan.RENDAH, Putusan.TINGGI)
    assert women.selisih == Fraction(-75, 4)
    text = group_sentences(found.kelompok)[0]
    assert text.startswith("Lebih rendah daripada responden lain: QR (kanal, −18,75 poin)")
    assert "Perempuan (jenis kelamin, −18,75 poin)" in text


def test_a_closed_period_says_the_same_of_its_groups(store: Store) -> None:
    women_low(store)
    add(store, (answer("44", T4, waktu=DECEMBER.replace(hour=8)), 40))
    before = telaah(store)
    assert JAM in {d.kode for d in before.kelompok}
    close(store, "uji", T4)
    after = telaah(store)
    assert JAM not in {d.kode for d in after.kelompok}
    assert after.kuesioner == before.kuesioner
    assert after.peta == before.peta
    judged = [[k.rata for k in d.kelas] for d in before.kelompok if d.kode != JAM]
    assert [[k.rata for k in d.kelas] for d in after.kelompok] == judged


@pytest.mark.parametrize("closed", [False, True])
def test_what_a_page_asks_for_alone_is_the_part_of_the_whole(store: Store, closed: bool) -> None:
    women_low(store)
    if closed:
        close(store, "uji", T4)
    resmi, whole = open_official(store, "uji"), telaah(store)
    assert questionnaire(resmi, T4) == whole.kuesioner
    assert importance(resmi, T4) == whole.peta
    assert differences(resmi, T4) == whole.kelompok


def test_the_questionnaire_in_words(store: Store) -> None:
    women_low(store)
    names = {"U1": "Waktu", "U2": "Sarana"}
    text = " ".join(questionnaire_sentences(telaah(store).kuesioner, names))
    # Values of U1: 40×4, 70×3, 30×2; U2: 110×4, 30×3. By hand with divisor n = 140:
    # variances 0,494898 and 0,168367, covariance 0,229592; alpha = 2·(1 - 0,663265/1,122449) = 0,82
    assert "Alfa Cronbach 0,82" in text
    assert "40 dari 140 lembar (28,57%) diisi lurus" in text
    assert "Tidak ada pertanyaan yang dikosongkan." in text


def test_one_answer_states_nothing_and_says_why(store: Store) -> None:
    add(store, (answer("44", T4), 1))
    found, sure = telaah(store), pasti(store)
    assert sure.kepastian is None
    assert str(sure.alasan) == "sedikit"
    assert found.peta.titik == ()
    assert found.kelompok == ()
    assert "periode ini memiliki 1." in questionnaire_sentences(found.kuesioner, {})[0]


def test_the_weighted_figure_stands_beside_the_official_one(store: Store) -> None:
    """Official: U1 (160+210+60)/140, U2 (440+90)/140 -> 85,71. Weighted 1:3: (93,75 + 3·75)/4."""
    women_low(store)
    refused = pasti(store)
    assert refused.tertimbang == TakTertimbang(Tolakan.TANPA_POPULASI, T4)
    store.set_population("uji", T4, "kk", 1000)
    store.set_population("uji", T4, "ktp", 3000)
    found = pasti(store)
    assert str(found.hasil.hasil.ikm) == "85.71"
    assert isinstance(found.tertimbang, Tertimbang)
    assert str(found.tertimbang.ikm) == "79.69"
    text = " ".join(weighted_sentences(found.tertimbang, NAMES, tabel_mutu()))
    assert "IKM menjadi 79,69 ± " in text
    assert "IKM resmi tidak berubah" in text
    shown = {item.kode: (item.perlu, item.responden) for item in found.layanan}
    assert shown == {"kk": (278, 80), "ktp": (341, 60)}  # Krejcie & Morgan: 1000 and 3000


def test_a_closed_period_keeps_its_people(store: Store) -> None:
    women_low(store)
    store.set_population("uji", T4, "kk", 1000)
    store.set_population("uji", T4, "ktp", 3000)
    before = pasti(store).tertimbang
    close(store, "uji", T4)
    store.set_population("uji", T4, "ktp", 9000)
    assert pasti(store).tertimbang == before


def test_the_shares_of_the_semester_weigh_its_quarters(store: Store) -> None:
    women_low(store, T3)
    women_low(store, T4)
    store.set_population("uji", S2, "kk", 1000)
    store.set_population("uji", S2, "ktp", 3000)
    found = pasti(store, S2).tertimbang
    assert isinstance(found, Tertimbang)
    assert str(found.ikm) == "79.69"


def test_who_chose_to_answer(store: Store) -> None:
    women_low(store)
    assert pasti(store).sendiri == Fraction(60, 140)
    assert chosen_sentence(Fraction(60, 140)).startswith("Sebanyak 42,86% jawaban masuk")
    assert chosen_sentence(Fraction(0)) == ""


def test_three_quarters_have_a_trend_two_have_none(store: Store) -> None:
    women_low(store, T3)
    women_low(store, T4)
    sure = pasti(store)
    assert (sure.tren, sure.periode_tren) == (None, 2)
    assert "baru 2 periode" in trend_sentence(None, 2)
    women_low(store, parse_period("2024-T2"))
    found = pasti(store).tren
    assert found is not None
    assert (found.uji, found.kemiringan) == (Uji.GARIS, 0)
    assert "belum dapat dibedakan dari kebetulan" in trend_sentence(found, 3)


def test_a_published_year_has_no_error(store: Store) -> None:
    women_low(store)
    store.set_published_figure("uji", parse_period("2023"), Decimal("80.00"), "LKIP 2023")
    points = trend_points(open_official(store, "uji"), Jenis.TAHUN, parse_period("2024"))
    assert [(p.periode.kode, p.galat is None) for p in points] == [("2023", True), ("2024", False)]


def test_the_tables_for_download(store: Store) -> None:
    women_low(store)
    found = review_tables(open_official(store, "uji"), T4)
    assert set(found) == set(DITELAAH)
    assert [row[0] for row in found["mutu-butir"].baris] == ["U1 Waktu", "U2 Sarana"]
    # KTP: 75 ± 1,96 · 25 · √(0,25 · 60/59 / 60) = 75 ± 3,19; B begins at 76,61.
    services = found["kepastian-layanan"].baris
    assert [(row[0], row[3], row[6]) for row in services] == [
        ("KTP", "60", "C, bisa B"),
        ("Kartu Keluarga", "80", "A, hampir pasti"),
    ]


def test_small_layanan_have_no_letter_and_tiny_ones_no_figure(store: Store) -> None:
    add(store, (answer("44", T4), 29), (answer("34", T4, layanan="kk"), 40))
    add(store, (answer("44", T4, layanan=None), 4))
    rows = review_tables(open_official(store, "uji"), T4)["kepastian-layanan"].baris
    shown = {row[0]: (row[4], row[6]) for row in rows}
    # The four of no layanan are hidden, and the smaller of the others with them.
    assert shown == {
        "KTP": ("—", "—"),
        "Kartu Keluarga": ("87,50", "B"),
        "(tidak diisi)": ("—", "—"),
    }


@pytest.mark.parametrize("kode", ["2024-T1", "2024-S1", "2023"])
def test_a_period_without_answers_has_empty_tables(store: Store, kode: str) -> None:
    women_low(store)
    found = review_tables(open_official(store, "uji"), parse_period(kode))
    assert {nama: t.baris for nama, t in found.items()} == dict.fromkeys(DITELAAH, ())
