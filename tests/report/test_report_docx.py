"""The report in Word: every text letter by letter, in styles, fields and tables of Word's own."""

import re
import shutil
import subprocess
from dataclasses import replace

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn

from skm.analysis.table import Kolom, Tabel
from skm.report.docx import write_docx
from skm.report.dokumen import (
    BlokGambar,
    BlokTabel,
    Daftar,
    Judul,
    Paragraf,
    TandaTangan,
)

from .cetakan import JAHAT, bare, page_count, texts
from .docx_uji import SAMPUL, after, codes, dokumen, lines, opened, parts, png, stand_in
from .dokumen_contoh import TITIK, bars, heat_map, report, trend, unsur_table, wide_table

pytestmark = pytest.mark.lambat

A4_TEXT = 21 - 3 - 2.5
"""Centimetres between the margins."""
TABEL = Tabel(
    "uji",
    "Contoh",
    (Kolom("Nama"), Kolom("Jumlah", angka=True)),
    (("satu", "1.234"), ("dua", "5")),
    ("Jumlah", "1.239"),
    "Catatan di bawah tabel.",
)


def test_every_block_is_printed_in_its_style() -> None:
    document = opened(
        dokumen(
            Judul("Pendahuluan", 1, "BAB I"),
            Judul("Latar belakang", 2, "1.1"),
            Judul("Dasar hukum", 3),
            Paragraf("Teks biasa."),
            Paragraf("1 + 1 = 2", "rumus"),
            Paragraf("Perhatikan.", "catatan"),
            Paragraf("Sudah baik.", "kutipan"),
            Daftar(("satu", "dua")),
            Daftar(("pertama",), bernomor=True),
            BlokTabel(1, TABEL),
            replace(trend(1), judul="Perkembangan"),
            TandaTangan("Bekasi, 6 Januari 2025", "Kepala Dinas", "Fulan", "1970"),
        )
    )
    assert after(document, "2024")[1:] == [
        ("Heading 1", "BAB I\nPendahuluan"),
        ("Heading 2", "1.1\tLatar belakang"),
        ("Heading 3", "Dasar hukum"),
        ("Body Text", "Teks biasa."),
        ("SKM Rumus", "1 + 1 = 2"),
        ("SKM Catatan", "Perhatikan."),
        ("Quote", "Sudah baik."),
        ("List Bullet", "satu"),
        ("List Bullet", "dua"),
        ("List Number", "pertama"),
        ("Caption", "Tabel 1. Contoh"),
        ("SKM Catatan", "Catatan di bawah tabel."),
        ("SKM Gambar", ""),
        ("Caption", "Gambar 1. Perkembangan"),
        ("SKM Tanda Tangan", "Bekasi, 6 Januari 2025"),
        ("SKM Tanda Tangan", "Kepala Dinas"),
        ("SKM Tanda Tangan", "Fulan"),
        ("SKM Tanda Tangan", "NIP 1970"),
    ]


def test_the_cover_says_whose_what_and_when() -> None:
    assert lines(opened(dokumen()))[:6] == [
        ("SKM Kop Instansi", "Pemerintah Kota"),
        ("SKM Kop Unit", "Dinas Dukcapil"),
        ("SKM Keadaan", "DRAF"),
        ("Title", "Laporan SKM"),
        ("Subtitle", "Semester II 2024"),
        ("SKM Sampul", "2024"),
    ]


def test_a_draft_says_so_on_every_page_and_a_closed_period_nowhere() -> None:
    header = opened(dokumen()).sections[0].header
    assert [p.text for p in header.paragraphs] == ["Judul berkas\tDRAF"]
    closed = opened(dokumen(sampul=replace(SAMPUL, keadaan="")))
    assert [p.text for p in closed.sections[0].header.paragraphs] == ["Judul berkas"]
    assert "SKM Keadaan" not in dict(lines(closed))


def test_pages_are_a4_and_numbered_after_the_cover() -> None:
    section = opened(dokumen()).sections[0]
    size = (section.page_width.cm, section.page_height.cm)
    margins = (section.left_margin, section.right_margin, section.top_margin, section.bottom_margin)
    assert size == pytest.approx((21, 29.7), abs=0.01)
    assert [margin.cm for margin in margins] == pytest.approx([3, 2.5, 2.5, 2.5], abs=0.01)
    assert section.different_first_page_header_footer
    assert section.first_page_header.is_linked_to_previous  # that is: there is none
    assert section.first_page_footer.is_linked_to_previous
    footer = section.footer
    assert [p.text for p in footer.paragraphs] == ["Kaki halaman\tHalaman 1 dari 1"]
    assert codes(footer.part.element) == ["PAGE", "NUMPAGES"]


