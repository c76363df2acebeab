"""Files of any bytes, and good ones with something changed inside: read, or one clear sentence."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skm.intake import read_file
from skm.jawaban import Jawaban, Kanal
from skm.penutupan.berkas import read_archive, write_archive
from skm.penutupan.resmi import open_official
from skm.penutupan.tutup import close
from skm.penutupan.verifikasi import verify
from skm.periode import parse_period
from skm.pesan import SkmError, catalogue
from skm.report.docx.kop import open_kop
from skm.settings import SURVEYS
from skm.store import BatchBaru, Store, open_store
from skm.store.backup import write_backup
from skm.store.backup_file import open_backup
from skm.survei import load_survei

pytestmark = pytest.mark.lambat

SAMPLE = SURVEYS / "contoh-disdukcapil-bekasi-2024.toml"
XLS = Path(__file__).parent / "intake" / "berkas" / "jawaban.xls"
T4 = parse_period("2024-T4")
many = settings(max_examples=100, deadline=timedelta(seconds=30), database=None)
few = settings(many, max_examples=15)

Parts = dict[str, bytes]


def packed(parts: Parts, how: int = ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with ZipFile(stream, "w", how) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def unpacked(content: bytes) -> Parts:
    with ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def said(read: Callable[[], object]) -> None:
    """Nothing but a sentence of the catalogue comes out of reading."""
    try:
        read()
    except SkmError as error:
        assert error.kode in catalogue()
        assert str(error)


@st.composite
def damaged(draw: st.DrawFn, content: bytes) -> bytes:
    """The bytes with a stretch replaced, and perhaps cut short."""
    at = draw(st.integers(0, len(content)))
    noise, gone = draw(st.binary(max_size=8)), draw(st.integers(0, 8))
    whole = content[:at] + noise + content[at + gone :]
    return whole[: draw(st.just(len(whole)) | st.integers(0, len(whole)))]


@st.composite
def repacked(draw: st.DrawFn, parts: Parts) -> bytes:
    """The archive with one file changed, lost or named otherwise, its checksums right."""
    name = draw(st.sampled_from(sorted(parts)))
    change = draw(st.sampled_from(["damage", "words", "lose", "rename", "empty"]))
    own, how = dict(parts), draw(st.sampled_from([ZIP_STORED, ZIP_DEFLATED, ZIP_BZIP2, ZIP_LZMA]))
    content = own.pop(name)
    match change:
        case "damage":
            own[name] = draw(damaged(content))
        case "words":
            old = draw(st.sampled_from(sorted(set(content.split(b'"'))) or [b""]))
            new = draw(st.sampled_from(WORDS) | st.binary(max_size=12))
            own[name] = content.replace(old, new) if old else new
        case "rename":
            own[draw(st.sampled_from(["../x", "/etc/x", name.upper(), "x\\y"]))] = content
        case "empty":
            own[name] = b""
    whole = packed(own, how)
    return draw(st.just(whole) | damaged(whole))


WORDS = [b"", b"-1", b"0", b"99999999999999999999", b"NaN", b"A1048576", b"XFD1", b"&lt;", b"&x;",
         b"<a/>", b"\x00", b"\xff\xfe", b"http://jahat.example/x", b"../../x"]  # fmt: skip
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-2, 10**25)
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["2024-T4", "2024-S2", "qr", "1/0"])
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)


@st.composite
def changed(draw: st.DrawFn, content: bytes) -> bytes:
    """The JSON with some place of it holding any other value, or none."""
    root = here = json.loads(content)
    while True:
        keys = list(here) if isinstance(here, dict) else list(range(len(here)))
        key = draw(st.sampled_from(keys))
        below = here[key]
        if isinstance(below, dict | list) and below and draw(st.integers(0, 3)):
            here = below
            continue
        if draw(st.booleans()):
            here[key] = draw(VALUES)
        else:
            del here[key]
        return json.dumps(root).encode()


def workbook() -> bytes:
    book = openpyxl.Workbook()
    for row in (["Layanan", "U1", "Saran"], ["KTP", 4, "baik"], ["KK", 3.5, None]):
        book.active.append(row)
    book.active.merge_cells("A2:A3")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


ODS = {
    "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
    "content.xml": b"""<?xml version="1.0" encoding="UTF-8"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body>
