"""The addresses of the form. Everything that reads the store runs off the event loop."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urljoin

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from skm.formulir.render import render_sentence
from skm.store import Store
from skm.survei import Survei
from skm.web.isi.body import BodyTooLargeError, WrongTypeError, read_pairs
from skm.web.isi.desk import Desk
from skm.web.isi.headers import page
from skm.web.isi.limiter import Limiter
from skm.web.isi.pages import Pages, ResiTertulis
from skm.web.isi.script import serve_script
from skm.web.isi.submission import Pengirim, receive
from skm.web.isi.visits import Visits


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

    async def form(request: Request) -> Response:
        kode, bahasa = _kode(request), request.query_params.get("bahasa")
        if request.method != "POST":
            return await run_in_threadpool(pages.show, kode, bahasa, request.method == "GET")
        try:
            pairs = await read_pairs(request)
        except BodyTooLargeError:
            return page(render_sentence("besar", bahasa), 413, Connection="close")
        except WrongTypeError:
            return page(render_sentence("jenis", bahasa), 415)
        dari = Pengirim(address_of(request), request.headers.get("user-agent", ""))
        answer = await run_in_threadpool(receive, desk, kode, bahasa, pairs, dari)
        return _absolute(request, answer)

    async def thanks(request: Request) -> Response:
        query = request.query_params
        resi = ResiTertulis(query.get("r", ""), query.get("k", ""), query.get("s", ""))
        given = (_kode(request), query.get("bahasa"), resi)
        return _absolute(request, await run_in_threadpool(pages.thank, *given))

    async def start(request: Request) -> Response:
        return await run_in_threadpool(pages.start, _kode(request))

    return [
        Route("/isi/aset/{nama}", serve_script, methods=["GET"]),
        Route("/isi/{kode}", form, methods=["GET", "POST"]),
        Route("/isi/{kode}/mulai", start, methods=["POST"]),
        Route("/isi/{kode}/terima-kasih", thanks, methods=["GET"]),
    ]


def _kode(request: Request) -> str:
    """Return the placement's code; one typed from a poster may be in small letters."""
    return str(request.path_params["kode"]).strip().upper()


def _absolute(request: Request, answer: Response) -> Response:
    """Return a redirect with the path under which this program is reached."""
    if isinstance(answer, RedirectResponse):
        answer.headers["location"] = urljoin(request.url.path, answer.headers["location"])
    return answer
