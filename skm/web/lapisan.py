"""What wraps every response: checked host, compressed static files, Indonesian page, headers."""

from __future__ import annotations

from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from skm.settings import Settings
from skm.web.bahasa import IndonesianPage
from skm.web.halaman import KnownPages

PAGES = (
    "",
    "ringkasan",
    "kekuatan",
    "responden",
    "tindak-lanjut",
    "laporan",
    "unggah",
    "tautan",
    "pengumpulan",
    "hasil",
)
"""The one-word addresses that are pages: those of `skm.dashboard.main`, the start, the results."""
_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"x-frame-options", b"SAMEORIGIN"),
)


class SecurityHeaders:
    """Pure ASGI middleware that adds the headers every response carries, unless it has its own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""

        async def send_with_headers(event: Message) -> None:
            if event["type"] == "http.response.start":
                present = {name.lower() for name, _ in event["headers"]}
                extra = [h for h in _HEADERS if h[0] not in present]
                event = {**event, "headers": [*event["headers"], *extra]}
            await send(event)

        await self.app(scope, receive, send_with_headers)


def layers(settings: Settings) -> list[Middleware]:
    """Return the middleware, outermost first.

    On this machine only, and where the public address is known, other Host names are refused: a
    web page must not reach the dashboard by pointing its own name at this machine.
    """
    known = settings.only_this_machine or settings.public_host
    hosts = ["127.0.0.1", "localhost", "[::1]", settings.host] if known else ["*"]
    if settings.public_host:
        hosts.append(settings.public_host)
    return [
        Middleware(TrustedHostMiddleware, allowed_hosts=hosts, www_redirect=False),
        Middleware(SecurityHeaders),
        Middleware(GZipMiddleware, minimum_size=1024, compresslevel=6),
        Middleware(KnownPages, pages=PAGES),
        Middleware(IndonesianPage),
    ]
