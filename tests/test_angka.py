from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm.angka import (
    decimals_of,
    format_change,
    format_fixed,
    format_number,
    parse_number,
    round_half_up,
)


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        ("3.835", 2, "3.84"),  # R01: round() and half-even both fail here
        ("3.705", 2, "3.71"),
        ("76.605", 2, "76.61"),
        ("93.855", 2, "93.86"),
        ("0.5", 0, "1"),
        ("-0.125", 2, "-0.13"),
        ("93.854999", 2, "93.85"),
    ],
)
def test_halves_go_up(value: str, places: int, expected: str) -> None:
    assert round_half_up(Fraction(value), places) == Decimal(expected)


@given(st.decimals(-1000, 1000, places=9), st.integers(0, 6))
def test_rounding_equals_the_decimal_library(value: Decimal, places: int) -> None:
    expected = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    assert round_half_up(value, places) == expected


@given(st.integers(-(10**6), 10**6), st.integers(1, 10**6), st.integers(0, 5))
def test_rounding_of_a_fraction_is_within_half_a_unit(num: int, den: int, places: int) -> None:
    value = Fraction(num, den)
    assert abs(Fraction(round_half_up(value, places)) - value) <= Fraction(1, 2 * 10**places)


def test_formats() -> None:
    assert format_number(Fraction(9386, 100), 2) == "93,86"
    assert format_number(1560) == "1.560"
    assert format_number(1234567) == "1.234.567"
    assert format_number(100, 2) == "100,00"
    assert format_fixed(Fraction(84470, 100), 2) == "844.70"
    assert format_change(Decimal("0.16"), 2) == "+0,16"
    assert format_change(Decimal("-0.214"), 2) == "−0,21"
    assert format_change(Decimal("-0.001"), 2) == "0,00"


@given(st.decimals(0, 99999, places=3))
def test_a_printed_number_reads_back(value: Decimal) -> None:
    assert parse_number(format_number(value, 3).replace(".", "")) == value
    assert parse_number(format_fixed(value, 3)) == value


@pytest.mark.parametrize("text", ["", "abc", "1.560,5", "1e5", "3,4,5", "--1", "٣"])
def test_what_is_not_one_plain_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_number(text)


def test_decimals_of_a_print() -> None:
    assert [decimals_of(Decimal(t)) for t in ("4", "3.7", "3.750")] == [0, 1, 3]