def test_a_long_foot_leaves_the_page_number_a_line_of_its_own() -> None:
    footer = opened(replace(dokumen(), kaki="Dinas " * 30)).sections[0].footer
    assert [p.text for p in footer.paragraphs] == [("Dinas " * 30).strip(), "Halaman 1 dari 1"]


def test_tables_repeat_their_heading_and_keep_rows_whole() -> None:
    table = opened(dokumen(BlokTabel(1, TABEL))).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Nama", "Jumlah"],
        ["satu", "1.234"],
        ["dua", "5"],
        ["Jumlah", "1.239"],
    ]
    assert [bool(row._tr.xpath("./w:trPr/w:tblHeader")) for row in table.rows] == [True] + [
        False
    ] * 3
    assert all(row._tr.xpath("./w:trPr/w:cantSplit") for row in table.rows)
    assert table.style.name == "SKM Tabel"
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    assert (look.get(qn("w:firstRow")), look.get(qn("w:lastRow"))) == ("1", "1")
    right = WD_ALIGN_PARAGRAPH.RIGHT
    alignments = [[c.paragraphs[0].alignment for c in row.cells] for row in table.rows]
    assert alignments == [[None, right]] * 4


def test_a_table_without_sums_and_rows_is_a_heading() -> None:
    empty = Tabel("x", "Kosong", (Kolom("A"), Kolom("B", angka=True)), ())
    table = opened(dokumen(BlokTabel(1, empty))).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["A", "B"]]
    assert table._tbl.tblPr.find(qn("w:tblLook")).get(qn("w:lastRow")) == "0"


def test_columns_fill_the_page_in_the_asked_proportions() -> None:
    plan = Tabel("x", "Rencana", tuple(map(Kolom, "ABC")), (("a", "b", "c"),))
    for blok in (
        BlokTabel(1, plan, lebar=(1, 2, 1)),
        unsur_table(1),
        wide_table(1, "x", TITIK, 12),
    ):
        table = opened(dokumen(blok)).tables[0]
        widths = [column.width.cm for column in table.columns]
        assert sum(widths) == pytest.approx(A4_TEXT, abs=0.02)
        assert [cell.width.cm for cell in table.rows[0].cells] == pytest.approx(widths)
        if blok.lebar:
            assert widths == pytest.approx([A4_TEXT / 4, A4_TEXT / 2, A4_TEXT / 4], abs=0.01)


def test_a_table_of_many_columns_is_set_smaller_until_its_numbers_fit() -> None:
    sizes = {}
    for columns in (12, 24):
        table = opened(dokumen(wide_table(1, "titik", TITIK, columns))).tables[0]
        run = table.rows[1].cells[-1].paragraphs[0].runs[0]
        sizes[columns] = run.font.size.pt if run.font.size else 8.5
        # "70,63" in Times: four digits of half an em and a comma of a quarter.
        assert table.columns[-1].width.pt > 2.25 * sizes[columns]
    assert sizes[12] == 8.5
    assert sizes[24] < 8.5


def test_lists_with_numbers_each_begin_at_one() -> None:
    document = opened(
        dokumen(
            Daftar(("a", "b"), bernomor=True),
            Daftar(("c",)),
            Daftar(("d",), bernomor=True),
            Daftar(("e",)),
        )
    )
    a, b, c, d, e = (
        p._p.pPr.numPr.numId.val for p in document.paragraphs if p.style.name.startswith("List")
    )
    assert a == b
    assert c == e
    assert len({a, c, d}) == 3
    numbering = document.part.numbering_part.element
    for number in (a, d):
        starts = numbering.xpath(f"./w:num[@w:numId='{number}']/w:lvlOverride/w:startOverride")
        assert [start.val for start in starts] == [1]


def test_captions_are_counted_by_word_as_they_are_by_the_report() -> None:
    content = dokumen(
        *(BlokTabel(n, TABEL) for n in (1, 2, 7)), *(replace(trend(1), nomor=n) for n in (1, 3))
    )
    document = opened(content)
    assert codes(document.element) == [
        "SEQ Tabel \\* ARABIC",
        "SEQ Tabel \\* ARABIC",
        "SEQ Tabel \\* ARABIC \\r 7",
        "SEQ Gambar \\* ARABIC",
        "SEQ Gambar \\* ARABIC \\r 3",
    ]
    numbers = [text.split(".")[0] for style, text in lines(document) if style == "Caption"]
    assert numbers == ["Tabel 1", "Tabel 2", "Tabel 7", "Gambar 1", "Gambar 3"]


