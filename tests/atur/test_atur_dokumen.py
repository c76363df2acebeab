"""Editing a survey file in place: what is not touched stays, comments included."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skm.atur.baru import survei_data
from skm.atur.dokumen import dump, read, rows, set_rows, set_value
from skm.survei import parse_survei

CONTOH = Path(__file__).parents[2] / "surveys" / "contoh-disdukcapil-bekasi-2024.toml"
SMALL = """\
# Kepala berkas
id = "uji"  # jangan diganti
judul = "Lama"

[target]
"2024" = "84.20"
# sampai di sini

# Loket depan
[[layanan]]
kode = "ktp"
nama = "KTP"  # nama resmi
alias = ["e-KTP"]

# Loket belakang
[[layanan]]
kode = "kk"
nama = "Kartu Keluarga"

# Tempat
[[titik]]
kode = "dinas"
nama = "Dinas"
"""
LAYANAN = ("layanan",)


def comments(text: str) -> list[str]:
    return sorted(line.partition("#")[2] for line in text.splitlines() if "#" in line)


def test_a_value_keeps_its_comment_and_everything_else() -> None:
    assert set_value(SMALL, ("id",), "baru") == SMALL.replace('"uji"', '"baru"')
    assert set_value(SMALL, ("judul",), "Lama") == SMALL
    assert read(set_value(SMALL, ("target", "2024"), None))["target"] == {}


def test_a_new_value_stands_in_its_own_table() -> None:
    text = set_value(SMALL, ("target", "2025"), "85.00")
    assert '"84.20"\n2025 = "85.00"\n# sampai di sini\n' in text
    text = set_value(SMALL, ("bahasa", "en", "teks", "layanan.ktp"), "ID card")
    assert read(text)["bahasa"] == {"en": {"teks": {"layanan.ktp": "ID card"}}}
    assert text.startswith(SMALL.rstrip())
    assert read(set_value(SMALL, ("zona_waktu",), "WIT"))["zona_waktu"] == "WIT"


def test_rename_touches_one_line() -> None:
    wanted = [{"kode": "ktp", "nama": "KTP-el"}, {"kode": "kk"}]
    assert set_rows(SMALL, LAYANAN, wanted) == SMALL.replace('"KTP"', '"KTP-el"')


def test_a_comment_goes_where_its_entry_goes() -> None:
    text = set_rows(
        SMALL, LAYANAN, [{"kode": "kk"}, {"kode": "baru", "nama": "Baru"}, {"kode": "ktp"}]
    )
    assert [row["kode"] for row in read(text)["layanan"]] == ["kk", "baru", "ktp"]
    assert read(text)["layanan"][2]["alias"] == ["e-KTP"]
    assert text.endswith('# Tempat\n[[titik]]\nkode = "dinas"\nnama = "Dinas"\n')
    assert {" nama resmi", " Tempat", " Loket depan", " Kepala berkas"} <= set(comments(text))


def test_an_entry_is_taken_out_and_a_field_too() -> None:
    text = set_rows(SMALL, LAYANAN, [{"kode": "ktp", "alias": None}])
    assert read(text)["layanan"] == [{"kode": "ktp", "nama": "KTP"}]
    assert read(set_rows(SMALL, LAYANAN, []))["titik"] == read(SMALL)["titik"]


def test_lists_of_inline_tables_and_missing_lists() -> None:
    inline = 'judul = "x"\nlayanan = [{ kode = "a", nama = "A" }]\n[metode]\nnama = "penuh"\n'
    text = set_rows(inline, LAYANAN, [{"kode": "b", "nama": "B"}, {"kode": "a", "nama": "A"}])
    assert [row["kode"] for row in read(text)["layanan"]] == ["b", "a"]
    assert read(text)["metode"] == {"nama": "penuh"}
    text = set_rows(inline, ("titik",), [{"kode": "t", "nama": "T"}])
    assert read(text)["titik"] == [{"kode": "t", "nama": "T"}]


def test_a_file_in_pieces_keeps_its_content() -> None:
    odd = '[[layanan]]\nkode = "a"\nnama = "A"\n[[titik]]\nkode = "t"\nnama = "T"\n'
    odd += '[metode]\nnama = "penuh"\n[metode.bobot_sendiri]\na = 1.0\n'
    text = set_rows(odd, LAYANAN, [{"kode": "z", "nama": "Z"}, {"kode": "a", "nama": "Æ"}])
    expected = {**read(odd), "layanan": [{"kode": "z", "nama": "Z"}, {"kode": "a", "nama": "Æ"}]}
    assert read(text) == expected


def test_the_sample_keeps_every_comment_when_a_titik_is_renamed_and_moved() -> None:
    text = CONTOH.read_text(encoding="utf-8")
    found = [{"kode": row["kode"]} for row in rows(read(text), ("titik",))]
    found.insert(3, found.pop(40))
    found[0]["nama"] = "Kantor pusat"
    edited = set_rows(text, ("titik",), found)
    assert comments(edited) == comments(text)
    assert parse_survei(edited, "uji").titik[0].nama == "Kantor pusat"
    assert parse_survei(edited, "uji").titik[3].kode == found[3]["kode"]


def test_a_survey_written_anew_is_the_same_survey() -> None:
    survei = parse_survei(CONTOH.read_text(encoding="utf-8"), "contoh")
    assert parse_survei(dump(survei_data(survei)), "tulis") == survei


words = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=12)
codes = st.text("abcde", min_size=1, max_size=2)
entries = st.lists(
    st.fixed_dictionaries({"kode": codes, "nama": words}, optional={"aktif": st.booleans()}),
    unique_by=lambda row: row["kode"],
    max_size=6,
)


@settings(max_examples=60, deadline=None)
@given(entries, entries)
def test_any_list_becomes_any_other(before: list[dict], after: list[dict]) -> None:
    """What `set_rows` writes is what was wanted, over what the entry had before."""
    text = set_rows(SMALL, LAYANAN, [])
    text = set_rows(text, LAYANAN, before)
    assert read(text).get("layanan", []) == before
    old = {row["kode"]: row for row in before}
    text = set_rows(text, LAYANAN, after)
    assert read(text).get("layanan", []) == [{**old.get(r["kode"], {}), **r} for r in after]
    assert read(text)["titik"] == read(SMALL)["titik"]
    assert " Kepala berkas" in comments(text)


paths = st.sampled_from([("judul",), ("target", "2024"), ("bahasa", "en", "teks", "judul")])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(paths, st.none() | words), max_size=5))
def test_any_values_are_read_back(steps: list[tuple[tuple[str, ...], str | None]]) -> None:
    text, known = SMALL, {("judul",): "Lama", ("target", "2024"): "84.20"}
    for path, value in steps:
        text = set_value(text, path, value)
        known[path] = value
    data = read(text)
    for path, value in known.items():
        place = data
        for key in path[:-1]:
            place = place.get(key, {})
        assert place.get(path[-1]) == value


leaves = words | st.integers(-9, 9) | st.booleans() | st.just(Decimal("0.25"))
tables = st.dictionaries(words, leaves, max_size=3)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(words, leaves | tables | st.lists(leaves, max_size=2), max_size=5))
def test_any_content_is_written_and_read_back(data: dict) -> None:
    assert read(dump(data)) == data


def test_text_that_is_no_toml_is_refused() -> None:
    with pytest.raises(tomllib.TOMLDecodeError):
        set_value("judul = ", ("judul",), "x")
