"""From counts to NRR, IKM and mutu (PermenPANRB 14/2017, BAB V A and Lampiran III).

Input is how many people answered 1, 2, 3 and 4; everything is an exact fraction until a stage of
the method, or the final print, rounds it half up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from skm.angka import round_half_up, round_to
from skm.metode import Jalur, Metode, Terbawa
from skm.peraturan.mutu import Kelas, TabelMutu

KONVERSI = 25
"""NRR (1-4) times this is the IKM (25-100), BAB V A."""
NRR_PLACES = 3
IKM_PLACES = 2
"""Decimals printed for NRR and weighted NRR, and for every IKM."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many answers were 1, 2, 3 and 4. Blank answers are not in it."""

    counts: tuple[int, int, int, int] = (0, 0, 0, 0)

    @property
    def n(self) -> int:
        """Return how many answered."""
        n1, n2, n3, n4 = self.counts
        return n1 + n2 + n3 + n4

    @property
    def total(self) -> int:
        """Return the sum of the answered values ("jumlah nilai")."""
        n1, n2, n3, n4 = self.counts
        return n1 + 2 * n2 + 3 * n3 + 4 * n4

    def __add__(self, other: Tally) -> Tally:
        a, b = self.counts, other.counts
        return Tally((a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3]))

    @classmethod
    def of(cls, values: Iterable[int | None]) -> Tally:
        """Return the tally of answers 1-4; None is a blank. Raises ValueError for other values."""
        counts = [0, 0, 0, 0]
        for value in values:
            if value is None:
                continue
            if value not in (1, 2, 3, 4):
                raise ValueError(value)
            counts[value - 1] += 1
        return cls((counts[0], counts[1], counts[2], counts[3]))


@dataclass(frozen=True, slots=True)
class UnsurTally:
    """The answers to one unsur: a tally for each of its questions (usually one)."""

    kode: str
    nama: str
    pertanyaan: tuple[Tally, ...]

    @property
    def n(self) -> int:
        """Return the respondents who filled the unsur: those of its best-filled question."""
        return max((t.n for t in self.pertanyaan), default=0)

    @property
    def mean(self) -> Fraction | None:
        """Return the unrounded NRR: the mean of its questions' means; None without answers.

        The denominator is who answered ("jumlah responden yang mengisi", hlm. 20).
        """
        means = [Fraction(t.total, t.n) for t in self.pertanyaan if t.n]
        if len(means) == 1:
            return means[0]
        return sum(means, Fraction(0)) / len(means) if means else None


@dataclass(frozen=True, slots=True)
class HasilUnsur:
    """One unsur's figures after the method's rounding stages; None where nobody answered.

    `nrr` 1-4, `tertimbang` = NRR x `bobot`, `ikm` 25-100; `tally` is pooled over its questions.
    """

    kode: str
    nama: str
    n: int
    tally: Tally
    nrr: Fraction | None = None
    bobot: Fraction | None = None
    tertimbang: Fraction | None = None
    ikm: Fraction | None = None
    kelas: Kelas | None = None

    @property
    def mutu(self) -> str | None:
        """Return the letter A-D of the unsur."""
        return self.kelas.mutu if self.kelas else None

    @property
    def kinerja(self) -> str | None:
        """Return the class's name, "Sangat Baik" to "Tidak Baik"."""
        return self.kelas.kinerja if self.kelas else None


@dataclass(frozen=True, slots=True)
class Hasil:
    """The figures of one group of answers under one method. `nilai` is the IKM before printing.

    `ikm` (25-100, two decimals, half up), `mutu` and `kinerja` are None where nobody answered.
    """

    metode: Metode
    responden: int
    unsur: tuple[HasilUnsur, ...]
    nilai: Fraction | None = None
    kelas: Kelas | None = None

    @property
    def ikm(self) -> Decimal | None:
        """Return the printed IKM: the one rounding to two decimals."""
        return None if self.nilai is None else round_half_up(self.nilai, IKM_PLACES)

    @property
    def carried(self) -> Fraction | None:
        """Return the value that the mean of several periods takes under this method."""
        if self.nilai is None or self.metode.terbawa is Terbawa.PENUH:
            return self.nilai
        return Fraction(round_half_up(self.nilai, IKM_PLACES))

    @property
    def mutu(self) -> str | None:
        """Return the letter A-D."""
        return self.kelas.mutu if self.kelas else None

    @property
    def kinerja(self) -> str | None:
        """Return the class's name, "Sangat Baik" to "Tidak Baik"."""
        return self.kelas.kinerja if self.kelas else None

    @property
    def terisi(self) -> tuple[HasilUnsur, ...]:
        """Return the unsur that somebody answered."""
        return tuple(u for u in self.unsur if u.nrr is not None)

    @property
    def unsur_terisi(self) -> int:
        """Return "jumlah unsur terisi"."""
        return len(self.terisi)

    @property
    def jumlah_ikm_unsur(self) -> Fraction:
        """Return the sum of the IKM per unsur (LKIP: 844,70)."""
        return sum((u.ikm for u in self.terisi if u.ikm is not None), Fraction(0))

    @property
    def jumlah_tertimbang(self) -> Fraction:
        """Return the sum of the weighted NRR, the index on the scale 1-4."""
        return sum((u.tertimbang for u in self.terisi if u.tertimbang is not None), Fraction(0))


def compute_ikm(
    unsur: Sequence[UnsurTally], responden: int, metode: Metode, tabel: TabelMutu
) -> Hasil:
    """Return the figures of one group of answers.

    NRR = sum / answered; weighted NRR = NRR x weight; IKM = sum of weighted NRR x 25, or the
    weighted mean of the IKM per unsur, as the method says. Without answers every figure is None.
    Raises SkmError where the weight does not fit the unsur (`Bobot.shares`).
    """
    means = {u.kode: mean for u in unsur if (mean := u.mean) is not None}
    shares = metode.bobot.shares([u.kode for u in unsur], list(means))
    rows = tuple(_unsur_row(u, means.get(u.kode), shares, metode, tabel) for u in unsur)
    nilai = _combine([r for r in rows if r.nrr is not None], metode)
    return Hasil(
        metode=metode,
        responden=responden,
        unsur=rows,
        nilai=nilai,
        kelas=None if nilai is None else tabel.classify(nilai),
    )


def _unsur_row(
    unsur: UnsurTally,
    mean: Fraction | None,
    shares: dict[str, Fraction],
    metode: Metode,
    tabel: TabelMutu,
) -> HasilUnsur:
    first, *others = unsur.pertanyaan or (Tally(),)
    tally = sum(others, first)
    if mean is None:
        return HasilUnsur(unsur.kode, unsur.nama, n=0, tally=tally)
    nrr = round_to(mean, metode.nrr)
    ikm = round_to(nrr * KONVERSI, metode.ikm_unsur)
    return HasilUnsur(
        kode=unsur.kode,
        nama=unsur.nama,
        n=unsur.n,
        tally=tally,
        nrr=nrr,
        bobot=shares[unsur.kode],
        tertimbang=round_to(nrr * shares[unsur.kode], metode.tertimbang),
        ikm=ikm,
        kelas=tabel.classify(ikm),
    )


def _combine(filled: Sequence[HasilUnsur], metode: Metode) -> Fraction | None:
    if not filled:
        return None
    if metode.jalur is Jalur.UNSUR:
        return sum((u.ikm * u.bobot for u in filled if u.ikm and u.bobot), Fraction(0))
    index = sum((u.tertimbang for u in filled if u.tertimbang is not None), Fraction(0))
    return round_to(index, metode.indeks) * KONVERSI
