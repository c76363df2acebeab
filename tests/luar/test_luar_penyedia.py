"""The conversation with an identity provider: what is believed, and what is not."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from penyedia_uji import CLIENT, SECRET, SURAT, mock_provider, running_provider, settings_for
from penyedia_uji import Penyedia as Palsu

from skm.luar import penyedia
from skm.luar.nama import NamaLuar, Orang
from skm.luar.penyedia import Penyedia
from skm.luar.tiket import new_ticket
from skm.pesan import SkmError

TIKET = new_ticket(b"k" * 32, "/", datetime.now(UTC))
HOUR = 3600


@pytest.fixture
def palsu() -> Iterator[Palsu]:
    with running_provider() as running:
        yield running


def sign_in(palsu: Palsu, **more: str) -> Orang:
    """As a browser would: off to the provider, and its code back to us."""
    ours = Penyedia(settings_for(palsu.issuer, **more))
    sent = httpx2.get(ours.address(TIKET))
    code = parse_qs(urlsplit(sent.headers["location"]).query)["code"][0]
    return ours.person(code, TIKET)


def refusal(palsu: Palsu, **more: str) -> str:
    with pytest.raises(SkmError) as caught:
        sign_in(palsu, **more)
    return caught.value.kode


def test_a_person_is_who_the_provider_says(palsu: Palsu) -> None:
    assert sign_in(palsu) == Orang(
        NamaLuar(palsu.issuer, "sub", "p-1"), NamaLuar(palsu.issuer, "email", SURAT)
    )


def test_what_the_browser_takes_along(palsu: Palsu) -> None:
    address = Penyedia(settings_for(palsu.issuer)).address(TIKET, choose=True)
    query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert query["response_type"] == "code"
    assert query["code_challenge_method"] == "S256"
    assert (query["state"], query["nonce"]) == (TIKET.state, TIKET.nonce)
    assert query["redirect_uri"] == "http://127.0.0.1:8501/masuk/luar/kembali"
    assert query["prompt"] == "select_account"
    assert TIKET.verifier not in address
    assert SECRET not in address


NOW = int(time.time())


@pytest.mark.parametrize(
    "lies",
    [
        {"nonce": "lain"},
        {"nonce": None},
        {"aud": "program-lain"},
        {"aud": [CLIENT, "program-lain"]},
        {"aud": [CLIENT, "program-lain"], "azp": "program-lain"},
        {"aud": None},
        {"azp": "program-lain"},
        {"iss": "https://penyedia-lain.example"},
        {"iss": None},
        {"exp": NOW - HOUR, "iat": NOW - 2 * HOUR},
        {"exp": None},
        {"exp": "besok"},
        {"iat": NOW + HOUR},
        {"iat": None},
        {"nbf": NOW + HOUR},
        {"sub": None},
        {"sub": 7},
        {"sub": ""},
        {"at_hash": "bukan-sidik-kunci-akses"},
    ],
    ids="-".join,
)
def test_an_id_token_with_a_lie(palsu: Palsu, lies: dict[str, object]) -> None:
    palsu.lies = lies
    assert refusal(palsu) == "luar-gagal"


def test_a_clock_that_differs_a_little(palsu: Palsu) -> None:
    now = int(time.time())
    palsu.lies = {"iat": now + 20, "nbf": now + 20}
    assert sign_in(palsu).tetap.nilai == "p-1"


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_no_signature_and_one_with_our_own_secret(palsu: Palsu, algorithm: str) -> None:
    palsu.algorithm = algorithm
    palsu.about = {"id_token_signing_alg_values_supported": ["none", "HS256", "RS256"]}
    assert refusal(palsu) == "luar-gagal"


def test_signed_by_somebody_else(palsu: Palsu) -> None:
    palsu.other_key = True
    assert refusal(palsu) == "luar-gagal"


def test_a_code_is_good_once(palsu: Palsu) -> None:
    ours = Penyedia(settings_for(palsu.issuer))
    sent = httpx2.get(ours.address(TIKET))
    code = parse_qs(urlsplit(sent.headers["location"]).query)["code"][0]
    ours.person(code, TIKET)
    with pytest.raises(SkmError) as caught:
        ours.person(code, TIKET)
    assert caught.value.kode == "luar-gagal"


def test_a_code_of_another_browser_lacks_its_verifier(palsu: Palsu) -> None:
    ours = Penyedia(settings_for(palsu.issuer))
    sent = httpx2.get(ours.address(TIKET))
    code = parse_qs(urlsplit(sent.headers["location"]).query)["code"][0]
    with pytest.raises(SkmError) as caught:
        ours.person(code, new_ticket(b"k" * 32, "/", datetime.now(UTC)))
    assert caught.value.kode == "luar-gagal"


@pytest.mark.parametrize(
    ("person", "kode"),
    [
        ({"email_verified": False}, "luar-surel"),
        ({"email_verified": None}, "luar-surel"),
        ({"email_verified": "true"}, "luar-surel"),
        ({"email": None}, "luar-tanpa-nama"),
        ({"email": ["loket1@kota.example"]}, "luar-tanpa-nama"),
        ({"email": "loket1@lain.example"}, "luar-domain"),
        ({"email": "\u212aadis@kota.example"}, "luar-nama-salah"),
    ],
    ids=str,
)
def test_an_address_that_proves_nobody(palsu: Palsu, person: dict[str, object], kode: str) -> None:
    palsu.lies = person
    palsu.userinfo = {"sub": "p-1"}
    assert refusal(palsu, domain="kota.example") == kode


def test_another_claim_is_the_name(palsu: Palsu) -> None:
    palsu.person = {"sub": "p-1", "preferred_username": "Loket1.S", "email_verified": False}
    found = sign_in(palsu, klaim="preferred_username")
    assert found.nama == NamaLuar(palsu.issuer, "preferred_username", "Loket1.S")


def test_a_provider_that_wants_the_secret_in_the_form(palsu: Palsu) -> None:
    palsu.secret_in_form = True
    palsu.about = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    assert sign_in(palsu).tetap.nilai == "p-1"


def test_a_name_that_only_the_userinfo_tells(palsu: Palsu) -> None:
    palsu.person = {"sub": "p-1"}
    palsu.userinfo = {"sub": "p-1", "email": SURAT, "email_verified": True}
    assert sign_in(palsu).nama.nilai == SURAT


def test_userinfo_of_somebody_else(palsu: Palsu) -> None:
    palsu.person = {"sub": "p-1"}
    palsu.userinfo = {"sub": "p-2", "email": SURAT, "email_verified": True}
    assert refusal(palsu) == "luar-gagal"


@pytest.mark.parametrize(
    "about",
    [
        {"issuer": "https://penyedia-lain.example"},
        {"issuer": None},
        {"token_endpoint": "http://penyedia-lain.example/token"},
        {"jwks_uri": "file:///kunci"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"token_endpoint": None},
    ],
    ids=str,
)
def test_what_a_provider_says_about_itself(palsu: Palsu, about: dict[str, object]) -> None:
    palsu.about = about
    assert refusal(palsu) == "luar-gagal"


def test_an_answer_that_names_another_provider(palsu: Palsu) -> None:
    ours = Penyedia(settings_for(palsu.issuer))
    ours.address(TIKET)
    with pytest.raises(SkmError) as caught:
        ours.person("kode", TIKET, "https://penyedia-lain.example")
    assert caught.value.kode == "luar-gagal"
    assert "/token" not in palsu.asked


def test_one_that_promises_to_name_itself_has_to(palsu: Palsu) -> None:
    palsu.about = {"authorization_response_iss_parameter_supported": True}
    assert refusal(palsu) == "luar-gagal"
    assert "/token" not in palsu.asked


HTML = "text/html"


@pytest.mark.parametrize(
    ("path", "answer", "kode"),
    [
        ("/.well-known/openid-configuration", (503, HTML, b"<h1>maaf</h1>"), "luar-jauh"),
        ("/.well-known/openid-configuration", (200, HTML, b"<h1>masuk dulu</h1>"), "luar-gagal"),
        ("/.well-known/openid-configuration", (200, HTML, b"[]"), "luar-gagal"),
        ("/.well-known/openid-configuration", (404, HTML, b"{}"), "luar-gagal"),
        ("/token", (500, HTML, b"<h1>maaf</h1>"), "luar-jauh"),
        ("/token", (200, HTML, b"<h1>maaf</h1>"), "luar-gagal"),
        ("/token", (200, HTML, b"{}"), "luar-gagal"),
        ("/token", (200, HTML, b'{"id_token": "a.b.c"}'), "luar-gagal"),
        ("/token", (200, HTML, b'{"id_token": 5}'), "luar-gagal"),
        ("/jwks", (200, HTML, b'{"keys": []}'), "luar-gagal"),
        ("/jwks", (200, HTML, b'{"keys": 5}'), "luar-gagal"),
        ("/jwks", (200, HTML, b"{}"), "luar-gagal"),
        ("/jwks", (500, HTML, b"{}"), "luar-jauh"),
    ],
)
def test_a_provider_that_answers_something_else(
    palsu: Palsu, path: str, answer: tuple[int, str, bytes], kode: str
) -> None:
    palsu.answers = {path: answer}
    assert refusal(palsu) == kode


@pytest.mark.parametrize("status", [302, 307])
@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/token", "/jwks"])
def test_nobody_is_followed_elsewhere(palsu: Palsu, path: str, status: int) -> None:
    palsu.answers = {path: (status, HTML, f"{palsu.issuer}/umpan".encode())}
    assert refusal(palsu) == "luar-gagal"
    assert "/umpan" not in palsu.asked


def test_a_provider_that_is_away() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        issuer = f"http://127.0.0.1:{probe.getsockname()[1]}"  # bound, and nobody listens
        with pytest.raises(SkmError) as caught:
            Penyedia(settings_for(issuer)).address(TIKET)
    assert caught.value.kode == "luar-jauh"


def test_a_provider_that_never_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(penyedia, "TUNGGU", (0.2, 0.2))
    with socket.create_server(("127.0.0.1", 0)) as silent:
        issuer = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(SkmError) as caught:
            Penyedia(settings_for(issuer)).address(TIKET)
    assert caught.value.kode == "luar-jauh"


def test_what_it_says_about_itself_is_asked_once(palsu: Palsu) -> None:
    ours = Penyedia(settings_for(palsu.issuer))
    for _ in range(3):
        ours.address(TIKET)
    assert palsu.asked == ["/.well-known/openid-configuration"]


def test_the_log_names_the_fault_and_nobody(palsu: Palsu, caplog: pytest.LogCaptureFixture) -> None:
    palsu.lies = {"aud": SURAT}
    assert refusal(palsu) == "luar-gagal"
    assert refusal(palsu, client_secret="salah")  # noqa: S106 == "luar-gagal"
    said = [r.getMessage() for r in caplog.records if r.name == "skm.masuk"]
    assert said == [
        "a sign-in elsewhere failed: invalid_claim aud",
        "a sign-in elsewhere failed: invalid_client ",
    ]
    whole = caplog.text
    assert not any(text in whole for text in (SURAT, SECRET, "kunci-akses", TIKET.state, "p-1"))


def test_with_a_provider_that_others_wrote() -> None:
    person = {"sub": "p-1", "email": SURAT, "email_verified": True}
    with mock_provider(person) as issuer:
        ours = Penyedia(settings_for(issuer))
        sent = httpx2.post(ours.address(TIKET), data={"sub": "p-1"})
        query = parse_qs(urlsplit(sent.headers["location"]).query)
        assert query["state"] == [TIKET.state]
        found = ours.person(query["code"][0], TIKET)
    assert found == Orang(NamaLuar(issuer, "sub", "p-1"), NamaLuar(issuer, "email", SURAT))
