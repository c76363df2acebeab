"""Target and capaian (LKIP: realisasi / target x 100 %)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from skm.peraturan import tabel_mutu
from skm.periode import Jenis, Periode


@dataclass(frozen=True, slots=True)
class Capaian:
    """The target of a period, from whose period it is, and what was reached of it in percent."""

    target: Decimal
    periode: Periode
    persen: Fraction | None


def achievement(
    periode: Periode, ikm: Decimal | None, targets: Mapping[Periode, Decimal]
) -> Capaian | None:
    """Return the capaian of a printed IKM; None where the period has no target.

    A semester without its own target is held against that of its last triwulan.
    """
    source = periode
    if source not in targets and periode.jenis is Jenis.SEMESTER:
        source = periode.children[-1]
    target = targets.get(source)
    if target is None:
        return None
    percent = None if ikm is None else Fraction(ikm) / Fraction(target) * 100
    return Capaian(target, source, percent)


@dataclass(frozen=True, slots=True)
class Realisasi:
    """The figure of a period with its target, and where it comes from: answers, or a publication.

    `persen` is what was reached of the target; `mutu` is by the table in force at that time.
    """

    periode: Periode
    ikm: Decimal
    mutu: str
    target: Decimal | None
    persen: Fraction | None
    keterangan: str
    terbit: bool = False


def realisation(
    periode: Periode,
    ikm: Decimal,
    targets: Mapping[Periode, Decimal],
    keterangan: str,
    terbit: bool,
) -> Realisasi:
    """Return a figure beside its target."""
    reached = achievement(periode, ikm, targets)
    mutu = tabel_mutu(periode.mulai).classify(Fraction(ikm)).mutu
    target, percent = (reached.target, reached.persen) if reached else (None, None)
    return Realisasi(periode, ikm, mutu, target, percent, keterangan, terbit)
