"""A period beside the one before it, and the line of the last periods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from skm.agregasi import Aturan, HasilPeriode, compute_period
from skm.analysis.groups import periods_in
from skm.periode import Jenis, Periode
from skm.rekap import Cell


@dataclass(frozen=True, slots=True)
class Perubahan:
    """The difference between two printed IKM, so that anyone can subtract them."""

    sebelum: Periode
    ikm_sebelum: Decimal
    selisih: Decimal


def before(periode: Periode, aturan: Aturan) -> Periode:
    """Return the period to compare with: the one before, or the directly measured one around it."""
    previous = periode.previous
    for direct in aturan.dinilai_langsung:
        if direct.contains(previous):
            return direct
    return previous


def change(
    cells: Sequence[Cell],
    now: HasilPeriode,
    aturan: Aturan,
    terbit: Mapping[Periode, Decimal] | None = None,
) -> Perubahan | None:
    """Return the change from the period before; None where either has no figure.

    `terbit` are IKM published earlier: they stay, whatever answers of that period are here.
    """
    if now.periode is None or now.hasil.ikm is None:
        return None
    earlier = before(now.periode, aturan)
    ikm = (terbit or {}).get(earlier)
    if ikm is None:
        ikm = compute_period(cells, earlier, aturan).hasil.ikm
    return None if ikm is None else Perubahan(earlier, ikm, now.hasil.ikm - ikm)


def trend(cells: Sequence[Cell], aturan: Aturan, jenis: Jenis) -> list[HasilPeriode]:
    """Return the results of all measured periods of a kind, oldest first.

    Triwulan inside a directly measured semester stand as that semester.
    """
    found: list[Periode] = []
    for periode in periods_in(cells, jenis):
        around = [d for d in aturan.dinilai_langsung if d.contains(periode)]
        chosen = around[0] if around else periode
        if chosen not in found:
            found.append(chosen)
    return [compute_period(cells, periode, aturan) for periode in found]