<office:spreadsheet><table:table table:name="A"><table:table-row table:number-rows-repeated="2">
<table:table-cell office:value-type="string"><text:p>U1</text:p></table:table-cell>
<table:table-cell office:value-type="float" office:value="4" table:number-columns-repeated="2"/>
</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>""",
}
XLSX = unpacked(workbook())
CSV = 'Layanan;U1;U2\r\nKTP;4;3\r\n"K;K";2;1\r\n'.encode("utf-8-sig")
NAMES = st.sampled_from(["a.csv", "a.xlsx", "a.xls", "a.ods", "", "../{x}.csv", "a\x00.xlsx"])


class TestUploads:
    @many
    @given(NAMES, st.binary(max_size=2000) | damaged(CSV))
    def test_any_bytes(self, nama: str, isi: bytes) -> None:
        said(lambda: read_file(nama, isi))

    @many
    @given(NAMES, repacked(XLSX) | repacked(ODS))
    def test_a_workbook_changed_inside(self, nama: str, isi: bytes) -> None:
        said(lambda: read_file(nama, isi))

    @few
    @given(NAMES, damaged(XLS.read_bytes()))
    def test_a_damaged_xls(self, nama: str, isi: bytes) -> None:
        said(lambda: read_file(nama, isi))


def letterhead() -> bytes:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "DINAS CONTOH"
    document.add_paragraph("KOP")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


KOP = letterhead()
KOP_PARTS = unpacked(KOP)


def many_heads() -> bytes:
    """A letterhead with sections whose heads are each of a kind of their own."""
    head = '<w:headerReference w:type="t{}" r:id="rId1"/>'
    section = f"<w:p><w:pPr><w:sectPr>{head}</w:sectPr></w:pPr></w:p>"
    sections = "".join(section.format(i) for i in range(20_000)).encode()
    content = KOP_PARTS["word/document.xml"].replace(b"<w:body>", b"<w:body>" + sections)
    return packed({**KOP_PARTS, "word/document.xml": content})


READ = """
import sys
from skm.intake import read_file
from skm.pesan import SkmError
from skm.report.docx.kop import open_kop
nama, isi = sys.argv[1], sys.stdin.buffer.read()
try:
    if nama == "kop.docx":
        print(len(open_kop(isi).sections))
    else:
        print(len(read_file(nama, isi).lembar[0].baris))
except SkmError as error:
    print(error.kode)
"""
ENDLESS = {
    "apostrophes": ("a.csv", b"U1;U2\n" + (b"'" * 100_000 + b";4\n") * 9, "10"),
    "columns": ("a.csv", (b"a;" * 200_000 + b"\n") * 5, "berkas-terlalu-besar-isi"),
    "heads": ("kop.docx", many_heads(), "1"),
    "tags": ("a.ods", packed({"content.xml": b"<table:table " * 200_000}), "berkas-rusak"),
    "quotes": ("a.ods", packed({"content.xml": b"<table:table \"'" * 200_000}), "berkas-rusak"),
}


@pytest.mark.parametrize("name", ENDLESS)
def test_nothing_small_takes_for_ever(name: str) -> None:
    """Each of these is below 3 MB, and would keep a careless reader for minutes or hours."""
    nama, isi, told = ENDLESS[name]
    done = subprocess.run(
        [sys.executable, "-c", READ, nama], cwd=SURVEYS.parent,
        input=isi, capture_output=True, timeout=60, check=True,
    )  # fmt: skip
    assert done.stdout.decode().strip() == told


@many
@given(st.binary(max_size=500) | damaged(KOP) | repacked(KOP_PARTS))
def test_a_letterhead(kop: bytes) -> None:
    said(lambda: open_kop(kop))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with six answers in a closed period."""
    folder = tmp_path_factory.mktemp("kantor")
    with open_store(f"sqlite:///{folder / 'skm.db'}") as store:
        survei = load_survei(SAMPLE)
        store.save_survei(survei, SAMPLE.read_text(encoding="utf-8"))
        marks = ("444444444", "333333333", "34343434-")
        sheets = [Jawaban(m, periode=T4, layanan="ktp-el", saran="baik") for m in marks * 2]
        store.add_batch(survei.id, BatchBaru(Kanal.UNGGAH), sheets)
        close(store, survei.id, T4)
        yield store


