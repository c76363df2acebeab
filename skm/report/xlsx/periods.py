"""The periods that a result is made of, and the answers counted in each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from skm.agregasi import HasilPeriode, leaves
from skm.analysis.groups import Kelompok, Per
from skm.ikm import Hasil, Tally
from skm.jawaban import Jawaban
from skm.periode import Jenis, Periode, parse_period
from skm.pesan import SkmError
from skm.rekap import Cell, Slot, UnsurSpec, pool, tally_answers
from skm.report.buku import BukuKerja


@dataclass(frozen=True, slots=True)
class Sumber:
    """A period's figures computed from answers, not from parts, and its tallies by question."""

    periode: Periode
    hasil: Hasil
    tallies: Mapping[Slot, Tally]


def walk(hasil: HasilPeriode) -> Iterator[HasilPeriode]:
    """Yield every result that another is the mean of, parts before their whole."""
    for part in hasil.bagian:
        yield from walk(part)
    yield hasil


def period(hasil: HasilPeriode) -> Periode:
    """Return the period of a result. Raises ValueError for answers pooled without one."""
    if hasil.periode is None:
        raise ValueError(hasil)
    return hasil.periode


def counted_kinds(buku: BukuKerja) -> list[Jenis]:
    """Return the kinds of period that answers are counted by, the shortest first."""
    results = [buku.hasil, *(g.hasil for g in (*buku.layanan, *buku.titik))]
    found = {period(leaf).jenis for result in results for leaf in leaves(result)}
    return sorted(found, key=lambda jenis: jenis.value)


def unsur_names(buku: BukuKerja) -> dict[str, str]:
    """Return the unsur in the survey's order, then those that only an earlier part had."""
    names = {u.kode: u.nama for u in buku.survei.unsur}
    for node in walk(buku.hasil):
        for unsur in node.hasil.unsur:
            names.setdefault(unsur.kode, unsur.nama)
    return names


def slots_in_order(buku: BukuKerja) -> list[Slot]:
    """Return the place of every question that any questionnaire asked, by unsur in order."""
    asked = {slot for q in buku.kuesioner.values() for slot in buku.survei.slots(q)}
    order = {kode: i for i, kode in enumerate(unsur_names(buku))}
    asked |= {Slot(kode) for kode in order}
    return sorted(asked, key=lambda slot: (order[slot.kode], slot.ke))


def answer_cells(buku: BukuKerja) -> list[Cell]:
    """Return the counts of the answers by period, layanan and titik."""
    periods = {row.periode: parse_period(row.periode) for row in buku.baris}
    by_version: dict[str, list[Jawaban]] = {}
    for row in buku.baris:
        answer = Jawaban(
            row.nilai, periods[row.periode], layanan=row.layanan or None, titik=row.titik or None
        )
        by_version.setdefault(row.kuesioner, []).append(answer)
    return [
        cell
        for versi, answers in by_version.items()
        for cell in tally_answers(answers, buku.survei.slots(buku.kuesioner[versi]))
    ]


def sources(
    hasil: HasilPeriode, cells: Sequence[Cell], slots: Sequence[Slot]
) -> dict[Periode, Sumber]:
    """Return the tallies behind each result that comes straight from answers.

    Raises SkmError `buku-kerja-berbeda` where the answers are not those of the result: a workbook
    never shows other figures once it is recalculated.
    """
    return {period(leaf): _source(leaf, cells, slots) for leaf in leaves(hasil)}


def _source(leaf: HasilPeriode, cells: Iterable[Cell], slots: Sequence[Slot]) -> Sumber:
    found, hasil = period(leaf), leaf.hasil
    inside = [c for c in cells if c.periode and found.contains(c.periode)]
    asked = Counter(slot.kode for slot in slots)
    tallies, respondents = pool(inside, [UnsurSpec(kode, kode, n) for kode, n in asked.items()])
    by_slot = {Slot(t.kode, i): tally for t in tallies for i, tally in enumerate(t.pertanyaan)}
    pooled = {t.kode: sum(t.pertanyaan, Tally()) for t in tallies}
    same = all(pooled.get(u.kode, Tally()) == u.tally for u in hasil.unsur)
    if not same or respondents != hasil.responden:
        raise SkmError("buku-kerja-berbeda", label=found.label)
    return Sumber(found, hasil, by_slot)


def group_sources(
    groups: Sequence[Kelompok], per: Per, cells: Iterable[Cell], slots: Sequence[Slot]
) -> list[dict[Periode, Sumber]]:
    """Return the tallies behind the results of each group. Raises as `sources`."""
    by_code: dict[str | None, list[Cell]] = {}
    for cell in cells:
        by_code.setdefault(cell.layanan if per is Per.LAYANAN else cell.titik, []).append(cell)
    return [sources(g.hasil, by_code.get(g.kode(per), []), slots) for g in groups]
