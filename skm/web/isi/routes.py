"""The addresses of the form. Nothing here waits for the store on the event loop."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import quote, urljoin

from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from skm.formulir.render import render_sentence
from skm.store import Store
from skm.survei import Survei
from skm.web.isi.body import BodyTooLargeError, WrongTypeError, read_pairs
from skm.web.isi.desk import Desk
from skm.web.isi.first import FORM
from skm.web.isi.headers import page
from skm.web.isi.limiter import Limiter
from skm.web.isi.pages import Pages, ResiTertulis
from skm.web.isi.script import serve_script
from skm.web.isi.submission import Pengirim, receive
from skm.web.isi.visits import Visits

WORTH_ZIPPING = 1024
"""Bytes from which on a page is compressed."""


def peer_address(request: Request) -> str | None:
    """Return the visitor's address: the connection's, unless `skm.web.asal` knows its proxy."""
    return request.client.host if request.client else None


def form_routes(
    store_of: Callable[[], Store],
    secret: bytes,
    *,
    visits: Visits | None = None,
    limiter: Limiter | None = None,
    address_of: Callable[[Request], str | None] = peer_address,
    results_of: Callable[[Survei], str | None] = lambda _: None,
    replies_at: Callable[[], str] = lambda: "",
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> list[Route]:
    """Return the routes under /isi.

    `secret` signs pages and receipts; all nodes share it. `address_of` names who sends, for the
    limit only. `results_of` gives the address of a survey's published results, if it has any;
    `replies_at` where a code is typed, for a device that cannot keep an address.
    Addresses inside the pages are relative: they hold behind any name and any path.
    """
    desk = Desk(
        store_of,
        secret,
        limiter or Limiter(),
        visits or Visits(store_of),
        clock,
        results_of,
        replies_at,
    )
    pages = Pages(desk)

    async def thanks(request: Request) -> Response:
        query = request.query_params
        resi = ResiTertulis(query.get("r", ""), query.get("k", ""), query.get("s", ""))
        return _absolute(request, await pages.thank(_kode(request), _bahasa(request), resi))

    async def start(request: Request) -> Response:
        return await pages.start(_kode(request))

    return [
        Route("/isi/aset/{nama}", serve_script, methods=["GET"]),
        Route(FORM, FormPage(desk, pages, address_of), methods=["GET", "POST"]),
        Route("/isi/{kode}/mulai", start, methods=["POST"]),
        Route("/isi/{kode}/terima-kasih", thanks, methods=["GET"]),
    ]


class FormPage:
    """The form as an ASGI app: opened with GET, sent with POST. It compresses what is worth it."""

    def __init__(
        self, desk: Desk, pages: Pages, address_of: Callable[[Request], str | None]
    ) -> None:
        self._desk, self._pages, self._address_of = desk, pages, address_of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        request = Request(scope, receive)
        answer = await (self._send(request) if request.method == "POST" else self._open(request))
        app: ASGIApp = answer
        if len(answer.body) >= WORTH_ZIPPING and "content-encoding" not in answer.headers:
            app = GZipMiddleware(answer, minimum_size=WORTH_ZIPPING, compresslevel=6)
        await app(scope, receive, send)

    async def _open(self, request: Request) -> Response:
        zipped = "gzip" in request.headers.get("accept-encoding", "")
        seen = request.method == "GET"
        return await self._pages.show(_kode(request), _bahasa(request), seen, zipped)

    async def _send(self, request: Request) -> Response:
        kode, bahasa = _kode(request), _bahasa(request)
        try:
            pairs = await read_pairs(request)
        except BodyTooLargeError:
            return page(render_sentence("besar", bahasa), 413, Connection="close")
        except WrongTypeError:
            return page(render_sentence("jenis", bahasa), 415)
        folder = str(request.scope["path"]).rpartition("/")[0]
        agent = request.headers.get("user-agent", "")
        dari = Pengirim(self._address_of(request), agent, quote(folder))
        return await receive(self._desk, kode, bahasa, pairs, dari)


def _kode(request: Request) -> str:
    """Return the placement's code; one typed from a poster may be in small letters."""
    return str(request.path_params["kode"]).strip().upper()


def _bahasa(request: Request) -> str | None:
    # Most addresses have no query; looking costs more than not looking.
    return request.query_params.get("bahasa") if request.scope["query_string"] else None


def _absolute(request: Request, answer: Response) -> Response:
    """Return a redirect with the path under which this program is reached."""
    if isinstance(answer, RedirectResponse):
        answer.headers["location"] = urljoin(request.url.path, answer.headers["location"])
    return answer
