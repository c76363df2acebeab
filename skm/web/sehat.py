"""Whether the program lives, and whether it can work: for whatever watches over it."""

from __future__ import annotations

import logging
from collections.abc import Callable

import anyio
from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from skm import __version__
from skm.pesan import message
from skm.store import Store

LOG = logging.getLogger("skm.sehat")
HEADERS = {"Cache-Control": "no-store"}
TUNGGU = 5.0
"""Seconds after which a database that does not answer counts as away."""


def health_routes(store_of: Callable[[], Store], tunggu: float = TUNGGU) -> list[Route]:
    """Return the routes under /sehat: ready to work, and alive at all (that one asks no store)."""
    # Threads of its own: a server that hangs must not take those that people's pages need.
    limiter = CapacityLimiter(2)

    async def ready(_: Request) -> Response:
        with anyio.move_on_after(tunggu):
            return await run_sync(_ready, store_of, abandon_on_cancel=True, limiter=limiter)
        return _sorry("no answer in time")

    async def alive(_: Request) -> Response:
        return JSONResponse({"keadaan": "hidup", "versi": __version__}, headers=HEADERS)

    return [
        Route("/sehat", ready, methods=["GET"]),
        Route("/sehat/hidup", alive, methods=["GET"]),
    ]


def _ready(store_of: Callable[[], Store]) -> Response:
    try:
        step = store_of().schema_step()
        if not step:
            raise LookupError("a database without our tables")
    except Exception as error:  # whatever it is: not ready, and no details for strangers
        return _sorry(type(error).__name__)
    content = {"keadaan": "sehat", "skema": step, "versi": __version__}
    return JSONResponse(content, headers=HEADERS)


def _sorry(why: str) -> Response:
    LOG.error("not ready: %s", why)
    sorry = {"keadaan": "gangguan", "pesan": message("sehat-gangguan")}
    return JSONResponse(sorry, 503, headers={**HEADERS, "Retry-After": "10"})
