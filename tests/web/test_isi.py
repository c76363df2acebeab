"""The form's addresses, on the smallest app that has them, with a real store."""

from __future__ import annotations

import gzip
import logging
import re
import secrets
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlencode

import pytest
from masuk_uji import nobody
from sqlalchemy import text as sql
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.testclient import TestClient

from skm.jawaban import Kanal
from skm.kiriman import Tanda
from skm.pesan import SkmError
from skm.settings import read_settings
from skm.store import Store, Tautan, TautanBaru, open_store
from skm.survei import parse_survei
from skm.web.isi.limiter import Batas, Limiter
from skm.web.isi.routes import form_routes, peer_address
from skm.web.isi.script import script
from skm.web.isi.visits import Visits
from skm.web.lapisan import layers
from skm.web.ukuran import Ukuran, metrics_route

SAMPLE = Path(__file__).parents[2] / "surveys" / "contoh-disdukcapil-bekasi-2024.toml"
TEXT = SAMPLE.read_text(encoding="utf-8")
SURVEI = parse_survei(TEXT, SAMPLE.name)
TITIK = "kel-bekasi-barat-kranji"
SECRET = b"rahasia untuk uji" * 2
GIVEN = {"u1": "4"}
KUNCI = "kunci-yang-cukup-panjang"
BERSUARA = "Dalam saran: budi@contoh.id 0812-3456-7890"


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


class Form:
    """One program with its store, and a person in front of it."""

    def __init__(self, store: Store, kanal: Kanal = Kanal.QR, **own) -> None:
        self.store, self.clock, self.broken = store, Clock(), False
        self.visits = Visits(lambda: store, jeda=3600)
        self.tautan = self.place(kanal=kanal)
        self.address = "192.0.2.7"
        routes = form_routes(
            self._store, SECRET, visits=self.visits, clock=self.clock,
            limiter=own.pop("limiter", None) or Limiter(),
            address_of=lambda _: self.address, **own,
        )  # fmt: skip
        middleware = layers(read_settings({}), nobody, routes=routes)
        app = Starlette(routes=routes, middleware=middleware)
        self.client = TestClient(app, base_url="http://127.0.0.1:8501", follow_redirects=False)

    def _store(self) -> Store:
        if self.broken:
            raise SkmError("basis-data-terkunci", tempat="uji")
        return self.store

    def place(self, layanan: str | None = None, kanal: Kanal = Kanal.QR) -> Tautan:
        return self.store.add_tautan(SURVEI.id, [TautanBaru(TITIK, layanan, kanal)])[0]

    @property
    def path(self) -> str:
        return f"/isi/{self.tautan.kode}"

    def open(self, query: str = "") -> dict[str, str]:
        """Return the hidden fields of a fresh page, as a browser would send them."""
        text = self.client.get(self.path + query).text
        return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text))

    def fill(self, nilai: str = "343434343", **own: str) -> dict[str, str]:
        answers = {f"u{i}": mark for i, mark in enumerate(nilai, start=1) if mark != "-"}
        return {**self.open(), "layanan": "ikd", **answers, **own}

    def send(self, data: dict[str, str], query: str = "", **headers: str):
        return self.client.post(self.path + query, data=data, headers=headers)

    def stored(self) -> list:
        return list(self.store.answers(SURVEI.id))

    def counts(self) -> dict[str, int]:
        self.visits.flush()
        found = self.store.find_tautan(self.tautan.kode)
        return {n: getattr(found, n) for n in ("dilihat", "dimulai", "dikirim", "tertutup")}

    def marks(self) -> list[set[Tanda]]:
        with self.store.engine.connect() as conn:
            rows = conn.execute(sql("SELECT tanda FROM jawaban ORDER BY id")).scalars()
            return [{Tanda(m) for m in row.split(",") if m} for row in rows]


def save(store: Store, formulir: str = "") -> None:
    text = TEXT.replace("[kuesioner]", f"[formulir]\n{formulir}\n[kuesioner]", 1)
    store.save_survei(parse_survei(text, "uji"), text)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'skm.db'}") as opened:
        save(opened)
        yield opened


@pytest.fixture
def form(store: Store) -> Form:
    return Form(store)