@pytest.fixture(scope="module")
def archive(office: Store) -> bytes:
    beku = open_official(office, "contoh-disdukcapil-bekasi-2024").frozen(T4)
    assert beku is not None
    return write_archive(office, beku)


@pytest.fixture(scope="module")
def backup(office: Store, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("cadangan") / "c.zip"
    write_backup(office.engine, path)
    return path.read_bytes()


def test_an_archive(archive: bytes, tmp_path: Path) -> None:
    path, parts = tmp_path / "arsip.zip", unpacked(archive)

    @many
    @given(st.binary(max_size=300) | damaged(archive) | repacked(parts))
    def any_file(content: bytes) -> None:
        path.write_bytes(content)
        said(lambda: verify(read_archive(path)))

    @many
    @given(changed(parts["arsip.json"]))
    def any_content(content: bytes) -> None:
        said(lambda: verify({**parts, "arsip.json": content}))

    any_file()
    any_content()


@pytest.mark.parametrize(
    ("tempat", "nilai"),
    [
        (("berkas",), []),
        (("naskah", 0, "toml"), None),
        (("sebaran", 0, 1), None),
        (("hasil",), []),
        (("jumlah", "dipakai"), "6"),
        (("populasi",), {"": {}}),
    ],
)
def test_a_value_of_another_kind(
    archive: bytes, tempat: tuple[str | int, ...], nilai: object
) -> None:
    parts = unpacked(archive)
    root = here = json.loads(parts["arsip.json"])
    for key in tempat[:-1]:
        here = here[key]
    here[tempat[-1]] = nilai
    spoilt = json.dumps(root, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    try:
        found = [fault.kode for fault in verify({**parts, "arsip.json": spoilt.encode()}).temuan]
    except SkmError as error:
        found = [error.kode]
    assert set(found) & {"arsip-tak-terbaca", "verifikasi-sidik"}


def test_a_packing_of_another_program_that_is_damaged(
    archive: bytes, backup: bytes, tmp_path: Path
) -> None:
    """LZMA has an error of its own; its settings stand right after the ZIP's own header."""
    path, kodes = tmp_path / "x.zip", []
    for content, first in ((archive, "arsip.json"), (backup, "cadangan.json")):
        parts = unpacked(content)
        whole = bytearray(packed({first: parts.pop(first), **parts}, ZIP_LZMA))
        at = 30 + len(first) + 4
        whole[at : at + 5] = b"\xff" * 5
        path.write_bytes(whole)
        read = read_archive if first == "arsip.json" else open_whole
        with pytest.raises(SkmError) as caught:
            read(path)
        kodes.append(caught.value.kode)
    assert kodes == ["arsip-tak-terbaca", "cadangan-rusak"]


def open_whole(path: Path) -> None:
    with open_backup(path):
        pass


def test_a_backup(backup: bytes, tmp_path: Path) -> None:
    path, parts = tmp_path / "cadangan.zip", unpacked(backup)

    @many
    @given(st.binary(max_size=300) | damaged(backup) | repacked(parts))
    def any_file(content: bytes) -> None:
        path.write_bytes(content)
        said(lambda: open_whole(path))

    @many
    @given(changed(parts["cadangan.json"]))
    def any_manifest(content: bytes) -> None:
        path.write_bytes(packed({**parts, "cadangan.json": content}))
        said(lambda: open_whole(path))

    any_file()
    any_manifest()
