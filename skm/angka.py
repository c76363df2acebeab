"""Exact numbers for people: half-up rounding and Indonesian formatting.

Every rounding in the project goes through `round_half_up`. Python's `round` and Babel's formatter
round halves to even, and both miss published figures such as 3,835 -> 3,84.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from fractions import Fraction

Number = Fraction | Decimal | int

_PLAIN_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")


def round_half_up(value: Number, places: int) -> Decimal:
    """Return `value` rounded to `places` decimals, halves away from zero, as an exact Decimal."""
    # In whole numbers: a fraction would look for common divisors at each step.
    top, bottom = value.as_integer_ratio()
    units = (2 * abs(top) * 10**places + bottom) // (2 * bottom)
    return Decimal(-units if top < 0 else units).scaleb(-places)


def round_to(value: Fraction, places: int | None) -> Fraction:
    """Return `value` after one rounding stage; `None` means that the stage does not round."""
    return value if places is None else Fraction(round_half_up(value, places))


def format_fixed(value: Number, places: int) -> str:
    """Return digits for machines, with a point: 93.86."""
    return f"{round_half_up(value, places):.{places}f}"


def format_number(value: Number, places: int = 0) -> str:
    """Return digits as Indonesians print them: 93,86 and 1.560."""
    grouped = f"{round_half_up(value, places):,.{places}f}"
    return grouped.translate(str.maketrans(",.", ".,"))


def format_change(value: Number, places: int) -> str:
    """Return a difference with its sign: +0,16, −0,21 (a true minus), 0,00."""
    rounded = round_half_up(value, places)
    sign = "+" if rounded > 0 else "−" if rounded < 0 else ""
    return sign + format_number(abs(rounded), places)


def parse_number(text: str) -> Decimal:
    """Return the number written with a decimal comma or point.

    Raises ValueError for anything else, thousands separators included: 1.560 is ambiguous.
    """
    stripped = text.strip()
    if not _PLAIN_NUMBER.fullmatch(stripped):
        raise ValueError(text)
    try:
        return Decimal(stripped.replace(",", "."))
    except InvalidOperation as error:
        raise ValueError(text) from error


def decimals_of(value: Decimal) -> int:
    """Return how many decimals `value` was written with."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
