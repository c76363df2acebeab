"""The addresses under /hasil. Only reading, on threads of its own: the form never waits for it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from skm.pesan import message
from skm.settings import Settings, read_settings
from skm.store import Store
from skm.web.alamat import is_survey_id
from skm.web.hasil.headers import FRESH, data_headers, page_headers, picture_headers, send
from skm.web.hasil.pages import CSV, JSON, PDF, PNG, Results
from skm.web.hasil.render import render_sentence
from skm.web.hasil.shelf import Shelf, Siap, ready

LOG = logging.getLogger("skm.hasil")
OPENAPI = Path(__file__).resolve().parent / "openapi.json"
THREADS, DRAWING = 8, 2
"""How many requests are read for at the same time, and how many posters are drawn."""
PERIOD, API = "/hasil/{survei}/{periode}", "/hasil/api/v1"

Params = Mapping[str, str]
Make = Callable[[Params], Siap | None]
Own = Callable[[Params], Mapping[str, str]]


def result_routes(
    store_of: Callable[[], Store], settings_of: Callable[[], Settings] = read_settings
) -> list[Route]:
    """Return the routes under /hasil. `settings_of` knows the public address, for posters."""
    results = Results(Shelf(store_of), settings_of)
    reading = ThreadPoolExecutor(THREADS, "hasil")
    drawing = ThreadPoolExecutor(DRAWING, "hasil-gambar")

    def route(path: str, make: Make, own: Own, threads: Executor = reading) -> Route:
        async def answer(request: Request) -> Response:
            survei = request.path_params.get("survei")
            if survei is not None and not is_survey_id(survei):
                return _sorry(path, "hasil-tak-ada", 404)
            params = {**request.query_params, **request.path_params}
            try:
                found = await asyncio.get_running_loop().run_in_executor(threads, make, params)
            except Exception as error:  # whatever it is, somebody looks at a page
                LOG.error("results could not be read: %s", type(error).__name__)
                return _sorry(path, "hasil-gangguan", 503)
            if found is None:
                return _sorry(path, "hasil-tak-ada", 404)
            return send(request, found, own(params))

        return Route(path, answer, methods=["GET"])

    def page(path: str, make: Make) -> Route:
        return route(path, make, lambda _: page_headers())

    def data(path: str, make: Make, nama: str = "") -> Route:
        return route(path, make, lambda p: data_headers(nama.format(**p)))

    def sheet(path: str, make: Make, nama: str) -> Route:
        return route(path, make, lambda p: picture_headers(nama.format(**p)), drawing)

    return [
        page("/hasil", lambda _: results.listing()),
        data(f"{API}/openapi.json", lambda _: _openapi()),
        data(f"{API}/survei", lambda _: results.surveys()),
        data(f"{API}/survei/{{survei}}", lambda p: results.survey(p["survei"])),
        data(
            f"{API}/survei/{{survei}}/periode/{{periode}}",
            lambda p: results.open_data(p["survei"], p["periode"], JSON),
        ),
        page("/hasil/{survei}", lambda p: results.page(p["survei"], None, "../")),
        page(PERIOD, lambda p: results.page(p["survei"], p["periode"], "../../")),
        data(
            f"{PERIOD}/data.csv",
            lambda p: results.open_data(p["survei"], p["periode"], CSV),
            "skm-{survei}-{periode}.csv",
        ),
        data(
            f"{PERIOD}/data.json",
            lambda p: results.open_data(p["survei"], p["periode"], JSON),
            "skm-{survei}-{periode}.json",
        ),
        sheet(
            f"{PERIOD}/infografis.png",
            lambda p: results.sheet(p["survei"], p["periode"], PNG, "modern"),
            "ikm-{survei}-{periode}.png",
        ),
        sheet(
            f"{PERIOD}/poster.pdf",
            lambda p: results.sheet(p["survei"], p["periode"], PDF, p.get("bentuk", "modern")),
            "ikm-{survei}-{periode}.pdf",
        ),
        Route("/hasil/{sisa:path}", _strange, methods=["GET"]),
    ]


@lru_cache(maxsize=1)
def _openapi() -> Siap:
    return ready(OPENAPI.read_bytes(), JSON)


def _sorry(path: str, kode: str, status: int) -> Response:
    if path.startswith(API):
        content = {"galat": kode, "pesan": message(kode)}
        return JSONResponse(content, status, headers={**data_headers(), **FRESH})
    return _sentence(kode, status, path.count("/") - 1)


async def _strange(request: Request) -> Response:
    """Answer an address that nothing stands at; one with a slash too many is led back."""
    rest = str(request.path_params["sisa"])
    if not rest or rest.endswith("/"):
        name = f"hasil/{rest}".rstrip("/").rpartition("/")[2]
        return RedirectResponse(f"../{name}", 307, headers=FRESH)
    return _sentence("hasil-tak-ada", 404, rest.count("/") + 1)


def _sentence(kode: str, status: int, depth: int) -> Response:
    content = render_sentence(kode, "../" * depth)
    return HTMLResponse(content, status, headers={**page_headers(), **FRESH})
