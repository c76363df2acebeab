"""How the results are sent: nothing foreign, nothing framed, kept five minutes at most."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from skm.web.hasil.render import style_hash
from skm.web.hasil.shelf import Siap

KEPT = "public, max-age=300, must-revalidate"
"""Withdrawing takes effect everywhere within five minutes."""
FRESH = {"Cache-Control": "no-store"}
"""For what may be another answer a moment later."""
OPEN = {"Access-Control-Allow-Origin": "*"}
"""Open data: any page may read it."""
_SAFE = {"Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff"}


def page_headers() -> dict[str, str]:
    """Return the headers of a page: no script, one style sheet, no picture, no form."""
    policy = (
        "default-src 'none'",
        f"style-src '{style_hash()}'",
        "img-src data:",
        "form-action 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
    return {
        "Content-Security-Policy": "; ".join(policy),
        "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
        **_SAFE,
    }


def data_headers(nama: str = "") -> dict[str, str]:
    """Return the headers of open data, to be saved as `nama` where that is given."""
    saved = {"Content-Disposition": f'attachment; filename="{nama}"'} if nama else {}
    return {**OPEN, **_SAFE, **saved}


def picture_headers(nama: str) -> dict[str, str]:
    """Return the headers of a poster: shown in the browser, saved as `nama`."""
    return {"Content-Disposition": f'inline; filename="{nama}"', **_SAFE}


def send(request: Request, siap: Siap, headers: Mapping[str, str]) -> Response:
    """Return the answer, or 304 where the visitor has the same bytes already."""
    every = {**headers, "Cache-Control": KEPT, "ETag": siap.etag}
    if _has(request.headers.get("if-none-match", ""), siap.etag):
        return Response(status_code=304, headers=every)
    return Response(siap.isi, media_type=siap.jenis, headers=every)


def _has(sent: str, etag: str) -> bool:
    tags = {tag.strip().removeprefix("W/") for tag in sent.split(",")}
    return "*" in tags or etag.removeprefix("W/") in tags
