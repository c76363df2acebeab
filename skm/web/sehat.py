"""Whether the program lives, and whether it can work: for whatever watches over it."""

from __future__ import annotations

import logging
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from skm import __version__
from skm.pesan import message
from skm.store import Store

LOG = logging.getLogger("skm.sehat")
HEADERS = {"Cache-Control": "no-store"}


def health_routes(store_of: Callable[[], Store]) -> list[Route]:
    """Return the routes under /sehat: ready to work, and alive at all (that one asks no store)."""

    async def ready(_: Request) -> Response:
        return await run_in_threadpool(_ready, store_of)

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
        LOG.error("not ready: %s", type(error).__name__)
        sorry = {"keadaan": "gangguan", "pesan": message("sehat-gangguan")}
        return JSONResponse(sorry, 503, headers={**HEADERS, "Retry-After": "10"})
    content = {"keadaan": "sehat", "skema": step, "versi": __version__}
    return JSONResponse(content, headers=HEADERS)
