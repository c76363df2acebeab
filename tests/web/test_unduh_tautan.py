"""What is printed for placements, as downloads; the code on it leads to the right form."""

from __future__ import annotations

import io
import threading
import zipfile
from collections.abc import Iterator

import pytest
import zxingcpp
from masuk_uji import SignedIn
from PIL import Image
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from skm.settings import read_settings
from skm.store import Store, Tautan, open_store
from skm.web.unduh import download_routes
from tests.dashboard.survei_uji import add_bare, add_running

PUBLIC = {"SKM_URL_PUBLIK": "https://skm.contoh.go.id"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One store for all: what is downloaded changes nothing."""
    with open_store(f"sqlite:///{tmp_path_factory.mktemp('data') / 'skm.db'}") as opened:
        yield opened


@pytest.fixture(scope="module")
def tautan(store: Store) -> tuple[Tautan, ...]:
    return add_running(store)[1]


@pytest.fixture
def client(store: Store) -> TestClient:
    routes = download_routes(lambda: store, lambda: read_settings(PUBLIC))
    return TestClient(Starlette(routes=routes, middleware=[Middleware(SignedIn)]))


@pytest.mark.parametrize("ukuran", ["a4", "a5", "tenda"])
def test_posters_of_all_and_of_one(
    client: TestClient, tautan: tuple[Tautan, ...], ukuran: str
) -> None:
    everything = client.get(f"/unduh/jalan/poster-{ukuran}.pdf")
    assert everything.headers["content-type"] == "application/pdf"
    assert everything.headers["content-disposition"].endswith(f"poster-jalan-{ukuran}.pdf")
    one = client.get(f"/unduh/jalan/poster-{ukuran}.pdf?kode={tautan[0].kode}&bahasa=en")
    assert one.content.startswith(b"%PDF-")
    assert one.headers["content-disposition"].endswith(
        f"poster-jalan-{tautan[0].kode}-{ukuran}.pdf"
    )
    assert len(everything.content) > len(one.content) > 1000


def test_a_closed_placement_is_not_in_the_archive(
    client: TestClient, store: Store, tautan: tuple[Tautan, ...]
) -> None:
    store.change_tautan(tautan[1].kode, aktif=False)
    answer = client.get("/unduh/jalan/poster-a5.zip")
    store.change_tautan(tautan[1].kode, aktif=True)
    names = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert len(names) == 2 * 3
    assert any(tautan[0].kode in name for name in names)
    assert not any(tautan[1].kode in name for name in names)


def test_the_code_leads_to_the_form(client: TestClient, tautan: tuple[Tautan, ...]) -> None:
    kode = tautan[2].kode
    png = client.get(f"/unduh/jalan/qr/{kode}.png")
    found = zxingcpp.read_barcode(Image.open(io.BytesIO(png.content)).convert("L"))
    assert found is not None
    assert found.text == f"https://skm.contoh.go.id/isi/{kode}"
    svg = client.get(f"/unduh/jalan/qr/{kode}.svg")
    assert svg.headers["content-type"] == "image/svg+xml"
    assert svg.text.startswith("<svg")


def test_the_paper_questionnaire(client: TestClient, tautan: tuple[Tautan, ...]) -> None:
    for query in ("", f"?kode={tautan[0].kode}"):
        answer = client.get(f"/unduh/jalan/kuesioner.pdf{query}")
        assert answer.content.startswith(b"%PDF-")


def test_the_surveys_file_and_its_history(
    client: TestClient, store: Store, tautan: tuple[Tautan, ...]
) -> None:
    for path in ("survei.toml", "survei-1.toml"):
        answer = client.get(f"/unduh/jalan/{path}")
        assert answer.headers["content-type"].startswith("application/toml")
        assert answer.text == store.load_toml("jalan")
    assert "jalan-1.toml" in answer.headers["content-disposition"]


def test_the_lists_as_csv(client: TestClient, tautan: tuple[Tautan, ...]) -> None:
    lines = client.get("/unduh/jalan/tautan.csv").text.splitlines()
    assert lines[1].startswith("Loket Utara;Dipilih responden;QR;;" + tautan[0].kode)
    assert f"https://skm.contoh.go.id/isi/{tautan[0].kode}" in lines[1]
    table = client.get("/unduh/jalan/2025-T1/masuk-titik.csv").text.splitlines()
    assert table[1].endswith(";4")
    assert client.get("/unduh/jalan/2025-T1/ikm-tanda.csv").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/unduh/lain/poster-a4.pdf",
        "/unduh/jalan/poster-a3.pdf",
        "/unduh/jalan/poster-a4.exe",
        "/unduh/jalan/poster-a4.pdf?kode=ABCDEFGH",
        "/unduh/jalan/poster-a4.pdf?bahasa=xx",
        "/unduh/jalan/poster-a4.zip?kode=..%2f..%2fetc",
        "/unduh/jalan/qr/ABCDEFGH.png",
        "/unduh/jalan/qr/KODE.exe",
        "/unduh/jalan/kuesioner.pdf?kode=ABCDEFGH",
        "/unduh/lain/kuesioner.pdf",
        "/unduh/lain/tautan.csv",
        "/unduh/jalan/2025-T1/rahasia.csv",
        "/unduh/lain/survei.toml",
        "/unduh/jalan/survei-99.toml",
    ],
)
def test_what_does_not_exist_is_one_sentence(
    client: TestClient, tautan: tuple[Tautan, ...], path: str
) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/plain")
    assert len(answer.text.splitlines()) == 1


def test_no_placement_and_another_surveys_code(
    client: TestClient, store: Store, tautan: tuple[Tautan, ...]
) -> None:
    add_bare(store)
    assert "Belum ada tautan" in client.get("/unduh/polos/poster-a4.pdf").text
    assert client.get(f"/unduh/polos/qr/{tautan[0].kode}.svg").status_code == 404


def test_nothing_is_made_on_the_event_loop(store: Store, tautan: tuple[Tautan, ...]) -> None:
    threads: list[str] = []

    def store_of() -> Store:
        threads.append(threading.current_thread().name)
        return store

    app = Starlette(
        routes=download_routes(store_of, lambda: read_settings(PUBLIC)),
        middleware=[Middleware(SignedIn)],
    )
    assert TestClient(app).get("/unduh/jalan/poster-a5.pdf").status_code == 200
    assert all("worker" in name.lower() for name in threads)
