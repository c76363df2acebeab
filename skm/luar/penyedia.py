"""The conversation with the identity provider: authorization code with PKCE, over Authlib.

Nothing that the provider says is shown or logged but a fixed word of the standard.
"""

from __future__ import annotations

import hmac
import logging
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry
from requests import ConnectionError as NoConnectionError
from requests import HTTPError, RequestException, Timeout

from skm.luar.berkas import MasukLuar, is_safe_address
from skm.luar.nama import EMAIL, SUB, NamaLuar, Orang, clean_outside
from skm.luar.tiket import Tiket
from skm.pesan import SkmError

LOG = logging.getLogger("skm.masuk")
TUNGGU = (4.0, 8.0)
"""Seconds to connect, and of silence, before a provider counts as away."""

SELISIH = 60
"""Seconds that its clock may differ from ours."""

_INGAT = 10 * 60.0
"""Seconds that what the provider says about itself is remembered."""

_ALGORITHMS = (
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA",
)  # fmt: skip
"""Signatures with a public key only: none, or one made with the client's secret, is no proof."""

_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
_WORD = re.compile(r"[a-z_]{1,40}")

Isi = Mapping[str, object]


class Penyedia:
    """The office's identity provider."""

    def __init__(self, atur: MasukLuar) -> None:
        self.atur = atur
        self._known: tuple[float, Isi] | None = None

    @property
    def label(self) -> str:
        """Return what the button says."""
        return self.atur.label

    def address(self, tiket: Tiket, *, choose: bool = False) -> str:
        """Return where to send the browser; `choose` asks which of several accounts.

        Raises SkmError `luar-jauh`, `luar-gagal`.
        """
        with self._session() as session:
            about = self._metadata(session)
            more = {"prompt": "select_account"} if choose else {}
            address, _ = session.create_authorization_url(
                _text(about, "authorization_endpoint"),
                state=tiket.state,
                code_verifier=tiket.verifier,
                nonce=tiket.nonce,
                **more,
            )
            return str(address)

    def person(self, code: str, tiket: Tiket, iss: str | None = None) -> Orang:
        """Return who signed in there, by the code that came back; `iss` is RFC 9207's.

        Raises SkmError `luar-jauh`, `luar-gagal`, `luar-surel`, `luar-domain`, `luar-tanpa-nama`.
        """
        with self._session() as session:
            about = self._metadata(session)
            needed = about.get("authorization_response_iss_parameter_supported") is True
            if iss != self.atur.issuer and (needed or iss is not None):
                raise _refused("iss")
            token = session.fetch_token(
                _text(about, "token_endpoint"),
                grant_type="authorization_code",
                code=code,
                code_verifier=tiket.verifier,
                redirect_uri=self.atur.kembali,
                auth=session.client_auth(_auth_method(about)),
                allow_redirects=False,
            )
            claims = self._claims(session, about, token, tiket.nonce)
            sub = _text(claims, SUB)
            if self.atur.klaim not in claims and "userinfo_endpoint" in about:
                claims = self._userinfo(session, about, sub)
            return self._as_person(sub, claims)

    def _claims(self, session: OAuth2Session, about: Isi, token: Isi, nonce: str) -> Isi:
        """Return the claims of the ID token: signed by the provider, for us, now, for this try."""
        keys = KeySet.import_key_set(_fetch(session, _text(about, "jwks_uri")))  # type: ignore[arg-type]
        registry = JWSRegistry(algorithms=list(_ALGORITHMS), strict_check_header=False)
        found = jwt.decode(_text(token, "id_token"), key=keys, registry=registry)
        claims = CodeIDToken(
            found.claims,
            found.header,
            {
                "iss": {"essential": True, "value": self.atur.issuer},
                "aud": {"essential": True, "value": self.atur.client_id},
            },
            {
                "nonce": nonce,
                "client_id": self.atur.client_id,
                "access_token": token.get("access_token"),
            },
        )
        claims.validate(leeway=SELISIH)
        return dict(claims)

    def _userinfo(self, session: OAuth2Session, about: Isi, sub: str) -> Isi:
        """Return the claims that some providers keep out of the ID token; of the same person."""
        address = _text(about, "userinfo_endpoint")
        if not is_safe_address(address):
            raise _refused("userinfo_endpoint")
        claims = _fetch(session, address, withhold_token=False)
        if not hmac.compare_digest(_text(claims, SUB).encode(), sub.encode()):
            raise _refused("userinfo")
        return claims

    def _as_person(self, sub: str, claims: Isi) -> Orang:
        klaim, issuer = self.atur.klaim, self.atur.issuer
        nama = claims.get(klaim)
        if not isinstance(nama, str) or not nama.strip():
            raise SkmError("luar-tanpa-nama")
        if klaim == EMAIL and claims.get("email_verified") is not True:
            raise SkmError("luar-surel")
        cleaned = clean_outside(klaim, nama, self.atur.domain)
        return Orang(NamaLuar(issuer, SUB, sub), NamaLuar(issuer, klaim, cleaned))

    def _metadata(self, session: OAuth2Session) -> Isi:
        """Return what the provider says about itself (OpenID Connect Discovery 1.0, 4)."""
        now = time.monotonic()
        if self._known and now < self._known[0]:
            return self._known[1]
        issuer = self.atur.issuer
        about = _fetch(session, issuer.rstrip("/") + "/.well-known/openid-configuration")
        if about.get("issuer") != issuer:
            raise _refused("issuer")
        for name in _ENDPOINTS:
            if not is_safe_address(_text(about, name)):
                raise _refused(name)
        self._known = (now + _INGAT, about)
        return about

    @contextmanager
    def _session(self) -> Iterator[OAuth2Session]:
        """Give a session; whatever goes wrong in it is one of two sentences."""
        session = OAuth2Session(
            self.atur.client_id,
            self.atur.client_secret.get_secret_value(),
            scope="openid" if self.atur.klaim == SUB else "openid email profile",
            redirect_uri=self.atur.kembali,
            code_challenge_method="S256",
            leeway=0,  # a token of a minute is good for asking once
            default_timeout=TUNGGU,
        )
        try:
            with session:
                yield session
        except (NoConnectionError, Timeout, HTTPError) as error:
            LOG.warning("the identity provider is away: %s", type(error).__name__)
            raise SkmError("luar-jauh") from None
        except (AuthlibBaseError, JoseError) as error:
            word = _word(getattr(error, "error", "")) or "?"
            claim = _word(getattr(error, "claim", ""))
            LOG.warning("a sign-in elsewhere failed: %s %s", word, claim)
            raise SkmError("luar-gagal") from None
        except (RequestException, ValueError, TypeError, KeyError) as error:
            LOG.warning("a sign-in elsewhere failed: %s", type(error).__name__)
            raise SkmError("luar-gagal") from None


