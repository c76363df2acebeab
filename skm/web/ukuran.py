"""Basic metrics in Prometheus' text form: how much is asked, how it went, how long it took.

Counted by the first word of the path and the status, never by address, code or account. They are
answered only to whoever sends the key that the office has set (`SKM_KUNCI_UKURAN`).
"""

from __future__ import annotations

import secrets
import time

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from skm.web.masuk.guard import PUBLIC

_KNOWN = PUBLIC | {"unduh", "entri", "saran", "_stcore", "media"}
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE"})


class Ukuran:
    """The counters of one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        labels = ("bagian", "metode", "status")
        self.requests = Counter(
            "skm_permintaan", "Requests answered.", labels, registry=self.registry
        )
        self.seconds = Histogram(
            "skm_permintaan_detik",
            "Seconds until an answer began.",
            ("bagian", "metode"),
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self.viewers = Gauge(
            "skm_dasbor_terbuka", "Dashboards that are open now.", registry=self.registry
        )
        started = Gauge("skm_mulai_detik", "When the process began.", registry=self.registry)
        started.set_to_current_time()

    def text(self) -> bytes:
        """Return all metrics as Prometheus reads them."""
        return generate_latest(self.registry)


class Measured:
    """Pure ASGI middleware that counts what passes."""

    def __init__(self, app: ASGIApp, ukuran: Ukuran) -> None:
        self.app = app
        self.ukuran = ukuran

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] == "websocket":
            with self.ukuran.viewers.track_inprogress():
                await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        part, method, began = part_of(scope["path"]), scope["method"], time.perf_counter()
        method = method if method in METHODS else "lain"

        async def counting(event: Message) -> None:
            if event["type"] == "http.response.start":
                status = f"{event['status'] // 100}xx"
                self.ukuran.requests.labels(part, method, status).inc()
                self.ukuran.seconds.labels(part, method).observe(time.perf_counter() - began)
            await send(event)

        await self.app(scope, receive, counting)


def part_of(path: str) -> str:
    """Return which part of the program a path is of: a few words, whatever is asked for."""
    first = path.removeprefix("/").split("/", 1)[0]
    return first if first in _KNOWN else "dasbor"


def metrics_route(ukuran: Ukuran, key: str | None) -> Route:
    """Return the route /sehat/ukuran; without a key it answers like a page that does not exist."""

    async def metrics(request: Request) -> Response:
        sent = request.headers.get("authorization", "").encode("utf-8", "replace")
        if key is None or not secrets.compare_digest(sent, f"Bearer {key}".encode()):
            return PlainTextResponse("Not Found", 404)
        headers = {"Cache-Control": "no-store"}
        return Response(ukuran.text(), media_type="text/plain; version=0.0.4", headers=headers)

    return Route("/sehat/ukuran", metrics, methods=["GET"])
