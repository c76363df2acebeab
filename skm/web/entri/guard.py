"""Who may send what to the routes of paper entry: one place each for access, origin and size."""

from __future__ import annotations

import json
from collections.abc import Mapping

from starlette.requests import Request

from skm.akun import Hak
from skm.pesan import SkmError
from skm.web.lintas import same_origin
from skm.web.masuk.guard import actor_of

MAX_BODY = 64 * 1024
JSON = "application/json"
WRITING = frozenset({"POST", "PUT"})

STATUS: Mapping[str, int] = {
    "masuk-dahulu": 401,
    "entri-tak-boleh": 403,
    "hak-kurang": 403,
    "hak-berubah": 403,
    "di-luar-batas": 403,
    "entri-asal": 403,
    "entri-terlalu-besar": 413,
    "entri-jenis-isi": 415,
    "survei-tak-ada": 404,
    "lembar-ketikan-tak-ada": 404,
    "entri-bentuk": 422,
    "entri-versi": 422,
    "entri-nomor-terpakai": 422,
    "kuesioner-tak-ada": 422,
    "kiriman-id": 422,
}
"""The status of a fault. The store's refusals of an answer are 422 too; all others mean that the
database cannot be used now (503), and the page sends again."""


def check_access(request: Request) -> None:
    """Raise SkmError `entri-tak-boleh`, or `entri-asal` for a write from elsewhere."""
    if not actor_of(request).may(Hak.MASUKKAN, request.path_params.get("survei")):
        raise SkmError("entri-tak-boleh")
    if request.method in WRITING and not same_origin(request.headers):
        raise SkmError("entri-asal")


async def read_json(request: Request) -> object:
    """Return the body. Raises `entri-jenis-isi`, `entri-terlalu-besar`, `entri-bentuk`.

    A cross-site form cannot send this type, and a script may only after asking.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != JSON:
        raise SkmError("entri-jenis-isi")
    length = request.headers.get("content-length", "0")
    if not (length.isascii() and length.isdigit()) or int(length[:12]) > MAX_BODY:
        raise SkmError("entri-terlalu-besar", batas=MAX_BODY // 1024)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise SkmError("entri-terlalu-besar", batas=MAX_BODY // 1024)
    try:
        return json.loads(bytes(body))
    except (ValueError, RecursionError) as error:
        raise SkmError("entri-bentuk") from error


def status_of(kode: str) -> int:
    """Return the HTTP status of a fault."""
    return STATUS.get(kode) or (422 if kode.startswith("jawaban-") else 503)
