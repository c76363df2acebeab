"""Results by layanan, titik, channel and period, the same from a file as from the store."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from skm.agregasi import Aturan, HasilPeriode, compute_period, compute_pooled
from skm.periode import Jenis, Periode, period_of
from skm.pesan import SkmError
from skm.rekap import Cell, SkorCell, group_cells


class Per(StrEnum):
    """What results can be split by."""

    LAYANAN = "layanan"
    TITIK = "titik"
    KANAL = "kanal"
    TRIWULAN = "triwulan"
    SEMESTER = "semester"
    TAHUN = "tahun"


WAKTU = {
    Per.TRIWULAN: Jenis.TRIWULAN,
    Per.SEMESTER: Jenis.SEMESTER,
    Per.TAHUN: Jenis.TAHUN,
}


@dataclass(frozen=True, slots=True)
class Kelompok:
    """One group's result. `kunci` are (dimension, code): a layanan's code, a period's code.

    The code is None where the answers do not say.
    """

    kunci: tuple[tuple[Per, str | None], ...]
    hasil: HasilPeriode

    def kode(self, per: Per) -> str | None:
        """Return the group's code in one dimension."""
        return dict(self.kunci).get(per)


def group_results(
    cells: Sequence[Cell], aturan: Aturan, periode: Periode | None, per: Sequence[Per] = ()
) -> list[Kelompok]:
    """Return a result per combination of `per`; without `per` one result of all.

    With a dimension of time each period inside `periode` (or found in the cells) has its own
    result; without one the result is of `periode`, or pooled where that is None.
    Raises SkmError `per-satu-waktu` for two dimensions of time.
    """
    times = [p for p in per if p in WAKTU]
    places = [p for p in per if p not in WAKTU]
    if len(times) > 1:
        raise SkmError("per-satu-waktu", pilihan=" dan ".join(times))
    groups = group_cells(cells, lambda c: tuple(place(c, p) for p in places))
    if not places:
        groups.setdefault((), [])
    rows = []
    for codes, members in groups.items():
        for time_code, result in _over_time(members, aturan, periode, times):
            keys = dict(zip(places, codes, strict=True))
            if times:
                keys[times[0]] = time_code
            rows.append(Kelompok(tuple((p, keys[p]) for p in per), result))
    return rows


def place(cell: Cell | SkorCell, per: Per) -> str | None:
    """Return the code of the layanan, titik or kanal that a cell is of."""
    match per:
        case Per.LAYANAN:
            return cell.layanan
        case Per.TITIK:
            return cell.titik
        case _:
            return cell.kanal


def _over_time(
    cells: Sequence[Cell], aturan: Aturan, periode: Periode | None, times: Sequence[Per]
) -> Iterable[tuple[str | None, HasilPeriode]]:
    if not times:
        whole = compute_period(cells, periode, aturan) if periode else compute_pooled(cells, aturan)
        yield None, whole
        return
    inside = [c for c in cells if periode is None or (c.periode and periode.contains(c.periode))]
    undated = [c for c in inside if c.periode is None]
    for found in periods_in(inside, WAKTU[times[0]]):
        yield found.kode, compute_period(inside, found, aturan)
    if undated:
        yield None, compute_pooled(undated, aturan)


def periods_in(cells: Iterable[Cell], jenis: Jenis) -> list[Periode]:
    """Return the periods of kind `jenis` that hold the cells, in order.

    Answers known only by a longer period stand under that one, never left out.
    """
    found = set()
    for cell in cells:
        if cell.periode and cell.responden:
            longer = cell.periode.jenis.value > jenis.value
            found.add(cell.periode if longer else period_of(cell.periode.mulai, jenis))
    return sorted(found)
