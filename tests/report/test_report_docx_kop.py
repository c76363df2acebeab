"""A report on an office's own letterhead: what is kept, what is added, and what is refused."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx.enum.section import WD_SECTION
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Cm

from skm.pesan import SkmError
from skm.report.docx import write_docx
from skm.report.dokumen import Daftar, Judul, Paragraf

from .docx_uji import (
    blank_kop,
    body_kop,
    codes,
    dokumen,
    head_kop,
    lines,
    opened,
    parts,
    png,
    saved,
    stand_in,
)
from .dokumen_contoh import TITIK, report, trend, wide_table

pytestmark = pytest.mark.lambat

CHAPTER = Judul("Pendahuluan", 1, "BAB I")
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"


def texts(story) -> list[str]:
    return [paragraph.text for paragraph in story.paragraphs]


def rewritten(kop: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The letterhead with other bytes in a part."""
    content = parts(kop)
    assert old in content[part]
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, value in content.items():
            archive.writestr(name, value.replace(old, new) if name == part else value)
    return stream.getvalue()


def test_page_and_styles_are_the_office_own() -> None:
    document = opened(dokumen(CHAPTER, Paragraf("Teks.")), saved(blank_kop()))
    section = document.sections[0]
    assert section.page_width.cm == pytest.approx(21.5, abs=0.01)
    assert section.left_margin.cm == pytest.approx(2, abs=0.01)
    assert document.styles["Normal"].font.name == "Bookman Old Style"
    assert document.styles["Heading 1"].font.size.pt == 17
    # Its headings begin no page of themselves, so that the chapters say so.
    assert [p.paragraph_format.page_break_before for p in document.paragraphs[-2:]] == [True, None]
    assert document.styles["SKM Rumus"].base_style.name == "SKM Dasar"


def test_charts_and_tables_are_as_wide_as_the_office_page() -> None:
    document = opened(report(), saved(blank_kop()))
    width = 21.5 - 2 * 2
    assert document.inline_shapes[0].width.cm <= width
    for table in document.tables:
        assert sum(c.width.cm for c in table.columns) == pytest.approx(width, abs=0.02)


def test_a_wide_font_gets_wide_columns_for_its_numbers() -> None:
    widths = {}
    for font in ("Bookman Old Style", "Arial"):
        kop = blank_kop()
        kop.styles["Normal"].font.name = font
        document = opened(dokumen(wide_table(1, "titik", TITIK, 12)), saved(kop))
        widths[font] = document.tables[0].columns[-1].width
    # "70,63" at 8.5 points: digits of 0.62 em in Bookman, 0.556 in Arial, and the cell's margins.
    assert widths["Bookman Old Style"].pt > (4 * 0.62 + 0.31) * 8.5 + 6
    assert (4 * 0.556 + 0.278) * 8.5 + 6 < widths["Arial"].pt < widths["Bookman Old Style"].pt


def test_a_head_with_a_logo_stands_on_every_page_and_the_cover_is_free_of_ours() -> None:
    document = opened(dokumen(CHAPTER, trend(1)), saved(head_kop()))
    section = document.sections[0]
    assert texts(section.header) == ["DINAS DUKCAPIL", "DRAF"]
    assert texts(section.footer) == ["Jalan Juanda 100", "Kaki halaman\tHalaman 1 dari 1"]
    assert section.different_first_page_header_footer
    assert texts(section.first_page_header) == ["DINAS DUKCAPIL"]
    assert texts(section.first_page_footer) == ["Jalan Juanda 100"]
    for header in (section.header, section.first_page_header):
        (embedded,) = header.part.element.xpath("//a:blip/@r:embed")
        assert header.part.related_parts[embedded].blob == png(90, 90)
    assert [text for _, text in lines(document)[:2]] == ["DRAF", "Laporan SKM"]


def test_a_head_of_the_first_page_alone_stays_there() -> None:
    kop = blank_kop()
    section = kop.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "Kop halaman pertama"
    section = opened(dokumen(CHAPTER), saved(kop)).sections[0]
    assert texts(section.first_page_header) == ["Kop halaman pertama"]
    assert texts(section.header) == ["Judul berkas\tDRAF"]
    # Without a cover the first page carries what the others do.
    first = opened(dokumen(CHAPTER, sampul=None), saved(kop)).sections[0]
    assert texts(first.first_page_header) == ["Kop halaman pertama"]
    assert texts(first.first_page_footer) == texts(first.footer)


def test_a_first_head_that_the_office_switched_off_stays_off() -> None:
    kop = head_kop()
    section = kop.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "Kop lama"
    section.different_first_page_header_footer = False
    section = opened(dokumen(CHAPTER), saved(kop)).sections[0]
    assert texts(section.first_page_header) == ["DINAS DUKCAPIL"]
    assert len(section._sectPr.xpath("./w:headerReference[@w:type='first']")) == 1


