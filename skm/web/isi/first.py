"""The form before everything else: its address goes past the layers that only other pages need."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

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
        forms = (r.app for r in routes if isinstance(r, Route) and r.path == FORM)
        self._form: ASGIApp = next(forms, app)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "http" and scope["method"] in _METHODS:
            folder, _, kode = scope["path"].rpartition("/")
            if kode and f"{folder}/" == _FOLDER:
                scope = {**scope, "path_params": {"kode": kode}}
                await self._form(scope, receive, send)
                return
        await self.app(scope, receive, send)
