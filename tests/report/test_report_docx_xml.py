"""What Word demands and other programs forgive: the schema's order, and nothing that dangles.

The sequences are those of ECMA-376, Part 1, Annex A (WordprocessingML, transitional).
"""

from collections import Counter
from dataclasses import replace
from io import BytesIO
from pathlib import PurePosixPath
from posixpath import normpath
from zipfile import ZipFile

import pytest
from docx.oxml.ns import nsmap, qn

from skm.report.docx import write_docx
from skm.report.dokumen import Daftar, Judul, Paragraf, TandaTangan

from .cetakan import JAHAT
from .docx_uji import SAMPUL, body_kop, dokumen, head_kop, saved, stand_in, xml_parts
from .dokumen_contoh import TITIK, report, wide_table

SEQUENCES = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr "
    "suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct "
    "topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind "
    "contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint "
    "noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect "
    "bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath",
    "pBdr": "top left bottom right between bar",
    "numPr": "ilvl numId",
    "tbl": "tblPr tblGrid tr",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW "
    "jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption "
    "tblDescription",
    "tblBorders": "top left bottom right insideH insideV",
    "tblCellMar": "top left bottom right",
    "tr": "tblPrEx trPr tc",
    "tc": "tcPr p",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection "
    "tcFitText vAlign hideMark",
    "tcBorders": "top left bottom right insideH insideV tl2br tr2bl",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden "
    "unhideWhenUsed qFormat locked personal personalCompose personalReply rsid pPr rPr tblPr trPr "
    "tcPr tblStylePr",
    "tblStylePr": "pPr rPr tblPr trPr tcPr",
    "styles": "docDefaults latentStyles style",
    "docDefaults": "rPrDefault pPrDefault",
    "numbering": "numPicBullet abstractNum num numIdMacAtCleanup",
    "abstractNum": "nsid multiLevelType tmpl name styleLink numStyleLink lvl",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
    "num": "abstractNumId lvlOverride",
    "lvlOverride": "startOverride lvl",
    "sdt": "sdtPr sdtEndPr sdtContent",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc "
    "pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi "
    "rtlGutter docGrid printerSettings sectPrChange",
    "settings": "zoom bordersDoNotSurroundHeader bordersDoNotSurroundFooter proofState "
    "defaultTabStop drawingGridHorizontalSpacing drawingGridVerticalSpacing "
    "displayHorizontalDrawingGridEvery displayVerticalDrawingGridEvery characterSpacingControl "
    "savePreviewPicture doNotValidateAgainstSchema doNotDemarcateInvalidXml hdrShapeDefaults "
    "compat rsids mathPr themeFontLang clrSchemeMapping doNotAutoCompressPictures shapeDefaults "
    "decimalSymbol listSeparator",
}
UNIQUE = {"wp:docPr": "id", "w:bookmarkStart": "w:id"}
HARD = dokumen(
    Paragraf(JAHAT),
    *(Judul(JAHAT, n, JAHAT) for n in (1, 2, 3)),
    Daftar((JAHAT, "b"), bernomor=True),
    Daftar(("c",)),
    wide_table(9, "titik", TITIK, 24),
    TandaTangan("", JAHAT, "", JAHAT),
    daftar_isi=True,
)
CASES = {
    "report": (report(), None),
    "hard": (HARD, None),
    "bare": (replace(report(), sampul=None, daftar_isi=False, kaki=""), None),
    "head": (report(), saved(head_kop())),
    "body": (replace(HARD, sampul=replace(SAMPUL, keadaan="")), saved(body_kop())),
}


@pytest.fixture(scope="module", params=CASES)
def package(request) -> bytes:
    content, kop = CASES[request.param]
    return write_docx(content, kop, stand_in)


def test_properties_stand_in_the_order_of_the_schema(package: bytes) -> None:
    seen = Counter()
    for name, root in xml_parts(package).items():
        for tag, sequence in SEQUENCES.items():
            order = sequence.split()
            for element in root.iter(qn(f"w:{tag}")):
                children = [_local(child.tag) for child in element if _is_word(child)]
                seen[tag] += len(children)
                assert set(children) <= set(order), (name, tag, children)
                places = [order.index(child) for child in children]
                assert places == sorted(places), (name, tag, children)
    assert not {"pPr", "rPr", "tblPr", "tcPr", "sectPr", "style", "num"} - set(+seen)