def test_charts_are_pictures_with_their_words() -> None:
    document = opened(dokumen(bars(1, ["a"]), replace(heat_map(2, TITIK), alt="Peta \x00lain")))
    shapes = document.inline_shapes
    assert [s._inline.docPr.get("descr") for s in shapes] == [bars(1, ["a"]).alt, "Peta lain"]
    assert len({s._inline.docPr.id for s in shapes}) == 2
    assert [s.width.cm for s in shapes] == pytest.approx([A4_TEXT, A4_TEXT], abs=0.01)
    assert shapes[0].height / shapes[0].width == pytest.approx(600 / 1260, abs=0.001)
    content = parts(write_docx(report(), gambar=stand_in))
    assert [v for name, v in content.items() if name.startswith("word/media/")] == [png()]


def test_a_picture_taller_than_the_page_is_fitted_to_it() -> None:
    content = write_docx(dokumen(bars(1, ["a"])), gambar=lambda grafik, alt: png(400, 4000))
    extent = parts(content)["word/document.xml"].split(b"<wp:extent ")[1].split(b"/>")[0]
    assert int(extent.split(b'cy="')[1].split(b'"')[0]) / 360_000 < 29.7 - 2 * 2.5


def test_the_table_of_contents_lists_the_headings_and_leads_to_them() -> None:
    document = opened(replace(report(), daftar_isi=True))
    listed = document.element.xpath("./w:body/w:sdt/w:sdtContent/w:p")
    entries = [p for p in listed if p.xpath("./w:hyperlink")]
    words = ["".join(t.text or "\t" for t in p.iter(qn("w:t"), qn("w:tab"))) for p in entries]
    assert [word.removeprefix("\t").removesuffix("\t–") for word in words] == [
        "Ringkasan eksekutif",
        "BAB I Pendahuluan",
        "1.1\tLatar belakang",
        "1.2\tMaksud dan tujuan",
        "BAB II Hasil survei kepuasan masyarakat",
        "2.1\tIKM unit pelayanan",
        "2.2\tMenurut jenis layanan",
        "2.3\tMenurut titik layanan",
        "2.4\tSaran responden",
        "BAB III Penutup",
        "3.1\tRencana tindak lanjut",
    ]
    targets = [p.xpath("./w:hyperlink")[0].get(qn("w:anchor")) for p in entries]
    headings = document.element.xpath("//w:bookmarkStart")
    marks = {mark.get(qn("w:name")): mark.getparent() for mark in headings}
    assert [marks[t].pPr.pStyle.val for t in targets] == [
        "Heading1" if word.startswith(("Ring", "BAB")) else "Heading2"
        for word in (w.removeprefix("\t") for w in words)
    ]
    field, *pages = [c for p in listed for c in codes(p)]
    assert field == 'TOC \\o "1-2" \\h \\z'
    assert pages == [f"PAGEREF {target} \\h" for target in targets]
    marks_of_fields = [e.get(qn("w:fldCharType")) for p in listed for e in p.iter(qn("w:fldChar"))]
    assert marks_of_fields.count("begin") == marks_of_fields.count("end") == 1 + len(targets)


def test_without_a_cover_the_title_opens_the_first_page() -> None:
    chapter = Judul("Pendahuluan", 1, "BAB I")
    document = opened(dokumen(chapter, Judul("Lagi", 1), sampul=None))
    assert lines(document) == [
        ("Title", "Judul berkas"),
        ("Heading 1", "BAB I\nPendahuluan"),
        ("Heading 1", "Lagi"),
    ]
    breaks = [p.paragraph_format.page_break_before for p in document.paragraphs]
    assert breaks == [None, False, None]
    assert document.styles["Heading 1"].paragraph_format.page_break_before
    assert not document.sections[0].different_first_page_header_footer


@pytest.mark.parametrize("first", [Paragraf("Awal."), BlokTabel(1, TABEL), trend(1)])
def test_what_follows_the_cover_begins_a_page(first) -> None:
    document = opened(dokumen(first))
    line = document.paragraphs[-1 - len(after(document, "2024")) + 2]
    assert line.paragraph_format.page_break_before