def test_the_grid_of_a_page_is_no_head() -> None:
    kop = head_kop()
    kop.element.body.sectPr.append(OxmlElement("w:docGrid", {qn("w:type"): "default"}))
    section = opened(dokumen(CHAPTER), saved(kop)).sections[0]
    assert texts(section.first_page_header) == ["DINAS DUKCAPIL"]


def test_even_pages_are_numbered_too() -> None:
    kop = blank_kop()
    kop.settings.odd_and_even_pages_header_footer = True
    kop.sections[0].even_page_header.paragraphs[0].text = "Genap"
    section = opened(dokumen(CHAPTER), saved(kop)).sections[0]
    assert texts(section.even_page_header) == ["Genap", "DRAF"]
    assert codes(section.even_page_footer.part.element) == ["PAGE", "NUMPAGES"]


@pytest.mark.parametrize("place", ["header", "footer"])
def test_a_letterhead_with_page_numbers_gets_no_second_ones(place: str) -> None:
    kop = blank_kop()
    field = OxmlElement("w:fldSimple", {qn("w:instr"): " PAGE \\* MERGEFORMAT "})
    getattr(kop.sections[0], place).paragraphs[0]._p.append(field)
    section = opened(dokumen(CHAPTER), saved(kop)).sections[0]
    assert codes(section.footer.part.element) == []
    assert texts(section.footer)[-1] == "Kaki halaman"


def test_the_letter_opens_the_cover_and_its_empty_end_goes() -> None:
    document = opened(dokumen(CHAPTER), saved(body_kop()))
    first, *rest = lines(document)
    assert first == ("Normal", "PEMERINTAH KOTA BEKASI")
    assert rest[:3] == [("Normal", ""), ("SKM Keadaan", "DRAF"), ("Title", "Laporan SKM")]
    assert document.tables[0].cell(0, 1).text == "Jalan Juanda 100"
    # The office is not named by its letterhead as far as we know: the foot of the cover does it.
    assert [text for style, text in rest if style == "SKM Sampul"] == [
        "Dinas Dukcapil",
        "Pemerintah Kota",
        "2024",
    ]


def test_a_rule_under_the_letter_is_not_empty() -> None:
    kop = body_kop()
    rule = kop.add_paragraph()
    rule._p.get_or_add_pPr().append(OxmlElement("w:pBdr"))
    kop.add_paragraph()
    document = opened(dokumen(CHAPTER), saved(kop))
    before = document.paragraphs[[t for _, t in lines(document)].index("DRAF") - 1]
    assert before._p.xpath("./w:pPr/w:pBdr")


def test_a_letterhead_that_was_a_report_keeps_its_bookmarks_apart() -> None:
    kop = body_kop()
    mark = {qn("w:id"): "7", qn("w:name"): "_Toc100000001"}
    kop.paragraphs[0]._p.append(OxmlElement("w:bookmarkStart", mark))
    kop.paragraphs[0]._p.append(OxmlElement("w:bookmarkEnd", {qn("w:id"): "7"}))
    document = opened(dokumen(CHAPTER), saved(kop))
    marks = [
        (m.get(qn("w:id")), m.get(qn("w:name")))
        for m in document.element.iter(qn("w:bookmarkStart"))
    ]
    assert marks == [("7", "_Toc100000001"), ("8", "_Toc100000002")]


def test_several_sections_become_one_with_the_heads_they_inherit() -> None:
    kop = head_kop()
    kop.add_paragraph("Halaman satu")
    kop.add_section(WD_SECTION.NEW_PAGE).page_height = Cm(29.7)
    kop.add_paragraph("Halaman dua")
    document = opened(dokumen(CHAPTER), saved(kop))
    assert len(document.sections) == 1
    assert document.sections[0].page_height.cm == pytest.approx(29.7, abs=0.01)
    assert texts(document.sections[0].header)[0] == "DINAS DUKCAPIL"


def test_styles_are_known_by_their_english_names() -> None:
    kop = saved(blank_kop())
    kop = rewritten(kop, "word/styles.xml", b'w:styleId="Heading1"', b'w:styleId="Judul1"')
    kop = rewritten(kop, "word/styles.xml", b'w:styleId="Caption"', b'w:styleId="Keterangan"')
    document = opened(dokumen(CHAPTER), kop)
    chapter = document.paragraphs[-1]
    assert chapter._p.pPr.pStyle.val == "Judul1"
    assert chapter.style.font.size.pt == 17
    assert document.styles["SKM Gambar"].element.find(qn("w:next")).val == "Keterangan"


def test_a_style_of_ours_whose_id_is_taken_gets_another() -> None:
    kop = blank_kop()
    kop.styles.add_style("Gaya kami", 1).element.set(qn("w:styleId"), "SKMRumus")
    document = opened(dokumen(Paragraf("1 + 1", "rumus")), saved(kop))
    assert lines(document)[-1] == ("SKM Rumus", "1 + 1")
    assert document.paragraphs[-1]._p.pPr.pStyle.val != "SKMRumus"


