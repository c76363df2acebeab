"""Who may send what to the routes of paper entry: one place each for access, origin and size."""

from __future__ import annotations

import json
from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.requests import Request

from skm.pesan import SkmError

MAX_BODY = 64 * 1024
JSON = "application/json"
WRITING = frozenset({"POST", "PUT"})
_OWN = frozenset({"same-origin", "none"})

STATUS: Mapping[str, int] = {
    "entri-tak-boleh": 403,
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


def allowed(request: Request) -> bool:
    """Return whether the person may key sheets. Everybody who reaches the dashboard may, for now.

    This is the one place for access control: every route but the style and script files asks it.
    """
    return True


def same_origin(request: Request) -> bool:
    """Return whether a request comes from our own page, or from no page at all.

    Browsers say so in Sec-Fetch-Site; over plain HTTP on a network they leave it out, and Origin
    has to do. What sends neither is no browser, and has nobody's login to abuse.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in _OWN
    origin = request.headers.get("origin")
    if origin is None:
        return True
    try:
        return urlsplit(origin).netloc.lower() == request.headers.get("host", "").lower() != ""
    except ValueError:
        return False


def check_access(request: Request) -> None:
    """Raise SkmError `entri-tak-boleh`, or `entri-asal` for a write from elsewhere."""
    if not allowed(request):
        raise SkmError("entri-tak-boleh")
    if request.method in WRITING and not same_origin(request):
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