class TestOpening:
    def test_headers_and_no_cookie(self, form: Form) -> None:
        answer = form.client.get(form.path)
        assert answer.status_code == 200
        assert "set-cookie" not in answer.headers
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["x-frame-options"] == "DENY"
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert 'lang="id"' in answer.text

    def test_the_first_load_is_small_and_two_requests(self, form: Form) -> None:
        page = form.client.get(form.path)
        addresses = re.findall(r'(?:src|href)="(?![?#]|data:)([^"]+)"', page.text)
        assert len(addresses) == 1
        script = form.client.get(f"/isi/{addresses[0]}")
        assert script.headers["content-type"].startswith("text/javascript")
        assert "immutable" in script.headers["cache-control"]
        assert {page.headers["content-encoding"], script.headers["content-encoding"]} == {"gzip"}
        assert len(script.content) <= 8192
        wire = sum(len(gzip.compress(a.content, 6)) + len(str(a.headers)) for a in (page, script))
        assert wire <= 15_000
        assert "http://" not in page.text
        assert "https://" not in page.text

    def test_scripts_are_small_as_they_are_sent(self) -> None:
        assert len(script(kios=False)) <= 8192
        assert len(script(kios=True)) <= 12_288

    def test_another_version_of_the_script_is_not_found(self, form: Form) -> None:
        assert form.client.get("/isi/aset/isi.000000000000.js").status_code == 404

    def test_each_page_has_its_own_id(self, form: Form) -> None:
        first, second = form.open(), form.open()
        assert first["id_kirim"] != second["id_kirim"]
        assert first["dimulai"] == ""

    def test_english_is_declared_english_through_all_layers(self, form: Form) -> None:
        text = form.client.get(form.path + "?bahasa=en").text
        assert 'lang="en"' in text
        assert "How well do the requirements fit" in text

    def test_a_code_in_small_letters_works(self, form: Form) -> None:
        assert form.client.get(form.path.lower()).status_code == 200

    @pytest.mark.parametrize("kode", ["ABCDEF23", "x", "%00", "' OR 1=1", "a" * 500])
    def test_unknown_codes_are_404_in_plain_words(self, form: Form, kode: str) -> None:
        for answer in (
            form.client.get(f"/isi/{kode}"),
            form.client.post(f"/isi/{kode}", data=GIVEN),
        ):
            assert answer.status_code == 404
            assert "Formulir tidak ditemukan" in answer.text

    def test_head_looks_without_being_counted(self, form: Form) -> None:
        answer = form.client.head(form.path)
        assert (answer.status_code, answer.content) == (200, b"")
        assert form.counts()["dilihat"] == 0

    def test_a_changed_survey_is_shown_at_once(self, form: Form) -> None:
        form.open()
        text = TEXT.replace("Bagaimana pendapat Saudara tentang kualitas", "Seberapa baik")
        form.store.save_survei(parse_survei(text, "uji"), text)
        assert "Seberapa baik" in form.client.get(form.path).text

    def test_without_a_store_there_is_a_sentence(self, form: Form) -> None:
        form.broken = True
        answer = form.client.get(form.path)
        assert answer.status_code == 503
        assert "Formulir belum dapat dibuka" in answer.text