def test_lists_of_the_letterhead_stay_as_they_are() -> None:
    kop = blank_kop()
    kop.add_paragraph("butir kop", style="List Number")
    before = kop.part.numbering_part.element.xpath("./w:num/@w:numId")
    document = opened(dokumen(Daftar(("a",), bernomor=True)), saved(kop))
    numbering = document.part.numbering_part.element
    after = numbering.xpath("./w:num/@w:numId")
    assert after[: len(before)] == before
    assert str(document.paragraphs[-1]._p.pPr.numPr.numId.val) not in before


def test_text_is_indonesian_on_any_letterhead() -> None:
    for kop in (None, saved(blank_kop())):
        styles = opened(dokumen(CHAPTER), kop).styles.element
        (language,) = styles.xpath("./w:docDefaults/w:rPrDefault/w:rPr/w:lang")
        assert language.get(qn("w:val")) == "id-ID"


def test_nothing_of_the_letterhead_author_and_his_computer_stays() -> None:
    kop = blank_kop()
    kop.core_properties.author = "Pembuat kop"
    kop.core_properties.keywords = "rahasia"
    settings = next(
        r.target_part for r in kop.part.rels.values() if r.reltype == RELATIONSHIP_TYPE.SETTINGS
    )
    template = "file:///C:/Users/pembuat/Normal.dotm"
    rid = settings.rels.get_or_add_ext_rel(f"{OFFICE}/relationships/attachedTemplate", template)
    for tag, attribute in (("attachedTemplate", "r:id"), ("documentProtection", "w:edit")):
        kop.settings.element.insert(0, OxmlElement(f"w:{tag}", {qn(attribute): rid}))
    content = parts(write_docx(dokumen(CHAPTER), saved(kop), stand_in))
    everything = b" ".join(content.values())
    assert b"Pembuat kop" not in everything
    assert b"rahasia" not in everything
    assert b"C:/Users" not in everything
    assert b"attachedTemplate" not in content["word/settings.xml"]
    assert b"documentProtection" not in content["word/settings.xml"]
    assert not [name for name in content if "thumbnail" in name or "WithEffects" in name]


def test_the_same_letterhead_gives_the_same_bytes() -> None:
    kop = saved(head_kop())
    first, second = (write_docx(report(), kop, stand_in) for _ in range(2))
    assert first == second


def as_docx(files: dict[str, bytes]) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, value in files.items():
            archive.writestr(name, value)
    return stream.getvalue()


def linked_picture() -> bytes:
    kop = blank_kop()
    relation = f"{OFFICE}/relationships/image"
    kop.part.rels.get_or_add_ext_rel(relation, "http://contoh.example/logo.png")
    return saved(kop)


GOOD = saved(blank_kop())
MAIN = b"wordprocessingml.document.main+xml"
REFUSED = {
    "kosong": (b"", "kop-tak-terbaca"),
    "teks": (b"Ini bukan DOCX. " * 100, "kop-tak-terbaca"),
    "bersandi": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096), "kop-tak-terbaca"),
    "terpotong": (GOOD[: len(GOOD) // 2], "kop-tak-terbaca"),
    "zip lain": (as_docx({"catatan.txt": b"isi"}), "kop-tak-terbaca"),
    "bermakro": (
        rewritten(GOOD, "[Content_Types].xml", MAIN, b"macroEnabled.main+xml"),
        "kop-tak-terbaca",
    ),
    "xml rusak": (rewritten(GOOD, "word/document.xml", b"</w:body>", b""), "kop-tak-terbaca"),
    "tanpa isi": (
        rewritten(GOOD, "word/document.xml", b"w:body", b"w:bodi"),
        "kop-tak-terbaca",
    ),
    "halaman rusak": (
        rewritten(GOOD, "word/document.xml", b'w:w="12189"', b'w:w="lebar"'),
        "kop-tak-terbaca",
    ),
    "entitas": (
        rewritten(
            GOOD, "word/styles.xml", b"<w:styles", b'<!DOCTYPE x [<!ENTITY a "a">]><w:styles'
        ),
        "kop-tak-terbaca",
    ),
    "kepala hilang": (
        rewritten(
            GOOD,
            "word/document.xml",
            b"<w:pgSz",
            b'<w:headerReference w:type="default" r:id="rId99"/><w:pgSz',
        ),
        "kop-tak-terbaca",
    ),
    "terlalu besar": (GOOD + bytes(5 * 1024 * 1024), "kop-terlalu-besar"),
    "bom": (as_docx({"word/document.xml": bytes(31 * 1024 * 1024)}), "kop-terlalu-besar"),
    "banyak": (as_docx({f"{i}.xml": b"" for i in range(1001)}), "kop-terlalu-besar"),
    "gambar di luar": (linked_picture(), "kop-menaut-luar"),
}


@pytest.mark.parametrize("nama", REFUSED)
def test_what_cannot_be_a_letterhead_is_refused(nama: str) -> None:
    kop, kode = REFUSED[nama]
    with pytest.raises(SkmError) as caught:
        write_docx(dokumen(CHAPTER), kop, stand_in)
    assert caught.value.kode == kode
    assert "{" not in str(caught.value)
