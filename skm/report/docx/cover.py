"""The first pages: letterhead, cover and table of contents."""

from __future__ import annotations

from collections.abc import Sequence

from skm.report.docx.fields import contents, contents_entry
from skm.report.docx.page import Bidang
from skm.report.docx.styles import Gaya
from skm.report.docx.xml import Element, paragraph, run, w
from skm.report.dokumen import Judul, Sampul

UNKNOWN_PAGE = "–"
"""Stands for a page number until Word has counted the pages."""
HINT = "Nomor halaman belum dihitung. Di Word, klik daftar ini lalu tekan F9; petunjuk ini hilang."
"""Stands inside the table of contents, so that updating it takes it away."""
ROOM_ABOVE_HINT = 240


def letterhead(sampul: Sampul, gaya: Gaya) -> list[Element]:
    """Return a neutral letterhead, for an office without one of its own: names and a rule."""
    return [
        paragraph(gaya["SKMKopInstansi"], run(sampul.instansi)),
        paragraph(gaya["SKMKopUnit"], run(sampul.unit)),
    ]


def cover(sampul: Sampul, gaya: Gaya, bidang: Bidang, *, named: bool) -> list[Element]:
    """Return the cover; the year stands at the foot, with the office if it is not yet `named`."""
    above = bidang.tinggi // 5
    lines: list[Element] = []
    if sampul.keadaan:
        lines.append(_spaced(gaya["SKMKeadaan"], sampul.keadaan, above))
        above = bidang.tinggi // 20
    lines.append(_spaced(gaya["Title"], sampul.judul, above))
    lines.append(paragraph(gaya["Subtitle"], run(sampul.periode)))
    for text in (sampul.tahun,) if named else (sampul.unit, sampul.instansi, sampul.tahun):
        frame = _at_foot(bidang.lebar)
        lines.append(paragraph(gaya["SKMSampul"], run(text), properties=(frame,)))
    # A frame stands on the page of the paragraph that follows it.
    lines.append(paragraph(gaya["SKMJarak"]))
    return lines


def table_of_contents(
    headings: Sequence[tuple[Judul, str]], gaya: Gaya, lebar: int
) -> list[Element]:
    """Return heading and table of contents of `headings`, each with the name of its bookmark."""
    entries = [
        contents_entry(
            gaya["TOC1" if judul.tingkat == 1 else "TOC2"],
            _entry_words(judul),
            target,
            UNKNOWN_PAGE,
            lebar,
        )
        for judul, target in headings
        if judul.tingkat <= 2
    ]
    if not entries:
        return []
    hint = _spaced(gaya["SKMCatatan"], HINT, ROOM_ABOVE_HINT)
    listed = contents([*entries, hint], gaya["SKMJarak"])
    return [paragraph(gaya["TOCHeading"], run("Daftar Isi")), listed]


def _entry_words(judul: Judul) -> list[str]:
    """Return an entry as Word itself would make it from the heading."""
    if not judul.nomor:
        return [judul.teks]
    return [f"{judul.nomor} {judul.teks}"] if judul.tingkat == 1 else [judul.nomor, judul.teks]


def _spaced(style: str, text: str, above: int) -> Element:
    return paragraph(style, run(text), properties=(w("spacing", before=above),))


def _at_foot(lebar: int) -> Element:
    """Return the properties of a frame at the lower margin, whatever stands above it."""
    return w(
        "framePr",
        w=lebar,
        wrap="notBeside",
        vAnchor="margin",
        hAnchor="margin",
        xAlign="center",
        yAlign="bottom",
    )
