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
from skm.intake.privacy import clean_saran, mask
from skm.intake.processing import LABEL_START, Ringkas, SummaryRows, compare, summary_kind
from skm.intake.sheets import Bentuk, Berkas, Sel, cell_text, is_blank
from skm.intake.values import AnswerReader, ProfileReader, is_unanswered
from skm.jawaban import KOSONG, Jawaban
from skm.pesan import SkmError
from skm.survei import Survei

STEP = 10_000
"""Rows between two reports of progress."""
_NO_CODE = {"layanan": "layanan-kode-tak-ada", "titik": "titik-kode-tak-ada"}
_UNKNOWN = {"layanan": "layanan-tak-dikenal", "titik": "titik-tak-dikenal"}
_NO_SARAN = frozenset(["tidak ada", "tdk ada", "tidak ada saran", "nihil", "belum ada"])

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
        self.summary = SummaryRows(self._unsur_columns())
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
        try:
            nilai = self.known[cells]
        except KeyError:
            nilai = self._remember(cells)
        unclear = nilai is None or nilai == self.blank
        if (unclear or _may_be_label(row)) and self._passed_over(number, row, cells, nilai):
            return
        faults = self._answers(row, nilai) if unclear else []
        if self.csv and len(row) > self.width and any(map(str.strip, map(str, row[self.width :]))):
            faults.append((None, row[self.width], "baris-kelebihan-sel", (("lebar", self.width),)))
        self._finish(number, row, nilai or "", faults)

    def _remember(self, cells: tuple[Sel, ...]) -> str | None:
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
            self.summary.add(kind, number, row)
            return True
        if self.summary.baris and answered < min(2, len(cells)):
            return True  # notes under the summary
        if nilai is None and self._is_header(number, cells):
            return True
        if self.nomor is not None and filled == [self.nomor.indeks]:
            self.found.warn("baris-hanya-nomor", self.nomor.nama, "", number)
            return True
        return False

    def _answered(self, cells: tuple[Sel, ...]) -> int:
        pairs = zip(self.questions, cells, strict=True)
        return sum(reader.read(c) not in (None, KOSONG) for (_, reader), c in pairs)

    def _is_header(self, number: int, cells: tuple[Sel, ...]) -> bool:
        same = sum(
            bool(title) and isinstance(c, str) and fold(c) == title
            for c, title in zip(cells, self.titles, strict=True)
        )
        if same * 2 > len(cells):
            self.found.warn("judul-terulang", "", "", number)
            return True
        # A second header row right under the first: U1, U2, … or (1), (2), …
        if number > self.pemetaan.baris_judul + 2:
            return False
        texts = [fold(cell_text(c)) for c in cells]
        numbers = {t.removeprefix("u") for t in texts}
        return len(texts) > 4 and numbers == {str(i) for i in range(1, len(texts) + 1)}

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
            self.found.reject(number, row, faults)
            return
        self.found.accept(
            number,
            Jawaban(
                nilai=nilai,
                periode=moment.periode,
                waktu=moment.waktu,
                layanan=layanan,
                titik=titik,
                profil=self._read_profile(number, row) if self.profil else (),
                saran=self._read_saran(row) if self.saran else None,
                identitas=self._identity(row, moment.jam),
            ),
        )

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

    def _read_saran(self, row: Sequence[Sel]) -> str | None:
        parts = []
        for column in self.saran:
            cell = row[column.indeks]
            if cell and not is_unanswered(cell) and fold(text := cell_text(cell)) not in _NO_SARAN:
                parts.append(text)
        return clean_saran("; ".join(parts)) if parts else None

    def _identity(self, row: Sequence[Sel], jam: str | None) -> str | None:
        if self.nomor is None and self.moments.stamp is None:
            return jam
        nomor = cell_text(row[self.nomor.indeks]).strip() if self.nomor else ""
        if nomor and (len(nomor) > 60 or mask(nomor) != nomor):
            nomor = ""  # a NIK or phone number in the place of a running number
        if jam is None and self.moments.stamp is not None:
            jam = shown(row[self.moments.stamp.indeks])
        return " ".join(part for part in (nomor, jam) if part) or None

    def result(self) -> Pemeriksaan:
        """Return everything that was found."""
        accepted = tuple(self.found.diterima)
        utuh = not self.found.baris
        return Pemeriksaan(
            diterima=accepted,
            nomor_baris=tuple(self.found.nomor),
            ditolak=tuple(self.found.ditolak),
            baris_ditolak=tuple(self.found.baris),
            peringatan=self.found.warnings(),
            tak_dikenal=(*self.layanan[1].unknown, *self.titik[1].unknown),
            kolom_pribadi=tuple(k for k in self.pemetaan.kolom if k.tujuan == "pribadi"),
            pembanding=compare(self.summary, accepted, self.survei, utuh=utuh)
            if self.summary.baris
            else None,
        )


def _may_be_label(row: Sequence[Sel]) -> bool:
    """Return whether the first filled cell may start a summary row; most rows say no at once."""
    first = row[0]
    if not first:
        first = next((c for c in row if not is_blank(c)), None)
    return isinstance(first, str) and LABEL_START.match(first) is not None
