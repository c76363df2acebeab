"""Downloads and the wrapping of responses, on the smallest app that has them."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from masuk_uji import SignedIn, open_layers
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from skm.intake import propose, read_file
from skm.mulai import prepare
from skm.settings import Settings, read_settings
from skm.store import Store
from skm.web.beranda import home_route
from skm.web.lapisan import PAGES
from skm.web.unduh import download_routes

SAMPLE = "contoh-disdukcapil-bekasi-2024"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("data")
    with prepare(read_settings({"SKM_DATA": str(folder)})) as store:
        yield store


@pytest.fixture
def client(sample: Store) -> TestClient:
    return TestClient(
        Starlette(routes=download_routes(lambda: sample), middleware=[Middleware(SignedIn)])
    )


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))


class TestDownloads:
    def test_a_table_as_csv(self, client: TestClient) -> None:
        answer = client.get(f"/unduh/{SAMPLE}/2024-T4/unsur.csv")
        assert answer.headers["content-disposition"].endswith(f"{SAMPLE}-2024-T4-unsur.csv")
        table = rows(answer.text)
        assert table[3][:4] == ["U3", "Waktu penyelesaian", "1.560", "3,614"]
        assert table[-1][5:] == ["93,86", "A", "Sangat Baik"]

    def test_respondents_per_layanan_as_published(self, client: TestClient) -> None:
        table = rows(client.get(f"/unduh/{SAMPLE}/2024-T4/responden-layanan.csv").text)
        assert table[1] == ["Pencatatan Kelahiran WNI dalam Wilayah NKRI", "303", "19,42%"]
        assert table[-1] == ["Jumlah", "1.560", "100,00%"]

    def test_the_counts_behind_every_figure(self, client: TestClient) -> None:
        """U1 of all layanan together: sum 5838 over 1,560 (surveys/README.md)."""
        table = rows(client.get(f"/unduh/{SAMPLE}/2024-T4/sebaran-layanan.csv").text)
        u1 = [[int(n.replace(".", "")) for n in row[3:]] for row in table if row[1] == "U1"]
        unit, layanan = u1[0], u1[1:]
        assert table[1][0] == "Seluruh unit"
        assert unit[0] + 2 * unit[1] + 3 * unit[2] + 4 * unit[3] == 5838
        assert [sum(column) for column in zip(*layanan, strict=True)] == unit
        assert (len(layanan), unit[4]) == (14, 1560)

    @pytest.mark.parametrize(
        "path",
        [
            "/unduh/tidak-ada/2024-T4/unsur.csv",
            f"/unduh/{SAMPLE}/2024-T9/unsur.csv",
            f"/unduh/{SAMPLE}/2024-T4/rahasia.csv",
            f"/unduh/{SAMPLE}/templat.exe",
            "/unduh/..%2f..%2fetc/2024-T4/passwd.csv",
        ],
    )
    def test_what_does_not_exist_is_one_sentence(self, client: TestClient, path: str) -> None:
        answer = client.get(path)
        assert answer.status_code == 404
        assert "Traceback" not in answer.text

    @pytest.mark.parametrize("bentuk", ["csv", "xlsx"])
    def test_the_template_maps_without_questions(
        self, client: TestClient, sample: Store, bentuk: str
    ) -> None:
        content = client.get(f"/unduh/{SAMPLE}/templat.{bentuk}").content
        pemetaan = propose(read_file(f"t.{bentuk}", content), sample.load_survei(SAMPLE))
        assert (pemetaan.belum, pemetaan.masalah) == ((), ())


def wrapped(settings: Settings) -> TestClient:
    def page(_: object) -> HTMLResponse:
        return HTMLResponse('<!doctype html><html lang="en"><p>Halo</p></html>')

    def data(_: object) -> JSONResponse:
        return JSONResponse({"html": '<html lang="en">'})

    def large(_: object) -> PlainTextResponse:
        return PlainTextResponse("x" * 5000)

    routes = [Route("/", page), Route("/data", data), Route("/besar", large)]
    app = Starlette(routes=routes, middleware=open_layers(settings))
    return TestClient(app, base_url="http://127.0.0.1:8501")


def test_the_first_page_answers_under_its_name() -> None:
    client = TestClient(Starlette(routes=[home_route()]), follow_redirects=False)
    answer = client.get("/ringkasan?survei=a&periode=2024-T4")
    assert (answer.status_code, answer.headers["location"]) == (308, "/?survei=a&periode=2024-T4")
    assert client.get("/ringkasan").headers["location"] == "/"


class TestLayers:
    def test_an_unknown_page_is_a_plain_sentence_for_people_only(self) -> None:
        client = wrapped(read_settings({}))
        html = {"Accept": "text/html,*/*;q=0.8"}
        answer = client.get("/rahasia", headers=html)
        assert (answer.status_code, "Halaman tidak ada" in answer.text) == (404, True)
        assert client.get("/data", headers={"Accept": "*/*"}).status_code == 200
        # A page of the dashboard passes on to the app, which here has none of that name.
        assert client.get("/unggah", headers=html).text == "Not Found"

    def test_pages_are_declared_indonesian_and_nothing_else_is_touched(self) -> None:
        client = wrapped(read_settings({}))
        assert '<html lang="id">' in client.get("/").text
        assert client.get("/data").json() == {"html": '<html lang="en">'}

    def test_headers_and_compression(self) -> None:
        answer = wrapped(read_settings({})).get("/besar")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-frame-options"] == "SAMEORIGIN"
        assert answer.headers["content-encoding"] == "gzip"
        assert answer.text == "x" * 5000

    def test_on_this_machine_only_its_own_names_are_answered(self) -> None:
        client = wrapped(read_settings({}))
        assert client.get("/", headers={"Host": "localhost:8501"}).status_code == 200
        assert client.get("/", headers={"Host": "jahat.example"}).status_code == 400

    def test_with_a_public_address_only_that_and_this_machine(self) -> None:
        environ = {"SKM_HOST": "0.0.0.0", "SKM_URL_PUBLIK": "https://skm.kota.example"}  # noqa: S104
        client = wrapped(read_settings(environ))
        assert client.get("/", headers={"Host": "skm.kota.example"}).status_code == 200
        assert client.get("/", headers={"Host": "127.0.0.1:8501"}).status_code == 200
        assert client.get("/", headers={"Host": "jahat.example"}).status_code == 400

    def test_on_a_network_any_name_is_answered(self, tmp_path: Path) -> None:
        client = wrapped(read_settings({"SKM_HOST": "0.0.0.0"}))  # noqa: S104
        assert client.get("/", headers={"Host": "skm.kota.example"}).status_code == 200


def test_every_page_of_the_dashboard_is_known() -> None:
    main = (Path(__file__).parents[2] / "skm/dashboard/main.py").read_text(encoding="utf-8")
    addresses = re.findall(r'^    \("([a-z-]+)", "', main, re.MULTILINE)
    assert len(addresses) >= 4
    assert set(addresses) < set(PAGES)
