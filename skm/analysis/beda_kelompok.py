"""Which groups of respondents are less satisfied than the others, so that none is left behind.

Each group is held against all others of its kind (women against men, one age class against the
rest) by the mean of the respondents' own mean scores, times 25. The two are different people, so
SE = 25 · √(s²₁/n₁ + s²₂/n₂) (Welch); Holm's correction over all comparisons of the page keeps false
alarms at 5 %. Groups under five are not shown, nor what would give them away; those under thirty
are shown without a verdict.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from skm.analysis.holm import ALPHA, holm, p_value
from skm.analysis.kepastian import FEWEST, Z, sampling_variance, square_root
from skm.analysis.suppress import hidden_groups
from skm.ikm import KONVERSI


class Putusan(StrEnum):
    """What can be said of a group."""

    RENDAH = "lebih rendah"
    TINGGI = "lebih tinggi"
    BELUM = "belum dapat dibedakan"
    KECIL = "terlalu sedikit untuk dinilai"
    RAHASIA = "tidak ditampilkan"


@dataclass(frozen=True, slots=True)
class Kelas:
    """A group before it is judged: respondents with any answer, sums of their mean scores (1-4)
    and of the squares.
    """

    kode: str
    nama: str
    n: int
    jumlah: Fraction
    kuadrat: Fraction


@dataclass(frozen=True, slots=True)
class BedaKelas:
    """A group with its mean (25-100) and half its 95 % interval, and its difference from the rest.

    All figures are None where the group is hidden; half widths and difference also where it, or
    the rest, is too small.
    """

    kode: str
    nama: str
    n: int
    rata: Fraction | None
    jarak: Fraction | None
    selisih: Fraction | None
    jarak_selisih: Fraction | None
    putusan: Putusan


@dataclass(frozen=True, slots=True)
class Dimensi:
    """The groups of one kind, in the survey's order."""

    kode: str
    judul: str
    kelas: tuple[BedaKelas, ...]


@dataclass(frozen=True, slots=True)
class _Uji:
    """A group held against the rest: difference and standard error in points."""

    selisih: Fraction
    galat: Fraction

    @property
    def p(self) -> float:
        return p_value(self.selisih, self.galat)


def compare_groups(
    dimensi: Sequence[tuple[str, str, Sequence[Kelas]]],
) -> tuple[Dimensi, ...]:
    """Return the groups of each (code, heading, groups), judged together.

    A kind with fewer than two groups is left out. Two groups of one kind are one comparison: what
    the one has more, the other has less.
    """
    kinds = [(k, j, [c for c in groups if c.n]) for k, j, groups in dimensi]
    kinds = [kind for kind in kinds if len(kind[2]) > 1]
    tests = {
        (kode, group.kode): test
        for kode, _, groups in kinds
        for group in groups
        if (test := _against_rest(group, groups)) is not None
    }
    judged = _correct(kinds, tests)
    return tuple(
        Dimensi(kode, judul, tuple(_judge(kode, g, groups, tests, judged) for g in groups))
        for kode, judul, groups in kinds
    )


def _correct(
    kinds: Sequence[tuple[str, str, Sequence[Kelas]]], tests: Mapping[tuple[str, str], _Uji]
) -> dict[tuple[str, str], Fraction]:
    """Return Holm's p of every comparison; the second of two groups shares that of the first."""
    shared = {}
    for kode, _, groups in kinds:
        first, *others = groups
        if len(others) == 1:
            shared[kode, others[0].kode] = (kode, first.kode)
    keys = [key for key in tests if key not in shared]
    found = dict(zip(keys, holm([tests[key].p for key in keys]), strict=True))
    return found | {key: found[first] for key, first in shared.items() if first in found}


def _judge(
    kode: str,
    group: Kelas,
    groups: Sequence[Kelas],
    tests: Mapping[tuple[str, str], _Uji],
    judged: Mapping[tuple[str, str], Fraction],
) -> BedaKelas:
    if group.kode in hidden_groups([{g.kode: g.n for g in groups}]):
        return BedaKelas(group.kode, group.nama, group.n, None, None, None, None, Putusan.RAHASIA)
    mean = KONVERSI * group.jumlah / group.n
    own = None
    if group.n >= FEWEST:
        variance = sampling_variance(group.n, group.jumlah, group.kuadrat)
        own = Z * KONVERSI * square_root(variance) if variance else None
    test = tests.get((kode, group.kode))
    if test is None:
        return BedaKelas(group.kode, group.nama, group.n, mean, own, None, None, Putusan.KECIL)
    return BedaKelas(
        group.kode,
        group.nama,
        group.n,
        mean,
        own,
        test.selisih,
        Z * test.galat,
        _verdict(test, judged[kode, group.kode]),
    )


def _verdict(test: _Uji, p: Fraction) -> Putusan:
    if p > ALPHA:
        return Putusan.BELUM
    return Putusan.TINGGI if test.selisih > 0 else Putusan.RENDAH


def _against_rest(group: Kelas, groups: Sequence[Kelas]) -> _Uji | None:
    """Return a group against all others; None where either side has under thirty or no spread."""
    others = [g for g in groups if g is not group]
    n = sum(g.n for g in others)
    if group.n < FEWEST or n < FEWEST:
        return None
    total = sum((g.jumlah for g in others), Fraction(0))
    squares = sum((g.kuadrat for g in others), Fraction(0))
    variance = sampling_variance(group.n, group.jumlah, group.kuadrat)
    variance += sampling_variance(n, total, squares)
    if not variance:
        return None
    difference = KONVERSI * (group.jumlah / group.n - total / n)
    return _Uji(difference, KONVERSI * square_root(variance))
