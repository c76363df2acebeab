"""The door: whatever is not public needs somebody who is signed in. Denied by default.

Pure ASGI, because Starlette's BaseHTTPMiddleware never sees a websocket, and the dashboard is one.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from skm.akun import Pelaku
from skm.pesan import SkmError, message
from skm.store import Store
from skm.web.lintas import UNSAFE, same_host, same_origin
from skm.web.masuk.cookie import digest_in

PUBLIC = frozenset({"isi", "hasil", "masuk", "saran", "sehat", "static"})
"""What anybody may ask for, by the first word of its path. These guard themselves."""

PUBLIC_PATHS = frozenset({"/_stcore/health"})
HEADER = b"x-skm-sesi"
"""Tells the dashboard which browser it talks to (`server.trustedUserHeaders`). Only the guard sets
it: with the cookie alone, a second login could resume the pages of another."""

_ACTOR = "skm.pelaku"
LOG = logging.getLogger("skm.masuk")


def actor_of(request: Request) -> Pelaku:
    """Return who sends a request that has passed the guard. Raises SkmError `masuk-dahulu`."""
    found = request.scope.get(_ACTOR)
    if not isinstance(found, Pelaku):
        raise SkmError("masuk-dahulu")
    return found


def let_in(scope: Scope, pelaku: Pelaku) -> Scope:
    """Return the scope of a request that is `pelaku`'s."""
    return {**scope, _ACTOR: pelaku}


class LoginGuard:
    """Pure ASGI middleware: no page, file, upload or websocket without a sign-in."""

    def __init__(self, app: ASGIApp, store_of: Callable[[], Store]) -> None:
        self.app = app
        self.store_of = store_of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection, or turn it away."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        scope = _without_header(scope)
        if scope["type"] == "http" and is_public(scope["path"]):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        sidik = digest_in(headers)
        try:
            pelaku = await run_in_threadpool(self._find, sidik) if sidik else None
        except Exception as error:  # the database is away: nobody gets in, and no details
            LOG.error("no sign-in could be looked up: %s", type(error).__name__)
            await _refuse(scope, receive, send, _sorry())
            return
        if pelaku is None:
            await _refuse(scope, receive, send, _please_sign_in(scope, headers))
        elif not _is_ours(scope, headers):
            await _refuse(scope, receive, send, _plain(403, "masuk-asal"))
        else:
            await self.app(_with_header(let_in(scope, pelaku), pelaku.sesi), receive, send)

    def _find(self, sidik: str) -> Pelaku | None:
        akun = self.store_of().login_of(sidik)
        return akun.as_pelaku(sidik) if akun else None


def is_public(path: str) -> bool:
    """Return whether anybody may ask for this path; one that could be read two ways is not."""
    if path in PUBLIC_PATHS:
        return True
    first, *rest = path.removeprefix("/").split("/")
    return path.startswith("/") and first in PUBLIC and ".." not in rest and "\\" not in path


def _is_ours(scope: Scope, headers: Headers) -> bool:
    """Return whether no foreign page is behind this: it may not write, nor open a websocket."""
    if scope["type"] == "websocket":
        return same_host(headers)
    return scope["method"] not in UNSAFE or same_origin(headers)


def _without_header(scope: Scope) -> Scope:
    """Take away what a visitor may have set: `x_skm_sesi` reads as the same name to some."""
    kept = [(n, v) for n, v in scope["headers"] if n.lower().replace(b"_", b"-") != HEADER]
    return {**scope, "headers": kept}


def _with_header(scope: Scope, sesi: str) -> Scope:
    return {**scope, "headers": [*scope["headers"], (HEADER, sesi.encode("ascii"))]}


async def _refuse(scope: Scope, receive: Receive, send: Send, response: Response) -> None:
    if scope["type"] == "websocket":  # closed before it is accepted: the browser sees a 403
        await receive()
        await send({"type": "websocket.close", "code": 1008, "reason": ""})
        return
    await response(scope, receive, send)


def _please_sign_in(scope: Scope, headers: Headers) -> Response:
    """Return the way to the sign-in for a page, and a sentence for anything else."""
    if scope["type"] == "websocket" or scope["method"] not in ("GET", "HEAD"):
        return _plain(401, "masuk-dahulu")
    if "text/html" not in headers.get("accept", ""):
        return _plain(401, "masuk-dahulu")
    query = scope.get("query_string", b"").decode("latin-1")
    there = quote(scope["path"], safe="/") + (f"?{query}" if query else "")
    target = "/masuk" if there == "/" else f"/masuk?ke={quote(there, safe='')}"
    return RedirectResponse(target, 303, headers={"Cache-Control": "no-store"})


def _plain(status: int, kode: str) -> Response:
    headers = {"Cache-Control": "no-store"}
    return PlainTextResponse(f"{message(kode)}\n", status, headers=headers)


def _sorry() -> Response:
    headers = {"Cache-Control": "no-store", "Retry-After": "10"}
    return PlainTextResponse(f"{message('masuk-gangguan')}\n", 503, headers=headers)