class TestSending:
    def test_an_answer_is_stored_and_thanked_for(self, form: Form) -> None:
        data = form.fill(usia="35", jenis_kelamin="P")
        form.clock.wait(40)
        answer = form.send(data)
        assert answer.status_code == 303
        location = answer.headers["location"]
        assert location.startswith(f"{form.path}/terima-kasih?r=")
        (stored,) = form.stored()
        assert (stored.nilai, stored.layanan, stored.titik) == ("343434343", "ikd", TITIK)
        assert dict(stored.profil) == {"jenis_kelamin": "P", "usia": "35"}
        assert (stored.saran, stored.periode.kode) == (None, "2026-T1")
        assert form.marks() == [set()]
        thanks = form.client.get(location)
        assert "Terima kasih" in thanks.text
        assert re.search(r"r=([\w-]+)", location)[1] in thanks.text
        assert form.client.get(location).text == thanks.text
        assert "set-cookie" not in answer.headers | thanks.headers

    def test_sent_again_it_is_the_same_answer(self, form: Form) -> None:
        data = form.fill()
        first = form.send(data)
        assert [form.send(data).headers["location"] for _ in range(3)] == (
            [first.headers["location"]] * 3
        )
        assert len(form.stored()) == 1
        assert form.counts() == {"dilihat": 1, "dimulai": 1, "dikirim": 1, "tertutup": 0}

    def test_a_fixed_layanan_cannot_be_changed(self, form: Form) -> None:
        form.tautan = form.place(layanan="kia")
        assert 'name="layanan"' not in form.client.get(form.path).text
        form.send(form.fill(layanan="ikd"))
        assert form.stored()[0].layanan == "kia"

    def test_faults_come_back_with_everything_filled_in(self, form: Form) -> None:
        data = form.fill("34-434343", usia="tua", saran="<i>Tetap</i> ada", pekerjaan="pns")
        answer = form.send(data)
        assert answer.status_code == 422
        assert "Pertanyaan 3 belum dijawab" in answer.text
        assert 'href="#u3-1"' in answer.text
        assert "&lt;i&gt;Tetap&lt;/i&gt; ada" in answer.text
        assert re.search(r'id="pekerjaan-pns" value="pns" checked', answer.text)
        assert f'name="id_kirim" value="{data["id_kirim"]}"' in answer.text
        assert answer.headers["cache-control"] == "no-store"
        assert form.stored() == []
        form.clock.wait(60)
        assert form.send({**data, "u3": "3", "usia": ""}).status_code == 303
        assert form.counts()["dimulai"] == 2  # a form sent back says that it was counted; this not

    def test_a_page_without_its_id_is_sent_once_more(self, form: Form) -> None:
        data = form.fill()
        del data["id_kirim"]
        answer = form.send(data)
        assert answer.status_code == 422
        fresh = re.search(r'name="id_kirim" value="([\w-]{22})"', answer.text)[1]
        assert form.send({**data, "id_kirim": fresh}).status_code == 303

    def test_numbers_and_addresses_of_people_are_not_stored(self, form: Form) -> None:
        form.send(form.fill(saran=BERSUARA), **{"User-Agent": "Peramban-Uji/9"})
        path = Path(form.store.engine.url.database)
        form.store.close()
        held = b"".join(p.read_bytes() for p in path.parent.iterdir())
        for part in (b"budi@contoh", b"0812-3456", b"192.0.2.7", b"Peramban-Uji"):
            assert part not in held

    def test_english_stays_english(self, form: Form) -> None:
        answer = form.send(form.fill("3"), "?bahasa=en")
        assert "Question 2 has no answer" in answer.text
        location = form.send(form.fill(), "?bahasa=en").headers["location"]
        assert location.endswith("&bahasa=en")
        assert "Thank you" in form.client.get(location).text

    def test_another_language_keeps_everything(self, form: Form) -> None:
        answer = form.send(form.fill("34", ganti="en", saran="Ada"))
        assert answer.status_code == 200
        assert 'lang="en"' in answer.text
        assert ">\nAda</textarea>" in answer.text
        assert 'id="u2-4" value="4" checked' in answer.text
        assert "has no answer" not in answer.text

    def test_who_writes_a_remark_gets_a_code_and_gets_it_again(self, form: Form) -> None:
        data = form.fill(saran="Ruang tunggu\r\npanas")
        places = {form.send(data).headers["location"] for _ in range(3)}
        (location,) = places
        kode = re.search(r"k=([\w-]+)", location)[1]
        assert form.store.find_reply(kode) is not None
        assert [a.saran for a in form.stored()] == ["Ruang tunggu panas"]
        text = form.client.get(location).text
        assert f'href="../../saran/{kode}?bahasa=id"' in text
        forged = form.client.get(location.replace(kode, "AAAA-BBBB-CCCC"))
        assert (forged.status_code, forged.headers["location"]) == (303, form.path)

    @pytest.mark.parametrize("saran", ["Tidak ada.", "-", "  "])
    def test_who_says_there_is_nothing_needs_no_code(self, form: Form, saran: str) -> None:
        location = form.send(form.fill(saran=saran)).headers["location"]
        assert "k=" not in location
        assert "Kode jawaban" in form.client.get(location).text

    def test_a_kiosk_shows_a_code_long_enough_to_copy_it(self, store: Store) -> None:
        form = Form(store, Kanal.KIOS, replies_at=lambda: "skm.contoh.go.id/saran")
        for saran, seconds in (("Ruang tunggu panas", "40;"), ("", "8;")):
            location = form.send(form.fill(saran=saran)).headers["location"]
            thanks = form.client.get(location)
            assert thanks.headers["refresh"].startswith(seconds)
            assert ("skm.contoh.go.id/saran" in thanks.text) == bool(saran)
            assert "../../saran" not in thanks.text

    def test_thanks_only_with_a_receipt_of_ours(self, form: Form) -> None:
        for query in ("", "?r=K7Q4-2M9P", "?r=K7Q4-2M9P&s=palsu"):
            answer = form.client.get(f"{form.path}/terima-kasih{query}")
            assert (answer.status_code, answer.headers["location"]) == (303, form.path)

    def test_results_are_linked_where_there_are_any(self, store: Store) -> None:
        form = Form(store, results_of=lambda survei: f"/hasil/{survei.id}")
        thanks = form.client.get(form.send(form.fill()).headers["location"])
        assert f'href="/hasil/{SURVEI.id}"' in thanks.text


