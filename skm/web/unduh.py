"""Downloads: tables as CSV and templates, streamed by plain routes (they work on any node)."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from skm.analysis.table import write_csv
from skm.hasil import all_tables
from skm.intake import write_template_csv, write_template_xlsx
from skm.periode import parse_period
from skm.pesan import SkmError, message
from skm.store import Store

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download_routes(store_of: Callable[[], Store]) -> list[Route]:
    """Return the routes under /unduh; `store_of` opens the store on first use."""

    async def table(request: Request) -> Response:
        return await _answer(_table, store_of, request)

    async def template(request: Request) -> Response:
        return await _answer(_template, store_of, request)

    return [
        Route("/unduh/{survei}/templat.{bentuk}", template, methods=["GET"]),
        Route("/unduh/{survei}/{periode}/{tabel}.csv", table, methods=["GET"]),
    ]


async def _answer(
    make: Callable[[Store, dict[str, str]], Response],
    store_of: Callable[[], Store],
    request: Request,
) -> Response:
    """Make the file off the event loop; what cannot be found is a plain sentence."""
    try:
        store = await run_in_threadpool(store_of)
        return await run_in_threadpool(make, store, dict(request.path_params))
    except SkmError as error:
        return PlainTextResponse(f"{error}\n", status_code=404)


def _table(store: Store, params: dict[str, str]) -> Response:
    survei = store.load_survei(params["survei"])
    periode = parse_period(params["periode"])
    tabel = all_tables(store, survei, periode).get(params["tabel"])
    if tabel is None:
        return PlainTextResponse(f"{message('tabel-tak-ada')}\n", status_code=404)
    return _file(write_csv(tabel), f"{survei.id}-{periode.kode}-{tabel.nama}.csv", CSV)


def _template(store: Store, params: dict[str, str]) -> Response:
    survei = store.load_survei(params["survei"])
    if params["bentuk"] == "csv":
        return _file(write_template_csv(survei), f"templat-{survei.id}.csv", CSV)
    if params["bentuk"] == "xlsx":
        return _file(write_template_xlsx(survei), f"templat-{survei.id}.xlsx", XLSX)
    return PlainTextResponse(f"{message('tabel-tak-ada')}\n", status_code=404)


def _file(content: bytes, name: str, media_type: str) -> Response:
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(content, media_type=media_type, headers=headers)
