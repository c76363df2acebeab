"""A period's figures from its parts: the mean of its children (LKIP's rule) or pooled answers.

LKIP Disdukcapil Kota Bekasi 2024, 3.2.2: semester = mean of its triwulan, tahun = mean of its
semesters. A period measured directly, and a period with a missing part, are real cases and are
labelled on the result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from skm.angka import round_to
from skm.ikm import IKM_PLACES, NRR_PLACES, Hasil, HasilUnsur, Tally, compute_ikm
from skm.metode import Metode, Terbawa
from skm.peraturan.mutu import TabelMutu, tabel_mutu
from skm.periode import Jenis, Periode
from skm.rekap import Cell, UnsurSpec, pool

T = TypeVar("T")


class Agregasi(StrEnum):
    """How a semester or year comes about: the mean of its parts' values, or pooled answers."""

    RATA_RATA = "rata-rata"
    GABUNGAN = "gabungan"


class Cara(StrEnum):
    """How this result came about."""

    LANGSUNG = "langsung"
    RATA_RATA = "rata-rata"
    GABUNGAN = "gabungan"


@dataclass(frozen=True, slots=True)
class Aturan:
    """What a survey fixes about its calculation.

    `beku` are the rules of closed periods: whatever the survey says later, those stay.
    """

    unsur: tuple[UnsurSpec, ...]
    metode: Metode
    agregasi: Agregasi = Agregasi.RATA_RATA
    dinilai_langsung: frozenset[Periode] = field(default_factory=frozenset)
    beku: tuple[tuple[Periode, Aturan], ...] = ()

    def of(self, periode: Periode) -> Aturan:
        """Return the rules of a period: those of the shortest closed period around it, or these."""
        around = [(closed, rules) for closed, rules in self.beku if closed.contains(periode)]
        if not around:
            return self
        _, rules = min(around, key=lambda pair: pair[0].jenis.value)
        return replace(rules, beku=tuple(pair for pair in self.beku if pair not in around))


@dataclass(frozen=True, slots=True)
class HasilPeriode:
    """The figures of one period, how they came about, from which parts, and what is missing.

    `bagian` are the parts with answers when `cara` is the mean; `hilang` those without. `dalam` is
    the directly measured period around this one, which then has no official figure of its own.
    `tak_terbagi` counts answers known only by this longer period, which a mean of its parts cannot
    take in.
    """

    periode: Periode | None
    hasil: Hasil
    cara: Cara
    bagian: tuple[HasilPeriode, ...] = ()
    hilang: tuple[Periode, ...] = ()
    dalam: Periode | None = None
    tak_terbagi: int = 0

    @property
    def catatan(self) -> str:
        """Return the label printed beside the figure; empty for a plain triwulan or month."""
        if self.periode is None or self.hasil.nilai is None:
            return ""
        if self.dalam is not None:
            return f"bagian dari {self.dalam.label}, yang dinilai langsung"
        if self.cara is Cara.RATA_RATA:
            names = " dan ".join(b.periode.label for b in self.bagian if b.periode)
            text = f"rata-rata {names}" if len(self.bagian) > 1 else f"hanya dari {names}"
            if self.hilang:
                text += "; tanpa data: " + ", ".join(p.label for p in self.hilang)
            if self.tak_terbagi:
                text += f"; {self.tak_terbagi} jawaban tanpa triwulan tidak ikut dihitung"
            return text
        if self.cara is Cara.GABUNGAN:
            return "gabungan seluruh responden"
        if self.periode.jenis in (Jenis.SEMESTER, Jenis.TAHUN):
            return f"{self.periode.jenis.nama} dinilai langsung sebagai satu periode"
        return ""


def compute_period(cells: Sequence[Cell], periode: Periode, aturan: Aturan) -> HasilPeriode:
    """Return the figures of `periode` from the cells of one group (an office, a layanan, …).

    Cells outside the period are left out. Where all answers are known only by the semester or
    year, that period is directly measured. A closed period follows the rules it was closed under.
    """
    aturan = aturan.of(periode)
    inside = [c for c in cells if c.periode and periode.contains(c.periode)]
    if periode.jenis in (Jenis.BULAN, Jenis.TRIWULAN):
        around = [d for d in aturan.dinilai_langsung if d.contains(periode) and d != periode]
        dalam = min(around, default=None)
        return HasilPeriode(periode, _pooled(inside, aturan, periode), Cara.LANGSUNG, dalam=dalam)
    filled = [c for c in inside if c.responden]
    only_whole = bool(filled) and all(c.periode == periode for c in filled)
    if periode in aturan.dinilai_langsung or only_whole:
        return HasilPeriode(periode, _pooled(inside, aturan, periode), Cara.LANGSUNG)
    if aturan.agregasi is Agregasi.GABUNGAN:
        return HasilPeriode(periode, _pooled(inside, aturan, periode), Cara.GABUNGAN)
    return _mean_of_children(inside, periode, aturan)


