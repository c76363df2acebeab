"""Check every row of a mapped sheet: accepted answers, and all faults of the file at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from skm.intake.findings import Opsi, Pemeriksaan
from skm.intake.fold import fold
from skm.intake.gather import Fault, Gathered
from skm.intake.mapping import Pemetaan
from skm.intake.places import shown
from skm.intake.plain import PlainRows
from skm.intake.processing import Ringkas, SummaryRows, compare, may_be_label, summary_kind
from skm.intake.reader import Place, Profil, SheetReader
from skm.intake.repeated import repeats_header
from skm.intake.sheets import Berkas, Sel, is_blank
from skm.intake.waiting import Baris, Waiting, holds_answers
from skm.jawaban import KOSONG
from skm.pesan import SkmError
from skm.survei import Survei

STEP = 10_000
"""Rows that are read together, and between two reports of progress."""
_UNKNOWN = {"layanan": "layanan-tak-dikenal", "titik": "titik-tak-dikenal"}

Kemajuan = Callable[[int, int], None]


def check(
    berkas: Berkas,
    pemetaan: Pemetaan,
    survei: Survei,
    opsi: Opsi,
    kemajuan: Kemajuan | None = None,
) -> Pemeriksaan:
    """Return the accepted answers, the faults and the warnings of one sheet.

    `kemajuan` is called with (rows done, rows in all). Raises SkmError `pemetaan-bermasalah`,
    `layanan-kode-tak-ada`, `titik-kode-tak-ada`.
    """
    if pemetaan.masalah:
        raise SkmError("pemetaan-bermasalah", isi=" ".join(b.pesan for b in pemetaan.masalah))
    rows = berkas.sheet(pemetaan.lembar).baris
    checker = _Checker(berkas, pemetaan, survei, opsi)
    checker.begin(rows)
    first = pemetaan.baris_judul
    total = max(0, len(rows) - first)
    for done in range(0, total, STEP):
        start = first + done
        checker.take_all(start + 1, rows[start : start + STEP])
        if kemajuan is not None and done + STEP <= total:
            kemajuan(done + STEP, total)
    if kemajuan is not None:
        kemajuan(total, total)
    return checker.result()


class _Checker:
    def __init__(self, berkas: Berkas, pemetaan: Pemetaan, survei: Survei, opsi: Opsi) -> None:
        self.pemetaan, self.survei = pemetaan, survei
        self.reader = SheetReader(berkas, pemetaan, survei, opsi)
        self.plain = PlainRows(self.reader)
        self.found = Gathered(pemetaan)
        self.summary = SummaryRows(self._unsur_columns())
        self.waiting = Waiting()
        self.titles = tuple(fold(k.judul) for k, _ in self.reader.questions)

    def _unsur_columns(self) -> dict[str, int]:
        counts = [slot.kode for slot in self.survei.slots()]
        asked = zip(counts, self.survei.kuesioner.pertanyaan, strict=True)
        return {
            kode: column.indeks
            for kode, question in asked
            if counts.count(kode) == 1 and (column := self.pemetaan.column(question.kode))
        }

    def begin(self, rows: Sequence[Sequence[Sel]]) -> None:
        """Look over the columns that are read as a whole, and say what holds for the file."""
        self.reader.moments.begin(rows)
        for column in self.reader.moments.suspect:
            self.found.warn("tanggal-mungkin-tertukar", column.nama, "", 0)
        for kode in self.pemetaan.belum:
            self.found.warn("pertanyaan-tanpa-kolom", self.pemetaan.label(kode), "", 0)
        if self.reader.moments.missing:
            self.found.reject_file("periode-belum-dipilih")

    def take_all(self, first: int, rows: Sequence[Sequence[Sel]]) -> None:
        """Take rows that follow each other, the first of them the `first`-th of the sheet."""
        answers = self.plain.read(rows)
        for number, (row, answer) in enumerate(zip(rows, answers, strict=True), start=first):
            if answer is None or self.waiting.baris:
                self.take(number, row)
            else:
                self.found.accept(number, answer)

    def take(self, number: int, row: Sequence[Sel]) -> None:
        """Accept a row, reject it, or pass over it: empty, a summary, or the header again."""
        if len(row) < self.reader.width:
            row = self.reader.evened(row)
        cells = self.reader.pick(row)
        nilai = self.reader.marks[cells]
        unclear = nilai is None or nilai == self.reader.blank
        if (unclear or may_be_label(row)) and self._passed_over(number, row, cells, nilai):
            return
        if self.waiting.baris:
            self._take_held(self.waiting.release())
        self._take_respondent(number, row, nilai)

    def _take_respondent(self, number: int, row: Sequence[Sel], nilai: str | None) -> None:
        unclear = nilai is None or nilai == self.reader.blank
        faults = self._answers(row, nilai) if unclear else []
        width = self.reader.width
        if self.reader.is_too_long(row) and any(map(str.strip, map(str, row[width:]))):
            faults.append((None, row[width], "baris-kelebihan-sel", (("lebar", width),)))
        self._finish(number, row, nilai or "", faults)

    def _take_held(self, rows: Sequence[Baris]) -> None:
        for held in rows:
            if held.jenis not in (None, Ringkas.LAIN) and not held.tempat:
                self.found.warn("responden-berjudul", "", shown(held.label), held.nomor)
            self._take_respondent(
                held.nomor, held.sel, self.reader.marks[self.reader.pick(held.sel)]
            )

    def _passed_over(
        self, number: int, row: Sequence[Sel], cells: tuple[Sel, ...], nilai: str | None
    ) -> bool:
        filled = [i for i, c in enumerate(row) if not is_blank(c)]
        if not filled:
            return True
        lead = row[filled[0]]
        kind = summary_kind(lead) if isinstance(lead, str) else None
        answered = self._answered(cells)
        if kind is not None and not (kind is Ringkas.CATATAN and answered > 1):
            mine = answered > 0 and fold(str(lead)) in self.waiting.milik
            if mine or holds_answers(kind, str(lead), cells, answered):
                self.waiting.baris.append(Baris(number, row, kind, self._is_place(filled[0], lead)))
            else:
                self._pass_summary(kind, number, row)
            return True
        if answered < min(2, len(cells)) and self._is_note(number, row):
            return True
        second = number <= self.pemetaan.baris_judul + 2
        if nilai is None and repeats_header(cells, self.titles, second=second):
            self.found.warn("judul-terulang", "", "", number)
            return True
        nomor = self.reader.nomor
        if nomor is not None and filled == [nomor.indeks]:
            self.found.warn("baris-hanya-nomor", nomor.nama, "", number)
            return True
        return False

    def _is_note(self, number: int, row: Sequence[Sel]) -> bool:
        """Return whether a row of few answers stands under a summary."""
        if self.waiting.baris:
            self.waiting.baris.append(Baris(number, row))
        elif self.summary.baris:
            self.found.warn("baris-ringkasan", "", "", number)
        return bool(self.waiting.baris or self.summary.baris)

    def _pass_summary(self, kind: Ringkas, number: int, row: Sequence[Sel]) -> None:
        self.summary.add(kind, number, row)
        self.found.warn("baris-ringkasan", "", "", number)

    def _is_place(self, indeks: int, sel: Sel) -> bool:
        return any(
            place.kolom is not None and place.kolom.indeks == indeks and place.reader.knows(sel)
            for place in (self.reader.layanan, self.reader.titik)
        )

    def _settle(self) -> None:
        """Decide at the end about the rows that wait: respondents, or the summary below them."""
        people, summary = self.waiting.settle(above=bool(self.found.nomor or self.found.baris))
        self._take_held(people)
        for held in summary:
            if held.jenis is None:
                self.found.warn("baris-ringkasan", "", "", held.nomor)
            else:
                self.summary.add(held.jenis, held.nomor, held.sel)
                self.found.warn("ringkasan-berisi-jawaban", "", shown(held.label), held.nomor)

    def _answered(self, cells: tuple[Sel, ...]) -> int:
        pairs = zip(self.reader.questions, cells, strict=True)
        return sum(reader.read(c) not in (None, KOSONG) for (_, reader), c in pairs)

    def _answers(self, row: Sequence[Sel], nilai: str | None) -> list[Fault]:
        if nilai is not None:
            return [(None, None, "tidak-ada-jawaban", ())]
        return [
            (k, row[k.indeks], "jawaban-salah", ())
            for k, reader in self.reader.questions
            if reader.read(row[k.indeks]) is None
        ]

    def _finish(self, number: int, row: Sequence[Sel], nilai: str, faults: list[Fault]) -> None:
        reader = self.reader
        places = (
            self._read_place(reader.layanan, row, faults),
            self._read_place(reader.titik, row, faults),
        )
        moment = reader.moments.read(row)
        if moment.kode is not None:
            column, extra = moment.kolom, (("periode", reader.moments.label),)
            faults.append((column, row[column.indeks] if column else None, moment.kode, extra))
        if faults or reader.moments.missing:
            self.found.reject(number, reader.moments.understood(row), faults)
            return
        profil = self._read_profile(number, row)
        saran = reader.remarks[tuple([row[k.indeks] for k in reader.saran])]
        nomor, stamp = (
            row[column.indeks] if column else "" for column in (reader.nomor, reader.moments.stamp)
        )
        identitas = reader.identity(nomor, moment.jam, stamp)
        answer = reader.answer(nilai, moment, places, profil, saran, identitas)
        self.found.accept(number, answer)

    def _read_place(self, place: Place, row: Sequence[Sel], faults: list[Fault]) -> str | None:
        if place.kolom is None:
            return place.baku
        cell = row[place.kolom.indeks]
        kode = place.reader.read(cell)
        if kode is None:
            faults.append((place.kolom, cell, _UNKNOWN[place.reader.jenis], ()))
        return kode or place.baku

    def _read_profile(self, number: int, row: Sequence[Sel]) -> Profil:
        found = []
        for column, reader in self.reader.profil:
            cell = row[column.indeks]
            value = reader.read(cell)
            if value is None:
                self.found.warn("profil-tak-dikenal", column.nama, shown(cell), number)
            elif value:
                found.append((reader.profil.kode, value))
        return tuple(found)

    def result(self) -> Pemeriksaan:
        """Return everything that was found."""
        self._settle()
        reader = self.reader
        accepted = tuple(self.found.diterima)
        utuh = not self.found.baris
        return Pemeriksaan(
            diterima=accepted,
            nomor_baris=tuple(self.found.nomor),
            ditolak=tuple(self.found.ditolak),
            baris_ditolak=tuple(self.found.baris),
            peringatan=(*reader.moments.said(), *self.found.warnings()),
            tak_dikenal=(*reader.layanan.reader.unknown, *reader.titik.reader.unknown),
            kolom_pribadi=tuple(k for k in self.pemetaan.kolom if k.tujuan == "pribadi"),
            pembanding=compare(self.summary, accepted, self.survei, utuh=utuh)
            if self.summary.baris
            else None,
        )
