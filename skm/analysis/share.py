"""Counts with their percentages, as LKIP prints respondents per layanan (total 100,00 %)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Bagian:
    """One row: how many, and which percentage (0-100) of all; 0 where there are none at all."""

    label: str
    jumlah: int
    persen: Fraction


def shares(counts: Iterable[tuple[str, int]]) -> tuple[Bagian, ...]:
    """Return each count with its percentage of the sum.

    Each percentage is printed by itself; printed ones may sum to 99,99, the total is 100,00.
    """
    rows = list(counts)
    total = sum(n for _, n in rows)
    return tuple(
        Bagian(label, n, Fraction(n * 100, total) if total else Fraction(0)) for label, n in rows
    )


def ordered(counts: dict[str, int], order: Sequence[str]) -> list[tuple[str, int]]:
    """Return the counts in the survey's order, then whatever else was found, zeros included."""
    known = [(name, counts.get(name, 0)) for name in order]
    return known + [(name, n) for name, n in counts.items() if name not in set(order)]
