"""The privacy promise: numbers and addresses that name people do not leave the file."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skm.intake import privacy
from skm.intake.privacy import MASK, MAX_SARAN, clean_saran, mask


@pytest.mark.parametrize(
    "rahasia",
    [
        "3275012345678901",
        "3275 0123 4567 8901",
        "3275.0123.4567.8901",
        "081234567890",
        "0812-3456-7890",
        "+62 812 3456 7890",
        "62 812-3456-789",
        "(021) 8840 1234",
        "021-88401234",
        "12.345.678.9-012.345",
        "nama.orang+skm@contoh.go.id",
        "1234567890",
    ],
)
def test_masked_wherever_it_stands(rahasia: str) -> None:
    assert mask(f"Hubungi {rahasia}, terima kasih") == f"Hubungi {MASK}, terima kasih"
    assert mask(rahasia) == MASK


@pytest.mark.parametrize(
    "text",
    [
        "Tunggu 2 jam, tanggal 31/12/2024 pukul 14.05",
        "2024-12-31 14:05:33",
        "Biaya Rp 150.000 untuk 3 orang",
        "loket 1, 2, 3, 4, 5 dan 6",
        "nilai 10 @ loket",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert mask(text) == text


def test_saran_is_one_line_and_not_endless() -> None:
    assert clean_saran("  Pelayanan\r\n\tsudah   baik ") == "Pelayanan sudah baik"
    assert clean_saran("  \n ") is None
    long = clean_saran("baik " * 1000)
    assert long is not None
    assert len(long) <= MAX_SARAN


@settings(deadline=None)
@given(st.integers(0, 5000), st.sampled_from(["3275012345678901", "081234567890"]))
def test_no_cut_leaves_part_of_a_number(before: int, rahasia: str) -> None:
    text = clean_saran("x" * (before % 37) + " " + "ab " * (before // 3) + rahasia + " tamat")
    assert text is not None
    assert not re.search(r"\d{5}", text)


@settings(deadline=None)
@given(st.text(), st.from_regex(r"[1-9][0-9]{15}", fullmatch=True), st.text())
def test_a_nik_never_survives(before: str, nik: str, after: str) -> None:
    cleaned = clean_saran(f"{before} {nik} {after}")
    assert cleaned is None or nik not in cleaned


def test_invisible_characters_do_not_hide_a_number() -> None:
    assert clean_saran("0812\u200b3456\u200b7890") == MASK
    assert mask("0812\u200b3456\u200b7890") == MASK
    assert mask("a\u200bb 12") == "a\u200bb 12"


@given(st.text(st.sampled_from("0862+().- 1"), max_size=8))
def test_no_number_of_a_person_is_shorter_than_what_is_looked_at(text: str) -> None:
    assert privacy._SECRET.search(text) is None
    assert mask("081234567") == mask("\u200b08-123-4567") == MASK
