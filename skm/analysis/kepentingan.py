"""Importance and performance of the unsur (Martilla & James, Journal of Marketing 41, 1977).

Nobody is asked how important an unsur is: importance is derived, as the correlation of the unsur
with the sum of all others. An unsur that moves with the rest of a sheet is taken as one that goes
with satisfaction as a whole. That is no cause: a good mood lifts all answers, and an unsur that is
good for everybody hardly varies and looks unimportant. It ranks, it proves nothing.

The correlation's standard error is that of its influence function, which asks for no normal
distribution: with z the standardised values, IF = z_x·z_y - r/2 · (z_x² + z_y²) and
var(r) = Σ IF² / n² (Devlin, Gnanadesikan & Kettenring, Biometrika 62, 1975).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from skm.agregasi import HasilPeriode
from skm.analysis.kepastian import FEWEST, Z, square_root
from skm.analysis.kepastian_unsur import unsur_certainty
from skm.analysis.kuesioner import arrange, whole_sheets
from skm.rekap import Pola

Pasangan = Mapping[tuple[int, int], int]
"""How many sheets have each (value of the unsur, sum of the others)."""


class Kuadran(StrEnum):
    """What the place of an unsur asks for."""

    UTAMA = "Prioritas utama"
    """Important, and below the unit's IKM."""
    PERTAHANKAN = "Pertahankan"
    """Important, and at the unit's IKM or above."""
    RENDAH = "Prioritas berikutnya"
    """Less important, and below the unit's IKM."""
    JAGA = "Cukup dijaga"
    """Less important, and at the unit's IKM or above."""


@dataclass(frozen=True, slots=True)
class Kepentingan:
    """An unsur's derived importance (-1 to 1) and its IKM, each with half its 95 % interval.

    `jelas` says that both intervals lie on one side of their line: the quadrant is no chance.
    """

    kode: str
    nama: str
    korelasi: Fraction
    jarak: Fraction
    ikm: Fraction
    jarak_ikm: Fraction | None
    kuadran: Kuadran
    jelas: bool


@dataclass(frozen=True, slots=True)
class Peta:
    """The unsur by importance and performance, and the two lines that part the quadrants.

    `batas_korelasi` is the mean correlation, `batas_ikm` the unit's IKM. Empty where fewer than
    thirty sheets are complete or fewer than three unsur vary.
    """

    lengkap: int
    titik: tuple[Kepentingan, ...]
    batas_korelasi: Fraction
    batas_ikm: Fraction


def importance_map(hasil: HasilPeriode, pola: Sequence[Pola]) -> Peta:
    """Return the map of a period: importance from its sheets, performance as officially printed."""
    pairs = _pairs(pola)
    complete = max((sum(p.values()) for p in pairs.values()), default=0)
    middle = hasil.hasil.nilai or Fraction(0)
    nothing = Peta(complete, (), Fraction(0), middle)
    if complete < FEWEST:
        return nothing
    found = {kode: known for kode, p in pairs.items() if (known := correlation(p)) is not None}
    if len(found) < 3:
        return nothing
    line = sum((r for r, _ in found.values()), Fraction(0)) / len(found)
    points = []
    for unsur in hasil.hasil.terisi:
        if unsur.kode not in found or unsur.ikm is None:
            continue
        r, error = found[unsur.kode]
        sure = unsur_certainty(hasil, unsur.kode)
        clear = abs(r - line) > Z * error and bool(sure and abs(unsur.ikm - middle) > sure.jarak)
        points.append(
            Kepentingan(
                kode=unsur.kode,
                nama=unsur.nama,
                korelasi=r,
                jarak=Z * error,
                ikm=unsur.ikm,
                jarak_ikm=sure.jarak if sure else None,
                kuadran=quadrant(penting=r >= line, baik=unsur.ikm >= middle),
                jelas=clear,
            )
        )
    return Peta(complete, tuple(points), line, middle)


def quadrant(*, penting: bool, baik: bool) -> Kuadran:
    """Return the quadrant of an unsur."""
    if penting:
        return Kuadran.PERTAHANKAN if baik else Kuadran.UTAMA
    return Kuadran.JAGA if baik else Kuadran.RENDAH


def correlation(pasangan: Pasangan) -> tuple[Fraction, Fraction] | None:
    """Return Pearson's r of two values and its standard error; None where either never varies."""
    n = sum(pasangan.values())
    sum_x = sum(x * times for (x, _), times in pasangan.items())
    sum_y = sum(y * times for (_, y), times in pasangan.items())
    # n times the distances from the means: whole numbers, so that nothing is reduced on the way.
    centred = [(n * x - sum_x, n * y - sum_y, times) for (x, y), times in pasangan.items()]

    def moment(a: int, b: int) -> Fraction:
        total = sum(dx**a * dy**b * times for dx, dy, times in centred)
        return Fraction(total, n ** (a + b + 1))

    xx, yy, xy = moment(2, 0), moment(0, 2), moment(1, 1)
    if not xx or not yy:
        return None
    r = xy / square_root(xx * yy)
    cross = moment(2, 2) / (xx * yy)
    own = moment(4, 0) / xx**2 + moment(0, 4) / yy**2
    mixed = (moment(3, 1) / xx + moment(1, 3) / yy) / square_root(xx * yy)
    variance = cross + r * r / 4 * (own + 2 * cross) - r * mixed
    return r, square_root(max(Fraction(0), variance) / n)


def _pairs(pola: Sequence[Pola]) -> dict[str, dict[tuple[int, int], int]]:
    """Return, by unsur, its value beside the sum of the others in each complete sheet.

    An unsur of several questions has their sum.
    """
    slots, sheets = arrange(pola)
    codes = list(dict.fromkeys(slot.kode for slot in slots))
    places = {kode: [at for at, s in enumerate(slots) if s.kode == kode] for kode in codes}
    whole = whole_sheets(sheets)
    if not whole:
        return {kode: {} for kode in codes}
    totals = list(map(sum, whole))
    columns = list(zip(*whole, strict=True))
    width = max(totals) + 1
    found = {}
    for kode in codes:
        own = list(map(sum, zip(*(columns[at] for at in places[kode]), strict=True)))
        # Counted by one number for both, value · width + total: there are nine for each sheet.
        counts = [0] * (max(own) + 1) * width
        for value, total, times in zip(own, totals, whole.values(), strict=True):
            counts[value * width + total] += times
        pairs = ((*divmod(at, width), times) for at, times in enumerate(counts) if times)
        found[kode] = {(value, total - value): times for value, total, times in pairs}
    return found