def test_the_signature_stays_together_in_the_right_half() -> None:
    document = opened(dokumen(Paragraf("Demikian."), TandaTangan("", "", "", "")))
    *_, before, place, office, name, nip = document.paragraphs
    assert before.text == "Demikian."
    assert [p.text for p in (place, office, name, nip)] == ["\t", "\t", "\t", "NIP \t"]
    assert before.paragraph_format.keep_with_next
    style = document.styles["SKM Tanda Tangan"].paragraph_format
    assert style.keep_with_next
    assert style.keep_together
    kept = [p.paragraph_format.keep_with_next for p in (place, office, name, nip)]
    assert kept == [None, None, None, False]
    for line in (place, office, name, nip):
        assert line.paragraph_format.left_indent.cm == pytest.approx(A4_TEXT / 2, abs=0.01)
        assert line.paragraph_format.tab_stops[0].position.cm == pytest.approx(A4_TEXT, abs=0.01)


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        (JAHAT, JAHAT),
        ("<w:p/> & &amp; ]]>", "<w:p/> & &amp; ]]>"),
        ("a\x00b\x1bc\u2028d\te\r\nf", "a b c d e f"),
        ("g\ud800h\ufffei\uffffj 😀 ꦱꦸ", "ghij 😀 ꦱꦸ"),
        ("=HYPERLINK(0) { PAGE } %1", "=HYPERLINK(0) { PAGE } %1"),
        ("takberspasi" * 45, "takberspasi" * 45),
    ],
)
def test_texts_are_data_letter_by_letter(given: str, printed: str) -> None:
    tabel = Tabel("x", given, (Kolom(given),), ((given,),), (given,), given)
    gambar = replace(trend(1), judul=given)
    document = opened(
        replace(
            dokumen(
                *(Judul(given, n, given) for n in (1, 2, 3)),
                Paragraf(given),
                Daftar((given,)),
                BlokTabel(1, tabel),
                gambar,
                TandaTangan(given, given, given, given),
                sampul=replace(SAMPUL, judul=given, unit=given, tahun=given, keadaan=given),
            ),
            judul=given,
            kaki=given,
        )
    )
    found = [line for _, line in lines(document)]
    assert found.count(printed) == 10
    assert {f"{printed}\n{printed}", f"{printed}\t{printed}", f"NIP {printed}"} <= set(found)
    assert {f"Tabel 1. {printed}", f"Gambar 1. {printed}"} <= set(found)
    assert [c.text for row in document.tables[0].rows for c in row.cells] == [printed] * 3
    assert document.tables[0]._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == printed
    for story in (document.sections[0].header, document.sections[0].footer):
        assert story.paragraphs[0].text.startswith(printed)
    assert document.core_properties.title == printed[:255]
    assert document.core_properties.author == printed[:255]


def test_a_cell_longer_than_a_page_may_break() -> None:
    tabel = Tabel("x", "Saran", (Kolom("Saran"),), (("kata " * 2000,), ("pendek",)))
    rows = opened(dokumen(BlokTabel(1, tabel))).tables[0].rows
    assert [bool(row._tr.xpath("./w:trPr/w:cantSplit")) for row in rows] == [True, False, True]


def test_a_short_table_stays_on_one_page_and_a_long_one_does_not() -> None:
    def kept(jumlah: int) -> list[bool]:
        tabel = replace(TABEL, baris=tuple((f"baris {i}", str(i)) for i in range(jumlah)))
        rows = opened(dokumen(BlokTabel(1, tabel))).tables[0].rows
        return [bool(row.cells[0].paragraphs[0].paragraph_format.keep_with_next) for row in rows]

    assert kept(3) == [True] * 5
    assert kept(30) == [True] + [False] * 29 + [True, True]


def test_the_same_report_gives_the_same_bytes_without_a_date() -> None:
    first, second = (write_docx(report(), gambar=stand_in) for _ in range(2))
    assert first == second
    core = parts(first)["docProps/core.xml"]
    assert b"created" not in core
    assert b"modified" not in core
    assert b"<dc:language>id-ID</dc:language>" in core


@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice")
def test_libreoffice_prints_it_page_by_page(tmp_path) -> None:
    (tmp_path / "laporan.docx").write_bytes(write_docx(report()))
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            tmp_path,
            tmp_path / "laporan.docx",
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    pdf = (tmp_path / "laporan.pdf").read_bytes()
    printed, total = texts(pdf), page_count(pdf)
    cover, contents, *rest = printed
    assert "LAPORAN SURVEI KEPUASAN MASYARAKAT" in cover
    assert "Halaman" not in cover
    assert "DAFTAR ISI" in contents
    for number, page in enumerate(printed[1:], start=2):
        assert f"Halaman {number} dari {total}" in page
        assert "DRAF" in page
    everything = bare(" ".join(rest))
    for blok in report().isi:
        match blok:
            case Paragraf():
                assert bare(blok.teks) in everything
            case BlokTabel():
                assert bare(f"Tabel {blok.nomor}. {blok.tabel.judul}") in everything
            case BlokGambar():
                assert bare(f"Gambar {blok.nomor}. {blok.judul}") in everything
    # The table of 72 titik runs over pages, each under the same heading.
    long = [page for page in printed if re.search(r"Kelurahan \D+ 10\d\d \d\d,\d\d", page)]
    assert len(long) > 2
    assert all("Titik layanan Responden U1" in page for page in long)
