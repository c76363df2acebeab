"""Signing in with the office's identity provider, from the button to the page that was wanted."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from masuk_uji import sign_in
from penyedia_uji import CLIENT, SECRET, SURAT, running_provider, settings_for
from penyedia_uji import Penyedia as Palsu
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from skm.akun import Peran
from skm.luar.nama import NamaLuar
from skm.luar.penyedia import Penyedia
from skm.luar.tiket import new_ticket
from skm.pesan import message
from skm.settings import read_settings
from skm.store import Store, open_store
from skm.store.account_model import AkunBaru
from skm.web.lapisan import layers
from skm.web.masuk import luar as routes_luar
from skm.web.masuk.cookie import COOKIE
from skm.web.masuk.guard import actor_of
from skm.web.masuk.routes import login_routes

HERE = "http://127.0.0.1:8501"


@pytest.fixture
def toko(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'skm.db'}") as opened:
        opened.add_account(AkunBaru("admin.skm", frozenset({Peran.ADMIN}), "x"))
        yield opened


@pytest.fixture
def palsu() -> Iterator[Palsu]:
    with running_provider() as running:
        yield running


@pytest.fixture
def loket1(toko: Store, palsu: Palsu) -> str:
    luar = str(NamaLuar(palsu.issuer, "email", SURAT))
    return toko.add_account(AkunBaru("loket1", frozenset({Peran.OPERATOR}), "", luar=luar)).nama


def browser(toko: Store, penyedia: Penyedia | None, at: str = HERE) -> TestClient:
    """A browser at the program with its guard, and with one page behind that."""

    def page(request: Request) -> PlainTextResponse:
        return PlainTextResponse(actor_of(request).nama)

    app = Starlette(
        routes=[*login_routes(lambda: toko, penyedia=penyedia), Route("/unggah", page)],
        middleware=layers(
            read_settings({"SKM_URL_PUBLIK": "https://skm.kota.example"}), lambda: toko
        ),
    )
    return TestClient(app, base_url=at, follow_redirects=False)


@pytest.fixture
def peramban(toko: Store, palsu: Palsu) -> TestClient:
    return browser(toko, Penyedia(settings_for(palsu.issuer)))


def go(peramban: TestClient, address: str = "/masuk/luar?ke=/unggah") -> str:
    """Press the button and sign in over there: the address that leads back."""
    sent = peramban.get(address)
    assert sent.status_code == 303
    return str(httpx2.get(sent.headers["location"]).headers["location"])


def says(answer: httpx2.Response, kode: str, **isi: object) -> bool:
    return message(kode, **isi).replace('"', "&#34;") in answer.text


def signed_in(peramban: TestClient) -> bool:
    return peramban.get("/unggah").status_code == 200


class TestTheWayIn:
    def test_from_the_button_to_the_page(self, peramban: TestClient, loket1: str) -> None:
        page = peramban.get("/masuk?ke=/unggah")
        assert 'href="/masuk/luar?ke=%2Funggah"' in page.text
        assert "Masuk dengan akun Kota Uji" in page.text
        back = peramban.get(go(peramban))
        assert (back.status_code, back.headers["location"]) == (303, "/unggah")
        assert peramban.get("/unggah").text == loket1

    def test_the_cookies(self, toko: Store, palsu: Palsu, loket1: str) -> None:
        peramban = browser(
            toko, Penyedia(settings_for(palsu.issuer)), at="https://skm.kota.example"
        )
        ticket = peramban.get("/masuk/luar").headers["set-cookie"]
        for part in ("HttpOnly", "SameSite=lax", "Secure", "Path=/masuk/luar", "Max-Age=600"):
            assert part in ticket
        assert SECRET not in ticket and SURAT not in ticket
        back = urlsplit(go(peramban))  # to 127.0.0.1, as the settings of this test say
        given = peramban.get(f"{back.path}?{back.query}")
        session, gone = given.headers.get_list("set-cookie")
        assert session.startswith(f"{COOKIE}=")
        for part in ("HttpOnly", "SameSite=lax", "Secure"):
            assert part in session
        assert gone.startswith('skm_luar=""') and "Max-Age=0" in gone

    def test_a_token_from_before_is_not_kept(
        self, peramban: TestClient, toko: Store, loket1: str
    ) -> None:
        planted = sign_in(toko, "admin.skm")
        peramban.cookies.set(COOKIE, planted)
        back = peramban.get(go(peramban))
        assert back.cookies[COOKIE] != planted
        old = browser(toko, None)
        old.cookies.set(COOKIE, planted)
        assert not signed_in(old)

    @pytest.mark.parametrize(
        "ke",
        [
            "//jahat.example",
            "https://jahat.example/a",
            "/\\jahat.example",
            "javascript:alert(1)",
            "",
        ],
    )
    def test_on_to_a_page_of_ours_only(self, peramban: TestClient, loket1: str, ke: str) -> None:
        start = str(httpx2.URL("/masuk/luar", params={"ke": ke}))
        assert peramban.get(go(peramban, start)).headers["location"] == "/"

    def test_a_foreign_page_does_not_press_the_button(self, peramban: TestClient) -> None:
        answer = peramban.get("/masuk/luar?ke=/unggah", headers={"Sec-Fetch-Site": "cross-site"})
        assert answer.headers["location"] == "/masuk?ke=%2Funggah"
        assert "set-cookie" not in answer.headers

    def test_only_by_get(self, peramban: TestClient) -> None:
        assert peramban.post("/masuk/luar").status_code == 405
        assert peramban.post("/masuk/luar/kembali").status_code == 405

    def test_without_a_provider_there_is_no_such_way(self, toko: Store) -> None:
        peramban = browser(toko, None)
        assert "/masuk/luar" not in peramban.get("/masuk").text
        assert peramban.get("/masuk/luar").status_code == 404


class TestTurningAway:
    def test_no_ticket_and_one_of_another_browser(
        self, peramban: TestClient, toko: Store, palsu: Palsu, loket1: str
    ) -> None:
        mine = go(peramban)
        other = browser(toko, Penyedia(settings_for(palsu.issuer)))
        assert says(other.get(mine), "luar-ulang")
        go(other)
        assert says(other.get(mine), "luar-ulang")
        assert "/token" not in palsu.asked
        assert not signed_in(other)

    def test_a_wrong_state(self, peramban: TestClient, palsu: Palsu, loket1: str) -> None:
        code = parse_qs(urlsplit(go(peramban)).query)["code"][0]
        for state in ("", "&state=", "&state=lain", "&state=%C3%A9"):
            answer = peramban.get(f"/masuk/luar/kembali?code={code}{state}")
            assert answer.status_code == 403
            assert says(answer, "luar-ulang")
        assert "/token" not in palsu.asked

    def test_a_ticket_that_is_too_old(
        self, peramban: TestClient, toko: Store, palsu: Palsu
    ) -> None:
        before = datetime.now(UTC) - timedelta(minutes=11)
        old = new_ticket(toko.shared_key("luar"), "/", before)
        peramban.cookies.set("skm_luar", old.isi, domain="127.0.0.1", path="/masuk/luar")
        answer = peramban.get(f"/masuk/luar/kembali?code=a&state={old.state}")
        assert says(answer, "luar-ulang")

    def test_two_tickets_count_as_none(self, peramban: TestClient, palsu: Palsu) -> None:
        there = go(peramban)
        ticket = peramban.cookies["skm_luar"]
        peramban.cookies.clear()
        twice = {"Cookie": f"skm_luar={ticket}; skm_luar={ticket}"}
        assert says(peramban.get(there, headers=twice), "luar-ulang")

    def test_the_same_return_twice(
        self, peramban: TestClient, toko: Store, palsu: Palsu, loket1: str
    ) -> None:
        there = go(peramban)
        ticket = peramban.cookies["skm_luar"]
        assert peramban.get(there).headers["location"] == "/unggah"
        assert says(peramban.get(there), "luar-ulang")  # the ticket is gone
        thief = browser(toko, Penyedia(settings_for(palsu.issuer)))
        stolen = {"Cookie": f"skm_luar={ticket}"}
        assert says(thief.get(there, headers=stolen), "luar-gagal")  # and the code used
        assert not signed_in(thief)

    @pytest.mark.parametrize(
        "lies",
        [
            {"nonce": "lain"},
            {"aud": "program-lain"},
            {"aud": [CLIENT, "program-lain"]},
            {"iss": "https://penyedia-lain.example"},
            {"exp": 1_000_000_000},
            {"email_verified": False},
        ],
        ids="-".join,
    )
    def test_a_token_with_a_lie(
        self, peramban: TestClient, palsu: Palsu, loket1: str, lies: dict[str, object]
    ) -> None:
        palsu.lies = lies
        answer = peramban.get(go(peramban))
        assert answer.status_code == 403
        assert says(answer, "luar-surel" if "email_verified" in lies else "luar-gagal")
        assert COOKIE not in peramban.cookies
        assert not signed_in(peramban)

    def test_somebody_without_an_account(
        self, peramban: TestClient, toko: Store, palsu: Palsu, loket1: str
    ) -> None:
        palsu.person = {"sub": "p-7", "email": "<b>x</b>@kota.example", "email_verified": True}
        before = toko.list_accounts()
        answer = peramban.get(go(peramban))
        assert answer.status_code == 403
        assert "&lt;b&gt;x&lt;/b&gt;@kota.example" in answer.text and "<b>" not in answer.text
        assert 'href="/masuk/luar?ke=%2Funggah&amp;pilih=1"' in answer.text
        assert toko.list_accounts() == before
        assert toko.trail(limit=1)[0].tindakan == "masuk-gagal"
        assert not signed_in(peramban)
        there = peramban.get("/masuk/luar?ke=%2Funggah&pilih=1").headers["location"]
        assert "prompt=select_account" in there

    def test_an_account_that_is_switched_off(
        self, peramban: TestClient, toko: Store, loket1: str
    ) -> None:
        toko.change_account(loket1, aktif=False)
        answer = peramban.get(go(peramban))
        assert says(answer, "luar-tak-dikenal", nama=SURAT)
        assert not signed_in(peramban)

    @pytest.mark.parametrize(
        ("query", "kode"),
        [
            ("error=access_denied", "luar-batal"),
            ("error=server_error&error_description=%3Cb%3Erahasia", "luar-gagal"),
            ("", "luar-gagal"),
            ("code=a&code=b", "luar-gagal"),
            ("code=" + "a" * 5000, "luar-gagal"),
        ],
        ids=["denied", "fault", "none", "two", "long"],
    )
    def test_no_code_came_back(
        self, peramban: TestClient, palsu: Palsu, query: str, kode: str
    ) -> None:
        state = parse_qs(urlsplit(go(peramban)).query)["state"][0]
        answer = peramban.get(f"/masuk/luar/kembali?state={state}&{query}")
        assert answer.status_code == 403
        assert says(answer, kode)
        assert "rahasia" not in answer.text
        assert "/token" not in palsu.asked


class TestAway:
    def test_a_provider_that_is_away(self, toko: Store) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            issuer = f"http://127.0.0.1:{probe.getsockname()[1]}"
            answer = browser(toko, Penyedia(settings_for(issuer))).get("/masuk/luar")
        assert answer.status_code == 503
        assert says(answer, "luar-jauh")
        assert "set-cookie" not in answer.headers
        assert issuer not in answer.text

    def test_one_that_talks_for_ever(self, toko: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(routes_luar, "PALING_LAMA", 0.2)
        with socket.create_server(("127.0.0.1", 0)) as silent:
            issuer = f"http://127.0.0.1:{silent.getsockname()[1]}"
            answer = browser(toko, Penyedia(settings_for(issuer))).get("/masuk/luar")
        assert answer.status_code == 503
        assert says(answer, "luar-jauh")

    def test_a_store_that_is_away(
        self,
        peramban: TestClient,
        toko: Store,
        loket1: str,
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        there = go(peramban)
        monkeypatch.setattr(toko, "engine", None)
        answer = peramban.get(there)
        assert answer.status_code == 503
        assert says(answer, "masuk-gangguan")
        assert "Traceback" not in caplog.text


class TestLeaving:
    def test_it_says_that_the_provider_is_still_open(
        self, peramban: TestClient, loket1: str
    ) -> None:
        peramban.get(go(peramban))
        assert "pada komputer bersama, keluarlah juga di sana" in peramban.get("/masuk/akun").text
        left = peramban.post("/masuk/keluar")
        assert left.headers["location"] == "/masuk?keluar"
        assert says(peramban.get("/masuk?keluar"), "luar-keluar")
        assert not signed_in(peramban)

    def test_it_says_nothing_of_the_kind_to_others(self, peramban: TestClient, toko: Store) -> None:
        peramban.cookies.set(COOKIE, sign_in(toko, "admin.skm"))
        assert "komputer bersama" not in peramban.get("/masuk/akun").text
        assert peramban.post("/masuk/keluar").headers["location"] == "/masuk"


def test_the_log_has_no_addresses_codes_or_secrets(
    peramban: TestClient, palsu: Palsu, loket1: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    back = [go(peramban)]
    peramban.get(back[0])
    palsu.lies = {"nonce": SURAT}
    back.append(go(peramban))
    peramban.get(back[1])
    ours = [r.getMessage() for r in caplog.records if r.name.startswith("skm")]
    assert ours == ["a sign-in elsewhere failed: invalid_claim nonce"]
    codes = [parse_qs(urlsplit(address).query)["code"][0] for address in back]
    assert not any(text in "\n".join(ours) for text in (SURAT, SECRET, "p-1", *codes))
