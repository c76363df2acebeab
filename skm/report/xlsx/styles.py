"""How the sheets look, and how they print: A4, as wide as the page, unit and period on each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from skm.report import warna

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

A4 = 9
ROW_PIXELS = 18
"""The height of a row of one line; 4 pixels are 3 points."""
PAGE_PIXELS = 950
"""What a landscape page holds between its margins at full size, with a little to spare."""
LONGEST_MARGIN_TEXT = 70
"""A header or footer holds 255 characters in all its three parts."""


FONT = {"font_name": "Arial", "font_size": 10}
"""A font that every system has in these widths, so that pages break in the same places."""
PLAIN = {**FONT, "valign": "top"}
BOX = {"border": 1, "border_color": warna.GARIS}
STRONG = {"bold": True, "bg_color": warna.GARIS}
HEADING = {
    "bold": True,
    "font_color": "#ffffff",
    "bg_color": warna.UTAMA,
    "align": "center",
    "valign": "vcenter",
    "text_wrap": True,
}


@dataclass(frozen=True, slots=True)
class Gaya:
    """The cell formats. Figures keep the decimals that reports print."""

    judul: Format
    subjudul: Format
    biasa: Format
    isi: Format
    isi_angka: Format
    catatan: Format
    keterangan: Format
    tautan: Format
    kepala: Format
    kepala_tegak: Format
    teks: Format
    tengah: Format
    kanan: Format
    kanan_tebal: Format
    nomor: Format
    tebal: Format
    bulat: Format
    nrr: Format
    ikm: Format
    bobot: Format
    penuh: Format
    kecil: Format
    bulat_tebal: Format
    ikm_tebal: Format
    huruf_tebal: Format
    ikm_besar: Format
    huruf_besar: Format


def make_styles(buku: Workbook) -> Gaya:
    """Add the formats to a workbook and return them."""

    def add(**isi: object) -> Format:
        return buku.add_format({**PLAIN, **isi})

    def boxed(**isi: object) -> Format:
        return buku.add_format({**PLAIN, **BOX, **isi})

    large = {"bold": True, "font_size": 26, "font_color": warna.UTAMA, "align": "left"}
    return Gaya(
        judul=add(bold=True, font_size=16, font_color=warna.UTAMA),
        subjudul=add(bold=True, font_size=12, font_color=warna.UTAMA),
        biasa=add(text_wrap=True),
        isi=add(),
        isi_angka=add(align="center", num_format="0"),
        catatan=add(italic=True, font_color=warna.REDUP),
        keterangan=add(text_wrap=True, italic=True, font_color=warna.REDUP),
        tautan=boxed(font_color=warna.UTAMA, underline=1),
        kepala=boxed(**HEADING),
        kepala_tegak=boxed(**HEADING, rotation=90),
        teks=boxed(text_wrap=True, align="left", indent=1),
        tengah=boxed(align="center", text_wrap=True),
        kanan=boxed(align="right"),
        kanan_tebal=boxed(align="right", **STRONG),
        nomor=boxed(align="center", num_format="0"),
        tebal=boxed(text_wrap=True, align="left", indent=1, **STRONG),
        bulat=boxed(num_format="#,##0"),
        nrr=boxed(num_format="0.000"),
        ikm=boxed(num_format="0.00"),
        bobot=boxed(num_format="0.0000"),
        penuh=boxed(num_format="0.000000"),
        kecil=buku.add_format({"italic": True, "font_color": warna.REDUP}),
        bulat_tebal=boxed(num_format="#,##0", **STRONG),
        ikm_tebal=boxed(num_format="0.00", **STRONG),
        huruf_tebal=boxed(align="center", **STRONG),
        ikm_besar=add(num_format="0.00", **large),
        huruf_besar=add(**large),
    )


def number_format(buku: Workbook, bentuk: str, *, tebal: bool) -> Format:
    """Add and return a format for printed numbers; `tebal` is that of a closing row."""
    return buku.add_format({**PLAIN, **BOX, **(STRONG if tebal else {}), "num_format": bentuk})


def set_page(sheet: Worksheet, unit: str, periode: str, *, tidur: bool = True) -> None:
    """Make a sheet print on A4, one page wide, with unit, period, sheet and page numbers.

    `tidur` is landscape.
    """
    sheet.set_paper(A4)
    if tidur:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
    sheet.set_header(f"&L{_margin_text(unit)}&R{_margin_text(periode)}")
    sheet.set_footer("&LSKM · &A&RHalaman &P dari &N")
    sheet.hide_gridlines(2)


def print_scale(lebar: Sequence[float]) -> int:
    """Return the percentage at which columns of these widths fill a landscape page."""
    pixels = sum(7 * width + 5 for width in lebar)
    return max(10, min(100, int(100 * PAGE_PIXELS / pixels)))


def _margin_text(text: str) -> str:
    """Return a text for header or footer, where & begins a command."""
    short = text if len(text) <= LONGEST_MARGIN_TEXT else f"{text[: LONGEST_MARGIN_TEXT - 1]}…"
    return short.replace("&", "&&")
