"""Anything at all, sent to every route: never a fault of ours, never a word about the inside.

Most requests come from a signed-in browser, some from one with a token that is none, some without.
"""

from __future__ import annotations

import asyncio
import gzip
import importlib.util
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from masuk_uji import open_layers, sign_in
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from skm.jawaban import Kanal
from skm.penutupan.tutup import close
from skm.periode import parse_period
from skm.settings import read_settings
from skm.store import TautanBaru
from skm.store.logins import digest_of
from skm.web.lapisan import layers
from skm.web.masuk.cookie import COOKIE
from skm.web.masuk.guard import is_public
from skm.web.menyusul import every_route

pytestmark = pytest.mark.lambat

ROOT = Path(__file__).parents[2]
SAMPLE = "contoh-disdukcapil-bekasi-2024"
INSIDE = (b"Traceback", b"site-packages", b".py", b"SELECT ", b"INSERT ", b"sqlite", b"psycopg")
EVERYWHERE = ("x-content-type-options", "referrer-policy", "x-frame-options", "permissions-policy")
HARD = settings(
    max_examples=60, deadline=timedelta(seconds=30), suppress_health_check=list(HealthCheck)
)


@dataclass(frozen=True, slots=True)
class Sent:
    """One request as a server hands it on."""

    method: str
    path: str
    query: bytes = b""
    headers: tuple[tuple[bytes, bytes], ...] = ()
    body: tuple[bytes, ...] = ()
    signed_in: bool = False


@dataclass(slots=True)
class Got:
    """What came back, its headers in the order in which they came."""

    status: int = 0
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""

    def plain(self) -> bytes:
        packed = ("content-encoding", "gzip") in self.headers
        return gzip.decompress(self.body) if packed and self.body else self.body


@dataclass(frozen=True, slots=True)
class Program:
    """All routes of the program behind its layers, with a placement and a published period."""

    app: Starlette
    routes: tuple[Route, ...]
    words: tuple[str, ...]
    folders: tuple[bytes, ...]
    token: Callable[[], str] = str

    def ask(self, sent: Sent) -> Got:
        """Return the answer; whatever the program raises is raised here."""
        if sent.signed_in:
            cookie = (b"cookie", f"{COOKIE}={self.token()}".encode())
            others = tuple(h for h in sent.headers if h[0] != b"cookie")
            sent = replace(sent, headers=(*others, cookie))
        # A browser journey earlier in the run leaves its event loop in this thread.
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(asyncio.run, _ask(self.app, sent)).result()


async def _ask(app: Starlette, sent: Sent) -> Got:
    got, parts = Got(), list(sent.body)
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "scheme": "http",
        "method": sent.method, "path": sent.path, "raw_path": quote(sent.path).encode(),
        "query_string": sent.query, "root_path": "", "headers": list(sent.headers),
        "client": ("192.0.2.7", 50000), "server": ("127.0.0.1", 8501),
    }  # fmt: skip

    async def receive() -> dict[str, Any]:
        body = parts.pop(0) if parts else b""
        return {"type": "http.request", "body": body, "more_body": bool(parts)}

    async def send(event: Any) -> None:
        if event["type"] == "http.response.start":
            got.status = event["status"]
            got.headers = [(n.decode("latin-1"), v.decode("latin-1")) for n, v in event["headers"]]
        else:
            got.body += event.get("body", b"")

    await app(scope, receive, send)
    return got


