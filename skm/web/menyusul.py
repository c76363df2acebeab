"""Routes whose modules are imported after the start: nobody waits for what nobody asked for yet.

Each group has the first word of its addresses. It is imported once: for the first visitor of one of
them, or before, once the server listens, where somebody will surely come.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from threading import Lock

from starlette.concurrency import run_in_threadpool
from starlette.routing import BaseRoute, Match, Route
from starlette.types import ASGIApp, Receive, Scope, Send

LOG = logging.getLogger("skm.web")
PAUSE = 0.5
"""Seconds after the start before anything more is imported: a first visitor comes before it."""
_CHOSEN = "skm.rute"


class Menyusul(BaseRoute):
    """The routes under /`kata`, as `make` returns them when they are first needed."""

    def __init__(self, kata: str, make: Callable[[], Sequence[Route]]) -> None:
        self.kata = kata
        self._make = make
        self._lock = Lock()
        self._made: Sequence[Route] | None = None

    @property
    def loaded(self) -> bool:
        """Return whether the routes are here already."""
        return self._made is not None

    def routes(self) -> Sequence[Route]:
        """Return the routes; the first call imports them, another one meanwhile waits for it."""
        if self._made is None:
            with self._lock:
                if self._made is None:
                    self._made = self._make()
        return self._made

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Return the first full match of the routes, else the first partial one."""
        partial: tuple[Match, Scope] = (Match.NONE, {})
        if scope["type"] != "http" or _first_word(scope) != self.kata:
            return partial
        for route in self.routes():
            match, child = route.matches(scope)
            found = (match, {**child, _CHOSEN: route})
            if match is Match.FULL:
                return found
            if match is Match.PARTIAL and partial[0] is Match.NONE:
                partial = found
        return partial

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the route that matched answer."""
        route: Route = scope[_CHOSEN]
        await route.handle(scope, receive, send)


class LoadFirst:
    """Pure ASGI middleware: what a visitor needs is imported beside the event loop, not on it."""

    def __init__(self, app: ASGIApp, routes: Sequence[BaseRoute]) -> None:
        self.app = app
        self._groups = {r.kata: r for r in routes if isinstance(r, Menyusul)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] == "http":
            group = self._groups.get(_first_word(scope))
            if group is not None and not group.loaded:
                await run_in_threadpool(group.routes)
        await self.app(scope, receive, send)


def every_route(routes: Iterable[BaseRoute], kata: str | None = None) -> Iterator[Route]:
    """Yield the routes themselves, in order, and import those that follow.

    With `kata` those groups only that have this word.
    """
    for route in routes:
        if isinstance(route, Menyusul):
            if kata in (None, route.kata):
                yield from route.routes()
        elif isinstance(route, Route):
            yield route


async def load_soon(
    routes: Iterable[BaseRoute], kata: Collection[str], pause: float = PAUSE
) -> None:
    """Import the groups of these words, one after another, beside the event loop.

    One that cannot be imported is in the log; whoever asks for it gets the same error.
    """
    await asyncio.sleep(pause)
    for route in routes:
        if isinstance(route, Menyusul) and route.kata in kata:
            try:
                await run_in_threadpool(route.routes)
            except Exception:
                LOG.exception("the pages under /%s could not be loaded", route.kata)


def _first_word(scope: Scope) -> str:
    path: str = scope["path"].removeprefix(scope.get("root_path", ""))
    return path.removeprefix("/").partition("/")[0]
