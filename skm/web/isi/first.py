"""The form before everything else: its address goes past the layers that only other pages need."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.concurrency import run_in_threadpool
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from skm.web.menyusul import every_route

FORM = "/isi/{kode}"
_FOLDER = FORM.removesuffix("{kode}")
_METHODS = frozenset({"GET", "HEAD", "POST"})


class FormFirst:
    """Pure ASGI middleware: a form that is opened or sent is answered by its route at once.

    A form carries its own headers and compresses itself. Every other address, also below /isi/,
    and every other method takes the long way, on which the same route stands.
    """

    def __init__(self, app: ASGIApp, routes: Sequence[BaseRoute]) -> None:
        self.app = app
        self._routes = routes
        self._form: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "http" and scope["method"] in _METHODS:
            folder, _, kode = scope["path"].rpartition("/")
            if kode and f"{folder}/" == _FOLDER:
                scope = {**scope, "path_params": {"kode": kode}}
                if self._form is None:  # the first form since the start: it may have to be imported
                    self._form = await run_in_threadpool(self._find)
                await self._form(scope, receive, send)
                return
        await self.app(scope, receive, send)

    def _find(self) -> ASGIApp:
        forms = (r.app for r in every_route(self._routes, "isi") if r.path == FORM)
        return next(forms, self.app)
