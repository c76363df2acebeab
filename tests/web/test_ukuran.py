"""Metrics: for whoever has the key, and without a trace of who asked for what."""

from __future__ import annotations

from masuk_uji import nobody
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from skm.settings import read_settings
from skm.web.lapisan import layers
from skm.web.ukuran import Ukuran, metrics_route, part_of

KEY = "kunci-yang-cukup-panjang"


def client(key: str | None = KEY) -> TestClient:
    async def form(_: object) -> PlainTextResponse:
        return PlainTextResponse("formulir")

    ukuran = Ukuran()
    routes = [Route("/isi/{kode}", form), metrics_route(ukuran, key)]
    app = Starlette(routes=routes, middleware=layers(read_settings({}), nobody, ukuran))
    return TestClient(app, base_url="http://127.0.0.1:8501")


def test_counts_by_part_method_and_status() -> None:
    asked = client()
    for _ in range(3):
        assert asked.get("/isi/RAHASIA1").status_code == 200
    assert asked.get("/hasil/rahasia-juga").status_code == 404
    text = asked.get("/sehat/ukuran", headers={"Authorization": f"Bearer {KEY}"}).text
    assert 'skm_permintaan_total{bagian="isi",metode="GET",status="2xx"} 3.0' in text
    assert 'skm_permintaan_total{bagian="hasil",metode="GET",status="4xx"} 1.0' in text
    assert 'skm_permintaan_detik_count{bagian="isi",metode="GET"} 3.0' in text
    assert "rahasia" not in text.lower()


def test_without_the_key_there_is_no_such_page() -> None:
    for asked, header in ((client(), ""), (client(), "Bearer salah"), (client(None), "Bearer ")):
        answer = asked.get("/sehat/ukuran", headers={"Authorization": header})
        assert answer.status_code == 404
        assert "skm_" not in answer.text


def test_whatever_is_asked_makes_no_new_series() -> None:
    assert {part_of(f"/{name}") for name in ("", "x", "../etc", "isi", "isi/ABC")} == {
        "dasbor", "isi",
    }  # fmt: skip
