"""The text of spreadsheet formulas, and the addresses in them.

Rounding goes through `rounded`: a spreadsheet counts in binary fractions, in which an exact half
such as 76,605 may arrive as 76,60499999999999.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

EXACT = 10
"""Decimals at which what binary fractions add to a figure is cut off before it is rounded."""


def column(number: int) -> str:
    """Return the letters of a column counted from 0: A, Z, AA."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def at(baris: int, kolom: int) -> str:
    """Return a cell's address, row and column counted from 0: "C5"."""
    return f"{column(kolom)}{baris + 1}"


def fixed(baris: int, kolom: int) -> str:
    """Return a cell's address that copying does not move: "$C$5"."""
    return f"${column(kolom)}${baris + 1}"


def area(first: tuple[int, int], last: tuple[int, int]) -> str:
    """Return the address from one cell (row, column) to another: "C5:K5"."""
    return f"{at(*first)}:{at(*last)}"


def fixed_area(first: tuple[int, int], last: tuple[int, int]) -> str:
    """Return an area's address that copying does not move."""
    return f"{fixed(*first)}:{fixed(*last)}"


def on(lembar: str, alamat: str) -> str:
    """Return an address on another sheet; the quotes keep "IKM" from being read as a column."""
    return f"'{lembar}'!{alamat}"


def rounded(isi: str, desimal: int | None) -> str:
    """Return one rounding stage, half away from zero; None does not round."""
    return isi if desimal is None else f"ROUND(ROUND({isi},{EXACT}),{desimal})"


def ratio(nilai: Fraction) -> str | None:
    """Return the formula of a fraction that no decimals hold, such as =1/9; None for others."""
    endless = nilai.denominator
    for factor in (2, 5):
        while endless % factor == 0:
            endless //= factor
    return None if endless == 1 else f"={nilai.numerator}/{nilai.denominator}"


def mean_filled(alamat: Sequence[str], desimal: int | None) -> str:
    """Return the mean of those cells that hold a number, each as carried; "" where none does."""
    count = f"COUNT({','.join(alamat)})"
    return f'=IF({count}=0,"",({_sum(alamat, desimal)})/{count})'


def mean_all(alamat: Sequence[str], desimal: int | None) -> str:
    """Return the mean over all cells, each as carried; one without a number counts as 0."""
    return f"=({_sum(alamat, desimal)})/{len(alamat)}"


def _sum(alamat: Sequence[str], desimal: int | None) -> str:
    return "+".join(rounded(f"N({a})", desimal) for a in alamat)
