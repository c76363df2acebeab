"""The public page of replies: what the holder of a code gets, and what everybody else does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest
from masuk_uji import nobody
from starlette.applications import Starlette
from starlette.testclient import TestClient

from skm.jawaban import Jawaban, Kanal
from skm.kiriman import Kiriman
from skm.pesan import SkmError
from skm.settings import read_settings
from skm.store import StatusSaran, Store, TautanBaru, open_store
from skm.survei import parse_survei
from skm.web.lapisan import layers
from skm.web.saran.render import BAHASA, Teks
from skm.web.saran.routes import reply_routes
from skm.web.saran.tebakan import Tebakan

TEXT = (Path(__file__).parents[2] / "surveys" / "contoh-disdukcapil-bekasi-2024.toml").read_text(
    encoding="utf-8"
)
SURVEI = parse_survei(TEXT, "contoh")
TULISAN = "Petugas loket tiga meminta uang"
JAHAT = '"><script>alert(1)</script>{{7*7}}'
UNKNOWN = "AAAA-BBBB-CCCC"
PERCENT_TOO_LONG = "K" * 2_000


class Counter:
    """A program with one remark, and a citizen who holds its code."""

    def __init__(self, store: Store, **own) -> None:
        self.store, self.now, self.address = store, datetime(2026, 3, 2, 3, tzinfo=UTC), "192.0.2.7"
        (tautan,) = store.add_tautan(SURVEI.id, [TautanBaru(None, None, Kanal.QR)])
        answer = Jawaban("343434343", layanan="ikd", saran=TULISAN)
        self.kode = store.submit(tautan, Kiriman("a" * 22, answer)).kode_saran
        (self.remark,) = store.remarks(SURVEI.id)
        routes = reply_routes(
            lambda: self.store, address_of=lambda _: self.address, clock=lambda: self.now, **own
        )
        app = Starlette(routes=routes, middleware=layers(read_settings({}), nobody))
        self.client = TestClient(app, base_url="http://127.0.0.1:8501", follow_redirects=False)

    def reply(self, status: StatusSaran, teks: str = "") -> None:
        self.store.respond(SURVEI.id, [self.remark.id], status, teks)

    def get(self, kode: str | None = None, query: str = ""):
        return self.client.get(f"/saran/{kode or self.kode}{query}")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'skm.db'}") as opened:
        opened.save_survei(SURVEI, TEXT)
        yield opened


@pytest.fixture
def counter(store: Store) -> Counter:
    return Counter(store)


def test_the_state_in_plain_words_and_never_the_remark(counter: Counter) -> None:
    for status, words in (
        (StatusSaran.BARU, "belum dibahas"),
        (StatusSaran.PERLU, "perlu ditindaklanjuti"),
        (StatusSaran.DITINDAK, "sedang ditindaklanjuti"),
        (StatusSaran.SELESAI, "selesai ditindaklanjuti"),
        (StatusSaran.TIDAK_RELEVAN, "di luar pelayanan kami"),
    ):
        counter.reply(status)
        answer = counter.get()
        assert answer.status_code == 200
        assert words in answer.text
        assert not any(word in answer.text for word in TULISAN.split() if len(word) > 5)


def test_the_reply_with_its_day_and_not_its_time(counter: Counter) -> None:
    counter.reply(StatusSaran.SELESAI, "Terima kasih.\nPetugasnya sudah ditegur.")
    written = counter.store.find_reply(counter.kode).tanggapan.dibalas
    text = counter.get().text
    assert '<p class="balasan" lang="id">Terima kasih.\nPetugasnya sudah ditegur.</p>' in text
    local = written.astimezone(SURVEI.zona)
    assert re.search(rf"Ditulis pada {local.day} \w+ {local.year}\.", text)
    assert not re.search(r"\d\d[.:]\d\d", text.partition("<body>")[2])
    english = counter.get(query="?bahasa=en").text
    assert '<html class="saran" lang="en">' in english
    assert "Our reply" in english
    assert SURVEI.bahasa["en"].teks["unit"] in english


def test_a_reply_is_text_and_nothing_else(counter: Counter) -> None:
    counter.reply(StatusSaran.SELESAI, JAHAT)
    text = counter.get().text
    assert "<script" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{7*7}}" in text


@pytest.mark.parametrize("bahasa", ["id", "en", "xx"])
def test_every_page_is_small_private_and_without_cookie_or_script(
    counter: Counter, bahasa: str
) -> None:
    counter.reply(StatusSaran.SELESAI, "a" * 1_000)
    for path in ("/saran", f"/saran/{counter.kode}", f"/saran/{UNKNOWN}", "/saran/a/b/c"):
        answer = counter.client.get(path, params={"bahasa": bahasa})
        assert len(answer.content) < 15_000
        assert "set-cookie" not in answer.headers
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert "noindex" in answer.headers["x-robots-tag"]
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src" not in policy
        assert "unsafe" not in policy
        assert '<meta name="robots" content="noindex">' in answer.text
        assert "<script" not in answer.text
        addresses = re.findall(r'(?:src|href|action)="([^"]*)"', answer.text)
        assert all(not a.startswith(("http", "//", "/")) for a in addresses)


@pytest.mark.parametrize("kode", [UNKNOWN, "x", "%00", PERCENT_TOO_LONG, "K7Q4-2M9P", "a/b"])
def test_what_is_no_code_gets_one_sentence(counter: Counter, kode: str) -> None:
    answer = counter.get(kode)
    assert answer.status_code == 404
    assert "Kode tidak ditemukan" in answer.text


def test_a_code_may_be_typed_in_small_letters_or_on_the_search_page(counter: Counter) -> None:
    small = counter.kode.lower().replace("-", "")
    assert counter.get(small).status_code == 200
    found = counter.client.get("/saran", params={"kode": f" {small} ", "bahasa": "en"})
    assert found.status_code == 303
    assert found.headers["location"] == f"/saran/{counter.kode}?bahasa=en"
    assert counter.client.get("/saran", params={"kode": "salah"}).status_code == 404
    assert counter.client.get("/saran/").headers["location"] == "../saran"


def test_who_tries_many_codes_must_wait_and_nobody_else(counter: Counter) -> None:
    for _ in range(30):
        assert counter.get(UNKNOWN).status_code == 404
    refused = counter.get()
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) == 601
    assert "Tunggu 11 menit" in refused.text
    assert counter.get("x").status_code == 404  # no code at all is no try
    counter.address = "192.0.2.8"
    assert counter.get().status_code == 200
    counter.address, counter.now = "192.0.2.7", counter.now + timedelta(minutes=11)
    assert counter.get().status_code == 200


def test_reading_one_s_own_code_is_never_counted(counter: Counter) -> None:
    assert {counter.get().status_code for _ in range(100)} == {200}


def test_neighbours_of_an_ipv6_network_are_one_and_the_office_is_none() -> None:
    guesses, now = Tebakan([ip_network("10.0.0.0/8")], most=2), datetime(2026, 3, 2, tzinfo=UTC)
    for address in ("2001:db8::1", "2001:db8::2", "10.1.2.3", "10.1.2.3", None):
        guesses.was_wrong(address, now)
    assert guesses.must_wait("2001:db8::3", now) > 0
    assert guesses.must_wait("2001:db8:1::3", now) == 0
    assert guesses.must_wait("10.1.2.3", now) == 0
    assert guesses.must_wait(None, now) == 0
    assert guesses.must_wait("2001:db8::3", now + timedelta(days=1)) == 0
    assert b"2001" not in repr(vars(guesses)).encode()


def test_a_store_that_is_away_is_one_sentence(counter: Counter) -> None:
    def away() -> Store:
        raise SkmError("basis-data-terkunci", tempat="rahasia")

    routes = reply_routes(away, address_of=lambda _: None)
    client = TestClient(Starlette(routes=routes))
    answer = client.get(f"/saran/{counter.kode}")
    assert answer.status_code == 503
    assert "rahasia" not in answer.text
    assert "Ada gangguan di pihak kami" in answer.text


def test_both_languages_say_the_same_things() -> None:
    from skm.web.saran.render import _texts

    keys = [_texts(bahasa).keys() for bahasa in BAHASA]
    assert keys[0] == keys[1]
    for bahasa in BAHASA:
        assert len(Teks(bahasa)("nama-bulan").split()) == 12
        assert all(Teks(bahasa)(status.value) for status in StatusSaran)