class TestRefusing:
    def test_a_closed_placement_is_polite_and_counted(self, form: Form) -> None:
        form.store.change_tautan(form.tautan.kode, aktif=False)
        answer = form.client.get(form.path)
        assert answer.status_code == 410
        assert "sudah ditutup" in answer.text
        assert form.send({"u1": "4"}).status_code == 410
        assert form.counts()["tertutup"] == 2

    def test_who_opened_it_before_may_finish(self, form: Form) -> None:
        data, late = form.fill(), form.fill()
        form.store.change_tautan(form.tautan.kode, aktif=False)
        form.clock.wait(3600)
        assert form.send(data).status_code == 303
        form.clock.wait(24 * 3600)
        assert form.send(late).status_code == 410

    def test_a_body_that_is_too_large(self, form: Form) -> None:
        for length in (70_000, 2_000_000):
            answer = form.send(form.fill(saran="a" * length))
            assert answer.status_code == 413
            assert "terlalu panjang" in answer.text

    def test_a_body_that_hides_its_length(self, form: Form) -> None:
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        for count in (8, 200):
            chunks = (b"a" * 10_000 for _ in range(count))
            assert form.client.post(form.path, content=chunks, headers=headers).status_code == 413

    def test_too_many_fields(self, form: Form) -> None:
        body = urlencode([(f"n{i}", "1") for i in range(1000)])
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        assert form.client.post(form.path, content=body, headers=headers).status_code == 413

    @pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=x", ""])
    def test_another_kind_of_content(self, form: Form, kind: str) -> None:
        answer = form.client.post(form.path, content=b"{}", headers={"Content-Type": kind})
        assert answer.status_code == 415

    def test_bytes_that_are_no_text(self, form: Form) -> None:
        headers = {"Content-Type": "application/x-www-form-urlencoded; charset=x"}
        body = b"saran=\xff\xfe%ff%00&u1=%F0%9F%98%80&=&&&u2"
        assert form.client.post(form.path, content=body, headers=headers).status_code == 422

    def test_other_methods(self, form: Form) -> None:
        assert form.client.put(form.path).status_code == 405


