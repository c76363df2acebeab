"""A reader who collects every published figure and solves for what was not published.

What he does not know are the sums of values of each cell: the answers of one layanan to one unsur
in one triwulan. Every published figure is a linear equation over them; numbers of respondents are
equations over the people of each cell. He isolates a cell, or some cells together, if a combination
of his equations holds no other one. All is computed here anew, modulo a prime.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import combinations

import numpy as np

from skm.jawaban import KOSONG, Baris
from skm.periode import Jenis, Periode, parse_period
from skm.terbitan.terbitan import Angka, Rincian

PRIME = 2**31 - 1
ORANG, UNSUR_KODE = "orang", ("U1", "U2", "U3", "U4", "U5")
Cell = tuple[str, str, str]
Equation = dict[Cell, Fraction]


class Reader:
    """Knows how many answered where (the worst case), and looks for what they answered."""

    def __init__(self, rows: Sequence[Baris], agregasi: str, langsung: Iterable[Periode]) -> None:
        self.agregasi, self.langsung = agregasi, frozenset(langsung)
        self.people: dict[Cell, set[int]] = defaultdict(set)
        for number, row in enumerate(rows):
            self.people[row.layanan, row.periode, ORANG].add(number)
            for i, mark in enumerate(row.nilai, start=1):
                if mark != KOSONG:
                    self.people[row.layanan, row.periode, f"U{i}"].add(number)
        self.stored = sorted({parse_period(row.periode) for row in rows})
        self.layanan = sorted({row.layanan for row in rows})
        self.equations: dict[frozenset[tuple[Cell, Fraction]], Equation] = {}

    def read(self, periode: Periode, unit: Angka | None, layanan: Rincian) -> None:
        """Take in what the page of a period shows."""
        if unit is None:
            assert not layanan.golongan
            assert not layanan.disembunyikan
            return
        self._count(periode, self.layanan)
        self._figures(periode, self.layanan, unit)
        for group in layanan.golongan:
            self._count(periode, [group.kode])
            if group.angka is not None:
                self._figures(periode, [group.kode], group.angka)

    def _count(self, periode: Periode, layanan: Sequence[str]) -> None:
        inside = [p.kode for p in self.stored if periode.contains(p)]
        self._know({(g, p, ORANG): Fraction(1) for g in layanan for p in inside})

    def _figures(self, periode: Periode, layanan: Sequence[str], angka: Angka) -> None:
        whole: Equation = Counter()
        shown = {unsur.kode for unsur in angka.unsur}
        for kode in UNSUR_KODE:
            mean = self._mean(periode, layanan, kode)
            if kode in shown:
                self._know(mean)
            for cell, weight in mean.items():
                whole[cell] += weight
        self._know(whole)

    def _mean(self, periode: Periode, layanan: Sequence[str], unsur: str) -> Equation:
        """Return the NRR of an unsur as weights of the cells' sums."""
        inside = [p for p in self.stored if periode.contains(p)]
        parts = [] if self._is_pooled(periode) else list(periode.children)
        if not parts:
            cells = [(g, p.kode, unsur) for g in layanan for p in inside]
            n = sum(len(self.people.get(cell, ())) for cell in cells)
            return {cell: Fraction(1, n) for cell in cells} if n else {}
        means = [mean for part in parts if (mean := self._mean(part, layanan, unsur))]
        joined: Equation = Counter()
        for mean in means:
            for cell, weight in mean.items():
                joined[cell] += weight / len(means)
        return joined

    def _is_pooled(self, periode: Periode) -> bool:
        short = periode.jenis is Jenis.TRIWULAN
        return short or self.agregasi == "gabungan" or periode in self.langsung

    def _know(self, equation: Equation) -> None:
        known = {c: w for c, w in equation.items() if self.people.get(c) and w}
        self.equations[frozenset(known.items())] = known

    def isolated(self, fewest: int) -> list[tuple[Cell, ...]]:
        """Return the sets of cells with fewer than `fewest` people that he can isolate."""
        cells = [cell for cell, people in self.people.items() if people]
        free = null_space(list(self.equations.values()), cells)
        found = []
        pieces = self._small_pieces(cells, fewest)
        for size in range(1, fewest):
            for chosen in combinations(pieces, size):
                joined = tuple({cell: None for piece in chosen for cell in piece})
                if self._count_people(joined) < fewest and is_isolated(free, joined):
                    found.append(joined)
        return found

    def _small_pieces(self, cells: Sequence[Cell], fewest: int) -> list[tuple[Cell, ...]]:
        """Return all cells of a layanan in a triwulan with few people, or some of its cells."""
        pieces = []
        for place in sorted({cell[:2] for cell in cells}):
            own = [cell for cell in cells if cell[:2] == place]
            if self._count_people(own) < fewest:
                pieces.append(tuple(own))
            else:
                few = [cell for cell in own if len(self.people[cell]) < fewest]
                some = [chosen for size in (1, 2) for chosen in combinations(few, size)]
                pieces += [chosen for chosen in some if self._count_people(chosen) < fewest]
        return pieces

    def _count_people(self, cells: Sequence[Cell]) -> int:
        return len(set().union(*(self.people[cell] for cell in cells)))


def null_space(equations: Sequence[Equation], cells: Sequence[Cell]) -> dict[Cell, np.ndarray]:
    """Return, for each cell, its coordinates in a basis of all that the equations leave open."""
    weights = [_modular(e.get(cell)) for e in equations for cell in cells]
    table = np.array(weights, dtype=np.int64).reshape(len(equations), len(cells))
    pivots = eliminate(table)
    left = [i for i in range(len(cells)) if i not in pivots]
    free = {cell: np.array([int(i == j) for j in left]) for i, cell in enumerate(cells)}
    for row, column in enumerate(pivots):
        free[cells[column]] = -table[row, left] % PRIME
    return free


def is_isolated(free: dict[Cell, np.ndarray], chosen: Sequence[Cell]) -> bool:
    """Return whether the equations fix some combination of the chosen cells.

    They do if the cells' coordinates in the null space depend on each other.
    """
    return len(eliminate(np.array([free[cell] for cell in chosen]))) < len(chosen)


def eliminate(table: np.ndarray) -> list[int]:
    """Bring a table into reduced echelon form, in place, and return its pivot columns."""
    pivots: list[int] = []
    for column in range(table.shape[1]):
        top = len(pivots)
        below = np.flatnonzero(table[top:, column])
        if not len(below):
            continue
        table[[top, top + below[0]]] = table[[top + below[0], top]]
        table[top] = table[top] * pow(int(table[top, column]), -1, PRIME) % PRIME
        factors = table[:, column].copy()
        factors[top] = 0
        table -= factors[:, None] * table[top] % PRIME
        table %= PRIME
        pivots.append(column)
    return pivots


def _modular(value: Fraction | None) -> int:
    return value.numerator * pow(value.denominator, -1, PRIME) % PRIME if value else 0
