"""Streamlit's page says lang="en"; ours is Indonesian, and screen readers go by it."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ENGLISH = b'<html lang="en">'
INDONESIAN = b'<html lang="id">'


class IndonesianPage:
    """Pure ASGI middleware: HTML that declares English is sent as Indonesian.

    Both declarations are equally long, so lengths in the headers stay true. The declaration stands
    in the first bytes of the page, which Streamlit sends in its first chunk.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; websockets and other content pass untouched."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        html = False

        async def send_indonesian(event: Message) -> None:
            nonlocal html
            if event["type"] == "http.response.start":
                headers = Headers(raw=event["headers"])
                html = headers.get("content-type", "").startswith("text/html")
            elif html and event["type"] == "http.response.body":
                event = {**event, "body": event.get("body", b"").replace(ENGLISH, INDONESIAN, 1)}
                html = False
            await send(event)

        await self.app(scope, receive, send_indonesian)
