"""What another way to calculate would do to the figures of today."""

from __future__ import annotations

from dataclasses import dataclass

from skm.agregasi import HasilPeriode, compute_period
from skm.hasil import available_periods
from skm.penutupan.resmi import Resmi
from skm.periode import Periode
from skm.survei import Survei

SHOWN = 7
"""Periods that are compared: those of a year."""


@dataclass(frozen=True, slots=True)
class Banding:
    """One period under the rules in force and under the new ones; `ditutup` cannot move."""

    periode: Periode
    kini: HasilPeriode
    nanti: HasilPeriode
    ditutup: bool


def compare(resmi: Resmi, baru: Survei) -> tuple[Banding, ...]:
    """Return the newest periods with answers, calculated both ways from the same answers."""
    cells, known, wanted = resmi.cells(), resmi.aturan, resmi.rules(baru.aturan)
    return tuple(
        Banding(
            periode,
            compute_period(cells, periode, known),
            compute_period(cells, periode, wanted),
            resmi.frozen(periode) is not None,
        )
        for periode in available_periods(resmi)[:SHOWN]
    )
