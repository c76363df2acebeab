"""The page Prioritas: the finest split of a period that can be judged, and what to fix in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from skm.agregasi import compute_period
from skm.analysis.groups import Per
from skm.analysis.kepastian import FEWEST
from skm.analysis.prioritas import Daftar, find_targets, judged_respondents, priority_table
from skm.analysis.table import Tabel
from skm.analysis.terukur import Terukur, measure_groups
from skm.hasil import names_of
from skm.penutupan.resmi import Resmi
from skm.periode import Periode
from skm.rekap import group_cells

SEPARUH = Fraction(1, 2)
"""Layanan × titik is used where its judged cells hold at least this share of the respondents."""


@dataclass(frozen=True, slots=True)
class Prioritas:
    """What to fix first in a period.

    `halus` says that cells are layanan × titik; else they are layanan and titik each by itself.
    """

    halus: bool
    daftar: Daftar
    nama: Mapping[Per, Mapping[str, str]]
    tabel: Tabel


def prioritize(resmi: Resmi, periode: Periode) -> Prioritas:
    """Return the targets of a period by layanan × titik, or by each where those are too small.

    Only groups that the answers name, with thirty answers or more, are looked at.
    """
    unit = compute_period(resmi.cells(), periode, resmi.aturan)
    groups = _groups(resmi, periode, Per.LAYANAN, Per.TITIK)
    judged = judged_respondents(groups)
    fine = judged > 0 and judged >= SEPARUH * unit.hasil.responden
    if not fine:
        groups = [
            *_groups(resmi, periode, Per.LAYANAN),
            *_groups(resmi, periode, Per.TITIK),
        ]
    daftar = find_targets(unit, groups)
    survei = resmi.survei_of(periode)
    names = {per: names_of(survei, per) for per in (Per.LAYANAN, Per.TITIK)}
    title = f"Daftar prioritas, {periode.label}"
    return Prioritas(fine, daftar, names, priority_table(daftar, names, title))


def _groups(resmi: Resmi, periode: Periode, *per: Per) -> list[Terukur]:
    """Return the groups that may be judged; most cells are too small to be worth a result."""
    places = [p.value for p in per]
    split = group_cells(
        resmi.cells(periode, places), lambda cell: tuple(getattr(cell, name) for name in places)
    )
    kept = [
        cell
        for codes, cells in split.items()
        if all(codes) and sum(c.responden for c in cells) >= FEWEST
        for cell in cells
    ]
    return measure_groups(kept, resmi.aturan, periode, per)
