"""Layanan and titik: names change, codes stay; lists come from a spreadsheet."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skm.atur import daftar as ops
from skm.atur.daftar import Butir, Daftar
from skm.atur.dokumen import read
from skm.atur.periksa import check
from tests.atur.contoh_atur import TOML

LAYANAN, TITIK = Daftar.LAYANAN, Daftar.TITIK


def names(text: str, daftar: Daftar = LAYANAN) -> list[str]:
    return [b.nama for b in ops.entries(read(text), daftar)]


def test_rename_keeps_the_code_and_the_comment() -> None:
    text = ops.rename(TOML, LAYANAN, "ktp", " KTP elektronik ")
    assert text == TOML.replace('nama = "KTP"', 'nama = "KTP elektronik"')


def test_retire_and_take_back() -> None:
    off = ops.retire(TOML, LAYANAN, "ktp", aktif=False)
    assert ops.entries(read(off), LAYANAN)[0] == Butir("ktp", "KTP", aktif=False)
    assert ops.retire(off, LAYANAN, "ktp", aktif=True) == TOML


def test_move_to_either_end() -> None:
    assert names(ops.move(TOML, LAYANAN, "kk", 1)) == ["Kartu Keluarga", "KTP"]
    assert names(ops.move(TOML, LAYANAN, "ktp", 99)) == ["Kartu Keluarga", "KTP"]
    assert ops.move(TOML, LAYANAN, "ktp", 1) == TOML


def test_remove_takes_the_translation_and_frees_what_was_below() -> None:
    text = ops.remove(TOML, LAYANAN, "ktp")
    assert "layanan.ktp" not in read(text)["bahasa"]["en"]["teks"]
    text = ops.remove(text, TITIK, "dinas")
    assert ops.entries(read(text), TITIK) == (Butir("kec-a", "Kecamatan A"),)
    assert check(text).temuan == ()


def test_one_name_a_line() -> None:
    found = ops.paste(TOML, LAYANAN, "Akta Lahir\n\n  KTP \nAkta Lahir\n")
    assert (found.baru, found.sama) == (("Akta Lahir",), ("KTP", "Akta Lahir"))
    assert [b.kode for b in ops.entries(read(found.teks), LAYANAN)] == ["ktp", "kk", "akta-lahir"]


def test_code_and_name_from_a_spreadsheet() -> None:
    found = ops.paste(TOML, LAYANAN, "Kode\tNama\r\nKTP\tKTP-el\r\nKIA 1\tKartu Anak\r\n")
    assert found.diganti == (("KTP", "KTP-el"),)
    assert found.baru == ("Kartu Anak",)
    assert [b.kode for b in ops.entries(read(found.teks), LAYANAN)] == ["ktp", "kk", "kia-1"]


def test_a_column_of_running_numbers_is_no_code() -> None:
    found = ops.paste(TOML, LAYANAN, "No\tNama\n1\tKTP\n2\tAkta\n")
    assert (found.baru, found.sama) == (("Akta",), ("KTP",))


def test_titik_with_kind_and_what_they_are_under() -> None:
    lines = "kel-b\tKelurahan B\tkelurahan\tKecamatan A\nkel-c\tKelurahan C\tkelurahan\tkel-b"
    text = ops.paste(TOML, TITIK, lines).teks
    assert ops.entries(read(text), TITIK)[2:] == (
        Butir("kel-b", "Kelurahan B", jenis="kelurahan", induk="kec-a"),
        Butir("kel-c", "Kelurahan C", jenis="kelurahan", induk="kel-b"),
    )


def test_the_pasted_order_becomes_the_lists() -> None:
    text = ops.paste(TOML, LAYANAN, "Akta\nKartu Keluarga", urutkan=True).teks
    assert names(text) == ["Akta", "Kartu Keluarga", "KTP"]


def test_the_list_as_lines_comes_back_unchanged() -> None:
    lines = ops.as_lines(read(TOML), TITIK)
    assert lines == "dinas\tKantor Dinas\nkec-a\tKecamatan A\t\tdinas"
    assert ops.paste(TOML, TITIK, lines).teks == TOML


@pytest.mark.parametrize(
    ("nama", "kode"),
    [("Kartu Keluarga (KK)", "kartu-keluarga-kk"), ("Café Ñ", "cafe-n"), ("???", "butir")],
)
def test_codes_of_names(nama: str, kode: str) -> None:
    assert ops.make_code(nama, ()) == kode
    assert ops.make_code(nama, (kode.upper(),)) == f"{kode}-2"


def test_long_names_have_short_codes() -> None:
    assert len(ops.make_code("panjang " * 30, ("panjang",))) <= ops.MAX_KODE


lines = st.lists(st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=20))


@settings(max_examples=60, deadline=None)
@given(lines)
def test_whatever_is_pasted_can_be_saved_or_is_told(pasted: list[str]) -> None:
    """No paste breaks the file, loses what was there, or makes a code that the file refuses."""
    text = ops.paste(TOML, TITIK, "\n".join(pasted)).teks
    codes = [b.kode for b in ops.entries(read(text), TITIK)]
    assert codes[:2] == ["dinas", "kec-a"]
    assert len({kode.casefold() for kode in codes}) == len(codes)
    assert {t.kode for t in check(text).temuan} <= {
        "survei-ganda", "survei-induk-tak-ada", "survei-kosong", "survei-panjang",
    }  # fmt: skip
