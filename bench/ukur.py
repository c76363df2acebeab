"""What a benchmark is, and how its ways are measured: in turn, several rounds, in one run.

Absolute times of a shared machine say little; the ratio of two ways in the same round does.
"""

from __future__ import annotations

import gc
import importlib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from types import ModuleType

Kerja = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Sebaran:
    """One figure of each round; `satuan` is "s", "MB", "kB", "kali" (a ratio) or what it counts."""

    nilai: tuple[float, ...]
    satuan: str = "s"

    @property
    def median(self) -> float:
        """Return the middle one."""
        return median(self.nilai)


@dataclass(frozen=True, slots=True)
class Sasaran:
    """What the median should be at most; with `kali` the median ratio to that way."""

    batas: float
    kali: str | None = None


@dataclass(frozen=True, slots=True)
class Baris:
    """One line of the table: a way of doing a work, its figures, and their ratios to other ways."""

    kerja: str
    n: int
    cara: str
    hasil: Sebaran
    rasio: Mapping[str, Sebaran]
    sasaran: Sasaran | None = None
    catatan: str = ""

    @property
    def tercapai(self) -> bool | None:
        """Return whether the target is reached; None where there is none, or no such peer."""
        if self.sasaran is None:
            return None
        if self.sasaran.kali is None:
            return self.hasil.median <= self.sasaran.batas
        ratio = self.rasio.get(self.sasaran.kali)
        return None if ratio is None else ratio.median <= self.sasaran.batas


@dataclass(frozen=True, slots=True)
class Pilihan:
    """What a run was asked for: the size, how many rounds, and a folder for its files."""

    n: int
    putaran: int
    folder: Path


@dataclass(frozen=True, slots=True)
class Tolok:
    """A benchmark: its name, what it does at one size, its sizes, and one that takes a moment."""

    nama: str
    tentang: str
    jalan: Callable[[Pilihan], list[Baris]]
    ukuran: tuple[int, ...]
    kecil: int


def race(ways: Mapping[str, Kerja], putaran: int) -> dict[str, Sebaran]:
    """Return the seconds of each way, measured in turn; one round before them does not count."""
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    order = list(ways)
    for ke in range(putaran + 1):
        for name in order:
            gc.collect()
            start = time.perf_counter()
            ways[name]()
            if ke:
                seconds[name].append(time.perf_counter() - start)
        order.append(order.pop(0))  # nobody is always the first after the other
    return {name: Sebaran(tuple(found)) for name, found in seconds.items()}


def ratio(mine: Sebaran, other: Sebaran) -> Sebaran:
    """Return mine / other, round by round."""
    pairs = zip(mine.nilai, other.nilai, strict=True)
    return Sebaran(tuple(a / b if b else float("inf") for a, b in pairs), "kali")


def compare(
    kerja: str,
    n: int,
    figures: Mapping[str, Sebaran],
    sasaran: Sequence[Sasaran] = (),
    catatan: Mapping[str, str] | None = None,
) -> list[Baris]:
    """Return one line a way; the first of `figures` is ours and carries the ratios to the others.

    A second target stands on a line of its own.
    """
    ours, *peers = figures
    ratios = {peer: ratio(figures[ours], figures[peer]) for peer in peers}
    notes = catatan or {}
    first, *more = sasaran or (None,)
    rows = [Baris(kerja, n, ours, figures[ours], ratios, first, notes.get(ours, ""))]
    rows += [Baris(kerja, n, ours, figures[ours], ratios, s) for s in more]
    rows += [Baris(kerja, n, p, figures[p], {}, catatan=notes.get(p, "")) for p in peers]
    return rows


def peer(name: str) -> ModuleType | None:
    """Return a module of `bench/requirements.txt`; None where it is not installed."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return None
