"""The sheet "Ringkasan": what the workbook is, what it comes to, and where everything stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from skm.analysis.tables import TANPA
from skm.periode import Periode
from skm.report.buku import BukuKerja
from skm.report.xlsx.block import FIRST, Blok
from skm.report.xlsx.charts import bar_chart, line_chart
from skm.report.xlsx.formulas import at
from skm.report.xlsx.method import method_sentences
from skm.report.xlsx.sheet import Lembar, Nilai, capitalised
from skm.report.xlsx.styles import ROW_PIXELS

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

NAMA = "Ringkasan"
WIDTHS = (32.0, 14.0, 12.0, 10.0, 18.0, 46.0)
LAST = len(WIDTHS) - 1
CHART_ROWS, LARGE_POINTS = 20, 36.0
ALONE, BESIDE, SECOND = 930, 540, 380
"""Widths of the charts in pixels: the bars alone, the bars beside the line, the line."""


class PenulisRingkasan:
    """Writes the sheet from above; `ikm` is the sheet that its figures come from."""

    def __init__(
        self, lembar: Lembar, buku: BukuKerja, ikm: Lembar, bloks: Mapping[Periode, Blok]
    ) -> None:
        self._lembar, self._buku, self._ikm = lembar, buku, ikm
        self._blok = bloks[buku.periode]
        self._bloks = sorted(bloks.values(), key=lambda b: bool(b.node.bagian))
        self._row = 3

    def write(self, book: Workbook, isi: Sequence[tuple[str, str]]) -> None:
        """Write everything; `isi` are the workbook's sheets with what they hold."""
        lembar, metode = self._lembar, self._blok.hasil.metode
        lembar.widths(WIDTHS)
        lembar.title(self._buku.survei.judul, "Buku kerja pemeriksaan: dari jawaban sampai IKM.")
        self._facts()
        self._figures()
        self._charts(book, self._periods())
        self._sentences(f"Metode {metode.label}", method_sentences(metode))
        self._sheets(isi)

    def _from_ikm(self, row: int) -> str:
        return f"={self._ikm.ref(row, FIRST)}"

    def _facts(self) -> None:
        lembar, gaya, buku = self._lembar, self._lembar.gaya, self._buku
        facts = (
            ("Unit pelayanan", buku.survei.unit),
            ("Instansi", buku.survei.instansi),
            ("Periode", buku.periode.label),
            ("Keadaan", buku.keadaan),
            ("SHA-256 arsip", buku.sha256 or TANPA),
        )
        for label, value in facts:
            lembar.text(self._row, 0, label, gaya.biasa)
            lembar.text(self._row, 1, value, gaya.isi)
            self._row += 1
        self._row += 1

    def _figures(self) -> None:
        """Write the period's figures large, and whether they are still those of the report."""
        lembar, gaya, blok, row = self._lembar, self._lembar.gaya, self._blok, self._row
        hasil = blok.hasil
        large: tuple[tuple[str, int, Nilai, Format], ...] = (
            ("IKM unit pelayanan", blok.unit, hasil.ikm, gaya.ikm_besar),
            ("Mutu", blok.unit + 1, hasil.mutu, gaya.huruf_besar),
            ("Kinerja", blok.unit + 2, hasil.kinerja, gaya.huruf_besar),
        )
        for column, (label, source, value, look) in enumerate(large):
            lembar.text(row, column, label, gaya.catatan)
            lembar.figure(row + 1, column, self._from_ikm(source), value, look)
        lembar.sheet.set_row(row + 1, LARGE_POINTS)
        checks: tuple[tuple[str, str | None, Nilai, Format], ...] = (
            ("IKM pada laporan", None, hasil.ikm, gaya.ikm),
            ("IKM dihitung ulang di sini", self._from_ikm(blok.unit), hasil.ikm, gaya.ikm),
            (
                "Kesesuaian",
                f'=IF({at(row + 3, 1)}={at(row + 4, 1)},"Sama","Berbeda")',
                "Sama",
                gaya.huruf_tebal,
            ),
        )
        for place, (label, formula, value, look) in enumerate(checks, start=row + 3):
            lembar.text(place, 0, label, gaya.teks)
            lembar.figure(place, 1, formula, value, look)
        self._row = row + 7

    def _periods(self) -> tuple[int, int]:
        """Write a line for each period, those from answers first; return the lines of these."""
        lembar, gaya = self._lembar, self._lembar.gaya
        lembar.text(self._row, 0, "Hasil per periode", gaya.subjudul)
        heads = ["Periode", "Responden", "IKM", "Mutu", "Kinerja", "Keterangan"]
        lembar.headings(self._row + 1, heads, WIDTHS)
        first = self._row + 2
        for row, blok in enumerate(self._bloks, start=first):
            hasil = blok.hasil
            figures: tuple[tuple[int, Nilai, Format], ...] = (
                (blok.responden, hasil.responden, gaya.bulat),
                (blok.unit, hasil.ikm, gaya.ikm),
                (blok.unit + 1, hasil.mutu, gaya.tengah),
                (blok.unit + 2, hasil.kinerja, gaya.tengah),
            )
            lembar.text(row, 0, blok.periode.label, gaya.teks)
            for column, (source, value, look) in enumerate(figures, start=1):
                lembar.figure(row, column, self._from_ikm(source), value, look)
            lembar.text(row, LAST, capitalised(blok.node.catatan), gaya.teks)
            lembar.fit(row, [blok.node.catatan], WIDTHS[LAST:])
        self._row = first + len(self._bloks) + 1
        return first, first + sum(not b.node.bagian for b in self._bloks) - 1

    def _charts(self, book: Workbook, lines: tuple[int, int]) -> None:
        """Insert the unsur's bars, and beside them the line of the periods where there are some."""
        blok, (first, last) = self._blok, lines
        size = {"height": (CHART_ROWS - 1) * ROW_PIXELS}
        until = FIRST + len(blok.hasil.unsur) - 1
        names = self._ikm.range((blok.kepala, FIRST), (blok.kepala, until))
        values = self._ikm.range((blok.ikm, FIRST), (blok.ikm, until))
        bars = bar_chart(book, f"IKM per unsur, {blok.periode.label}", names, values)
        bars.set_size({**size, "width": BESIDE if last > first else ALONE})
        self._lembar.sheet.insert_chart(self._row, 0, bars)
        if last > first:
            labels = self._lembar.range((first, 0), (last, 0))
            figures = self._lembar.range((first, 2), (last, 2))
            line = line_chart(book, "IKM per periode", labels, figures)
            line.set_size({**size, "width": SECOND})
            self._lembar.sheet.insert_chart(self._row, 0, line, {"x_offset": BESIDE + 10})
        self._row += CHART_ROWS

    def _sentences(self, judul: str, texts: Iterable[str]) -> None:
        lembar, gaya = self._lembar, self._lembar.gaya
        lembar.text(self._row, 0, judul, gaya.subjudul)
        for row, text in enumerate(texts, start=self._row + 1):
            lembar.paragraph(row, text, LAST, sum(WIDTHS), gaya.biasa)
            self._row = row
        self._row += 2

    def _sheets(self, isi: Sequence[tuple[str, str]]) -> None:
        lembar, gaya = self._lembar, self._lembar.gaya
        lembar.text(self._row, 0, "Isi buku kerja", gaya.subjudul)
        for row, (nama, keterangan) in enumerate(isi, start=self._row + 1):
            target = nama.replace("'", "''")
            lembar.sheet.write_url(row, 0, f"internal:'{target}'!A1", gaya.tautan, nama)
            lembar.sheet.merge_range(row, 1, row, LAST, "", gaya.teks)
            lembar.text(row, 1, keterangan, gaya.teks)
