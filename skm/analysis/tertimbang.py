"""The IKM weighted by the people that each layanan served, beside the official one.

Layanan with fewer than thirty answers are taken together, so that no weight hangs on a few sheets;
nothing is weighted where that would be guessing (`Tolakan`). A mean of periods is weighted in each
of its parts, with the part's own people where they are known, else with the shares of the longer
period around it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from skm.agregasi import Aturan, Cara, HasilPeriode, compute_period
from skm.analysis.kepastian import (
    FEWEST,
    HIGHEST,
    LOWEST,
    Kepastian,
    Z,
    sampling_variance,
    square_root,
    sum_scores,
)
from skm.analysis.lapisan import Lapisan, kish_effect, simple_variance, stratified
from skm.angka import round_half_up
from skm.ikm import IKM_PLACES, KONVERSI
from skm.periode import Periode
from skm.rekap import Cell, SkorCell

TANPA_JAWABAN = Fraction(1, 10)
"""Layanan without any answer may have served at most this share of the people."""
Dilayani = Mapping[Periode, Mapping[str, int]]
"""The people served by layanan, for the periods in which that is known."""


class Tolakan(StrEnum):
    """Why nothing is weighted."""

    TANPA_POPULASI = "tanpa-populasi"
    """The people served are not known by layanan."""
    KURANG_POPULASI = "kurang-populasi"
    """Some layanan have answers but no number of people."""
    TERLALU_BANYAK = "terlalu-banyak"
    """Some layanan have more answers than people: the numbers do not fit."""
    KOSONG = "kosong"
    """Layanan without any answer served more than a tenth of the people."""
    SATU = "satu"
    """After small layanan are taken together, one group is left: there is nothing to weigh."""


@dataclass(frozen=True, slots=True)
class TakTertimbang:
    """Why nothing is weighted in which period, and the layanan that stand in the way."""

    alasan: Tolakan
    periode: Periode
    layanan: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tertimbang:
    """The weighted IKM with its certainty, None where the unsur weigh unequally or all are alike.

    `efek` is the design effect against a simple random sample of as many, `kish` that of the
    unequal weights alone; `setara` is how many equally weighted respondents say as much.
    `digabung` are the layanan that were taken together, `kosong` those of them without answers;
    `tanpa_layanan` counts answers that name no layanan and cannot take part.
    """

    ikm: Decimal
    kepastian: Kepastian | None
    efek: Fraction | None
    kish: Fraction
    setara: int
    digabung: tuple[str, ...]
    kosong: tuple[str, ...]
    tanpa_layanan: int


@dataclass(frozen=True, slots=True)
class _Sampel:
    """What a survey's cells and scores, split by layanan, are weighed by."""

    cells: Sequence[Cell]
    scores: Sequence[SkorCell]
    aturan: Aturan
    dilayani: Dilayani


@dataclass(frozen=True, slots=True)
class _Bagian:
    """A weighted part: its IKM, the variances on the scale 1-4, and (answers, weight)."""

    nilai: Fraction
    ragam: Fraction
    acak: Fraction
    bobot: tuple[tuple[int, Fraction], ...]
    digabung: tuple[str, ...]
    kosong: tuple[str, ...]


class _RefusedError(Exception):
    def __init__(self, why: TakTertimbang) -> None:
        super().__init__(why.alasan)
        self.why = why


def weigh(
    hasil: HasilPeriode,
    cells: Sequence[Cell],
    scores: Sequence[SkorCell],
    aturan: Aturan,
    dilayani: Dilayani,
) -> Tertimbang | TakTertimbang:
    """Return a period's IKM weighted by the people served, or why there is none.

    `cells` and `scores` are split by layanan. `hasil` must have a period.
    """
    try:
        part = _weigh(hasil, _Sampel(cells, scores, aturan, dilayani))
    except _RefusedError as refused:
        return refused.why
    kish = kish_effect(part.bobot)
    n = sum(k for k, _ in part.bobot)
    equal = len({u.bobot for u in hasil.hasil.terisi}) <= 1
    known = equal and part.ragam > 0
    ikm = round_half_up(part.nilai, IKM_PLACES)
    return Tertimbang(
        ikm=ikm,
        kepastian=_certainty(ikm, part.ragam) if known else None,
        efek=part.ragam / part.acak if known and part.acak else None,
        kish=kish,
        setara=int(round_half_up(n / kish, 0)),
        digabung=part.digabung,
        kosong=part.kosong,
        tanpa_layanan=sum(
            c.responden
            for c in cells
            if c.layanan is None
            and c.periode
            and hasil.periode
            and hasil.periode.contains(c.periode)
        ),
    )


def _certainty(ikm: Decimal, variance: Fraction) -> Kepastian:
    error, middle = KONVERSI * square_root(variance), Fraction(ikm)
    return Kepastian(ikm, error, max(LOWEST, middle - Z * error), min(HIGHEST, middle + Z * error))


