"""One period, six ways out: dashboard, DOCX, PDF, XLSX, terminal and API print the same numbers.

What they should be is computed here from the sample's files, with fractions and no code of ours.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from fractions import Fraction
from html import unescape

import openpyxl
import pypdfium2
import pytest
from conftest import CONTOH, ROOT
from docx import Document
from starlette.applications import Starlette
from starlette.testclient import TestClient

from skm.cli import main
from skm.laporan.berkas import Bentuk, make_report
from skm.penutupan.resmi import open_official
from skm.penutupan.tutup import close
from skm.periode import parse_period
from skm.store import Store
from skm.web.hasil.routes import result_routes

pytestmark = pytest.mark.lambat

UNSUR = (
    "Persyaratan",
    "Sistem, mekanisme dan prosedur",
    "Waktu penyelesaian",
    "Biaya/tarif",
    "Produk spesifikasi jenis pelayanan",
    "Kompetensi pelaksana",
    "Perilaku pelaksana",
    "Sarana dan prasarana",
    "Penanganan pengaduan, saran dan masukan",
)
S2 = parse_period("2024-S2")
Angka = dict[str, tuple[str, str]]
"""NRR (three decimals) and IKM (two) by unsur, with a comma; "IKM" is the unit's."""


def half_up(value: Fraction, places: int) -> str:
    units = int(value * 10**places * 2 + 1) // 2
    return f"{units // 10**places},{units % 10**places:0{places}}"


def expected() -> Angka:
    """Semester II: the mean of two quarters, each the mean of those who answered."""
    quarters = []
    for name in ("t3", "t4"):
        text = (ROOT / f"surveys/{CONTOH}-{name}.csv").read_text(encoding="utf-8")
        rows = list(csv.DictReader(io.StringIO(text)))
        filled = {u: [int(r[u]) for r in rows if r[u]] for u in UNSUR}
        quarters.append({u: Fraction(sum(v), len(v)) for u, v in filled.items()})
    nrr = {u: (quarters[0][u] + quarters[1][u]) / 2 for u in UNSUR}
    found = {u: (half_up(v, 3), half_up(v * 25, 2)) for u, v in nrr.items()}
    unit = sum((sum(q.values()) / 9 * 25 for q in quarters), Fraction(0)) / 2
    return {**found, "IKM": ("", half_up(unit, 2))}


@pytest.fixture
def terbit(store: Store) -> Store:
    close(store, CONTOH, S2)
    store.publish_period(CONTOH, S2)
    return store


def in_words(text: str) -> Angka:
    """The figures of the semester's table and of its sentence, from any running text."""
    plain = re.sub(r"\s+", " ", text)
    start = plain.rindex("NRR dan IKM per unsur, Semester II 2024")
    found = {}
    for nama in UNSUR:
        row = re.compile(re.escape(nama).replace(r"\ ", r"\s*") + r" (\d,\d{3}) (\d+,\d\d)")
        match = row.search(plain, start)
        assert match is not None, nama
        found[nama] = (match[1], match[2])
    unit = re.search(
        r"Indeks Kepuasan Masyarakat \(IKM\) (\d+,\d\d) dengan mutu pelayanan A", plain
    )
    assert unit is not None
    return {**found, "IKM": ("", unit[1])}


def of_docx(store: Store) -> Angka:
    content = make_report(open_official(store, CONTOH), S2, Bentuk.DOCX).isi
    document = Document(io.BytesIO(content))
    words = []
    for part in document.iter_inner_content():
        if hasattr(part, "rows"):
            words += [" ".join(cell.text for cell in row.cells) for row in part.rows]
        else:
            words.append(part.text)
    return in_words("\n".join(words))


def of_pdf(store: Store) -> Angka:
    content = make_report(open_official(store, CONTOH), S2, Bentuk.PDF).isi
    with pypdfium2.PdfDocument(content) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return in_words("\n".join(pages))


def of_xlsx(store: Store) -> Angka:
    """The cached values of the semester's block on the sheet IKM."""
    content = make_report(open_official(store, CONTOH), S2, Bentuk.XLSX).isi
    sheet = openpyxl.load_workbook(io.BytesIO(content), data_only=True)["IKM"]
    rows = {}  # the semester stands last: its rows overwrite those of the quarters
    for row in sheet.iter_rows(values_only=True):
        if row[0]:
            rows[row[0]] = row[1:]
    heads = [str(text).partition(" ")[2] for text in rows["Uraian"][: len(UNSUR)]]
    assert heads == list(UNSUR)
    pairs = zip(rows["Rata-rata NRR"], rows["Rata-rata IKM per unsur"], strict=True)
    found = {
        nama: (half_up(Fraction(nrr), 3), half_up(Fraction(ikm), 2))
        for nama, (nrr, ikm) in zip(UNSUR, pairs, strict=False)
    }
    unit = next(value for value in rows["IKM unit pelayanan"] if value is not None)
    return {**found, "IKM": ("", f"{unit:.2f}".replace(".", ","))}


def of_terminal(_: Store, capsys: pytest.CaptureFixture[str]) -> Angka:
    capsys.readouterr()
    assert main(["ikm", "--survei", CONTOH, "--periode", "2024-S2", "--json"]) == 0
    (group,) = json.loads(capsys.readouterr().out)["kelompok"]
    return of_json(group)


def of_json(group: dict) -> Angka:
    pairs = zip(UNSUR, group["nrr"].values(), group["ikm_unsur"].values(), strict=True)
    found = {nama: (with_comma(nrr), with_comma(ikm)) for nama, nrr, ikm in pairs}
    return {**found, "IKM": ("", with_comma(group["ikm"]))}


def with_comma(digits: str) -> str:
    return digits.replace(".", ",")


def client(store: Store) -> TestClient:
    return TestClient(Starlette(routes=result_routes(lambda: store)))


def of_api(store: Store) -> Angka:
    answer = client(store).get(f"/hasil/api/v1/survei/{CONTOH}/periode/2024-S2")
    assert answer.status_code == 200
    unit = answer.json()["unit"]
    found = {u["nama"]: (with_comma(u["nrr"]), with_comma(u["ikm"])) for u in unit["unsur"]}
    return {**found, "IKM": ("", with_comma(unit["ikm"]))}


def test_documents_and_programs_print_what_follows_from_the_answers(
    terbit: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    ways: dict[str, Callable[[], Angka]] = {
        "DOCX": lambda: of_docx(terbit),
        "PDF": lambda: of_pdf(terbit),
        "XLSX": lambda: of_xlsx(terbit),
        "terminal": lambda: of_terminal(terbit, capsys),
        "API": lambda: of_api(terbit),
    }
    should = expected()
    assert should["IKM"] == ("", "93,78")  # LKIP 2024, table 3.14
    assert {name: way() for name, way in ways.items()} == dict.fromkeys(ways, should)


def test_the_dashboard_and_the_public_page_show_the_same(terbit: Store, dasbor) -> None:
    should = expected()
    page = unescape(" ".join(block.proto.body for block in dasbor(periode="2024-S2").get("html")))
    public = unescape(client(terbit).get(f"/hasil/{CONTOH}/2024-S2").text)
    for text in (page, public):
        plain = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))
        assert should["IKM"][1] in plain
        for nama, (_, ikm) in list(should.items())[:-1]:
            assert re.search(re.escape(nama) + r"[^A-Z]{0,60}?" + re.escape(ikm), plain), nama
    table = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    for nama in UNSUR:
        assert f"{nama}" in table
        assert should[nama][0] in table