def leaves(result: HasilPeriode) -> list[HasilPeriode]:
    """Return the results that were measured from answers, in order."""
    if not result.bagian:
        return [result]
    return [leaf for part in result.bagian for leaf in leaves(part)]


def compute_pooled(cells: Iterable[Cell], aturan: Aturan) -> HasilPeriode:
    """Return the figures of all `cells` together, whatever their period (newest mutu table)."""
    return HasilPeriode(None, _pooled(cells, aturan, None), Cara.GABUNGAN)


def _table(periode: Periode | None) -> TabelMutu:
    return tabel_mutu(periode.mulai if periode else None)


def _pooled(cells: Iterable[Cell], aturan: Aturan, periode: Periode | None) -> Hasil:
    tallies, respondents = pool(cells, aturan.unsur)
    return compute_ikm(tallies, respondents, aturan.metode, _table(periode))


def _mean_of_children(cells: Sequence[Cell], periode: Periode, aturan: Aturan) -> HasilPeriode:
    parts = [compute_period(cells, child, aturan) for child in periode.children]
    filled = tuple(p for p in parts if p.hasil.nilai is not None)
    missing: list[Periode] = []
    for part in parts:
        if part.hasil.nilai is None:
            missing.append(part.periode or periode)
        else:
            missing.extend(part.hilang)
    if not filled:
        return HasilPeriode(periode, _pooled(cells, aturan, periode), Cara.RATA_RATA)
    hasil = mean_result([p.hasil for p in filled], _table(periode))
    undivided = sum(c.responden for c in cells if c.periode == periode)
    undivided += sum(p.tak_terbagi for p in filled)
    return HasilPeriode(
        periode, hasil, Cara.RATA_RATA, filled, tuple(missing), tak_terbagi=undivided
    )


def mean_result(parts: Sequence[Hasil], tabel: TabelMutu) -> Hasil:
    """Return the mean of several results of one method and survey, figure by figure.

    Each figure takes what the method carries (unrounded in `penuh`, else as printed); an unsur is
    averaged over the parts that filled it, its weight over all parts, so that the weights keep
    their sum; respondents and tallies are summed.
    """
    metode = parts[0].metode
    by_kode = [{u.kode: u for u in p.unsur} for p in parts]
    rows = tuple(
        _mean_unsur([part[u.kode] for part in by_kode if u.kode in part], metode, tabel)
        for u in parts[0].unsur
    )
    nilai = _mean(parts, lambda p: p.carried)
    return Hasil(
        metode=metode,
        responden=sum(p.responden for p in parts),
        unsur=rows,
        nilai=nilai,
        kelas=None if nilai is None else tabel.classify(nilai),
    )


def _mean_unsur(parts: Sequence[HasilUnsur], metode: Metode, tabel: TabelMutu) -> HasilUnsur:
    printed = metode.terbawa is Terbawa.TERCETAK
    nrr_places, ikm_places = (NRR_PLACES, IKM_PLACES) if printed else (None, None)
    ikm = _mean(parts, lambda u: _stage(u.ikm, ikm_places))
    return HasilUnsur(
        kode=parts[0].kode,
        nama=parts[0].nama,
        n=sum(u.n for u in parts),
        tally=sum((u.tally for u in parts), Tally()),
        nrr=_mean(parts, lambda u: _stage(u.nrr, nrr_places)),
        bobot=_mean(parts, lambda u: u.bobot or Fraction(0)),
        tertimbang=_mean(parts, lambda u: _stage(u.tertimbang or Fraction(0), nrr_places)),
        ikm=ikm,
        kelas=None if ikm is None else tabel.classify(ikm),
    )


def _stage(value: Fraction | None, places: int | None) -> Fraction | None:
    return None if value is None else round_to(value, places)


def _mean(parts: Sequence[T], pick: Callable[[T], Fraction | None]) -> Fraction | None:
    values = [value for part in parts if (value := pick(part)) is not None]
    return sum(values, Fraction(0)) / len(values) if values else None
