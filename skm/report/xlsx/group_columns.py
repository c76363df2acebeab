"""The columns of the sheets "Layanan" and "Titik", the same in every period's table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from skm.rekap import Slot
from skm.report.xlsx.formulas import area, at, fixed_area

NO, NAMA, RESPONDEN, IKM, MUTU, KINERJA, UNSUR = range(7)


@dataclass(frozen=True, slots=True)
class KolomKelompok:
    """First what is read, with the IKM of each unsur; then what it comes from.

    `slot` are questions of unsur that have several.
    """

    ikm: Mapping[str, int]
    nrr: Mapping[str, int]
    slot: Mapping[Slot, int]
    faktor: int
    nilai: int

    def nrr_cells(self, baris: int) -> str:
        """Return the cells of the NRR of all unsur in a line."""
        return area((baris, min(self.nrr.values())), (baris, max(self.nrr.values())))

    def ikm_cells(self, baris: int) -> str:
        """Return the cells of the IKM of all unsur in a line."""
        return area((baris, min(self.ikm.values())), (baris, max(self.ikm.values())))

    def weights(self, baris: int) -> str:
        """Return the weights, which stand over the NRR, so that copying does not move them."""
        return fixed_area((baris, min(self.nrr.values())), (baris, max(self.nrr.values())))

    def questions(self, baris: int, kode: str) -> list[str]:
        """Return the cells of an unsur's questions; none where it has only one."""
        return [at(baris, column) for slot, column in self.slot.items() if slot.kode == kode]


def plan_columns(codes: Sequence[str], slots: Sequence[Slot]) -> KolomKelompok:
    """Return the columns for these unsur and questions."""
    several = [s for s in slots if sum(other.kode == s.kode for other in slots) > 1]
    nrr = UNSUR + len(codes)
    after = nrr + len(codes)
    return KolomKelompok(
        ikm={kode: i for i, kode in enumerate(codes, start=UNSUR)},
        nrr={kode: i for i, kode in enumerate(codes, start=nrr)},
        slot={slot: i for i, slot in enumerate(several, start=after)},
        faktor=after + len(several),
        nilai=after + len(several) + 1,
    )
