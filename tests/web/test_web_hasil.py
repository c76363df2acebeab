"""The public results: what a visitor, a program and a curious one get."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from io import BytesIO
from urllib.parse import urljoin

import pytest
from jsonschema import Draft202012Validator
from masuk_uji import nobody
from PIL import Image
from sqlalchemy import event
from starlette.applications import Starlette
from starlette.testclient import TestClient

from skm.jawaban import Jawaban, Kanal
from skm.mulai import prepare
from skm.penutupan.tutup import close
from skm.periode import parse_period
from skm.pesan import SkmError
from skm.settings import Settings, read_settings
from skm.store import BatchBaru, Store, TindakBaru, open_store
from skm.survei import parse_survei
from skm.web.hasil import pages
from skm.web.hasil.routes import OPENAPI, result_routes
from skm.web.hasil.shelf import Shelf, ready
from skm.web.hasil.thanks import results_address
from skm.web.lapisan import layers

pytestmark = pytest.mark.lambat

SAMPLE = "contoh-disdukcapil-bekasi-2024"
S2, T3, T4 = (parse_period(kode) for kode in ("2024-S2", "2024-T3", "2024-T4"))
PAGE = f"/hasil/{SAMPLE}/2024-T4"
API = "/hasil/api/v1"
JAHAT = '"><script>alert(1)</script>{{7*7}}'
HTML = {"Accept": "text/html"}


def client_of(store: Store, settings: Settings | None = None) -> TestClient:
    settings = settings or read_settings({})
    routes = result_routes(lambda: store, lambda: settings)
    app = Starlette(routes=routes, middleware=layers(settings, nobody))
    return TestClient(app, base_url="http://127.0.0.1:8501", follow_redirects=False)


def fill(store: Store, periode: str = "2025-T1") -> None:
    """A survey whose texts are hostile, with thirty answers."""
    question = "[[kuesioner.pertanyaan]]\nkode='q1'\nunsur='Waktu'\nteks='Waktu?'\n"
    question += (
        "pilihan=[{nilai=1,teks='a'},{nilai=2,teks='b'},{nilai=3,teks='c'},{nilai=4,teks='d'}]"
    )
    text = f"""
id = "uji"
judul = '{JAHAT}'
instansi = '{JAHAT}'
unit = '{JAHAT}'
unsur = [{{ kode = "U1", nama = "Waktu" }}]
layanan = [{{ kode = "ktp", nama = '{JAHAT}' }}, {{ kode = "kk", nama = "KK" }}]
kuesioner.versi = "1"
{question}
"""
    store.save_survei(parse_survei(text, "uji"), text)
    sheets = [
        Jawaban("4", periode=parse_period(periode), layanan=layanan, identitas=f"{layanan}{i}")
        for layanan in ("ktp", "kk")
        for i in range(15)
    ]
    store.add_batch("uji", BatchBaru(Kanal.UNGGAH), sheets)


def publish(store: Store, kode: str = "2025-T1", survei: str = "uji") -> None:
    close(store, survei, parse_period(kode))
    store.publish_period(survei, parse_period(kode))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    settings = read_settings({"SKM_DATA": str(tmp_path_factory.mktemp("hasil"))})
    with prepare(settings) as store:
        for kode in ("2024-T3", "2024-T4", "2024-S2"):
            close(store, SAMPLE, parse_period(kode))
        store.publish_period(SAMPLE, T4)
        store.publish_period(SAMPLE, S2)
        plan = TindakBaru(T4, "U3", "Menambah loket", "Triwulan I 2025", "Kepala Bidang")
        store.add_follow_up(SAMPLE, plan)
        yield store


@pytest.fixture(scope="module")
def client(sample: Store) -> TestClient:
    return client_of(sample)


@pytest.fixture
def office(tmp_path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'skm.db'}") as store:
        fill(store)
        yield store


class Links(HTMLParser):
    """All addresses in a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.found += [
            v for k in ("href", "src") if (v := named.get(k)) and not v.startswith("data:")
        ]
        if named.get("property") == "og:image":
            self.found.append(named["content"] or "")


