"""The guard before the program's own routes: each route × nobody, each role, a limited account."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import lingkar
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Match, Route
from test_web_fuzz import SAMPLE, Got, Sent, _ask, load_app

from skm.akun import Batas, Peran
from skm.settings import read_settings
from skm.store.account_model import AkunBaru
from skm.store.logins import digest_of
from skm.web.lapisan import layers
from skm.web.masuk.cookie import COOKIE
from skm.web.masuk.guard import is_public
from skm.web.menyusul import every_route

pytestmark = pytest.mark.lambat

HOST = (b"host", b"127.0.0.1:8501")
WHO = ("admin", "operator", "manajer", "pemeriksa", "terbatas")
# What each of WHO gets with GET. Names that lead nowhere keep the allowed ones quick: 404 is past
# the guard, and 299 what Streamlit is asked for.
TABLE: dict[str, tuple[int, int, int, int, int]] = {
    f"/entri/{SAMPLE}": (403, 200, 403, 403, 200),
    f"/entri/{SAMPLE}/sesi/uji-0001": (403, 200, 403, 403, 200),
    f"/entri/{SAMPLE}/lembar": (299, 299, 299, 299, 299),
    f"/entri/{SAMPLE}/lembar/uji-0001": (299, 299, 299, 299, 299),
    f"/entri/{SAMPLE}/sesi/uji-0001/banding": (299, 299, 299, 299, 299),
    "/entri/aset/x/y.js": (404, 404, 404, 404, 404),
    f"/unduh/{SAMPLE}/templat.xyz": (403, 404, 403, 403, 404),
    f"/unduh/{SAMPLE}/tautan.csv": (200, 200, 403, 403, 200),
    f"/unduh/{SAMPLE}/kuesioner.pdf?kode=x": (404, 404, 404, 404, 404),
    f"/unduh/{SAMPLE}/poster-a4.xyz": (404, 404, 403, 403, 404),
    f"/unduh/{SAMPLE}/qr/ABCDEF23.png": (404, 404, 403, 403, 404),
    f"/unduh/{SAMPLE}/2024-T4/tak-ada.csv?kanal=x": (404, 404, 404, 404, 404),
    f"/unduh/{SAMPLE}/2023-T1/arsip.zip": (403, 403, 404, 404, 403),
    f"/unduh/{SAMPLE}/2024-T4/laporan.xyz": (404, 404, 404, 404, 403),
    f"/unduh/{SAMPLE}/x/laporan/1.png": (404, 404, 404, 404, 403),
    f"/unduh/{SAMPLE}/survei.toml": (200, 403, 403, 403, 403),
    f"/unduh/{SAMPLE}/survei-999.toml": (404, 403, 403, 403, 403),
    "/unduh/jejak-audit.csv": (200, 403, 403, 200, 403),
    "/unduh/survei-lain/tautan.csv": (404, 404, 403, 403, 403),
    "/ringkasan": (308, 308, 308, 308, 308),
    # What Streamlit answers, stood in for by a route that takes anything:
    "/": (299, 299, 299, 299, 299),
    "/_stcore/host-config": (299, 299, 299, 299, 299),
    "/media/x.png": (299, 299, 299, 299, 299),
    "/component/x/index.html": (299, 299, 299, 299, 299),
}
ODD = (
    "//entri/x", "//isi", "/isi/../unduh/x", "/isi/..", "/hasil/../_stcore/host-config",
    "/hasil\\..\\unduh", "/masuk\\x", "/ISI/x", "/Masuk", "/STATIC/x", "/static/../media/x",
    "/_stcore/health/", "/_stcore/health/x", "/_STCORE/health", "/masukan", "/sehatx",
    "/ isi", "/isi%2f..", "/%69si", "/.", "/..", "/_stcore/stream", "isi/x",
)  # fmt: skip


@dataclass(frozen=True)
class Door:
    """The program, with the token of each of WHO."""

    app: Starlette
    routes: tuple[Route, ...]
    tokens: dict[str, str]

    def ask(self, method: str, path: str, who: str = "", *headers: tuple[bytes, bytes]) -> Got:
        path, _, query = path.partition("?")
        own = ((b"cookie", f"{COOKIE}={self.tokens[who]}".encode()),) if who else ()
        sent = Sent(method, path, query.encode(), (HOST, *own, *headers))
        return lingkar.run(_ask(self.app, sent))


async def _anything(request: Request) -> JSONResponse:
    names = [n.decode("latin-1").lower().replace("_", "-") for n, _ in request.headers.raw]
    values = [v.decode("latin-1") for _, v in request.headers.raw]
    seen = [v for n, v in zip(names, values, strict=True) if n == "x-skm-sesi"]
    return JSONResponse({"sesi": seen}, 299)


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SKM_DATA", str(tmp_path_factory.mktemp("data")))
        patch.delenv("SKM_DATABASE_URL", raising=False)
        module = load_app()
        with module.store() as store:
            tokens = {}
            for who in WHO:
                limited = who == "terbatas"
                batas = (Batas(SAMPLE, frozenset({"dinas"})),) if limited else ()
                peran = Peran.OPERATOR if limited else Peran(who)
                akun = store.add_account(AkunBaru(f"si-{who}", frozenset({peran}), "x", batas))
                tokens[who] = store.add_login(akun)
            methods = ["GET", "POST", "PUT", "PATCH", "DELETE"]
            routes = [*module.routes, Route("/{path:path}", _anything, methods=methods)]
            app = Starlette(routes=routes, middleware=layers(read_settings(), module.store))
            yield Door(app, tuple(every_route(module.routes)), tokens)


def test_every_route_is_public_or_in_the_table(door: Door) -> None:
    known = [path.partition("?")[0] for path in TABLE]
    for route in door.routes:
        if is_public(route.path):
            continue
        scopes = ({"type": "http", "method": "GET", "path": p, "root_path": ""} for p in known)
        assert any(route.matches(scope)[0] is not Match.NONE for scope in scopes), route.path


@pytest.mark.parametrize("path", TABLE)
def test_who_gets_what(door: Door, path: str) -> None:
    assert tuple(door.ask("GET", path, who).status for who in WHO) == TABLE[path]
    assert door.ask("GET", path).status == 401
    assert door.ask("GET", path, "", (b"accept", b"text/html")).status == 303
    assert door.ask("PUT", path).status == 401


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "lembar"), ("PUT", "lembar/uji-0001"), ("POST", "sesi/uji-0001/banding")],
)
def test_who_may_key_sheets(door: Door, method: str, path: str) -> None:
    """415 is past the guard: a form is no JSON."""
    got = tuple(door.ask(method, f"/entri/{SAMPLE}/{path}", who).status for who in WHO)
    assert got == (403, 415, 403, 403, 415)


@pytest.mark.parametrize("path", ODD)
def test_no_odd_path_is_a_way_in(door: Door, path: str) -> None:
    for method in ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "X"):
        assert door.ask(method, path).status == 401


@pytest.mark.parametrize("name", [b"x-skm-sesi", b"X-SKM-Sesi", b"x_skm_sesi", b"X-Skm_SESI"])
def test_the_header_of_the_guard_is_the_guards_alone(door: Door, name: bytes) -> None:
    forged = (name, digest_of(door.tokens["admin"]).encode())
    assert door.ask("GET", "/", "", forged).status == 401
    got = door.ask("GET", "/", "operator", forged)
    assert digest_of(door.tokens["operator"]) in got.plain().decode()
    assert got.plain().decode().count('"') == 4  # one value and no other
    assert forged[1] not in door.ask("GET", "/isi/x/y/z", "", forged).plain()


@pytest.mark.parametrize(
    "header",
    [
        (b"sec-fetch-site", b"cross-site"),
        (b"sec-fetch-site", b"same-site"),
        (b"origin", b"null"),
        (b"origin", b"http://127.0.0.1:1"),
        (b"origin", b"http://jahat.example"),
    ],
)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_no_foreign_page_writes(door: Door, method: str, header: tuple[bytes, bytes]) -> None:
    path = "/_stcore/upload_file/a/b"
    assert door.ask(method, path, "operator", header).status == 403
    assert door.ask(method, path, "operator").status == 299
    own = (b"origin", b"http://127.0.0.1:8501")
    assert door.ask(method, path, "operator", own).status == 299


def test_two_tokens_are_none(door: Door) -> None:
    second = (b"cookie", f"{COOKIE}={door.tokens['admin']}".encode())
    assert door.ask("GET", "/", "operator", second).status == 401
