"""docs/keamanan.md names tests that exist, and some measures that no other test holds."""

from __future__ import annotations

import ast
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import openpyxl
import pytest
from masuk_uji import open_layers
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from skm.intake import read_file
from skm.pesan import SkmError
from skm.report.docx.kop import open_kop
from skm.settings import read_settings

TESTS = Path(__file__).parent
PAGE = TESTS.parent / "docs" / "keamanan.md"
NAMED = re.compile(r"`([a-z_/]+\.py)::([\w:]+)`")


def functions_of(path: Path) -> Iterator[str]:
    """The names of a file's test functions, those of a class after its name."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            yield node.name
        elif isinstance(node, ast.ClassDef):
            inner = (n for n in node.body if isinstance(n, ast.FunctionDef))
            yield from (f"{node.name}::{n.name}" for n in inner)


def rows() -> list[str]:
    """The rows of the table of measures."""
    table = PAGE.read_text(encoding="utf-8").partition("## Not yet")[0]
    lines = [line for line in table.splitlines() if line.startswith("| ")]
    return [line for line in lines if not line.endswith("| measure | test |")]


def test_every_measure_names_a_test_and_every_named_test_exists() -> None:
    assert len(rows()) > 20
    for row in rows():
        named = NAMED.findall(row)
        assert named, row
        for file, name in named:
            assert name.rpartition("::")[2].startswith("test_"), row
            assert name in set(functions_of(TESTS / file)), f"{file}::{name}"


@pytest.mark.parametrize(
    ("host", "status"), [("127.0.0.1:8501", 200), ("jahat.example", 400), ("", 400)]
)
def test_every_answer_carries_the_headers_also_a_refusal(host: str, status: int) -> None:
    def page(_: object) -> PlainTextResponse:
        return PlainTextResponse("halo")

    app = Starlette(routes=[Route("/", page)], middleware=open_layers(read_settings({})))
    answer = TestClient(app).get("/", headers={"Host": host})
    assert answer.status_code == status
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "SAMEORIGIN"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert "camera=()" in answer.headers["permissions-policy"]


def test_an_address_that_is_no_page_has_a_policy() -> None:
    client = TestClient(Starlette(middleware=open_layers(read_settings({}))))
    answer = client.get("/x", headers={"Host": "localhost", "Accept": "text/html"})
    policy = answer.headers["content-security-policy"]
    assert (answer.status_code, "unsafe" in policy) == (404, False)
    assert policy.startswith("default-src 'none'; style-src 'sha256-")


def with_entity(content: bytes, part: str, secret: Path, old: bytes) -> bytes:
    """The document with `old` in a part taken from a file of this machine."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as given,
        zipfile.ZipFile(stream, "w") as made,
    ):
        for name in given.namelist():
            xml = given.read(name)
            if name == part:
                assert old in xml
                start = xml.index(b"?>") + 2 if xml.startswith(b"<?xml") else 0
                entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'.encode()
                xml = xml[:start] + entity + xml[start:].replace(old, b"&e;")
            made.writestr(name, xml)
    return stream.getvalue()


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "rahasia.txt"
    path.write_text("rahasia-negara", encoding="utf-8")
    return path


def test_no_entity_of_a_workbook_reads_a_file(secret: Path) -> None:
    book, stream = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["Layanan", "U1"])
    book.save(stream)
    content = with_entity(stream.getvalue(), "xl/sharedStrings.xml", secret, b"Layanan")
    try:
        found = repr(read_file("a.xlsx", content))
    except SkmError as error:
        found = str(error)
    assert "rahasia-negara" not in found


def test_no_entity_of_a_letterhead_reads_a_file(secret: Path) -> None:
    document, stream = docx.Document(), io.BytesIO()
    document.add_paragraph("KOP")
    document.save(stream)
    content = with_entity(stream.getvalue(), "word/document.xml", secret, b"KOP")
    with pytest.raises(SkmError) as caught:
        open_kop(content)
    assert caught.value.kode == "kop-tak-terbaca"