class TestPage:
    def test_the_published_figures(self, client: TestClient) -> None:
        """LKIP 2024: triwulan IV 93,86, semester II 93,78."""
        text = client.get(PAGE).text
        assert "<b>93,86</b>" in text
        assert "<b>1.560 responden</b>" in text
        for figure in ("3,614", "90,35", "96,03"):
            assert f"<td>{figure}</td>" in text
        assert "Menambah loket" in text
        assert "Data contoh" in text
        semester = client.get(f"/hasil/{SAMPLE}/2024-S2").text
        assert "<b>93,78</b>" in semester
        assert "rata-rata Triwulan III 2024 dan Triwulan IV 2024" in semester

    def test_the_newest_period_stands_under_the_survey(self, client: TestClient) -> None:
        assert "<b>93,78</b>" in client.get(f"/hasil/{SAMPLE}").text
        assert "93,78" in client.get("/hasil", headers=HTML).text

    def test_small_and_without_anything_from_outside(self, client: TestClient) -> None:
        answer = client.get(PAGE)
        assert len(answer.content) < 30_000
        assert "<script" not in answer.text
        assert "http" not in re.sub(r'xmlns="[^"]*"', "", answer.text)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src" not in policy
        assert 'style="' not in answer.text

    @pytest.mark.parametrize("path", ["/hasil", f"/hasil/{SAMPLE}", PAGE, "/hasil/x/y/z"])
    def test_every_link_is_relative_and_leads_somewhere(
        self, client: TestClient, path: str
    ) -> None:
        links = Links(client.get(path, headers=HTML).text).found
        assert links
        for link in links:
            assert not link.startswith(("/", "http"))
            answer = client.get(urljoin(path, link), headers=HTML)
            assert answer.status_code == 200, link

    def test_behind_a_path_of_a_proxy(self, sample: Store) -> None:
        """Links lead below whatever stands before /hasil."""
        for depth, path in enumerate(("/skm/hasil", f"/skm/hasil/{SAMPLE}", f"/skm{PAGE}")):
            text = client_of(sample).get(path.removeprefix("/skm"), headers=HTML).text
            found = {urljoin(path, link) for link in Links(text).found}
            assert all(link.startswith("/skm/hasil") for link in found), depth

    def test_what_is_shared_shows_the_printed_figure(self, client: TestClient) -> None:
        text = client.get(PAGE).text
        assert '<meta property="og:title" content="IKM 93,86, mutu A (Sangat Baik):' in text
        assert f'<meta property="og:image" content="../../hasil/{SAMPLE}/2024-T4/' in text

    def test_with_a_public_address_the_preview_is_absolute(self, sample: Store) -> None:
        environ = {"SKM_URL_PUBLIK": "https://skm.kota.example"}
        text = client_of(sample, read_settings(environ)).get(PAGE).text
        image = f"https://skm.kota.example{PAGE}/infografis.png"
        assert f'<meta property="og:image" content="{image}">' in text
        assert f'<link rel="canonical" href="https://skm.kota.example{PAGE}">' in text

    def test_a_hostile_text_is_text(self, office: Store) -> None:
        publish(office)
        office.add_follow_up("uji", TindakBaru(parse_period("2025-T1"), "U1", JAHAT, JAHAT, JAHAT))
        client = client_of(office)
        for path in ("/hasil", "/hasil/uji/2025-T1"):
            text = client.get(path, headers=HTML).text
            assert "<script" not in text
            assert "{{7*7}}" in text
        assert client.get("/hasil/uji/2025-T1/poster.pdf").content.startswith(b"%PDF-")

    def test_a_code_in_small_letters_is_understood(self, client: TestClient) -> None:
        assert client.get(PAGE.replace("T4", "t4")).status_code == 200

    def test_a_slash_too_many(self, client: TestClient) -> None:
        answer = client.get(f"{PAGE}/")
        assert answer.status_code == 307
        assert urljoin(f"{PAGE}/", answer.headers["location"]) == PAGE
        assert urljoin("/hasil/", client.get("/hasil/").headers["location"]) == "/hasil"


