"""Reports, archives and previews as downloads; one channel of a table."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from masuk_uji import SignedIn
from PIL import Image
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from skm.laporan import pratinjau
from skm.laporan.kop import save_kop
from skm.penutupan.tutup import close
from skm.periode import parse_period
from skm.settings import Settings, read_settings
from skm.store import Store, TindakBaru, open_store
from skm.web import unduh
from skm.web.unduh import download_routes
from tests.dashboard.survei_uji import T1, add_running

pytestmark = pytest.mark.lambat

BASE = "/unduh/jalan/2025-T1"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def store(folder: Path) -> Iterator[Store]:
    """One store for all: what is downloaded changes nothing."""
    with open_store(f"sqlite:///{folder / 'skm.db'}") as opened:
        add_running(opened)
        opened.add_follow_up("jalan", TindakBaru(T1, "U2", "Menambah kursi", "Mei", "Kepala Seksi"))
        yield opened


@pytest.fixture
def client(store: Store, folder: Path) -> TestClient:
    def settings() -> Settings:
        return read_settings({"SKM_DATA": str(folder)})

    return TestClient(
        Starlette(
            routes=download_routes(lambda: store, settings), middleware=[Middleware(SignedIn)]
        )
    )


@pytest.mark.parametrize(
    ("path", "name", "start"),
    [
        ("laporan.pdf", "laporan-skm-jalan-2025-T1.pdf", b"%PDF-"),
        ("laporan.docx", "laporan-skm-jalan-2025-T1.docx", b"PK"),
        ("laporan.xlsx", "olah-data-skm-jalan-2025-T1.xlsx", b"PK"),
        ("laporan.lkip-docx", "lkip-skm-jalan-2025.docx", b"PK"),
        ("laporan.lkip-xlsx", "lkip-skm-jalan-2025.xlsx", b"PK"),
    ],
)
def test_every_form_of_a_report(client: TestClient, path: str, name: str, start: bytes) -> None:
    answer = client.get(f"{BASE}/{path}")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == f"attachment; filename*=UTF-8''{name}"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.content.startswith(start)


def test_the_word_report_takes_the_offices_letterhead(client: TestClient, folder: Path) -> None:
    letterhead = docx.Document()
    letterhead.add_paragraph("Kop Dinas Contoh")
    stream = io.BytesIO()
    letterhead.save(stream)
    save_kop(folder, stream.getvalue())
    report = docx.Document(io.BytesIO(client.get(f"{BASE}/laporan.docx").content))
    assert report.paragraphs[0].text == "Kop Dinas Contoh"


def test_the_archive_of_a_closed_period_only(store: Store, client: TestClient) -> None:
    answer = client.get(f"{BASE}/arsip.zip")
    assert (answer.status_code, "belum ditutup" in answer.text) == (404, True)
    closed = close(store, "jalan", T1)
    answer = client.get(f"{BASE}/arsip.zip")
    assert answer.headers["content-disposition"].endswith("arsip-jalan-2025-T1.zip")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.read("arsip.sha256").decode().startswith(closed.sha256)
    store.reopen_period("jalan", T1, "uji")
    assert client.get(f"{BASE}/arsip.zip").status_code == 404


def test_a_part_of_a_closed_semester_has_no_archive_of_its_own(
    store: Store, client: TestClient
) -> None:
    semester = parse_period("2025-S1")
    close(store, "jalan", semester)
    assert client.get(f"{BASE}/arsip.zip").status_code == 404
    store.reopen_period("jalan", semester, "uji")


def test_the_pages_as_pictures_drawn_once(
    store: Store, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = []
    draw = pratinjau.preview_pages

    def count(*given: object) -> list[bytes]:
        drawn.append(given)
        return draw(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(pratinjau, "preview_pages", count)
    store.set_report_text("jalan", T1, "lokasi", "Tiga loket.")  # a new version of the data
    first, second = (client.get(f"{BASE}/laporan/{n}.png") for n in (1, 2))
    assert first.headers["content-disposition"].startswith("inline")
    for answer in (first, second):
        with Image.open(io.BytesIO(answer.content)) as picture:
            assert picture.format == "PNG"
            assert round(picture.height / picture.width, 2) == 1.41  # A4
    assert first.content != second.content
    assert len(drawn) == 1
    store.set_report_text("jalan", T1, "lokasi", "Empat loket.")
    client.get(f"{BASE}/laporan/1.png")
    assert len(drawn) == 2


def test_the_plan_as_a_table(client: TestClient) -> None:
    rows = client.get(f"{BASE}/tindak-lanjut.csv").text.splitlines()
    assert rows[1].startswith("U2 Sarana;Menambah kursi;Mei;Kepala Seksi;Rencana;")


def test_one_channel_of_a_table_says_so_in_its_name(client: TestClient) -> None:
    """All five answers came by QR: sums 17 of 5, IKM 85,00."""
    answer = client.get(f"{BASE}/unsur.csv?kanal=qr")
    assert answer.headers["content-disposition"].endswith("jalan-2025-T1-unsur-qr.csv")
    assert re.search(r"IKM unit pelayanan;5;;[^;]*;85,00;", answer.text)
    assert "IKM unit pelayanan;0;" in client.get(f"{BASE}/unsur.csv?kanal=kertas").text


@pytest.mark.parametrize(
    "path",
    [
        f"{BASE}/unsur.csv?kanal=pos",
        f"{BASE}/unsur.csv?kanal=",
        f"{BASE}/masuk-titik.csv?kanal=qr",
        f"{BASE}/laporan.exe",
        f"{BASE}/laporan/0.png",
        f"{BASE}/laporan/999.png",
        "/unduh/jalan/2024-T1/laporan.pdf",
        "/unduh/jalan/2024-T1/laporan/1.png",
        "/unduh/jalan/kemarin/laporan.pdf",
        "/unduh/lain/2025-T1/laporan.pdf",
        "/unduh/lain/2025-T1/laporan/1.png",
        "/unduh/lain/2025-T1/arsip.zip",
    ],
)
def test_what_does_not_exist_is_one_sentence(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/plain")
    assert len(answer.text.splitlines()) == 1


def test_a_fault_of_our_own_is_one_sentence_too(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("rahasia")

    monkeypatch.setattr(unduh, "all_tables", fail)
    answer = client.get(f"{BASE}/unsur.csv")
    assert answer.status_code == 500
    assert "rahasia" not in answer.text
    assert len(answer.text.splitlines()) == 1