def test_properties_come_first_and_once(package: bytes) -> None:
    for root in xml_parts(package).values():
        for parent, properties in (("p", "pPr"), ("r", "rPr"), ("tc", "tcPr"), ("tr", "trPr")):
            for element in root.iter(qn(f"w:{parent}")):
                places = [
                    i for i, child in enumerate(element) if child.tag == qn(f"w:{properties}")
                ]
                assert places in ([], [0])


def test_every_cell_ends_with_a_paragraph_and_every_row_has_all_cells(package: bytes) -> None:
    document = xml_parts(package)["word/document.xml"]
    for table in document.iter(qn("w:tbl")):
        columns = len(table.xpath("./w:tblGrid/w:gridCol"))
        assert columns
        assert all(len(row.xpath("./w:tc")) == columns for row in table.xpath("./w:tr"))
        assert all(cell[-1].tag == qn("w:p") for cell in table.iter(qn("w:tc")))
        assert table.getnext().tag == qn("w:p")
    assert document[0][-1].tag == qn("w:sectPr")
    assert len(list(document.iter(qn("w:sectPr")))) == 1


def test_numbers_of_pictures_and_bookmarks_are_unique(package: bytes) -> None:
    for tag, attribute in UNIQUE.items():
        found = [
            element.get(qn(attribute) if ":" in attribute else attribute)
            for root in xml_parts(package).values()
            for element in root.iter(qn(tag))
        ]
        assert len(found) == len(set(found))
    document = xml_parts(package)["word/document.xml"]
    names = [mark.get(qn("w:name")) for mark in document.iter(qn("w:bookmarkStart"))]
    assert len(names) == len(set(names))
    starts = [mark.get(qn("w:id")) for mark in document.iter(qn("w:bookmarkStart"))]
    assert starts == [mark.get(qn("w:id")) for mark in document.iter(qn("w:bookmarkEnd"))]


def test_every_style_list_and_field_refers_to_something(package: bytes) -> None:
    roots = xml_parts(package)
    styles = roots["word/styles.xml"]
    ids = [style.get(qn("w:styleId")) for style in styles.iter(qn("w:style"))]
    names = [style.val for style in styles.xpath("./w:style/w:name")]
    assert len(ids) == len(set(ids))
    assert len(names) == len({name.casefold() for name in names})
    numbers = roots["word/numbering.xml"].xpath("./w:num/@w:numId")
    assert len(numbers) == len(set(numbers))
    for root in roots.values():
        for tag in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link"):
            assert {e.get(qn("w:val")) for e in root.iter(qn(f"w:{tag}"))} <= set(ids)
        lists = {e.get(qn("w:val")) for e in root.iter(qn("w:numId"))}
        assert lists - {"0"} <= set(numbers)
        marks = [e.get(qn("w:fldCharType")) for e in root.iter(qn("w:fldChar"))]
        assert marks.count("begin") == marks.count("separate") == marks.count("end")
    assert not roots["word/settings.xml"].xpath("./w:updateFields")


def test_every_relationship_leads_to_a_part_and_every_part_has_a_type(package: bytes) -> None:
    with ZipFile(BytesIO(package)) as archive:
        names = archive.namelist()
        times = {entry.date_time for entry in archive.infolist()}
    assert len(names) == len(set(names))
    assert times == {(1980, 1, 1, 0, 0, 0)}
    roots = xml_parts(package)
    types = roots["[Content_Types].xml"]
    typed = {e.get("PartName") for e in types} | {e.get("Extension") for e in types}
    for name in names:
        assert f"/{name}" in typed or name.rsplit(".")[-1] in typed
    for name, root in roots.items():
        if not name.endswith(".rels"):
            continue
        folder = PurePosixPath(name).parent.parent
        source = str(folder / PurePosixPath(name).stem)
        known = {rel.get("Id") for rel in root}
        assert len(known) == len(root)
        for rel in root:
            assert rel.get("TargetMode") != "External"
            target = rel.get("Target")
            assert normpath(folder / target).lstrip("/") in names
        if source in roots:
            used = (qn("r:id"), qn("r:embed"))
            wanted = {e.get(key) for e in roots[source].iter() for key in used if key in e.attrib}
            assert wanted <= known


def _is_word(element: object) -> bool:
    return isinstance(element.tag, str) and element.tag.startswith(f"{{{nsmap['w']}}}")


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