class TestHidden:
    UNKNOWN = (
        "/hasil/tidak-ada/2024-T4",
        f"/hasil/{SAMPLE}/2024-T3",
        f"/hasil/{SAMPLE}/2024-S1",
        f"/hasil/{SAMPLE}/2023",
        f"/hasil/{SAMPLE}/2024-T9",
        f"/hasil/{SAMPLE}/2024-%C5%BF2",
        "/hasil/..%2f..%2fetc/passwd",
    )

    def test_closed_unknown_and_impossible_look_alike(self, client: TestClient) -> None:
        answers = [client.get(path) for path in self.UNKNOWN]
        # What climbs out of /hasil is not public: whoever asks has to sign in.
        assert [a.status_code for a in answers] == [404] * (len(self.UNKNOWN) - 1) + [401]
        assert len({a.content for a in answers[:-1]}) == 1
        assert "tidak ada di alamat ini" in answers[0].text

    @pytest.mark.parametrize("rest", ["data.csv", "data.json", "infografis.png", "poster.pdf"])
    def test_no_file_of_an_unpublished_period(self, client: TestClient, rest: str) -> None:
        assert client.get(f"/hasil/{SAMPLE}/2024-T3/{rest}").status_code == 404

    def test_no_trace_of_an_unpublished_period(self, client: TestClient) -> None:
        """Triwulan III is closed, not public: its figure 93,70 stands nowhere."""
        for path in (
            "/hasil",
            PAGE,
            f"{API}/survei",
            f"{API}/survei/{SAMPLE}",
            f"{PAGE}/data.json",
        ):
            text = client.get(path, headers=HTML).text
            assert "2024-T3" not in text
            assert "Triwulan III 2024" not in text.replace("rata-rata Triwulan III 2024", "")

    def test_a_survey_without_anything_published(self, office: Store) -> None:
        client = client_of(office)
        assert client.get("/hasil/uji").status_code == 404
        assert client.get(f"{API}/survei").json() == {"survei": []}
        assert "uji" not in client.get("/hasil", headers=HTML).text

    def test_withdrawing_takes_effect_at_once(self, office: Store) -> None:
        publish(office)
        client = client_of(office)
        paths = ("/hasil/uji", "/hasil/uji/2025-T1", "/hasil/uji/2025-T1/infografis.png")
        assert [client.get(path).status_code for path in paths] == [200] * 3
        office.withdraw_period("uji", parse_period("2025-T1"), "salah")
        assert [client.get(path).status_code for path in paths] == [404] * 3
        office.delete_survei("uji")
        assert client.get("/hasil/uji").status_code == 404

    def test_few_answers_show_no_figure_and_no_sheet(self, office: Store) -> None:
        sheets = [Jawaban("4", periode=parse_period("2026-T1"), identitas=str(i)) for i in range(4)]
        office.add_batch("uji", BatchBaru(Kanal.UNGGAH), sheets)
        publish(office, "2026-T1")
        client = client_of(office)
        assert "tidak ditampilkan" in client.get("/hasil/uji/2026-T1").text
        assert "100,00</b>" not in client.get("/hasil/uji/2026-T1").text
        assert client.get("/hasil/uji/2026-T1/poster.pdf").status_code == 404
        assert client.get(f"{API}/survei/uji/periode/2026-T1").json()["unit"] is None