def load_app() -> ModuleType:
    """app.py as a module of its own, with the settings of this moment."""
    spec = importlib.util.spec_from_file_location("skm_app_uji", ROOT / "app.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def program(store_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    monkeypatch.setenv("SKM_DATA", str(tmp_path))
    monkeypatch.setenv("SKM_DATABASE_URL", store_url)
    module = load_app()
    with module.store() as store:
        (tautan,) = store.add_tautan(SAMPLE, [TautanBaru("dinas", None, Kanal.QR)])
        for kode in ("2024-T4", "2024-S2"):
            close(store, SAMPLE, parse_period(kode))
            store.publish_period(SAMPLE, parse_period(kode))
        known = [sign_in(store)]

        def token() -> str:
            """One that counts: a request may have signed the last one out."""
            if store.login_of(digest_of(known[-1])) is None:
                known.append(sign_in(store))
            return known[-1]

        app = Starlette(routes=module.routes, middleware=layers(read_settings({}), module.store))
        words = (SAMPLE, tautan.kode, "2024-T4", "2024-s2")
        folders = (str(tmp_path).encode(), str(ROOT).encode())
        yield Program(app, tuple(every_route(module.routes)), words, folders, token)


NEAR = ("2024", "2024-T9", "unsur", "responden-layanan", "csv", "png", "svg", "a4", "bentuk",
        "lembar-0000000001", "..", "../../etc/passwd", "\x00", "%", "{}", "{0.x}", "' OR 1=1--",
        "\u202e", "İ", "ſ2", "1" * 5000)  # fmt: skip
QUERY = ("survei", "bahasa", "kode", "kanal", "bentuk", "ulang", "r", "s")
SHEET = ("id_kirim", "sesi", "versi", "nomor", "nilai", "periode", "tanggal", "titik", "layanan",
         "profil", "saran", "lembar")  # fmt: skip
FIELDS = ("cap", "id_kirim", "layanan", "u1", "u9", "usia", "saran", "langkah", "arah", "tunda")
HEADERS = {
    b"content-type": (b"application/json", b"application/x-www-form-urlencoded", b"text/plain",
                      b"multipart/form-data", b"application/x-www-form-urlencoded; charset=utf-7"),
    b"content-length": (b"0", b"-1", b"9" * 20, b"1e3", "²".encode(), b"65537", b"12"),
    b"accept": (b"text/html", b"*/*", b"application/json", b""),
    b"accept-encoding": (b"gzip", b"br", b"gzip;q=0", b"*"),
    b"accept-language": (b"en", b"id", b"*"),
    b"if-none-match": (b"*", b'W/"x"', b'"', b","),
    b"if-modified-since": (b"Thu, 01 Jan 1970 00:00:00 GMT", b"kemarin"),
    b"range": (b"bytes=0-0", b"bytes=-1", b"bytes=9-1", b"bytes=0-,0-,0-"),
    b"sec-fetch-site": (b"same-origin", b"cross-site", b"none", b""),
    b"origin": (b"http://127.0.0.1:8501", b"null", b"http://[", b"http://jahat.example"),
    b"user-agent": (b"Mozilla/5.0", b""),
    b"cookie": (b"a=b", b"=;=", b"", b"skm_masuk=", b"skm_masuk=" + b"A" * 43, b"skm_masuk=\x80",
                b"skm_masuk=a; skm_masuk=b"),
    b"x-skm-sesi": (b"0" * 64, b""),
    b"x_skm_sesi": (b"0" * 64, b""),
    b"x-forwarded-for": (b"203.0.113.9", b"::", b"x"),
}  # fmt: skip
OURS = (b"127.0.0.1:8501", b"127.0.0.1", b"localhost")
HOSTS = st.sampled_from(
    [b"127.0.0.1:8501"] * 20 + [b"localhost", b"", b"jahat.example", b"[::1", b"\xff"]
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | TEXTS
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)
SHEETS = st.dictionaries(st.sampled_from(SHEET), VALUES, max_size=len(SHEET)) | VALUES


def values(usual: tuple[bytes, ...]) -> st.SearchStrategy[bytes]:
    """Values of a header: what is usual, and any bytes that a server lets through."""
    some = st.binary(max_size=40).map(lambda b: b.translate(None, b"\0\r\n"))
    return st.sampled_from(usual) | some


@st.composite
def requests(draw: st.DrawFn, route: Route, words: tuple[str, ...]) -> Sent:
    """Anything that may reach this route: names that lead somewhere, nearly do, or do not."""
    text = st.sampled_from(words) | st.sampled_from(words + NEAR) | TEXTS
    params = {
        name: draw(st.integers(0, 10**20) if convertor.regex == "[0-9]+" else text)
        for name, convertor in route.param_convertors.items()
    }
    asked = st.lists(st.tuples(st.sampled_from(QUERY) | text, text), max_size=4)
    filled = st.lists(st.tuples(st.sampled_from(FIELDS), text), max_size=8)
    forms = filled.map(lambda pairs: urlencode(pairs).encode())
    bodies = st.binary(max_size=300) | forms | SHEETS.map(lambda v: json.dumps(v).encode())
    names = sorted(draw(st.sets(st.sampled_from(sorted(HEADERS)), max_size=6)))
    body = draw(bodies | st.sampled_from([b"x" * 70_000, b"[" * 60_000]))
    cut = draw(st.integers(0, len(body)))
    return Sent(
        draw(st.sampled_from([*sorted(route.methods or ()) * 3, "POST", "PUT", "OPTIONS", "X"])),
        route.path_format.format(**params),
        draw(asked.map(lambda pairs: urlencode(pairs).encode()) | st.binary(max_size=60)),
        ((b"host", draw(HOSTS)), *((name, draw(values(HEADERS[name]))) for name in names)),
        (body[:cut], body[cut:]),
        draw(st.integers(0, 3)) > 0,
    )


def check(program: Program, sent: Sent) -> None:
    """503 is a fault too: the store is there all the time."""
    got = program.ask(sent)
    names = [name for name, _ in got.headers]
    assert 200 <= got.status < 500
    assert "set-cookie" not in names or sent.path.startswith("/masuk")
    if not sent.signed_in and not is_public(sent.path):
        refused = {303, 401} if dict(sent.headers).get(b"host") in OURS else {303, 400, 401}
        assert got.status in refused
    assert {name: names.count(name) for name in EVERYWHERE} == dict.fromkeys(EVERYWHERE, 1)
    kind = dict(got.headers).get("content-type", "")
    if kind.startswith("text/html"):
        assert "content-security-policy" in names
    if kind.startswith(("text/html", "text/plain", "application/json")):
        body = got.plain()
        assert [word for word in (*INSIDE, *program.folders) if word in body] == []


def test_every_route_answers_anything(program: Program) -> None:
    for route in program.routes:

        @HARD
        @given(requests(route, program.words))
        def attack(sent: Sent) -> None:
            check(program, sent)

        attack()


def test_a_query_that_is_no_text(program: Program) -> None:
    """A server hands it on as it came, and not every way of asking for it can bear that."""
    host = ((b"host", b"127.0.0.1:8501"),)
    for route in program.routes:
        params = dict.fromkeys(route.param_convertors, "1")
        path = route.path_format.format(**params)
        for known in (path, f"{path}/"):
            for signed_in in (True, False):
                method = min(route.methods or {"GET"})
                check(program, Sent(method, known, b"\x80\xff", host, (), signed_in))


def test_the_checks_see_a_fault() -> None:
    """A route that fails, one that tells, one that sets a cookie: each is found."""

    def fail(_: object) -> PlainTextResponse:
        raise KeyError("rahasia")

    def tell(_: object) -> PlainTextResponse:
        return PlainTextResponse(f"{ROOT}/app.py")

    def sorry(_: object) -> PlainTextResponse:
        return PlainTextResponse("gangguan", 503)

    def cookie(_: object) -> PlainTextResponse:
        return PlainTextResponse("", headers={"Set-Cookie": "a=b"})

    for faulty, error in ((fail, KeyError), *((f, AssertionError) for f in (tell, sorry, cookie))):
        app = Starlette(routes=[Route("/", faulty)], middleware=open_layers(read_settings({})))
        with pytest.raises(error):
            check(
                Program(app, (), (), (str(ROOT).encode(),)),
                Sent("GET", "/", headers=((b"host", b"127.0.0.1"),)),
            )
