"""One cell to one answer or profile value."""

import pytest
from survei_uji import BAKU, BEKASI

from skm.intake.alias import alias_table
from skm.intake.sheets import Sel
from skm.intake.values import AnswerReader, ProfileReader, is_unanswered

QUESTIONS = {p.kode: p for p in BAKU.kuesioner.pertanyaan}
PROFIL = {p.kode: p for p in BEKASI.profil}


@pytest.mark.parametrize(
    ("sel", "tanda"),
    [
        (3, "3"), (3.0, "3"), ("3", "3"), (" 3 ", "3"), ("3,0", "3"), ("3.0", "3"), ("４", "4"),
        ("a", "1"), ("D", "4"), ("(c)", "3"), ("d.", "4"),
        ("Sangat sesuai", "4"), ("SANGAT  SESUAI.", "4"), ("tidak sesuai", "1"),
        ("kurang baik", "2"), ("Sangat Baik", "4"), ("puas", "3"),
        ("4 - Sangat sesuai", "4"), ("d. Sangat sesuai", "4"), ("4=sangat baik", "4"),
        ("Sangat sesuai (4)", "4"),
        ("", "-"), (None, "-"), ("-", "-"), ("--", "-"), ("N/A", "-"), ("NA", "-"),
        ("tidak diisi", "-"), ("Kosong", "-"), ("  ", "-"),
        (0, None), (5, None), (3.5, None), ("3,5", None), ("0", None), ("44", None),
        ("baik sekali", None), ("e", None), ("TRUE", None), ("3 - Sangat sesuai", None),
        (-1, None), ("?", None), (float("nan"), None), (float("inf"), None), ("1.000", "1"),
    ],
)  # fmt: skip
def test_answers(sel: Sel, tanda: str | None) -> None:
    reader = AnswerReader(QUESTIONS["u1"])
    assert reader.read(sel) == tanda
    assert reader.read(sel) == tanda


def test_the_questions_own_options_win_over_the_general_scale() -> None:
    sarana = AnswerReader(QUESTIONS["u9"])
    assert [sarana.read(t) for t in ("Buruk", "Cukup", "Baik", "Sangat baik")] == list("1234")
    pengaduan = AnswerReader(QUESTIONS["u8"])
    assert pengaduan.read("Ada tetapi tidak berfungsi") == "2"
    assert pengaduan.read("Tidak ada") == "1"
    assert AnswerReader(QUESTIONS["u4"]).read("Gratis") == "4"


@pytest.mark.parametrize(
    ("kode", "sel", "nilai"),
    [
        ("jenis_kelamin", "L", "L"),
        ("jenis_kelamin", "pria", "L"),
        ("jenis_kelamin", "WANITA", "P"),
        ("jenis_kelamin", "Laki - Laki", "L"),
        ("usia", 34.0, "34"),
        ("usia", "34 tahun", "34"),
        ("usia", "034", "34"),
        ("usia", "tiga puluh", None),
        ("usia", 250, None),
        ("pendidikan", "SLTA", "SMA"),
        ("pendidikan", "D-III", "D1-D3"),
        ("pendidikan", "7. S1", "S1"),
        ("pekerjaan", "Ibu Rumah Tangga", "irt"),
        ("pekerjaan", "ASN", "pns"),
        ("pekerjaan", "astronaut", None),
        ("pekerjaan", "-", ""),
        ("pekerjaan", None, ""),
    ],
)
def test_profiles(kode: str, sel: Sel, nilai: str | None) -> None:
    assert ProfileReader(PROFIL[kode]).read(sel) == nilai


def test_every_word_for_no_answer_is_one_and_none_begins_with_a_digit() -> None:
    words = alias_table()["kosong"]["kata"]
    assert all(is_unanswered(f" {word}. ") for word in words)
    assert not any(word[0].isdecimal() for word in words)
