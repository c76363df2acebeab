"""What of a year's archives stays hidden, in all its published periods alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from skm.analysis.groups import Per
from skm.analysis.suppress import hidden_groups, is_small, open_periods, smallest_around
from skm.penutupan.arsip import Arsip
from skm.penutupan.hitungan import cells_of
from skm.periode import Jenis, Periode, parse_period, period_of
from skm.rekap import Cell, Slot

TEMPAT = (Per.LAYANAN.value, Per.TITIK.value)
"""Dimensions whose groups have figures, not only counts."""
PROFIL = "profil:"
"""Before the code of a profile field, where it stands as a dimension."""
_UNIT, _PERTANYAAN = "unit", "pertanyaan"

Tables = dict[tuple[str, str], list[Counter[str]]]


class _Hitung(NamedTuple):
    """How many of a group answered in a stored period; `soal` is a question, '' is any."""

    dimensi: str
    soal: str
    periode: Periode
    kelompok: str
    n: int


@dataclass(frozen=True, slots=True)
class Lindungan:
    """What is hidden in a year. A group's code is '' where the answers do not say.

    `terbuka` are the periods with figures. `kelompok` are groups by dimension that show nothing,
    `angka` those that show at most their respondents. With `tanpa_unsur` no unsur has figures.
    """

    terbuka: frozenset[Periode] = frozenset()
    kelompok: Mapping[str, frozenset[str]] = field(default_factory=dict)
    angka: Mapping[str, frozenset[str]] = field(default_factory=dict)
    tanpa_unsur: bool = False


def protect(arsip: Sequence[Arsip]) -> Lindungan:
    """Return what is hidden in one year.

    `arsip` are all that were ever published of it, in that order: each adds to what is hidden and
    takes nothing back, since pages of before are kept by whoever saw them.
    """
    found = Lindungan()
    rows: list[_Hitung] = []
    langsung: frozenset[Periode] | None = None
    for item in arsip:
        own = frozenset(item.survei.dinilai_langsung)
        # A part that was public once divides its semester for good.
        langsung = own if langsung is None else langsung & own
        rows = [row for row in rows if not item.periode.contains(row.periode)]
        rows.extend(_count(item))
        found = _extend(found, rows, langsung)
    return found


def _extend(before: Lindungan, rows: Sequence[_Hitung], langsung: Collection[Periode]) -> Lindungan:
    people, answered = _counts(rows, _UNIT), _counts(rows, _PERTANYAAN)
    terbuka = open_periods(people, langsung) & open_periods(answered, langsung)
    tables = _tables(rows, terbuka)
    kelompok = {
        dimensi: hidden_groups(found, before.kelompok.get(dimensi, frozenset()))
        for (dimensi, soal), found in tables.items()
        if not soal and dimensi not in (_UNIT, _PERTANYAAN)
    }
    # An IKM is the sum of its unsur: one hidden alone, or a few in several periods, would follow
    # from it and the others.
    questions = tables.get((_PERTANYAAN, ""), [])
    few = any(is_small(n) for table in questions for n in table.values())
    tanpa_unsur = before.tanpa_unsur or few
    # A mean weighs its parts each in its own way, so figures of groups could give back a part.
    bare = tanpa_unsur or _is_mean_of_hidden(people, terbuka, langsung)
    angka = {
        dimensi: _figures(tables, dimensi, before, kelompok[dimensi], bare=bare)
        for dimensi in TEMPAT
        if dimensi in kelompok
    }
    return Lindungan(frozenset(terbuka), kelompok, angka, tanpa_unsur)


def _counts(rows: Sequence[_Hitung], dimensi: str) -> dict[Periode, int]:
    """Return the largest count of a dimension in each stored period.

    Of questions it is the best-filled one: so many people at least are behind the figures, while
    respondents who left every question blank are behind none.
    """
    found: dict[Periode, Counter[str]] = {}
    for row in rows:
        if row.dimensi == dimensi:
            found.setdefault(row.periode, Counter())[row.kelompok] += row.n
    return {periode: max(counts.values()) for periode, counts in found.items()}


def _figures(
    tables: Tables, dimensi: str, before: Lindungan, kelompok: frozenset[str], *, bare: bool
) -> frozenset[str]:
    """Return the groups without figures: also those of which 1-4 answered some question."""
    every = [table for (name, _), found in tables.items() if name == dimensi for table in found]
    if bare:
        return frozenset(group for table in every for group in table)
    return hidden_groups(every, before.angka.get(dimensi, frozenset()) | kelompok)


def _is_mean_of_hidden(
    people: Mapping[Periode, int], terbuka: Collection[Periode], langsung: Collection[Periode]
) -> bool:
    """Return whether a stored period is part of a figure without one of its own being shown."""
    return any(
        periode not in terbuka and not any(d.contains(periode) for d in langsung)
        for periode, n in people.items()
        if n
    )


def _tables(rows: Sequence[_Hitung], terbuka: Collection[Periode]) -> Tables:
    """Return the answers by group, for each dimension and question, one table a part."""
    sums: dict[tuple[str, str], dict[Periode, Counter[str]]] = {}
    parts = {p: smallest_around(p, terbuka) for p in {row.periode for row in rows}}
    for row in rows:
        part = parts[row.periode]
        if part is not None:
            held = sums.setdefault((row.dimensi, row.soal), {}).setdefault(part, Counter())
            held[row.kelompok] += row.n
    return {key: list(held.values()) for key, held in sums.items()}


def _count(arsip: Arsip) -> Iterator[_Hitung]:
    for periode, cell in _cells(arsip, ()):
        yield _Hitung(_UNIT, "", periode, "", cell.responden)
        for slot, tally in cell.tallies.items():
            yield _Hitung(_PERTANYAAN, "", periode, _name(slot), tally.n)
    for dimensi in TEMPAT:
        for periode, cell in _cells(arsip, (dimensi,)):
            group = getattr(cell, dimensi) or ""
            yield _Hitung(dimensi, "", periode, group, cell.responden)
            for slot, tally in cell.tallies.items():
                yield _Hitung(dimensi, _name(slot), periode, group, tally.n)
    for row in arsip.hitungan.profil:
        periode = _part(parse_period(row.periode))
        yield _Hitung(PROFIL + row.bidang, "", periode, row.pilihan, row.jumlah)


def _cells(arsip: Arsip, per: Collection[str]) -> Iterator[tuple[Periode, Cell]]:
    for cell in cells_of(arsip.hitungan, arsip.survei, arsip.kuesioner, per):
        if cell.periode is not None:
            yield _part(cell.periode), cell


def _part(periode: Periode) -> Periode:
    """Return the triwulan of a month, which has no figure of its own; all others as they are."""
    return period_of(periode.mulai, Jenis.TRIWULAN) if periode.jenis is Jenis.BULAN else periode


def _name(slot: Slot) -> str:
    return f"{slot.kode}/{slot.ke}"