class TestFiles:
    def test_csv_and_json(self, client: TestClient) -> None:
        answer = client.get(f"{PAGE}/data.csv")
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        assert answer.headers["access-control-allow-origin"] == "*"
        assert f"skm-{SAMPLE}-2024-T4.csv" in answer.headers["content-disposition"]
        assert ",unit,," in answer.text
        found = client.get(f"{PAGE}/data.json").json()
        assert found["unit"]["ikm"] == "93.86"
        assert found == client.get(f"{API}/survei/{SAMPLE}/periode/2024-T4").json()

    @pytest.mark.parametrize("bentuk", ["modern", "peraturan"])
    def test_the_sheet_as_pdf(self, client: TestClient, bentuk: str) -> None:
        answer = client.get(f"{PAGE}/poster.pdf?bentuk={bentuk}")
        assert answer.content.startswith(b"%PDF-")
        assert answer.headers["content-type"] == "application/pdf"

    def test_an_unknown_form_of_the_sheet(self, client: TestClient) -> None:
        assert client.get(f"{PAGE}/poster.pdf?bentuk=../rahasia").status_code == 404

    def test_the_picture(self, client: TestClient) -> None:
        answer = client.get(f"{PAGE}/infografis.png")
        assert answer.headers["content-type"] == "image/png"
        assert Image.open(BytesIO(answer.content)).size == (827, 1169)
        assert len(answer.content) < 300_000

    def test_the_query_cannot_name_another_survey(self, client: TestClient) -> None:
        answer = client.get(f"/hasil/tidak-ada/2024-T4?survei={SAMPLE}")
        assert answer.status_code == 404