class TestLosingNothing:
    def test_a_store_that_fails_while_sending(
        self, form: Form, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        data = form.fill(saran=BERSUARA)

        def full(*_: object) -> None:
            raise RuntimeError(f"parameters: {BERSUARA}")

        with monkeypatch.context() as patch, caplog.at_level(logging.DEBUG):
            patch.setattr(form.store, "submit_soon", full)
            answer = form.send(data)
        assert answer.status_code == 503
        assert "Jawaban belum terkirim" in answer.text
        assert "Kirim lagi" in answer.text
        assert f'value="{data["id_kirim"]}"' in answer.text
        assert 'id="u9-3" value="3" checked' in answer.text
        assert "budi" not in caplog.text
        assert form.send(data).status_code == 303
        assert len(form.stored()) == 1

    def test_a_store_that_is_away_altogether(self, form: Form) -> None:
        data = form.fill()
        form.broken = True
        answer = form.send(data)
        assert answer.status_code == 503
        assert 'id="u9-3" value="3" checked' in answer.text

    def test_even_a_program_that_just_started_keeps_the_answers(self, form: Form) -> None:
        data = form.fill(saran='"kutip"')
        other = Form(form.store)
        other.tautan, other.broken = form.tautan, True
        answer = other.send(data)
        assert answer.status_code == 503
        kept = dict(re.findall(r'name="(\w+)" value="([^"]*)"', answer.text))
        assert kept == {**data, "saran": "&#34;kutip&#34;"}
        other.broken = False
        assert other.send(data).status_code == 303

    def test_an_earlier_questionnaire_is_still_taken(self, form: Form) -> None:
        data = form.fill()
        text = TEXT.replace("kualitas sarana dan prasarana?", "kualitas gedung?")
        form.store.save_survei(parse_survei(text, "uji"), text)
        assert form.send(data).status_code == 303
        with form.store.engine.connect() as conn:
            versi = conn.execute(sql("SELECT kuesioner_versi FROM jawaban")).scalar_one()
        assert versi == "2024-1"

    @pytest.mark.parametrize("cap", ["", "rusak", "1~2024-1~" + "a" * 22])
    def test_a_damaged_stamp_costs_only_the_speed_flag(self, form: Form, cap: str) -> None:
        assert form.send(form.fill(cap=cap)).status_code == 303
        assert form.marks() == [set()]


class TestChangedElsewhere:
    """Another process changes what this one remembers: a page from memory is never an old one."""

    @pytest.fixture
    def other(self, store: Store) -> Iterator[Store]:
        with open_store(f"sqlite:///{store.engine.url.database}") as opened:
            yield opened

    def test_a_placement_that_closes_and_opens(self, form: Form, other: Store) -> None:
        before = form.fill()
        for aktif, status in ((False, 410), (True, 200), (False, 410)):
            other.change_tautan(form.tautan.kode, aktif=aktif)
            assert form.client.get(form.path).status_code == status
        assert form.send({"u1": "4"}).status_code == 410
        assert form.send(before).status_code == 303, "opened before it was closed"

    def test_one_that_closed_unseen_is_found_out_by_the_store(
        self, form: Form, other: Store
    ) -> None:
        data = form.fill()
        other.change_tautan(form.tautan.kode, aktif=False)
        form.clock.wait(25 * 3600)
        assert form.send(data).status_code == 410
        assert form.stored() == []
        assert form.counts()["tertutup"] == 1

    def test_a_survey_that_changed_unseen(self, form: Form, other: Store) -> None:
        data = form.fill()
        text = TEXT.replace("kualitas sarana dan prasarana?", "kualitas gedung?")
        other.save_survei(parse_survei(text, "uji"), text)
        assert form.send(data).status_code == 303
        with form.store.engine.connect() as conn:
            versi = conn.execute(sql("SELECT kuesioner_versi FROM jawaban")).scalar_one()
        assert versi == "2024-1", "by the questions that were seen"
        assert "kualitas gedung?" in form.client.get(form.path).text

    def test_a_layanan_that_went_meanwhile_comes_back_as_a_fault(
        self, form: Form, other: Store
    ) -> None:
        data = form.fill(saran="Tetap ada")
        start = TEXT.index("[[layanan]]", TEXT.index('kode = "ikd"') - 40)
        end = TEXT.index("[[", start + 2)
        text = TEXT[:start] + TEXT[end:]
        other.save_survei(parse_survei(text, "uji"), text)
        answer = form.send(data)
        assert answer.status_code == 422
        assert "Tetap ada</textarea>" in answer.text
        assert form.stored() == []

    def test_one_that_is_gone(self, form: Form, other: Store) -> None:
        data = form.fill()
        other.delete_survei(SURVEI.id)
        assert form.send(data).status_code == 404
        assert form.client.get(form.path).status_code == 404

    def test_a_limit_is_counted_once_however_often_it_is_judged(
        self, store: Store, other: Store
    ) -> None:
        form = Form(store, limiter=Limiter(Batas(tanda=2, tolak=2)))
        for data, aktif in ((form.fill(), False), (form.fill(), True)):
            other.change_tautan(form.tautan.kode, aktif=aktif)
            assert form.send(data).status_code == 303

    def test_too_many_waiting_is_a_polite_503(
        self, form: Form, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        data = form.fill(saran="Tetap ada")
        with monkeypatch.context() as patch:
            patch.setattr(form.store._shared.writer, "_limit", 0)
            answer = form.send(data)
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "10")
        assert "Tetap ada</textarea>" in answer.text
        assert form.send(data).status_code == 303


def test_the_short_way_has_the_headers_of_the_long_one(store: Store) -> None:
    form = Form(store)
    long = Starlette(routes=form.client.app.routes, middleware=layers(read_settings({}), nobody))
    far = TestClient(long, base_url="http://127.0.0.1:8501", follow_redirects=False)
    data = form.fill()
    asked = [
        ("GET", None, {}), ("GET", None, {"Accept-Encoding": "identity"}), ("HEAD", None, {}),
        ("POST", data, {}), ("POST", {"u1": "4"}, {}), ("PUT", None, {}),
    ]  # fmt: skip
    for method, content, headers in asked:
        near, other = (
            client.request(method, form.path, data=content, headers=headers)
            for client in (form.client, far)
        )
        assert near.status_code == other.status_code
        assert set(near.headers) == set(other.headers)
        same = set(near.headers) - {"content-length", "location", "vary"}
        assert {n: near.headers[n] for n in same} == {n: other.headers[n] for n in same}
        if method != "PUT":
            assert near.headers["content-security-policy"].startswith("default-src 'none'; ")


def test_the_short_way_sees_the_visitor_behind_the_proxy_and_is_counted(store: Store) -> None:
    settings = read_settings({"SKM_PROXY": "10.0.0.5", "SKM_URL_PUBLIK": "https://skm.example"})
    tautan = store.add_tautan(SURVEI.id, [TautanBaru(TITIK, None)])[0]
    seen: list[tuple[str, str]] = []

    def address_of(request: Request) -> str:
        seen.append((request.client.host, request.url.scheme))
        return request.client.host

    ukuran = Ukuran()
    routes = form_routes(lambda: store, SECRET, address_of=address_of)
    routes.append(metrics_route(ukuran, KUNCI))
    app = Starlette(routes=routes, middleware=layers(settings, nobody, ukuran, routes))
    client = TestClient(app, base_url="http://skm.example", client=("10.0.0.5", 1))
    headers = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https"}
    path = f"/isi/{tautan.kode}"
    opened = client.get(path, headers=headers)
    assert opened.headers["strict-transport-security"] == "max-age=31536000"
    client.post(path, data=GIVEN, headers=headers)
    assert seen == [("203.0.113.9", "https")]
    assert client.get(path, headers={**headers, "Host": "jahat.example"}).status_code == 400
    text = client.get("/sehat/ukuran", headers={"Authorization": f"Bearer {KUNCI}"}).text
    assert 'skm_permintaan_total{bagian="isi",metode="GET",status="2xx"} 1.0' in text
    assert 'skm_permintaan_total{bagian="isi",metode="POST",status="4xx"} 1.0' in text


class TestFlags:
    def test_fast_straight_and_trapped(self, form: Form) -> None:
        form.send(form.fill("444444444"))
        assert form.marks() == [{Tanda.CEPAT, Tanda.LURUS}]
        data = form.fill(kosongkan="beli obat")
        form.clock.wait(60)
        form.send(data)
        assert form.marks()[1] == {Tanda.JEBAKAN, Tanda.PERANGKAT}

    def slowly(self, form: Form, **headers: str):
        data = form.fill()
        form.clock.wait(20)
        return form.send(data, **headers)

    def test_the_same_device_again(self, form: Form) -> None:
        for agent in ("A", "B", "A"):
            self.slowly(form, **{"User-Agent": agent})
        assert form.marks() == [set(), set(), {Tanda.PERANGKAT}]

    def test_a_burst_is_flagged_and_a_flood_waits_with_its_answers(self, store: Store) -> None:
        form = Form(store, limiter=Limiter(Batas(tanda=2, tolak=3)))
        for agent in "ABC":
            assert form.send(form.fill(), **{"User-Agent": agent}).status_code == 303
        assert [Tanda.RENTETAN in marks for marks in form.marks()] == [False, False, True]
        data = form.fill(saran="Masih ada")
        form.clock.wait(20)
        answer = form.send(data)
        assert (answer.status_code, answer.headers["retry-after"]) == (429, "40")
        assert "Masih ada</textarea>" in answer.text
        assert "Tunggu 40 detik" in answer.text
        form.clock.wait(41)
        assert form.send(data).status_code == 303

    def test_a_kiosk_returns_by_itself(self, store: Store) -> None:
        form = Form(store, Kanal.KIOS)
        thanks = form.client.get(form.send(form.fill()).headers["location"])
        assert thanks.headers["refresh"] == f"8;url=../{form.tautan.kode}?bahasa=id"
        assert form.client.get(form.path).headers["cache-control"] == "no-store"

    @pytest.mark.parametrize("kanal", [Kanal.KIOS, Kanal.PETUGAS])
    def test_many_people_on_one_device_are_normal(self, store: Store, kanal: Kanal) -> None:
        form = Form(store, kanal, limiter=Limiter(Batas(tanda=1, tolak=2)))
        for _ in range(4):
            assert self.slowly(form).status_code == 303
        assert form.marks() == [set()] * 4

    def test_an_office_network_is_never_counted(self, store: Store) -> None:
        office = [ip_network("192.0.2.0/24")]
        form = Form(store, limiter=Limiter(Batas(tanda=1, tolak=2), office))
        for _ in range(4):
            assert self.slowly(form).status_code == 303
        assert form.marks() == [set()] * 4


class TestWaiting:
    """An answer that waited for its signal says how long; the stamp says whether that can be."""

    NEW_YEAR = datetime(2025, 12, 31, 16, 50, tzinfo=UTC)
    """31 December 2025, 23:50 WIB."""

    @pytest.fixture
    def data(self, form: Form) -> dict[str, str]:
        """A form opened ten minutes before the new year, about to arrive at 00:25."""
        form.clock.now = self.NEW_YEAR
        data = form.fill()
        form.clock.wait(35 * 60)
        return data

    def periods(self, form: Form) -> list[str]:
        return [answer.periode.kode for answer in form.stored()]

    def test_it_counts_in_the_quarter_in_which_it_was_filled_in(
        self, form: Form, data: dict[str, str]
    ) -> None:
        assert form.send({**data, "tunda": str(30 * 60)}).status_code == 303
        (stored,) = form.stored()
        assert stored.waktu == datetime(2025, 12, 31, 16, 55, tzinfo=UTC)
        assert stored.periode.kode == "2025-T4"
        (day,) = form.store.daily_counts(SURVEI.id, date(2025, 12, 1), date(2026, 1, 31))
        assert (day.hari, day.n) == (date(2025, 12, 31), 1)
        assert form.store.find_tautan(form.tautan.kode).terakhir == stored.waktu

    def test_without_a_word_it_counts_when_it_arrives(
        self, form: Form, data: dict[str, str]
    ) -> None:
        form.send(data)
        assert (self.periods(form), form.stored()[0].waktu) == (["2026-T1"], form.clock.now)

    @pytest.mark.parametrize("tunda", ["2101", "-1", "1800.5", "99999999", "9" * 4000, "x"])
    def test_what_cannot_be_is_not_believed(
        self, form: Form, data: dict[str, str], tunda: str
    ) -> None:
        """The page is 2.100 seconds old."""
        assert form.send({**data, "tunda": tunda}).status_code == 303
        assert form.stored()[0].waktu == form.clock.now

    @pytest.mark.parametrize("cap", ["", "rusak", "1~2024-1~" + "a" * 22])
    def test_without_the_pages_stamp_nothing_is_proved(
        self, form: Form, data: dict[str, str], cap: str
    ) -> None:
        assert form.send({**data, "cap": cap, "tunda": "1800"}).status_code == 303
        assert self.periods(form) == ["2026-T1"]

    def test_the_stamp_of_another_placement_proves_nothing(
        self, form: Form, data: dict[str, str]
    ) -> None:
        form.tautan = form.place()
        form.send({**data, "tunda": "1800"})
        assert self.periods(form) == ["2026-T1"]

    def test_said_twice_it_is_not_said(self, form: Form, data: dict[str, str]) -> None:
        body = urlencode([*data.items(), ("tunda", "1800"), ("tunda", "1900")])
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        assert form.client.post(form.path, content=body, headers=headers).status_code == 303
        assert self.periods(form) == ["2026-T1"]

    def test_after_seven_days_it_counts_when_it_arrives(
        self, form: Form, data: dict[str, str]
    ) -> None:
        form.clock.now = self.NEW_YEAR + timedelta(days=7)
        form.send({**data, "tunda": str(7 * 86_400)})
        late = {**data, "id_kirim": "b" * 22, "tunda": str(7 * 86_400 + 1)}
        form.clock.wait(1)
        form.send(late)
        assert self.periods(form) == ["2025-T4", "2026-T1"]

    def test_sent_again_it_stays_where_it_was_first(self, form: Form, data: dict[str, str]) -> None:
        first = form.send({**data, "tunda": "1800"})
        form.clock.wait(3600)
        for tunda in ("5400", "0"):
            again = form.send({**data, "tunda": tunda})
            assert again.headers["location"] == first.headers["location"]
        assert self.periods(form) == ["2025-T4"]

    def test_filling_in_took_as_long_as_it_took(self, form: Form) -> None:
        fast, slow = form.fill(), form.fill()
        form.clock.wait(3605)
        form.send({**fast, "tunda": "3600"}, **{"User-Agent": "A"})
        form.send({**slow, "tunda": "3540"}, **{"User-Agent": "B"})
        assert form.marks() == [{Tanda.CEPAT}, set()]
        with form.store.engine.connect() as conn:
            took = conn.execute(sql("SELECT detik FROM jawaban ORDER BY id")).scalars().all()
        assert took == [5, 65]

    def test_service_hours_are_those_of_the_filling(self, store: Store) -> None:
        hours = "mulai = 08:00:00\nselesai = 15:00:00\nhari = [1, 2, 3, 4, 5]"
        save(store, f"[formulir.jam_layanan]\n{hours}")
        form = Form(store)
        form.clock.now = datetime(2026, 3, 2, 7, 50, tzinfo=UTC)  # 14:50 WIB
        inside, outside = form.fill(), form.fill()
        form.clock.wait(5 * 3600)
        form.send({**inside, "tunda": str(5 * 3600 - 300)}, **{"User-Agent": "A"})
        form.send({**outside, "tunda": str(5 * 3600 - 900)}, **{"User-Agent": "B"})
        assert form.marks() == [set(), {Tanda.LUAR_JAM}]

    def test_it_is_forgotten_where_a_page_comes_back(
        self, form: Form, data: dict[str, str]
    ) -> None:
        answer = form.send({**data, "u9": "", "tunda": "1800"})
        assert answer.status_code == 422
        assert "tunda" not in re.findall(r'name="(\w+)"', answer.text)


class TestLimiter:
    NOW = datetime(2026, 3, 2, 23, 59, tzinfo=UTC)

    def test_it_keeps_no_address_and_forgets_every_day(self) -> None:
        limiter = Limiter(Batas(tanda=1))
        limiter.judge("K", "192.0.2.7", "A", self.NOW)
        limiter.remember("K", "192.0.2.7", "A", self.NOW)
        assert "192.0.2.7" not in repr(vars(limiter))
        salt = limiter._salt
        second = limiter.judge("K", "192.0.2.7", "A", self.NOW)
        assert second.tanda == {Tanda.RENTETAN, Tanda.PERANGKAT}
        tomorrow = limiter.judge("K", "192.0.2.7", "A", self.NOW + timedelta(minutes=2))
        assert tomorrow.tanda == frozenset()
        assert limiter._salt != salt

    def test_one_household_has_many_ipv6_addresses(self) -> None:
        limiter = Limiter(Batas(tanda=1))
        limiter.judge("K", "2001:db8::1", "A", self.NOW)
        assert limiter.judge("K", "2001:db8::2", "A", self.NOW).tanda == {Tanda.RENTETAN}
        assert not limiter.judge("K", "2001:db8:1::2", "A", self.NOW).tanda
        assert not limiter.judge("L", "2001:db8::2", "A", self.NOW).tanda
        assert not limiter.judge("K", None, "A", self.NOW).tanda
        assert not limiter.judge("K", "bukan alamat", "A", self.NOW).tanda


class TestVisits:
    def test_starts_are_counted_once_with_the_script(self, form: Form) -> None:
        data = form.fill(dimulai="1")
        assert form.client.post(f"{form.path}/mulai").status_code == 204
        form.send(data)
        assert form.counts() == {"dilihat": 1, "dimulai": 1, "dikirim": 1, "tertutup": 0}

    def test_an_unknown_code_starts_nothing(self, form: Form) -> None:
        assert form.client.post("/isi/ABCDEF23/mulai").status_code == 204
        form.broken = True
        assert form.client.post(f"{form.path}/mulai").status_code == 204

    def test_counts_wait_for_a_store_that_is_away(self, form: Form) -> None:
        broken = True

        def store_of() -> Store:
            if broken:
                raise SkmError("basis-data-terkunci", tempat="uji")
            return form.store

        visits = Visits(store_of, jeda=0.01)
        visits.add(form.tautan.kode, "dilihat")
        visits.flush()
        broken = False
        visits.flush()
        assert form.counts()["dilihat"] == 1


class TestSteps:
    @pytest.fixture
    def form(self, store: Store) -> Form:
        save(store, 'halaman = "per-pertanyaan"')
        return Form(store)

    def hidden(self, text: str) -> dict[str, str]:
        return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text))

    def test_from_page_to_page_without_a_session(self, form: Form) -> None:
        data, answers = form.open(), [("layanan", "ikd"), *((f"u{i}", "3") for i in range(1, 10))]
        for name, value in answers:
            answer = form.send({**data, name: value, "arah": "lanjut"})
            assert answer.status_code == 200
            data = self.hidden(answer.text)
            assert data[name] == value
        assert data["langkah"] == "11"
        form.clock.wait(60)
        answer = form.send({**data, "usia": "40", "saran": "Baik", "arah": "kirim"})
        assert answer.status_code == 303
        assert form.stored()[0].nilai == "333333333"
        assert form.counts() == {"dilihat": 1, "dimulai": 1, "dikirim": 1, "tertutup": 0}

    def test_a_step_is_needed_before_the_next(self, form: Form) -> None:
        answer = form.send({**form.open(), "arah": "lanjut"})
        assert answer.status_code == 422
        assert "Layanan belum dijawab" in answer.text
        assert answer.text.count("<li><a") == 1

    def test_back_keeps_what_was_chosen(self, form: Form) -> None:
        data = {**form.open(), "layanan": "ikd", "langkah": "3", "u1": "2", "u2": "4"}
        answer = form.send({**data, "arah": "kembali"})
        assert 'id="u1-2" value="2" checked' in answer.text
        assert self.hidden(answer.text)["u2"] == "4"
        first = form.send({**data, "langkah": "1", "arah": "kembali"})
        assert 'id="layanan-ikd" value="ikd" checked' in first.text

    def test_the_end_leads_to_the_first_step_with_a_fault(self, form: Form) -> None:
        data = {**form.fill("33-3333-3"), "langkah": "11", "usia": "x", "arah": "kirim"}
        answer = form.send({**data, "usia": ""})
        assert answer.status_code == 422
        assert self.hidden(answer.text)["langkah"] == "4"

    @pytest.mark.parametrize("langkah", ["0", "99", "-1", "x", "¹"])
    def test_odd_steps(self, form: Form, langkah: str) -> None:
        assert form.send({**form.fill("3"), "langkah": langkah}).status_code == 422

    def test_everything_at_once_is_fine_too(self, form: Form) -> None:
        data = form.fill()
        del data["langkah"]
        assert form.send(data).status_code == 303

    def test_optional_questions_can_be_passed(self, store: Store) -> None:
        save(store, 'halaman = "per-pertanyaan"\nwajib = []')
        form = Form(store)
        answer = form.send({**form.open(), "langkah": "2", "arah": "lanjut"})
        assert (answer.status_code, self.hidden(answer.text)["langkah"]) == (200, "3")


def test_the_peer_is_the_connection_and_not_a_header(store: Store) -> None:
    scope = {"type": "http", "client": ("192.0.2.9", 1), "headers": [(b"x-forwarded-for", b"1")]}
    assert peer_address(Request(scope)) == "192.0.2.9"
    assert peer_address(Request({**scope, "client": None})) is None


def test_many_at_once_are_all_stored_once(store: Store) -> None:
    form = Form(store, Kanal.KIOS)
    data = form.fill()
    pages = [{**data, "id_kirim": secrets.token_urlsafe(16)} for _ in range(200)]
    with ThreadPoolExecutor(8) as pool:
        codes = [a.status_code for a in pool.map(form.send, [*pages, *pages[:20]])]
    assert codes == [303] * 220
    assert len(form.stored()) == 200
