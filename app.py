"""Start everything: `python app.py` (or `streamlit run app.py`)."""

from __future__ import annotations

import gc

gc.disable()  # nothing that is imported is garbage, and looking for some is a tenth of the start

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from skm.catatan import set_up_logging
from skm.mulai import prepare
from skm.pesan import SkmError, message
from skm.settings import Settings, read_settings
from skm.store import DailyCopies, Store
from skm.web.isi.visits import Visits
from skm.web.lapisan import layers
from skm.web.menyusul import load_soon
from skm.web.rute import SOON, Bahan, program_routes
from skm.web.ukuran import Ukuran

if TYPE_CHECKING:
    from skm.luar.penyedia import Penyedia

DASHBOARD = Path(__file__).resolve().parent / "skm" / "dashboard" / "main.py"


@cache
def settings() -> Settings:
    """Return the settings of this process; a wrong one ends it with one sentence."""
    try:
        return read_settings()
    except SkmError as error:
        _warn(error)
        raise SystemExit(2) from None


def _warn(error: SkmError) -> None:
    sys.stderr.write(f"{error}\n")


@cache
def store() -> Store:
    """Return the store of this process, opened and filled on first use; or end with a sentence."""
    try:
        return prepare(settings(), report=_warn)
    except SkmError as error:
        _warn(error)
        raise SystemExit(2) from None


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Prepare the store before the first visitor, and say where the program is."""
    set_up_logging(settings().log)
    sys.stdout.write(f"\n  {message('siap', alamat=settings().address)}\n\n")
    if not settings().only_this_machine:
        sys.stdout.write(f"  {message('terbuka')}\n\n")
    if found := outside():
        sys.stdout.write(f"  {message('luar-siap', alamat=found.atur.kembali)}\n\n")
    _offer_first_account()
    sys.stdout.flush()
    copies.start()
    rest = asyncio.create_task(load_soon(routes, SOON))
    yield
    rest.cancel()
    copies.stop()
    visits.flush()
    store().close()


def _offer_first_account() -> None:
    """Print the one-time link to the first account, while there is none."""
    token = store().new_first_token()
    if token is not None:
        address = settings().public_url or settings().address
        link = f"{address}/masuk/awal/{token}"
        sys.stdout.write(f"  {message('akun-pertama', alamat=link)}\n\n")


@cache
def outside() -> Penyedia | None:
    """Return the office's identity provider; a wrong file is one sentence, and nobody comes in
    through it.
    """
    if not settings().outside.exists():
        return None
    from skm.luar.berkas import load_outside
    from skm.luar.penyedia import Penyedia

    try:
        found = load_outside(settings())
    except SkmError as error:
        _warn(error)
        return None
    return Penyedia(found) if found else None


visits, ukuran = Visits(store), Ukuran()
copies = DailyCopies(store, settings().copies, report=_warn)

routes = program_routes(
    Bahan(store, settings, store().shared_key("formulir"), visits, ukuran, outside())
)

app = st.App(
    str(DASHBOARD),
    lifespan=lifespan,
    routes=routes,
    middleware=layers(settings(), store, ukuran, routes),
)
gc.freeze()  # what is here now stays: no later search looks at it again
gc.enable()


def check_port(host: str, port: int) -> None:
    """Raise SkmError `port-terpakai` where another program listens there already."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if sys.platform != "win32":  # there it would let two programs share the port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise SkmError("port-terpakai", port=port, alamat=host) from error


def main() -> int:
    """Serve until stopped; a problem is one sentence and exit code 2."""
    chosen = settings()
    try:
        check_port(chosen.host, chosen.port)
        # uvicorn believes X-Forwarded-For from this machine by itself; here SKM_PROXY decides.
        os.environ["FORWARDED_ALLOW_IPS"] = ""
        app.run(config={"server.address": chosen.host, "server.port": chosen.port})
    except SkmError as error:
        _warn(error)
        return 2
    except KeyboardInterrupt:  # Ctrl+C is how one stops it; the server has closed by then
        pass
    return 0


if __name__ == "__main__":
    sys.exit(main())
