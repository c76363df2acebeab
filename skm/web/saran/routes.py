"""The addresses under /saran: open to the public, only reading, without cookies or scripts."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from skm.kiriman import read_remark_code
from skm.store import Store
from skm.web.isi.routes import peer_address
from skm.web.saran.render import render_reply, render_search, render_sentence, style_hash
from skm.web.saran.tebakan import Tebakan

LOG = logging.getLogger("skm.saran")


def reply_routes(
    store_of: Callable[[], Store],
    *,
    tebakan: Tebakan | None = None,
    address_of: Callable[[Request], str | None] = peer_address,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> list[Route]:
    """Return the routes under /saran. `address_of` names who asks, for the limit only."""
    guesses = tebakan or Tebakan()

    async def search(request: Request) -> Response:
        bahasa = request.query_params.get("bahasa")
        given = request.query_params.get("kode", "").strip()
        if not given:
            return _page(render_search(bahasa, ""))
        kode = read_remark_code(given)
        if kode is None:
            return _page(render_sentence("tidak-ada", bahasa, ""), 404)
        query = f"?{urlencode({'bahasa': bahasa})}" if bahasa else ""
        address = f"{request.url.path.rstrip('/')}/{kode}{query}"
        return RedirectResponse(address, 303, headers=_headers())

    async def reply(request: Request) -> Response:
        bahasa = request.query_params.get("bahasa")
        kode = read_remark_code(str(request.path_params["kode"]))
        if kode is None:  # no code of ours: nothing was tried
            return _page(render_sentence("tidak-ada", bahasa, "../"), 404)
        alamat, now = address_of(request), clock()
        wait = guesses.must_wait(alamat, now)
        if wait:
            content = render_sentence("sering", bahasa, "../", menit=-(-wait // 60))
            return _page(content, 429, Retry_After=str(wait))
        try:
            found = await run_in_threadpool(_reply, store_of, kode, bahasa)
        except Exception as error:  # whatever it is, a citizen looks at a page
            LOG.error("a reply could not be read: %s", type(error).__name__)
            return _page(render_sentence("gangguan", bahasa, "../"), 503, Retry_After="10")
        if found is None:
            guesses.was_wrong(alamat, now)
            return _page(render_sentence("tidak-ada", bahasa, "../"), 404)
        return _page(found)

    async def strange(request: Request) -> Response:
        if not request.path_params["sisa"]:
            return RedirectResponse("../saran", 307, headers=_headers())
        depth = "../" * (str(request.path_params["sisa"]).count("/") + 1)
        return _page(render_sentence("tidak-ada", None, depth), 404)

    return [
        Route("/saran", search, methods=["GET"]),
        Route("/saran/{kode}", reply, methods=["GET"]),
        Route("/saran/{sisa:path}", strange, methods=["GET"]),
    ]


def _reply(store_of: Callable[[], Store], kode: str, bahasa: str | None) -> bytes | None:
    """Return the page of a code; None for one that leads nowhere."""
    store = store_of()
    found = store.find_reply(kode)
    if found is None:
        return None
    survei = store.load_survei(found.survei_id)
    return render_reply(survei, kode, found.tanggapan, bahasa, "../")


def _headers() -> dict[str, str]:
    """Return the headers of a page: nothing foreign, no script, nothing kept, nowhere listed."""
    policy = (
        "default-src 'none'",
        f"style-src '{style_hash()}'",
        "img-src data:",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
    return {
        "Content-Security-Policy": "; ".join(policy),
        "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
        "Referrer-Policy": "no-referrer",
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex, nofollow",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cache-Control": "no-store",
    }


def _page(content: bytes, status: int = 200, **extra: str) -> HTMLResponse:
    headers = _headers() | {name.replace("_", "-"): value for name, value in extra.items()}
    return HTMLResponse(content, status, headers=headers)
