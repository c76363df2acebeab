"""How each column of a mapped sheet is read: its marks, places, profile, remarks and moments."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from skm.intake.findings import Opsi
from skm.intake.mapping import Kolom, Pemetaan
from skm.intake.moments import Momen, MomentReader
from skm.intake.once import Once
from skm.intake.places import PlaceReader
from skm.intake.running import identity
from skm.intake.sheets import Bentuk, Berkas, Sel, cell_text
from skm.intake.values import AnswerReader, ProfileReader, join_saran
from skm.jawaban import KOSONG, Jawaban
from skm.pesan import SkmError
from skm.survei import Survei

Cells = tuple[Sel, ...]
Profil = tuple[tuple[str, str], ...]

_NO_CODE = {"layanan": "layanan-kode-tak-ada", "titik": "titik-kode-tak-ada"}
_MARKS = 500_000
"""So many different answers are remembered: nine questions have few that people give."""
_SARAN = 5_000


@dataclass(frozen=True, slots=True)
class Place:
    """The column of the layanan or titik (None if there is none), and the code for a blank."""

    kolom: Kolom | None
    reader: PlaceReader
    baku: str | None


class SheetReader:
    """The readers of a mapped sheet's columns, for one row or for many.

    Raises SkmError `layanan-kode-tak-ada`, `titik-kode-tak-ada`.
    """

    def __init__(self, berkas: Berkas, pemetaan: Pemetaan, survei: Survei, opsi: Opsi) -> None:
        self.csv = berkas.bentuk is Bentuk.CSV
        self.width = len(pemetaan.kolom)
        asked = [(p, pemetaan.column(p.kode)) for p in survei.kuesioner.pertanyaan]
        self.questions = [(k, AnswerReader(p)) for p, k in asked if k is not None]
        self._places_in_nilai = [i for i, (_, k) in enumerate(asked) if k is not None]
        self.blank = KOSONG * len(asked)
        self.pick = _picker([k.indeks for k, _ in self.questions])
        self.marks: Once[Cells, str | None] = Once(self._read_marks, _MARKS)
        self.layanan = _place("layanan", pemetaan, survei, opsi)
        self.titik = _place("titik", pemetaan, survei, opsi)
        self.profil = [
            (k, ProfileReader(p)) for p in survei.profil if (k := pemetaan.column(p.kode))
        ]
        self.profiles: Once[Cells, Profil | None] = Once(self._read_profile)
        self.saran = [k for k in pemetaan.kolom if k.tujuan == "saran"]
        self.remarks: Once[Cells, str | None] = Once(join_saran, _SARAN)
        self.nomor = pemetaan.column("nomor")
        self.moments = MomentReader(pemetaan, survei, opsi)
        dated = self.moments.day is not None or self.moments.clock is not None
        self.bare = not dated and self.nomor is None and self.moments.stamp is None
        self._alike: dict[tuple[str, str | None, str | None], Jawaban] = {}

    def evened(self, row: Sequence[Sel]) -> Sequence[Sel]:
        """Return a row with as many cells as the sheet has columns."""
        short = self.width - len(row)
        if not short:
            return row
        return row[: self.width] if short < 0 else [*row, *[""] * short]

    def is_too_long(self, row: Sequence[Sel]) -> bool:
        """Return whether a row of a CSV has cells past the last column, be they empty."""
        return self.csv and len(row) > self.width

    def identity(self, nomor: Sel, jam: str | None, stamp: Sel) -> str | None:
        """Return what tells a row from others; `stamp` is the cell that says when it was sent."""
        if self.nomor is None and self.moments.stamp is None:
            return jam
        return identity(cell_text(nomor), jam or self.moments.stamped(stamp))

    def answer(
        self,
        nilai: str,
        moment: Momen,
        places: tuple[str | None, str | None],
        profil: Profil,
        saran: str | None,
        identitas: str | None,
    ) -> Jawaban:
        """Return an answer; all alike without time, number, profile or remark are one object."""
        if not self.bare or profil or saran:
            return Jawaban(nilai, moment.periode, moment.waktu, *places, profil, saran, identitas)
        key = (nilai, *places)
        answer = self._alike.get(key)
        if answer is None:
            answer = self._alike[key] = Jawaban(nilai, moment.periode, None, *places)
        return answer

    def _read_marks(self, cells: Cells) -> str | None:
        """Return the marks of a row; None where one of its cells is no answer."""
        marks = [reader.read(c) for (_, reader), c in zip(self.questions, cells, strict=True)]
        if None in marks:
            return None
        whole = [KOSONG] * len(self.blank)
        for at, mark in zip(self._places_in_nilai, marks, strict=True):
            whole[at] = mark or KOSONG
        return "".join(whole)

    def _read_profile(self, cells: Cells) -> Profil | None:
        """Return the profile of a row; None where a value of it is unknown."""
        found = []
        for (_, reader), cell in zip(self.profil, cells, strict=True):
            value = reader.read(cell)
            if value is None:
                return None
            if value:
                found.append((reader.profil.kode, value))
        return tuple(found)


def _picker(indices: Sequence[int]) -> Callable[[Sequence[Sel]], Cells]:
    """Return what takes some cells of a row."""
    return itemgetter(*indices) if len(indices) > 1 else lambda row: (row[indices[0]],)


def _place(jenis: str, pemetaan: Pemetaan, survei: Survei, opsi: Opsi) -> Place:
    daftar = survei.layanan if jenis == "layanan" else survei.titik
    baku = opsi.layanan if jenis == "layanan" else opsi.titik
    if baku is not None and baku not in {item.kode for item in daftar}:
        raise SkmError(_NO_CODE[jenis], kode=baku)
    return Place(pemetaan.column(jenis), PlaceReader(jenis, daftar, opsi.padanan), baku)
