"""The questionnaire: by unsur name, and a new version for other questions."""

from __future__ import annotations

from skm.atur import kuesioner as ops
from skm.atur.dokumen import get, read
from skm.atur.periksa import check
from tests.atur.contoh_atur import TOML


def version(text: str, dikenal: tuple[str, ...] = ("2025-1",)) -> str:
    return str(get(read(ops.with_version(text, TOML, dikenal, 2026)), ops.VERSI))


def test_other_words_are_a_new_version_and_the_same_words_are_not() -> None:
    text = ops.change(TOML, "u1", "teks", " Seberapa cepat? ")
    assert text == TOML.replace("Bagaimana kecepatannya?", "Seberapa cepat?")
    assert version(text) == "2026-1"
    assert version(text, ("2025-1", "2026-1", "2026-3", "2026-2#2")) == "2026-4"
    named = ops.with_version(text, TOML, ["2025-1"], 2026)
    back = ops.change(named, "u1", "teks", "Bagaimana kecepatannya?")
    assert ops.with_version(back, TOML, ["2025-1"], 2026) == TOML


def test_a_version_that_was_typed_stays() -> None:
    text = ops.change_option(TOML, "u1", 4, "Sangat cepat").replace('"2025-1"', '"baru"')
    assert version(text) == "baru"


def test_an_alias_is_no_new_version() -> None:
    assert version(TOML.replace('kode = "u1"\n', 'kode = "u1"\nalias = ["Soal 1"]\n')) == "2025-1"


def test_one_option_is_one_line() -> None:
    text = ops.change_option(TOML, "u2", 3, "Baik")
    changed = [b for a, b in zip(TOML.splitlines(), text.splitlines(), strict=True) if a != b]
    assert changed == ['  { nilai = 3, teks = "Baik" },']


def test_a_question_changes_its_unsur_and_its_place() -> None:
    text = ops.move(ops.change(TOML, "u2", "unsur", "Waktu"), "u2", 1)
    assert [(q.kode, q.unsur) for q in ops.questions(read(text))] == [
        ("u2", "Waktu"), ("u1", "Waktu"),
    ]  # fmt: skip
    assert [t.kode for t in check(text).temuan] == ["survei-unsur-tanpa-pertanyaan"]


def test_a_second_question_of_an_unsur() -> None:
    text, kode = ops.add(TOML, "Sarana")
    assert kode == "u3"
    survei = check(text).survei
    assert survei is not None
    assert [u.pertanyaan for u in survei.aturan.unsur] == [1, 2]


def test_the_regulations_words_for_the_regulations_unsur() -> None:
    text = ops.add_unsur(TOML, "Sarana dan prasarana")
    question = ops.questions(read(text))[-1]
    assert question.teks.endswith("kualitas sarana dan prasarana?")
    assert [t for _, t in question.pilihan] == ["Buruk", "Cukup", "Baik", "Sangat Baik"]


def test_an_unsur_of_the_offices_own_and_away_again() -> None:
    text = ops.add_unsur(TOML, " Transparansi ")
    assert ops.unsur_names(read(text)) == {"Waktu": "U1", "Sarana": "U2", "Transparansi": "U3"}
    assert check(text).temuan == ()
    assert read(ops.remove_unsur(text, "Transparansi")) == read(TOML)


def test_remove_takes_the_translations() -> None:
    text = ops.remove(TOML, "u1")
    assert read(text)["bahasa"]["en"]["teks"] == {"layanan.ktp": "ID card"}
    assert [q.kode for q in ops.questions(read(text))] == ["u2"]
