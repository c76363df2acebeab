"""Who asks, and how: a proxy of ours is believed, and nobody else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from masuk_uji import open_layers
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from skm.settings import read_settings
from skm.web.asal import client_address, request_is_https

PROXY = "10.0.0.5"
CITIZEN = "203.0.113.9"
ONE = read_settings({"SKM_PROXY": PROXY})
CHAIN = read_settings({"SKM_PROXY": "10.0.0.0/24, fd00::/64, 127.0.0.1"})
NONE = read_settings({})


def scope(peer: str | None, *forwarded: str, proto: str | None = None, scheme: str = "http"):
    headers = [(b"x-forwarded-for", value.encode("latin-1")) for value in forwarded]
    headers += [(b"x-forwarded-proto", proto.encode())] if proto else []
    client = (peer, 50_000) if peer else None
    return {"type": "http", "client": client, "headers": headers, "scheme": scheme}


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        (PROXY, [CITIZEN], CITIZEN),
        (PROXY, [f"{CITIZEN}:51234"], CITIZEN),
        (PROXY, ["2001:db8::7"], "2001:db8::7"),
        (PROXY, ["[2001:db8::7]:443"], "2001:db8::7"),
        (f"::ffff:{PROXY}", [CITIZEN], CITIZEN),
        (PROXY, [f"::ffff:{CITIZEN}"], CITIZEN),
        (PROXY, [], PROXY),
        (PROXY, [""], PROXY),
    ],
)
def test_a_proxy_of_ours_names_who_asked_it(peer: str, forwarded: list[str], address: str) -> None:
    assert client_address(scope(peer, *forwarded), ONE) == address


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [
        ([f"1.1.1.1, {CITIZEN}"], CITIZEN),
        ([f"127.0.0.1, {PROXY}, {CITIZEN}"], CITIZEN),
        (["1.1.1.1", CITIZEN], CITIZEN),  # a header of the client's own, before the proxy's
        (["bukan alamat"], PROXY),
        ([f"{CITIZEN}, bukan alamat"], PROXY),  # what stands before it is nobody's word
        ([f"{CITIZEN},"], PROXY),
        (["unknown"], PROXY),
        (["1.1.1.1\xff"], PROXY),
    ],
)
def test_what_a_client_writes_itself_is_never_reached(forwarded: list[str], address: str) -> None:
    assert client_address(scope(PROXY, *forwarded), ONE) == address


def test_through_two_proxies_of_ours() -> None:
    inner = scope("10.0.0.5", f"1.1.1.1, {CITIZEN}, fd00::2, 10.0.0.9")
    assert client_address(inner, CHAIN) == CITIZEN
    assert client_address(scope("10.0.0.5", "10.0.0.7, 10.0.0.9"), CHAIN) == "10.0.0.7"


@pytest.mark.parametrize("settings", [NONE, ONE], ids=["no proxy", "another proxy"])
def test_from_anybody_else_no_header_counts(settings) -> None:
    direct = scope("198.51.100.4", CITIZEN, proto="https")
    assert client_address(direct, settings) == "198.51.100.4"
    assert not request_is_https(direct, settings)


def test_a_connection_without_an_address() -> None:
    assert client_address(scope(None, CITIZEN), ONE) is None
    assert not request_is_https(scope(None, proto="https"), ONE)
    assert client_address(scope("testclient", CITIZEN), ONE) == "testclient"


@given(st.lists(st.text(st.characters(max_codepoint=255), max_size=40), max_size=5))
def test_whatever_is_written_before_it_the_proxys_word_decides(written: list[str]) -> None:
    assert client_address(scope(PROXY, *written, CITIZEN), ONE) == CITIZEN
    assert client_address(scope(CITIZEN, *written), ONE) == CITIZEN


@pytest.mark.parametrize(
    ("proto", "https"),
    [("https", True), ("HTTPS", True), ("wss", True), ("http", False), ("https, http", False),
     ("http, https", True), ("", False), (None, False)],
)  # fmt: skip
def test_a_proxy_of_ours_says_whether_it_was_encrypted(proto: str | None, https: bool) -> None:
    assert request_is_https(scope(PROXY, proto=proto), ONE) is https


def test_our_own_encryption_needs_no_proxy() -> None:
    assert request_is_https(scope(CITIZEN, scheme="https"), NONE)
    assert request_is_https(scope(CITIZEN, scheme="wss"), NONE)


def client(environ: dict[str, str], peer: str) -> TestClient:
    def page(request: Request) -> PlainTextResponse:
        return PlainTextResponse(f"{request.client.host} {request.url.scheme}")

    settings = read_settings({"SKM_URL_PUBLIK": "https://skm.example", **environ})
    app = Starlette(routes=[Route("/halo", page)], middleware=open_layers(settings))
    return TestClient(app, base_url="http://skm.example", client=(peer, 1), follow_redirects=False)


ENCRYPTED = {"X-Forwarded-Proto": "https"}


def test_https_only_is_promised_where_it_is_https() -> None:
    through = client({"SKM_PROXY": PROXY}, PROXY)
    told = through.get("/halo", headers=ENCRYPTED).headers["strict-transport-security"]
    assert told == "max-age=31536000"
    refused = through.get("/halo", headers={**ENCRYPTED, "Host": "jahat.example"})
    assert refused.status_code == 400
    assert "strict-transport-security" in refused.headers
    for answer in (
        through.get("/halo"),
        client({"SKM_PROXY": PROXY}, CITIZEN).get("/halo", headers=ENCRYPTED),
        client({}, "127.0.0.1").get("/halo", headers=ENCRYPTED),
    ):
        assert "strict-transport-security" not in answer.headers


def test_a_redirect_stays_encrypted() -> None:
    through = client({"SKM_PROXY": PROXY}, PROXY)
    there = through.get("/halo/", headers=ENCRYPTED).headers["location"]
    assert there == "https://skm.example/halo"
    assert through.get("/halo/").headers["location"] == "http://skm.example/halo"


def test_all_that_follows_sees_the_visitor_and_not_the_proxy() -> None:
    """The brake of the sign-in, the limit of the form and the cookie's Secure ask the request."""
    told = {"X-Forwarded-For": f"1.1.1.1, {CITIZEN}", **ENCRYPTED}
    assert client({"SKM_PROXY": PROXY}, PROXY).get("/halo", headers=told).text == f"{CITIZEN} https"
    assert client({}, PROXY).get("/halo", headers=told).text == f"{PROXY} http"
