"""Streamlit's own files, compressed once for all visitors.

Streamlit sends them uncompressed on purpose: compressing 6 MB anew for each first visit costs more
than it saves. They never change under their name, so once is enough.
"""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import brotli
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

FOLDER = "/static/"
LEAST = 1024
"""Smaller files are not worth a header."""


def _brotli(whole: bytes) -> bytes:
    # Better levels take the first visitor's time: 9 three times as much for a thirtieth less.
    packed: bytes = brotli.compress(whole, quality=6)
    return packed


def _gzip(whole: bytes) -> bytes:
    return gzip.compress(whole, 9, mtime=0)


ENCODINGS: Mapping[str, Callable[[bytes], bytes]] = MappingProxyType({"br": _brotli, "gzip": _gzip})
"""The best first. Browsers take brotli over https and from their own machine only."""


@dataclass(frozen=True, slots=True)
class _Berkas:
    headers: list[tuple[bytes, bytes]]
    isi: bytes


class PackedStatic:
    """Pure ASGI middleware that keeps a compressed copy of each file that never changes.

    All of Streamlit's files together take 5 MB so, in each encoding that somebody asked for. Only
    what is sent as "immutable" is kept, and only a browser that asks for the whole file,
    compressed, gets it from here.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._kept: dict[tuple[str, str], _Berkas] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        encoding = _encoding(scope)
        if encoding is None:
            await self.app(scope, receive, send)
            return
        kept = self._kept.get((scope["path"], encoding))
        if kept is None:
            events = await _collect(self.app, scope, receive)
            kept = await _pack(events, encoding)
            if kept is None:
                for event in events:
                    await send(event)
                return
            self._kept[scope["path"], encoding] = kept
        await send({"type": "http.response.start", "status": 200, "headers": kept.headers})
        await send({"type": "http.response.body", "body": kept.isi})


def _encoding(scope: Scope) -> str | None:
    """Return how to send the file; None for what is not asked for whole and compressed."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return None
    if not scope["path"].startswith(FOLDER):
        return None
    headers = Headers(scope=scope)
    if {"range", "if-none-match", "if-modified-since"} & set(headers.keys()):
        return None
    asked = [part.strip() for part in headers.get("accept-encoding", "").split(",")]
    return next((name for name in ENCODINGS if name in asked), None)


async def _collect(app: ASGIApp, scope: Scope, receive: Receive) -> list[Message]:
    events: list[Message] = []

    async def keep(event: Message) -> None:
        events.append(event)

    await app(scope, receive, keep)
    return events


async def _pack(events: list[Message], encoding: str) -> _Berkas | None:
    """Return the compressed file; None for what may change, or does not get smaller."""
    start, *parts = events
    headers = MutableHeaders(raw=[*start["headers"]])
    if start["status"] != 200 or "immutable" not in headers.get("cache-control", ""):
        return None
    whole = b"".join(part.get("body", b"") for part in parts)
    if len(whole) < LEAST or "content-encoding" in headers:
        return None
    packed = await asyncio.to_thread(ENCODINGS[encoding], whole)
    if len(packed) >= len(whole):
        return None
    headers["content-encoding"] = encoding
    headers["content-length"] = str(len(packed))
    headers.add_vary_header("Accept-Encoding")
    del headers["etag"]  # it is that of the file as it lies on the disk
    return _Berkas(headers.raw, packed)
