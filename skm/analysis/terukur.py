"""Groups with what their own answers decide: the result, and the standard errors of its unsur.

A new answer changes the tallies of one group, and an office with a million answers has a thousand.
What follows from a group's tallies and the rules alone is kept by them, so that it is never out of
date; what the unit decides as well is not kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from skm.agregasi import Aturan, HasilPeriode, compute_period
from skm.analysis.groups import Kelompok, Per, place
from skm.analysis.kepastian_unsur import unsur_error
from skm.ikm import HasilUnsur, Tally
from skm.periode import Periode
from skm.rekap import Cell, Slot, group_cells

PERIODE_DISIMPAN, KELOMPOK_DISIMPAN = 4, 2_048
"""Periods, and groups of each, that a process keeps: some 8 kB a group of a triwulan."""

Galat = tuple[tuple[HasilUnsur, Fraction], ...]
"""Unsur that can be compared, each with the standard error of its IKM in points."""
_Hitung = tuple[Periode | None, int, tuple[tuple[Slot, Tally], ...]]
"""The period, respondents and tallies of a cell: all of it that the rules look at."""


@dataclass(frozen=True, slots=True)
class Terukur:
    """A group with its unsur that can be compared (`kepastian_unsur.refusal` names the others)."""

    kelompok: Kelompok
    galat: Galat


def measured(kelompok: Kelompok) -> Terukur:
    """Return a group with the standard errors that its result holds."""
    return Terukur(kelompok, _errors(kelompok.hasil))


def measure_groups(
    cells: Sequence[Cell], aturan: Aturan, periode: Periode, per: Sequence[Per]
) -> list[Terukur]:
    """Return the groups of a period by layanan, titik or kanal, as they first appear in the cells.

    Each is `measured`; those whose tallies have been seen before are not computed again.
    """
    measure = _measuring(aturan, periode)
    groups = group_cells(cells, lambda c: tuple(place(c, p) for p in per))
    found = []
    for codes, members in groups.items():
        hasil, galat = measure(
            tuple((c.periode, c.responden, tuple(c.tallies.items())) for c in members)
        )
        found.append(Terukur(Kelompok(tuple(zip(per, codes, strict=True)), hasil), galat))
    return found


@lru_cache(maxsize=PERIODE_DISIMPAN)
def _measuring(
    aturan: Aturan, periode: Periode
) -> Callable[[tuple[_Hitung, ...]], tuple[HasilPeriode, Galat]]:
    """Return what measures a group of a period under these rules, and keeps what it found."""

    @lru_cache(maxsize=KELOMPOK_DISIMPAN)
    def measure(hitung: tuple[_Hitung, ...]) -> tuple[HasilPeriode, Galat]:
        cells = [Cell(p, None, None, None, n, dict(tallies)) for p, n, tallies in hitung]
        hasil = compute_period(cells, periode, aturan)
        return hasil, _errors(hasil)

    return measure


def _errors(hasil: HasilPeriode) -> Galat:
    return tuple(
        (unsur, error)
        for unsur in hasil.hasil.unsur
        if (error := unsur_error(hasil, unsur.kode)) is not None
    )