def _fetch(session: OAuth2Session, address: str, *, withhold_token: bool = True) -> Isi:
    """Return a JSON object; a provider that sends us elsewhere is not followed."""
    answer = session.get(address, withhold_token=withhold_token, allow_redirects=False)
    if answer.status_code >= 500:
        LOG.warning("the identity provider is away: %d", answer.status_code)
        raise SkmError("luar-jauh")
    found = answer.json() if answer.status_code == 200 else None
    if not isinstance(found, dict):
        raise _refused("status")
    return found


def _auth_method(about: Isi) -> str:
    """Return how the provider wants our secret; in the header unless it says only the form."""
    known = about.get("token_endpoint_auth_methods_supported")
    only_form = isinstance(known, list) and "client_secret_basic" not in known
    return "client_secret_post" if only_form else "client_secret_basic"


def _text(isi: Isi, name: str) -> str:
    found = isi.get(name)
    if not isinstance(found, str) or not found:
        raise _refused(name)
    return found


def _refused(what: str) -> SkmError:
    LOG.warning("a sign-in elsewhere failed: %s", what)
    return SkmError("luar-gagal")


def _word(text: object) -> str:
    """Return a word of the standard, such as invalid_client; anything else is not repeated."""
    return text if isinstance(text, str) and _WORD.fullmatch(text) else ""
