"""Addresses that are no page: a plain Indonesian sentence instead of Streamlit's English one."""

from __future__ import annotations

from collections.abc import Collection
from html import escape

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from skm.laman import policy_hash
from skm.pesan import message

_STYLE = """body{font:1.1rem/1.6 system-ui,sans-serif;max-width:34rem;margin:4rem auto;
padding:0 1rem;color:#17252a}a{color:#0f5c63}"""
_PAGE = """<!doctype html>
<html lang="id"><head><meta charset="utf-8"><title>Halaman tidak ada</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>{gaya}</style></head>
<body><h1>Halaman tidak ada</h1><p>{teks}</p><p><a href="/">Buka Ringkasan</a></p></body></html>
"""


def _headers() -> dict[str, str]:
    policy = f"default-src 'none'; style-src '{policy_hash(_STYLE)}'; frame-ancestors 'none'"
    return {"Content-Security-Policy": policy, "Cache-Control": "no-store"}


class KnownPages:
    """Pure ASGI middleware: a browser that asks for a page outside `pages` gets a plain 404.

    Only one-word paths asked for as HTML: what has a folder (/unduh/…, /static/…) is a route's own
    business.
    """

    def __init__(self, app: ASGIApp, pages: Collection[str]) -> None:
        self.app = app
        self.pages = frozenset(pages)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "http" and self._is_strange(scope):
            text = escape(message("halaman-tak-ada"))
            content = _PAGE.format(teks=text, gaya=_STYLE)
            await HTMLResponse(content, 404, headers=_headers())(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _is_strange(self, scope: Scope) -> bool:
        name = scope["path"].strip("/")
        wants_page = "text/html" in Headers(scope=scope).get("accept", "")
        return wants_page and "/" not in name and name not in self.pages
