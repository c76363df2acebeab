"""Signing in, over the routes as they are served: guessing, foreign pages, links, cookies."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

import lingkar
import pyotp
import pytest
from masuk_uji import SANDI
from starlette.applications import Starlette
from starlette.testclient import TestClient
from test_web_fuzz import Got, Sent, _ask

from skm.akun import Peran, hash_password
from skm.pesan import SkmError
from skm.settings import read_settings
from skm.store import Store, open_store
from skm.store.account_model import AkunBaru
from skm.store.logins import digest_of
from skm.web.lapisan import layers
from skm.web.masuk.cookie import COOKIE
from skm.web.masuk.routes import login_routes

HERE = "http://127.0.0.1:8501"
FOREIGN = (
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": ""},
    {"origin": "null"},
    {"origin": "http://jahat.example"},
    {"origin": "http://127.0.0.1:9999"},
    {"origin": "http://["},
)


@cache
def sidik() -> str:
    return hash_password(SANDI)


@dataclass
class Office:
    """The sign-in of a program without anything else."""

    store: Store
    app: Starlette

    def client(self, address: str = "192.0.2.1", base: str = HERE) -> TestClient:
        return TestClient(self.app, base_url=base, client=(address, 50_000), follow_redirects=False)

    def account(self, nama: str, *peran: Peran) -> None:
        self.store.add_account(AkunBaru(nama, frozenset(peran or {Peran.ADMIN}), sidik()))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_store(f"sqlite:///{tmp_path / 'skm.db'}") as store:
        routes = login_routes(lambda: store)
        yield Office(
            store, Starlette(routes=routes, middleware=layers(read_settings({}), lambda: store))
        )


def enter(client: TestClient, nama: str = "loket1", sandi: str = SANDI, **own):
    headers = own.pop("headers", {})
    data = {"nama": nama, "sandi": sandi, **own}
    return client.post("/masuk", data=data, headers=headers)


class TestEntering:
    @pytest.mark.parametrize(("base", "secure"), [(HERE, False), ("https://127.0.0.1", True)])
    def test_the_cookie(self, office: Office, base: str, secure: bool) -> None:
        office.account("loket1")
        found = enter(office.client(base=base), ke="/laporan?periode=2024-T4")
        assert (found.status_code, found.headers["location"]) == (303, "/laporan?periode=2024-T4")
        (cookie,) = found.headers.get_list("set-cookie")
        first, *rest = (part.strip().lower() for part in cookie.split(";"))
        assert re.fullmatch(r"skm_masuk=[\w-]{43}", first)
        expected = {"httponly", "samesite=lax", "path=/", "max-age=604800"}
        assert set(rest) == expected | ({"secure"} if secure else set())
        assert found.headers["cache-control"] == "no-store"

    @pytest.mark.parametrize(
        "ke",
        ["//jahat.example", "https://jahat.example", "/\\jahat.example", "\\\\jahat.example",
         "jahat.example", "javascript:alert(1)", "/\tjahat.example", "/\n/jahat.example",
         "///jahat.example", "/masuk/awal/abc", "http:jahat.example", "/" + "a" * 600, ""],
    )  # fmt: skip
    def test_it_leads_nowhere_else(self, office: Office, ke: str) -> None:
        office.account("loket1")
        client = office.client()
        assert enter(client, ke=ke).headers["location"] == "/"
        assert client.get("/masuk", params={"ke": ke}).headers["location"] == "/"

    def test_a_token_from_before_is_not_kept(self, office: Office) -> None:
        office.account("loket1")
        client = office.client()
        client.cookies.set(COOKIE, "A" * 43, domain="127.0.0.1", path="/")
        enter(client)
        assert office.store.login_of(digest_of("A" * 43)) is None
        office.account("loket2")
        old = next(c.value for c in client.cookies.jar if c.value != "A" * 43)
        assert office.store.login_of(digest_of(old))
        again = client.post(
            "/masuk", data={"nama": "loket2", "sandi": SANDI}, headers={"cookie": f"{COOKIE}={old}"}
        )
        assert again.status_code == 303
        # Whoever has several tokens of ours has none.
        assert office.store.count_logins("loket2") == 1

    def test_whoever_is_refused_learns_nothing(self, office: Office) -> None:
        for nama in ("loket1", "berkode", "mati"):
            office.account(nama)
        office.account("utama")
        office.store.set_code("berkode", pyotp.random_base32())
        office.store.change_account("mati", aktif=False)
        tries = {
            "tak-ada": "apa saja yang salah",
            "loket1": "apa saja yang salah",
            "berkode": SANDI,
            "mati": SANDI,
            "' or 1=1 --": SANDI,
        }
        seen = set()
        for number, (nama, sandi) in enumerate(tries.items()):
            found = enter(office.client(f"192.0.2.{number + 10}"), nama, sandi, kode="000000")
            assert "set-cookie" not in found.headers
            assert sandi not in found.text
            plain = re.sub(r'name="nama" value="[^"]*"', "", found.text)
            names = tuple(sorted(found.headers.keys()))
            seen.add((found.status_code, plain, names))
        assert len(seen) == 1
        assert seen.pop()[0] == 403

    def test_with_a_code_once(self, office: Office) -> None:
        office.account("loket1")
        secret = pyotp.random_base32()
        office.store.set_code("loket1", secret)
        kode = pyotp.TOTP(secret).at(datetime.now(UTC))
        assert enter(office.client("192.0.2.2")).status_code == 403
        assert enter(office.client("192.0.2.3"), kode=kode).status_code == 303
        assert enter(office.client("192.0.2.4"), kode=kode).status_code == 403

    @pytest.mark.parametrize("headers", FOREIGN)
    def test_no_foreign_page_signs_anybody_in_or_out(
        self, office: Office, headers: dict[str, str]
    ) -> None:
        office.account("loket1")
        client = office.client()
        found = enter(client, headers=headers)
        assert found.status_code == 403
        assert "set-cookie" not in found.headers
        enter(client)
        for path in ("keluar", "akun/keluar-semua", "akun/sandi", "akun/kode", "akun/kode-lepas"):
            assert client.post(f"/masuk/{path}", headers=headers).status_code == 403
        assert office.store.count_logins("loket1") == 1

    def test_leaving(self, office: Office) -> None:
        office.account("loket1")
        client = office.client()
        token = enter(client).cookies[COOKIE]
        assert client.get("/masuk/akun").status_code == 200
        gone = client.post("/masuk/keluar")
        assert gone.headers["location"] == "/masuk"
        assert gone.headers["clear-site-data"] == '"cache", "storage"'
        assert "max-age=0" in gone.headers["set-cookie"].lower()
        assert office.store.login_of(digest_of(token)) is None
        again = client.get("/masuk/akun", headers={"cookie": f"{COOKIE}={token}"})
        assert again.headers["location"].startswith("/masuk?")

    def test_the_pages_carry_no_script_and_no_frame(self, office: Office) -> None:
        office.account("loket1")
        client = office.client()
        pages = [client.get("/masuk"), enter(client, "<b>x"), client.get("/masuk/awal/x")]
        enter(client)
        pages.append(client.get("/masuk/akun"))
        for page in pages:
            policy = page.headers["content-security-policy"]
            assert "default-src 'none'" in policy
            assert "frame-ancestors 'none'" in policy
            assert "form-action 'self'" in policy
            assert "unsafe" not in policy
            assert page.headers["cache-control"] == "no-store"
            assert page.headers["referrer-policy"] == "no-referrer"
            assert page.headers["x-frame-options"] == "DENY"
            assert "<script" not in page.text
            assert "<b>x" not in page.text


class TestGuessing:
    def test_an_address_waits_and_the_owner_elsewhere_does_not(self, office: Office) -> None:
        office.account("loket1")
        guesser = office.client("192.0.2.66")
        found = [enter(guesser, sandi=f"tebakan nomor {n}") for n in range(6)]
        assert [f.status_code for f in found] == [403] * 5 + [429]
        assert int(found[-1].headers["retry-after"]) >= 1
        assert enter(guesser).status_code == 429, "also the right one: else waiting is no use"
        assert enter(office.client("192.0.2.7")).status_code == 303

    def test_many_names_from_one_address(self, office: Office) -> None:
        guesser = office.client("192.0.2.67")
        found = [enter(guesser, f"nama-{n}", "tebakan").status_code for n in range(22)]
        assert found[:20] == [403] * 20
        assert found[-1] == 429

    def test_a_hundred_at_once_are_no_way_around(self, office: Office) -> None:
        office.account("loket1")

        def guess(number: int) -> Sent:
            body = urlencode({"nama": "loket1", "sandi": f"tebakan nomor {number}"}).encode()
            kind = (b"content-type", b"application/x-www-form-urlencoded")
            return Sent("POST", "/masuk", b"", ((b"host", b"127.0.0.1"), kind), (body,))

        async def all_at_once() -> list[Got]:
            return await asyncio.gather(*(_ask(office.app, guess(n)) for n in range(40)))

        statuses = [got.status for got in lingkar.run(all_at_once())]
        # Five are free, and at most two are compared at the same moment.
        assert statuses.count(403) <= 7
        assert statuses.count(403) + statuses.count(429) == 40

    def test_the_old_password_is_no_way_around_either(self, office: Office) -> None:
        office.account("loket1")
        client = office.client()
        enter(client)
        fields = {"lama": "tebakan", "sandi": "kopi pahit di pagi hari", "ulang": "x"}
        found = [client.post("/masuk/akun/sandi", data=fields).status_code for _ in range(6)]
        assert found == [422] * 5 + [429]


class TestFirstAccount:
    FIELDS = {"nama": "loket1", "sandi": SANDI, "ulang": SANDI}  # noqa: RUF012

    def test_once(self, office: Office) -> None:
        client = office.client()
        old, token = office.store.new_first_token(), office.store.new_first_token()
        for strange in (old, "x", "%00"):
            assert client.get(f"/masuk/awal/{strange}").status_code == 404
        assert client.get(f"/masuk/awal/{token}").status_code == 200
        wrong = client.post(f"/masuk/awal/{token}", data=self.FIELDS | {"ulang": "lain"})
        assert wrong.status_code == 422
        foreign = {"sec-fetch-site": "cross-site"}
        path = f"/masuk/awal/{token}"
        assert client.post(path, data=self.FIELDS, headers=foreign).status_code == 403
        made = client.post(path, data=self.FIELDS)
        assert made.status_code == 303
        assert office.store.login_of(digest_of(made.cookies[COOKIE]))
        assert client.get(path).status_code == 404
        assert client.post(path, data=self.FIELDS | {"nama": "loket2"}).status_code == 404
        assert [a.nama for a in office.store.list_accounts()] == ["loket1"]

    def test_of_two_at_once_one_is_told(self, office: Office) -> None:
        token = office.store.new_first_token()

        def press(nama: str) -> Sent:
            body = urlencode(self.FIELDS | {"nama": nama}).encode()
            kind = (b"content-type", b"application/x-www-form-urlencoded")
            path = f"/masuk/awal/{token}"
            return Sent("POST", path, b"", ((b"host", b"127.0.0.1"), kind), (body,))

        async def both() -> list[Got]:
            return await asyncio.gather(*(_ask(office.app, press(n)) for n in ("satu", "dua")))

        assert sorted(got.status for got in lingkar.run(both())) == [303, 404]
        assert len(office.store.list_accounts()) == 1


def test_a_database_that_is_away_lets_nobody_in() -> None:
    def away() -> Store:
        raise SkmError("basis-data-tak-terhubung", tempat="rahasia.example/skm")

    app = Starlette(routes=login_routes(away), middleware=layers(read_settings({}), away))
    client = TestClient(app, base_url=HERE, follow_redirects=False)
    for path in ("/", "/unduh/x/tautan.csv", "/_stcore/host-config", "/masuk/akun"):
        found = client.get(path, headers={"cookie": f"{COOKIE}={'A' * 43}"})
        assert found.status_code == 503
        assert "rahasia" not in found.text
    assert enter(client).status_code == 503