class TestCaching:
    def test_the_same_bytes_are_not_sent_twice(self, client: TestClient) -> None:
        first = client.get(PAGE)
        assert first.headers["cache-control"] == "public, max-age=300, must-revalidate"
        for sent in (first.headers["etag"], f'"x", {first.headers["etag"]}', "*"):
            again = client.get(PAGE, headers={"If-None-Match": sent})
            assert (again.status_code, again.content) == (304, b"")
            assert again.headers["etag"] == first.headers["etag"]
        assert client.get(PAGE, headers={"If-None-Match": '"x"'}).status_code == 200
        head = client.head(PAGE)
        assert (head.status_code, head.content) == (200, b"")

    def test_what_is_not_found_is_not_kept(self, client: TestClient) -> None:
        assert client.get("/hasil/x").headers["cache-control"] == "no-store"

    def test_another_plan_is_another_page(self, office: Store) -> None:
        publish(office)
        client = client_of(office)
        before = client.get("/hasil/uji/2025-T1").headers["etag"]
        office.add_follow_up("uji", TindakBaru(parse_period("2025-T1"), "U1", "Loket", "", ""))
        after = client.get("/hasil/uji/2025-T1")
        assert after.headers["etag"] != before
        assert "Loket" in after.text

    def test_a_sheet_is_drawn_once_however_many_ask(
        self, office: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        publish(office)
        drawn: list[str] = []

        def draw(*_: object) -> bytes:
            drawn.append("sekali")
            return b"%PDF-"

        monkeypatch.setattr(pages, "write_publication", draw)
        client = client_of(office)
        with ThreadPoolExecutor(8) as pool:
            paths = ["/hasil/uji/2025-T1/poster.pdf", "/hasil/uji/2025-t1/poster.pdf?x=1"] * 8
            assert {a.status_code for a in pool.map(client.get, paths)} == {200}
        sheets = [Jawaban("1", periode=parse_period("2025-T2"), identitas="baru")]
        office.add_batch("uji", BatchBaru(Kanal.UNGGAH), sheets)
        client.get(paths[0])
        assert drawn == ["sekali"]

    def test_a_page_that_is_known_costs_one_look(self, sample: Store, client: TestClient) -> None:
        client.get(PAGE)
        asked: list[str] = []

        def hear(_conn, _cursor, statement: str, *_: object) -> None:
            asked.append(statement.split()[0])

        event.listen(sample.engine, "before_cursor_execute", hear)
        try:
            client.get(PAGE)
        finally:
            event.remove(sample.engine, "before_cursor_execute", hear)
        assert asked.count("SELECT") == 1

    def test_the_memory_has_an_end(self, office: Store) -> None:
        shelf = Shelf(lambda: office, largest=100)
        for i in range(10):
            shelf.keep((i,), lambda: ready(b"x" * 40, "text/plain"))
        made: list[int] = []

        def make() -> object:
            made.append(1)
            return ready(b"x" * 40, "text/plain")

        shelf.keep((9,), make)
        shelf.keep((0,), make)
        assert made == [1]


class TestTrouble:
    def test_a_store_that_is_away(self, office: Store) -> None:
        publish(office)

        def away() -> Store:
            raise SkmError("basis-data-terkunci", tempat="rahasia")

        routes = result_routes(away, lambda: read_settings({}))
        client = TestClient(Starlette(routes=routes))
        answer = client.get("/hasil/uji/2025-T1")
        assert (answer.status_code, "gangguan" in answer.text) == (503, True)
        assert "rahasia" not in answer.text
        assert client.get(f"{API}/survei").json()["galat"] == "hasil-gangguan"

    def test_only_reading(self, client: TestClient) -> None:
        assert client.post(PAGE).status_code == 405


class TestApi:
    DOC = json.loads(OPENAPI.read_text(encoding="utf-8"))

    def validator(self, path: str, status: str) -> Draft202012Validator:
        answer = self.DOC["paths"][path]["get"]["responses"][status]
        schema = answer["content"]["application/json"]["schema"]
        return Draft202012Validator({**schema, "components": self.DOC["components"]})

    @pytest.mark.parametrize("kode", ["2024-T4", "2024-S2"])
    @pytest.mark.parametrize("path", DOC["paths"])
    def test_every_path_answers_as_described(
        self, client: TestClient, path: str, kode: str
    ) -> None:
        answer = client.get(API + path.format(survei=SAMPLE, periode=kode))
        assert answer.status_code == 200
        assert answer.headers["access-control-allow-origin"] == "*"
        assert answer.headers["content-type"] == "application/json"
        assert [e.message for e in self.validator(path, "200").iter_errors(answer.json())] == []

    @pytest.mark.parametrize("path", [p for p in DOC["paths"] if "{" in p])
    def test_what_is_not_there(self, client: TestClient, path: str) -> None:
        answer = client.get(API + path.format(survei="tidak-ada", periode="2024"))
        assert (answer.status_code, answer.json()["galat"]) == (404, "hasil-tak-ada")
        assert [e.message for e in self.validator(path, "404").iter_errors(answer.json())] == []

    def test_few_answers_are_as_described_too(self, office: Store) -> None:
        sheets = [Jawaban("4", periode=parse_period("2026-T1"), identitas=str(i)) for i in range(4)]
        office.add_batch("uji", BatchBaru(Kanal.UNGGAH), sheets)
        publish(office, "2026-T1")
        found = client_of(office).get(f"{API}/survei/uji/periode/2026-T1").json()
        path = "/survei/{survei}/periode/{periode}"
        assert [e.message for e in self.validator(path, "200").iter_errors(found)] == []

    def test_the_description_is_openapi(self) -> None:
        assert self.DOC["openapi"].startswith("3.1")
        served = {r.path for r in result_routes(lambda: None) if r.path.startswith(API)}
        assert served == {API + path for path in self.DOC["paths"]}
        for schema in self.DOC["components"]["schemas"].values():
            Draft202012Validator.check_schema(schema)


class TestThanks:
    def test_the_way_to_the_results(self, office: Store) -> None:
        survei, address = office.load_survei("uji"), results_address(lambda: office)
        assert address(survei) is None
        publish(office)
        found = address(survei)
        assert urljoin("/isi/K7Q42M9P/terima-kasih", found) == "/hasil/uji"
        assert urljoin("/skm/isi/K7Q42M9P/terima-kasih", found) == "/skm/hasil/uji"
        office.withdraw_period("uji", parse_period("2025-T1"), "salah")
        assert address(survei) is None

    def test_it_never_fails(self, office: Store) -> None:
        survei = office.load_survei("uji")
        assert results_address(lambda: 1 / 0)(survei) is None
        office.delete_survei("uji")
        assert results_address(lambda: office)(survei) is None
