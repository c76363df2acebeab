"""What wraps every response: headers, checked host, compressed static files, Indonesian page."""

from __future__ import annotations

import string
from collections.abc import Callable, Sequence
from urllib.parse import quote

from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from skm.settings import Settings
from skm.store import Store
from skm.web.asal import AsSeenOutside, request_is_https
from skm.web.bahasa import IndonesianPage
from skm.web.halaman import KnownPages
from skm.web.isi.first import FormFirst
from skm.web.mampat import PackedStatic
from skm.web.masuk.guard import LoginGuard
from skm.web.menyusul import LoadFirst
from skm.web.ukuran import Measured, Ukuran

PAGES = (
    "",
    "ringkasan",
    "kekuatan",
    "prioritas",
    "kepastian",
    "responden",
    "tindak-lanjut",
    "laporan",
    "unggah",
    "tautan",
    "pengumpulan",
    "kelola-saran",
    "akun",
    "jejak",
    "pengaturan",
    "hasil",
    "saran",
    "masuk",
    "sehat",
)
"""The one-word addresses that are pages: those of `skm.dashboard.main`, the start, the results,
the replies, and the state of health."""
_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"x-frame-options", b"SAMEORIGIN"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
)
_HSTS = (b"strict-transport-security", b"max-age=31536000")
"""A year of https only, sent where the request came so. Not for subdomains: those are others'."""


class SecurityHeaders:
    """Pure ASGI middleware that adds the headers every response carries, unless it has its own."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        https = scope["type"] == "http" and request_is_https(scope, self.settings)
        own = (*_HEADERS, _HSTS) if https else _HEADERS

        async def send_with_headers(event: Message) -> None:
            if event["type"] == "http.response.start":
                present = {name.lower() for name, _ in event["headers"]}
                extra = [h for h in own if h[0] not in present]
                event = {**event, "headers": [*event["headers"], *extra]}
            await send(event)

        await self.app(scope, receive, send_with_headers)


class AsciiQuery:
    """Pure ASGI middleware: bytes that no address holds are percent-encoded in the query.

    `request.url`, which Starlette's own redirects ask for too, raises where a query is no UTF-8.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        query = scope.get("query_string", b"")
        if not query.isascii():
            plain = quote(query, safe=string.punctuation).encode()
            scope = {**scope, "query_string": plain}
        await self.app(scope, receive, send)


def layers(
    settings: Settings,
    store_of: Callable[[], Store],
    ukuran: Ukuran | None = None,
    routes: Sequence[BaseRoute] = (),
) -> list[Middleware]:
    """Return the middleware, outermost first; `routes` are those with the form among them.

    On this machine only, and where the public address is known, other Host names are refused: a
    web page must not reach the dashboard by pointing its own name at this machine.
    """
    known = settings.only_this_machine or settings.public_host
    hosts = ["127.0.0.1", "localhost", "[::1]", settings.host] if known else ["*"]
    if settings.public_host:
        hosts.append(settings.public_host)
    return [
        Middleware(Measured, ukuran=ukuran or Ukuran()),
        Middleware(SecurityHeaders, settings=settings),
        Middleware(AsSeenOutside, settings=settings),
        Middleware(AsciiQuery),
        Middleware(TrustedHostMiddleware, allowed_hosts=hosts, www_redirect=False),
        Middleware(FormFirst, routes=routes),
        Middleware(GZipMiddleware, minimum_size=1024, compresslevel=6),
        Middleware(LoginGuard, store_of=store_of),
        Middleware(LoadFirst, routes=routes),
        Middleware(PackedStatic),
        Middleware(KnownPages, pages=PAGES),
        Middleware(IndonesianPage),
    ]
