"""The cookie of a signed-in browser: a random token that no script can read."""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import Response

from skm.store.logins import PALING_LAMA, digest_of

COOKIE = "skm_masuk"
_LONGEST = 100


def digest_in(headers: Headers) -> str | None:
    """Return the digest of the token that a browser sends; None for none of ours.

    Of two tokens none counts: a neighbouring host could have set the other one.
    """
    token = only_value(headers, COOKIE)
    return digest_of(token) if token and len(token) <= _LONGEST else None


def only_value(headers: Headers, name: str) -> str | None:
    """Return the value of a cookie that is sent exactly once."""
    found = [value for text in headers.getlist("cookie") for value in _values(text, name)]
    return found[0] if len(found) == 1 else None


def _values(text: str, wanted: str) -> list[str]:
    pairs = (part.strip().partition("=") for part in text.split(";"))
    return [_plain(value) for name, _, value in pairs if name == wanted]


def _plain(value: str) -> str:
    try:
        morsel = SimpleCookie(f"{COOKIE}={value}").get(COOKIE)
    except CookieError:
        return ""
    return morsel.value if morsel else ""


def set_cookie(response: Response, token: str, *, secure: bool) -> None:
    """Give the browser its token: for this host only, and not for pages of others."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(PALING_LAMA.total_seconds()),
        path="/",
        secure=secure,
        httponly=True,
        samesite="lax",
    )


def clear_cookie(response: Response, *, secure: bool) -> None:
    """Take the token away from the browser."""
    response.delete_cookie(COOKIE, path="/", secure=secure, httponly=True, samesite="lax")


def is_secure(connection: HTTPConnection) -> bool:
    """Return whether the browser came over TLS, so that its token must never go without."""
    return connection.url.scheme in ("https", "wss")
