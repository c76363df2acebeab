"""A report as a file: one way for the page, the download and the terminal."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from skm.penutupan.resmi import Resmi
from skm.periode import Jenis, Periode
from skm.pesan import SkmError

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Bentuk(StrEnum):
    """What can be made of a period: the report, the audit workbook, the LKIP extract."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    LKIP_DOCX = "lkip-docx"
    LKIP_XLSX = "lkip-xlsx"


@dataclass(frozen=True, slots=True)
class Berkas:
    """A file to hand out, and the period that it is of."""

    periode: Periode
    nama: str
    isi: bytes
    jenis: str


def make_report(resmi: Resmi, periode: Periode, bentuk: Bentuk, kop: bytes | None = None) -> Berkas:
    """Return the report of a period; `kop` is the office's letterhead for DOCX.

    An LKIP extract is of the whole year around the period. Raises SkmError `laporan-kosong`,
    `kop-tak-terbaca`, `kop-terlalu-besar`.
    """
    if bentuk in (Bentuk.LKIP_DOCX, Bentuk.LKIP_XLSX):
        periode = Periode(Jenis.TAHUN, periode.tahun)
    stem = f"{resmi.survei.id}-{periode.kode}"
    # What writes is imported here: a server that makes no report starts without it.
    match bentuk:
        case Bentuk.PDF:
            from skm.laporan.susun import build_report
            from skm.report.pdf import write_pdf

            content = write_pdf(build_report(resmi, periode))
            return Berkas(periode, f"laporan-skm-{stem}.pdf", content, PDF)
        case Bentuk.DOCX:
            from skm.laporan.susun import build_report
            from skm.report.docx import write_docx

            content = write_docx(build_report(resmi, periode), kop)
            return Berkas(periode, f"laporan-skm-{stem}.docx", content, DOCX)
        case Bentuk.XLSX:
            from skm.laporan.buku import build_workbook
            from skm.report.xlsx import write_workbook

            content = write_workbook(build_workbook(resmi, periode))
            return Berkas(periode, f"olah-data-skm-{stem}.xlsx", content, XLSX)
        case Bentuk.LKIP_DOCX:
            from skm.laporan.lkip import build_lkip
            from skm.report.docx import write_docx

            content = write_docx(build_lkip(resmi, periode.tahun), kop)
            return Berkas(periode, f"lkip-skm-{stem}.docx", content, DOCX)
        case Bentuk.LKIP_XLSX:
            from skm.laporan.lkip import build_lkip
            from skm.report.dokumen import tables_of
            from skm.report.xlsx import write_tables

            document = build_lkip(resmi, periode.tahun)
            content = write_tables(document.judul, tables_of(document), (document.kaki,))
            return Berkas(periode, f"lkip-skm-{stem}.xlsx", content, XLSX)


def parse_form(text: str) -> Bentuk:
    """Return the form that a word names. Raises SkmError `laporan-bentuk`."""
    try:
        return Bentuk(text)
    except ValueError as error:
        raise SkmError("laporan-bentuk", nama=text, pilihan=", ".join(Bentuk)) from error
