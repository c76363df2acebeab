"""Identity providers on this machine: one that can be told to lie, and one that others wrote."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, parse_qsl, unquote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from skm.luar.berkas import MasukLuar

CLIENT, SECRET = "skm-uji", "rahasia-client-yang-panjang-sekali"  # a test's own
SURAT = "loket1@kota.example"


def settings_for(issuer: str, **more: str) -> MasukLuar:
    """What masuk.toml would say of a provider."""
    values = {
        "issuer": issuer, "client_id": CLIENT, "client_secret": SECRET, "klaim": "email",
        "label": "Masuk dengan akun Kota Uji", "domain": "",
        "kembali": "http://127.0.0.1:8501/masuk/luar/kembali",
    }  # fmt: skip
    return MasukLuar.model_validate(values | more)


@dataclass
class Penyedia:
    """A provider that does as RFC 6749, RFC 7636 and OpenID Connect Core say, but for its lies."""

    issuer: str = ""
    person: dict[str, object] = field(
        default_factory=lambda: {"sub": "p-1", "email": SURAT, "email_verified": True}
    )
    lies: dict[str, object] = field(default_factory=dict)
    """Claims of the ID token that are not as they should be; None leaves one out."""
    about: dict[str, object] = field(default_factory=dict)
    userinfo: dict[str, object] = field(default_factory=dict)
    algorithm: str = "RS256"
    other_key: bool = False
    secret_in_form: bool = False
    answers: dict[str, tuple[int, str, bytes]] = field(default_factory=dict)
    """Whole answers by path: status, type, body."""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "k1"}))

    def metadata(self) -> dict[str, object]:
        at = self.issuer
        plain = {
            "issuer": at, "authorization_endpoint": f"{at}/authorize", "jwks_uri": f"{at}/jwks",
            "token_endpoint": f"{at}/token", "userinfo_endpoint": f"{at}/userinfo",
        }  # fmt: skip
        return plain | self.about

    def authorize(self, query: dict[str, str]) -> str:
        """Somebody signs in: where the browser is sent back to."""
        code = secrets.token_urlsafe(8)
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, authorization: str, form: dict[str, str]) -> tuple[int, dict[str, object]]:
        """A token for a code: once, for the client who has the secret and the verifier."""
        scheme, _, value = authorization.partition(" ")
        given = base64.b64decode(value).decode() if scheme == "Basic" else ""
        if self.secret_in_form:
            given = f"{form.get('client_id')}:{form.get('client_secret')}"
        if given != f"{CLIENT}:{SECRET}":
            return 401, {"error": "invalid_client", "error_description": f"{SECRET} {SURAT}"}
        asked = self.codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if (
            asked is None
            or asked["code_challenge_method"] != "S256"
            or asked["code_challenge"] != challenge
            or asked["redirect_uri"] != form.get("redirect_uri")
        ):
            return 400, {"error": "invalid_grant"}
        found = {"access_token": "kunci-akses", "token_type": "Bearer", "expires_in": 60}
        return 200, found | {"id_token": self.id_token(asked["nonce"])}

    def id_token(self, nonce: str) -> str:
        now = int(time.time())
        claims = {
            "iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": nonce,
        } | self.person | self.lies  # fmt: skip
        claims = {k: v for k, v in claims.items() if v is not None}
        if self.algorithm == "none":
            parts = ({"alg": "none"}, claims)
            packed = [base64.urlsafe_b64encode(json.dumps(p).encode()).rstrip(b"=") for p in parts]
            return b".".join([*packed, b""]).decode()
        if self.algorithm == "HS256":  # the client's secret as the key
            return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(SECRET))
        key = RSAKey.generate_key(2048, {"kid": "k1"}) if self.other_key else self.key
        return jwt.encode({"alg": "RS256", "kid": "k1"}, claims, key)


class _Handler(BaseHTTPRequestHandler):
    penyedia: Penyedia

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        self.penyedia.asked.append(parts.path)
        if parts.path in self.penyedia.answers:
            self._whole(*self.penyedia.answers[parts.path])
        elif parts.path == "/authorize":
            there = self.penyedia.authorize(dict(parse_qsl(parts.query)))
            self.send_response(302)
            self.send_header("Location", there)
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif parts.path == "/.well-known/openid-configuration":
            self._json(200, self.penyedia.metadata())
        elif parts.path == "/jwks":
            self._json(200, {"keys": [self.penyedia.key.as_dict(private=False)]})
        elif parts.path == "/userinfo" and "kunci-akses" in self.headers["Authorization"]:
            self._json(200, self.penyedia.userinfo)
        else:
            self._json(404, {})

    def do_POST(self) -> None:
        self.penyedia.asked.append(self.path)
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.path in self.penyedia.answers:
            self._whole(*self.penyedia.answers[self.path])
            return
        form = {name: values[0] for name, values in parse_qs(body).items()}
        self._json(*self.penyedia.token(unquote(self.headers.get("Authorization", "")), form))

    def _json(self, status: int, isi: object) -> None:
        self._whole(status, "application/json", json.dumps(isi).encode())

    def _whole(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        if status in (302, 307):
            self.send_header("Location", body.decode())
            body = b""
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def running_provider() -> Iterator[Penyedia]:
    """A provider that listens on this machine."""
    penyedia = Penyedia()
    handler = type("Handler", (_Handler,), {"penyedia": penyedia})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        penyedia.issuer = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield penyedia
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def mock_provider(*people: dict[str, object]) -> Iterator[str]:
    """The provider of the package oidc-provider-mock, in a process of its own; its issuer."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    users = [word for person in people for word in ("--user-claims", json.dumps(person))]
    process = subprocess.Popen(
        [sys.executable, "-m", "oidc_provider_mock", "-p", str(port), "--require-nonce", *users],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    issuer = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{issuer}/jwks", process)
        yield issuer
    finally:
        process.terminate()
        process.wait()


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310
                return
        except OSError as error:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("the provider does not answer") from error
            time.sleep(0.05)
