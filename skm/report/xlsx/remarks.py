"""The sheet "Saran": what respondents wrote, apart from their answers."""

from __future__ import annotations

from skm.analysis.groups import Per
from skm.analysis.tables import TAK_DIISI
from skm.periode import parse_period
from skm.report.buku import BukuKerja
from skm.report.xlsx.answer_columns import group_names
from skm.report.xlsx.sheet import Lembar

NAMA = "Saran"
HEAD = 3
WIDTHS = (7.0, 20.0, 36.0, 28.0, 80.0)


def write_remarks(lembar: Lembar, buku: BukuKerja) -> None:
    """Write the remarks, sorted by what they say, so that none leads back to an answer."""
    gaya = lembar.gaya
    lembar.widths(WIDTHS)
    note = "Diurutkan menurut isinya dan tidak terhubung dengan jawaban."
    lembar.title("Saran, kritik, dan apresiasi", note)
    heads = ["No.", "Periode", "Jenis layanan", "Titik layanan", "Saran"]
    lembar.headings(HEAD, heads, WIDTHS)
    layanan, titik = (group_names(buku.survei, per) for per in (Per.LAYANAN, Per.TITIK))
    labels = {kode: parse_period(kode).label for kode in {k.periode for k in buku.saran}}
    for number, kutipan in enumerate(sorted(buku.saran), start=1):
        row = HEAD + number
        cells = (
            labels[kutipan.periode],
            layanan.get(kutipan.layanan, kutipan.layanan) or TAK_DIISI,
            titik.get(kutipan.titik, kutipan.titik) or TAK_DIISI,
            kutipan.teks,
        )
        lembar.sheet.write_number(row, 0, number, gaya.nomor)
        for column, cell in enumerate(cells, start=1):
            lembar.text(row, column, cell, gaya.teks)
        lembar.fit(row, cells, WIDTHS[1:])
    last = HEAD + max(len(buku.saran), 1)
    lembar.sheet.autofilter(HEAD, 0, last, len(WIDTHS) - 1)
    lembar.sheet.freeze_panes(HEAD + 1, 0)
    lembar.sheet.repeat_rows(HEAD)
