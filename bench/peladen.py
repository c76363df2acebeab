"""The form's route under uvicorn, as the program serves it, with one thing done another way.

`python -m bench.peladen CARA DATABASE PORT`; the real program is `app.py` and is measured itself.
"""

from __future__ import annotations

import secrets
import sqlite3
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from urllib.parse import parse_qs, urlencode, urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.types import Message

from skm.kiriman import Kiriman, new_receipt
from skm.settings import read_settings
from skm.store import Resi, Store, Tautan, make_engine
from skm.survei import Survei
from skm.web.isi.limiter import Limiter
from skm.web.isi.pages import Pages
from skm.web.isi.routes import form_routes
from skm.web.isi.visits import Visits
from skm.web.lapisan import layers

_TABLE = "CREATE TABLE IF NOT EXISTS mentah (id TEXT PRIMARY KEY, tautan TEXT, nilai TEXT)"


class WithoutDatabase(Store):
    """Thanks for everything and keeps nothing: what the route costs by itself."""

    async def submit_soon(self, *_: object) -> Resi:
        """Return a receipt."""
        return Resi(new_receipt(), True, datetime.now(UTC))


class OneByOne(Store):
    """The obvious way: a connection and a durable commit for each request, one row, no counts."""

    async def submit_soon(
        self, tautan: Tautan, kiriman: Kiriman, versi: str, survei: Survei
    ) -> Resi:
        """Store the bare row."""
        return await run_in_threadpool(self._insert, tautan, kiriman)

    def _insert(self, tautan: Tautan, kiriman: Kiriman) -> Resi:
        path = Path(str(self.engine.url.database)).with_suffix(".mentah.db")
        conn = sqlite3.connect(path, timeout=60, isolation_level=None)
        try:
            if conn.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                conn.execute("PRAGMA journal_mode = WAL")
            conn.execute("PRAGMA synchronous = FULL")
            conn.execute(_TABLE)
            conn.execute("BEGIN IMMEDIATE")
            row = (kiriman.id_kirim, tautan.kode, kiriman.jawaban.nilai)
            conn.execute("INSERT OR IGNORE INTO mentah VALUES (?, ?, ?)", row)
            conn.execute("COMMIT")
        finally:
            conn.close()
        return Resi(new_receipt(), True, datetime.now(UTC))


def render_anew() -> None:
    """Let the pages forget what they rendered."""
    Pages.remembered = 0


CARA: Mapping[str, tuple[type[Store], Callable[[], None]]] = MappingProxyType(
    {
        "tanpa-basis-data": (WithoutDatabase, lambda: None),
        "satu-per-satu": (OneByOne, lambda: None),
        "digambar-ulang": (Store, render_anew),
    }
)


async def ask_in_process(
    url: str, paths: Sequence[str], moments: Sequence[datetime]
) -> list[tuple[str, str | None]]:
    """Send a sheet at each moment of a clock that is ours; return (id, code or None)."""
    found: list[tuple[str, str | None]] = []
    ahead = iter(moments)
    with Store(make_engine(url)) as store:
        routes = form_routes(
            lambda: store, b"k" * 32, limiter=Limiter(kantor=read_settings({}).office_networks),
            visits=Visits(lambda: store, jeda=3600), clock=lambda: next(ahead),
        )  # fmt: skip
        app = Starlette(routes=routes)
        for number in range(len(moments)):
            id_kirim = secrets.token_urlsafe(16)
            found.append((id_kirim, await _ask(app, paths[number % len(paths)], id_kirim)))
    return found


async def _ask(app: Starlette, path: str, id_kirim: str) -> str | None:
    body = urlencode({**{f"u{i}": "3" for i in range(1, 10)}, "layanan": "kia"})
    whole = f"{body}&id_kirim={id_kirim}".encode()
    heads: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": whole}

    async def send(event: Message) -> None:
        heads.append(event)

    scope = {
        "type": "http", "method": "POST", "path": path, "raw_path": path.encode(),
        "root_path": "", "scheme": "http", "query_string": b"", "http_version": "1.1",
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80),
        "headers": [
            (b"host", b"127.0.0.1"), (b"content-length", b"%d" % len(whole)),
            (b"content-type", b"application/x-www-form-urlencoded"),
        ],
    }  # fmt: skip
    await app(scope, receive, send)
    if heads[0]["status"] != 303:
        return None
    location: str = dict(heads[0]["headers"])[b"location"].decode()
    return parse_qs(urlsplit(location).query)["r"][0]


def main() -> None:
    """Serve until stopped."""
    cara, url, port = sys.argv[1:]
    kind, prepare = CARA[cara]
    prepare()
    store = kind(make_engine(url))
    settings = read_settings({"SKM_PORT": port})
    visits = Visits(lambda: store)
    limiter = Limiter(kantor=settings.office_networks)
    routes = form_routes(lambda: store, b"k" * 32, visits=visits, limiter=limiter)
    app = Starlette(routes=routes, middleware=layers(settings, lambda: store, routes=routes))
    uvicorn.run(app, host="127.0.0.1", port=int(port), access_log=False, log_level="warning")


if __name__ == "__main__":
    main()
