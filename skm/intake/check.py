"""Check every row of a mapped sheet: accepted answers, and all faults of the file at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice
from operator import itemgetter

from skm.intake.findings import Opsi, Pemeriksaan
from skm.intake.fold import fold
from skm.intake.gather import Fault, Gathered
from skm.intake.mapping import Kolom, Pemetaan
from skm.intake.moments import MomentReader
from skm.intake.places import PlaceReader, shown
from skm.intake.processing import Ringkas, SummaryRows, compare, may_be_label, summary_kind
from skm.intake.repeated import repeats_header
from skm.intake.running import identity
from skm.intake.sheets import Bentuk, Berkas, Sel, cell_text, is_blank
from skm.intake.values import AnswerReader, ProfileReader, join_saran
from skm.intake.waiting import Baris, Waiting, holds_answers
from skm.jawaban import KOSONG, Jawaban
from skm.periode import Periode
from skm.pesan import SkmError
from skm.survei import Survei

STEP = 10_000
"""Rows between two reports of progress."""
_NO_CODE = {"layanan": "layanan-kode-tak-ada", "titik": "titik-kode-tak-ada"}
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
    for number, row in enumerate(islice(rows, first, None), start=first + 1):
        checker.take(number, row)
        if kemajuan is not None and (number - first) % STEP == 0:
            kemajuan(number - first, total)
    if kemajuan is not None:
        kemajuan(total, total)
    return checker.result()


class _Checker:
    def __init__(self, berkas: Berkas, pemetaan: Pemetaan, survei: Survei, opsi: Opsi) -> None:
        self.pemetaan, self.survei, self.opsi = pemetaan, survei, opsi
        self.csv = berkas.bentuk is Bentuk.CSV
        self.found = Gathered(pemetaan)
        self.width = len(pemetaan.kolom)
        asked = [(p, pemetaan.column(p.kode)) for p in survei.kuesioner.pertanyaan]
        self.questions = [(k, AnswerReader(p)) for p, k in asked if k is not None]
        self.places_in_nilai = [i for i, (_, k) in enumerate(asked) if k is not None]
        self.blank = KOSONG * len(asked)
        indices = [k.indeks for k, _ in self.questions]
        self.pick = itemgetter(*indices) if len(indices) > 1 else lambda row: (row[indices[0]],)
        self.known: dict[tuple[Sel, ...], str | None] = {}
        self.layanan = self._place("layanan", opsi.layanan)
        self.titik = self._place("titik", opsi.titik)
        self.profil = [
            (k, ProfileReader(p)) for p in survei.profil if (k := pemetaan.column(p.kode))
        ]
        self.saran = [k for k in pemetaan.kolom if k.tujuan == "saran"]
        self.nomor = pemetaan.column("nomor")
        self.moments = MomentReader(pemetaan, survei, opsi)
        dated = self.moments.day is not None or self.moments.clock is not None
        self.bare = not dated and self.nomor is None and self.moments.stamp is None
        self.shared: dict[tuple[str, str | None, str | None], Jawaban] = {}
        self.summary = SummaryRows(self._unsur_columns())
        self.waiting = Waiting()
        self.titles = tuple(fold(k.judul) for k, _ in self.questions)

    def _place(self, jenis: str, default: str | None) -> tuple[Kolom | None, PlaceReader]:
        daftar = self.survei.layanan if jenis == "layanan" else self.survei.titik
        if default is not None and default not in {item.kode for item in daftar}:
            raise SkmError(_NO_CODE[jenis], kode=default)
        reader = PlaceReader(jenis, daftar, self.opsi.padanan)
        return self.pemetaan.column(jenis), reader

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
        self.moments.begin(rows)
        for column in self.moments.suspect:
            self.found.warn("tanggal-mungkin-tertukar", column.nama, "", 0)
        for kode in self.pemetaan.belum:
            self.found.warn("pertanyaan-tanpa-kolom", self.pemetaan.label(kode), "", 0)
        if self.moments.missing:
            self.found.reject_file("periode-belum-dipilih")

    def take(self, number: int, row: Sequence[Sel]) -> None:
        """Accept a row, reject it, or pass over it: empty, a summary, or the header again."""
        if len(row) < self.width:
            row = [*row, *[""] * (self.width - len(row))]
        cells = self.pick(row)
        nilai = self._remember(cells)
        unclear = nilai is None or nilai == self.blank
        if (unclear or may_be_label(row)) and self._passed_over(number, row, cells, nilai):
            return
        if self.waiting.baris:
            self._take_held(self.waiting.release())
        self._take_respondent(number, row, nilai)

    def _take_respondent(self, number: int, row: Sequence[Sel], nilai: str | None) -> None:
        unclear = nilai is None or nilai == self.blank
        faults = self._answers(row, nilai) if unclear else []
        if self.csv and len(row) > self.width and any(map(str.strip, map(str, row[self.width :]))):
            faults.append((None, row[self.width], "baris-kelebihan-sel", (("lebar", self.width),)))
        self._finish(number, row, nilai or "", faults)

    def _take_held(self, rows: Sequence[Baris]) -> None:
        for held in rows:
            if held.jenis not in (None, Ringkas.LAIN) and not held.tempat:
                self.found.warn("responden-berjudul", "", shown(held.label), held.nomor)
            self._take_respondent(held.nomor, held.sel, self._remember(self.pick(held.sel)))

    def _remember(self, cells: tuple[Sel, ...]) -> str | None:
        try:
            return self.known[cells]
        except KeyError:
            pass
        marks = [reader.read(c) for (_, reader), c in zip(self.questions, cells, strict=True)]
        nilai: str | None = None
        if None not in marks:
            whole = [KOSONG] * len(self.blank)
            for at, mark in zip(self.places_in_nilai, marks, strict=True):
                whole[at] = mark or KOSONG
            nilai = "".join(whole)
        if len(self.known) < 500_000:
            self.known[cells] = nilai
        return nilai

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
        if self.nomor is not None and filled == [self.nomor.indeks]:
            self.found.warn("baris-hanya-nomor", self.nomor.nama, "", number)
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
            column is not None and column.indeks == indeks and reader.knows(sel)
            for column, reader in (self.layanan, self.titik)
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
        pairs = zip(self.questions, cells, strict=True)
        return sum(reader.read(c) not in (None, KOSONG) for (_, reader), c in pairs)

    def _answers(self, row: Sequence[Sel], nilai: str | None) -> list[Fault]:
        if nilai is not None:
            return [(None, None, "tidak-ada-jawaban", ())]
        return [
            (k, row[k.indeks], "jawaban-salah", ())
            for k, reader in self.questions
            if reader.read(row[k.indeks]) is None
        ]

    def _finish(self, number: int, row: Sequence[Sel], nilai: str, faults: list[Fault]) -> None:
        layanan = self._read_place(self.layanan, self.opsi.layanan, row, faults)
        titik = self._read_place(self.titik, self.opsi.titik, row, faults)
        moment = self.moments.read(row)
        if moment.kode is not None:
            column, extra = moment.kolom, (("periode", self.moments.label),)
            faults.append((column, row[column.indeks] if column else None, moment.kode, extra))
        if faults or self.moments.missing:
            self.found.reject(number, self.moments.understood(row), faults)
            return
        profil = self._read_profile(number, row) if self.profil else ()
        saran = join_saran(row[k.indeks] for k in self.saran) if self.saran else None
        if self.bare and not (profil or saran):
            self.found.accept(number, self._alike(nilai, moment.periode, layanan, titik))
            return
        identitas = self._identity(row, moment.jam)
        self.found.accept(
            number,
            Jawaban(nilai, moment.periode, moment.waktu, layanan, titik, profil, saran, identitas),
        )

    def _alike(
        self, nilai: str, periode: Periode | None, layanan: str | None, titik: str | None
    ) -> Jawaban:
        """Return an answer without time, number, profile or remark: all alike are one object."""
        key = (nilai, layanan, titik)
        answer = self.shared.get(key)
        if answer is None:
            answer = self.shared[key] = Jawaban(nilai, periode, None, layanan, titik)
        return answer

    def _read_place(
        self,
        place: tuple[Kolom | None, PlaceReader],
        default: str | None,
        row: Sequence[Sel],
        faults: list[Fault],
    ) -> str | None:
        column, reader = place
        if column is None:
            return default
        cell = row[column.indeks]
        kode = reader.read(cell)
        if kode is None:
            faults.append((column, cell, _UNKNOWN[reader.jenis], ()))
        return kode or default

    def _read_profile(self, number: int, row: Sequence[Sel]) -> tuple[tuple[str, str], ...]:
        found = []
        for column, reader in self.profil:
            value = reader.read(row[column.indeks])
            if value is None:
                self.found.warn(
                    "profil-tak-dikenal", column.nama, shown(row[column.indeks]), number
                )
            elif value:
                found.append((reader.profil.kode, value))
        return tuple(found)

    def _identity(self, row: Sequence[Sel], jam: str | None) -> str | None:
        if self.nomor is None and self.moments.stamp is None:
            return jam
        nomor = cell_text(row[self.nomor.indeks]) if self.nomor else ""
        return identity(nomor, jam or self.moments.stamped(row))

    def result(self) -> Pemeriksaan:
        """Return everything that was found."""
        self._settle()
        accepted = tuple(self.found.diterima)
        utuh = not self.found.baris
        return Pemeriksaan(
            diterima=accepted,
            nomor_baris=tuple(self.found.nomor),
            ditolak=tuple(self.found.ditolak),
            baris_ditolak=tuple(self.found.baris),
            peringatan=(*self.moments.said(), *self.found.warnings()),
            tak_dikenal=(*self.layanan[1].unknown, *self.titik[1].unknown),
            kolom_pribadi=tuple(k for k in self.pemetaan.kolom if k.tujuan == "pribadi"),
            pembanding=compare(self.summary, accepted, self.survei, utuh=utuh)
            if self.summary.baris
            else None,
        )