def _weigh(hasil: HasilPeriode, sampel: _Sampel) -> _Bagian:
    if hasil.cara is not Cara.RATA_RATA:
        return _weigh_measured(hasil, sampel)
    if not hasil.bagian and hasil.periode:
        raise _RefusedError(TakTertimbang(Tolakan.SATU, hasil.periode))
    parts = [_weigh(part, sampel) for part in hasil.bagian]
    k = len(parts)
    return _Bagian(
        nilai=sum((p.nilai for p in parts), Fraction(0)) / k,
        ragam=sum((p.ragam for p in parts), Fraction(0)) / k**2,
        acak=sum((p.acak for p in parts), Fraction(0)) / k**2,
        bobot=tuple((n, w / k) for p in parts for n, w in p.bobot),
        digabung=_unique(kode for p in parts for kode in p.digabung),
        kosong=_unique(kode for p in parts for kode in p.kosong),
    )


def _weigh_measured(hasil: HasilPeriode, sampel: _Sampel) -> _Bagian:
    periode = hasil.periode
    assert periode is not None  # noqa: S101 - a measured part of a period is one
    source = _source(periode, sampel.dilayani)
    served, exact = sampel.dilayani[source], source == periode
    counts = {
        kode: sum_scores(
            s for s in sampel.scores if s.layanan == kode and periode.contains(s.periode)
        )
        for kode in {*served, *(s.layanan for s in sampel.scores if periode.contains(s.periode))}
        if kode is not None
    }
    sizes = {kode: n for kode, (n, _, _) in counts.items()}
    _check(source, served, sizes, exact=exact)
    groups = collapse({kode: n for kode, n in sizes.items() if served.get(kode)})
    if len(groups) < 2:
        raise _RefusedError(TakTertimbang(Tolakan.SATU, periode))
    found = []
    for group in groups:
        n, total, squares = (
            sum(column) for column in zip(*(counts[k] for k in group), strict=True)
        )
        people = sum(served[kode] for kode in group)
        spread = sampling_variance(n, Fraction(total), Fraction(squares)) * n
        value = _value(group, periode, sampel) / KONVERSI
        found.append(Lapisan(people, n, value, spread, exact))
    middle, variance = stratified(found)
    people = sum(s.populasi for s in found)
    return _Bagian(
        nilai=KONVERSI * middle,
        ragam=variance,
        acak=simple_variance(found),
        bobot=tuple((s.n, Fraction(s.populasi, people * s.n)) for s in found),
        digabung=tuple(kode for group in groups if len(group) > 1 for kode in group),
        kosong=tuple(kode for kode, n in sizes.items() if not n and served.get(kode)),
    )


def _source(periode: Periode, dilayani: Dilayani) -> Periode:
    """Return the period whose people are known by layanan: this one, or the shortest around it."""
    around = [p for p in dilayani if p.contains(periode)]
    if not around:
        raise _RefusedError(TakTertimbang(Tolakan.TANPA_POPULASI, periode))
    return min(around, key=lambda p: p.jenis.value)


def _check(
    periode: Periode, served: Mapping[str, int], sizes: Mapping[str, int], *, exact: bool
) -> None:
    """Refuse what cannot be weighed; `periode` is where the people served are entered."""
    unknown = tuple(sorted(kode for kode, n in sizes.items() if n and not served.get(kode)))
    if unknown:
        raise _RefusedError(TakTertimbang(Tolakan.KURANG_POPULASI, periode, unknown))
    many = tuple(sorted(kode for kode, n in sizes.items() if n > served.get(kode, 0)))
    if exact and many:
        raise _RefusedError(TakTertimbang(Tolakan.TERLALU_BANYAK, periode, many))
    empty = tuple(sorted(kode for kode, n in sizes.items() if not n and served.get(kode)))
    if sum(served[kode] for kode in empty) > TANPA_JAWABAN * sum(served.values()):
        raise _RefusedError(TakTertimbang(Tolakan.KOSONG, periode, empty))


def collapse(sizes: Mapping[str, int]) -> list[tuple[str, ...]]:
    """Return the layanan as groups of at least thirty answers: small ones are taken together.

    Where those are too few even so, the next smallest layanan joins them.
    """
    ranked = sorted(sizes, key=lambda kode: (sizes[kode], kode))
    together = [kode for kode in ranked if sizes[kode] < FEWEST]
    alone = ranked[len(together) :]
    while together and alone and sum(sizes[kode] for kode in together) < FEWEST:
        together.append(alone.pop(0))
    groups = [(kode,) for kode in alone]
    return [*groups, tuple(together)] if together else list(groups)


def _value(group: Sequence[str], periode: Periode, sampel: _Sampel) -> Fraction:
    """Return the IKM of some layanan together, by the survey's rules."""
    cells = [c for c in sampel.cells if c.layanan in group]
    value = compute_period(cells, periode, sampel.aturan).hasil.nilai
    assert value is not None  # noqa: S101 - the group has answers
    return value


def _unique(codes: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes))
