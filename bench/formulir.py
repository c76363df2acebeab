"""The public form through a real uvicorn process on this machine: nine answers sent, durably kept,
over 32 connections; and the empty form opened.

The peers are the same route without a database, and the obvious way to store: a connection and a
commit for each request, one bare row (`bench/peladen.py`). The client is a process of its own
(`bench/pengirim.py`); its own work is in the note. Afterwards every thanked answer is looked for.
"""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, func, make_url, select, text
from sqlalchemy.pool import NullPool

from bench import data
from bench.pengirim import Hasil
from bench.ukur import Baris, Pilihan, Sasaran, Sebaran, Tolok, compare, peer
from skm.jawaban import Kanal
from skm.store import TautanBaru, open_store
from skm.store.schema import jawaban

ROOT = Path(__file__).resolve().parents[1]
SAMBUNGAN = 32
POSTGRES = os.environ.get("SKM_BENCH_POSTGRES", "postgresql://postgres@127.0.0.1:5432/test")
TANPA, SATU, ANEW = "tanpa-basis-data", "satu-per-satu", "digambar-ulang"


@dataclass(frozen=True)
class Tempat:
    """A filled store, its address, and the paths of its forms."""

    url: str
    alamat: tuple[str, ...]


def run(pilihan: Pilihan) -> list[Baris]:
    """Return the times of n answers: to one placement, to all 72, to PostgreSQL; and of n pages."""
    n, few = pilihan.n, max(pilihan.n // 10, SAMBUNGAN)
    rows: list[Baris] = []
    with ExitStack() as stack:
        place = _prepare(f"sqlite:///{pilihan.folder / f'form-{secrets.token_hex(4)}.db'}")
        ours = stack.enter_context(program(place.url, pilihan.folder))
        ports = {c: stack.enter_context(server(c, place.url)) for c in (TANPA, SATU, ANEW)}
        sends = {"SKM": (ours, n), TANPA: (ports[TANPA], n), SATU: (ports[SATU], few)}
        works = {"kirim, satu tautan": place.alamat[:1], "kirim, 72 tautan": place.alamat}
        for work, paths in works.items():
            found = _race("kirim", sends, paths, pilihan.putaran)
            rows += _lines(work, n, found, (Sasaran(2.0, TANPA),), 0.060)
        pages = {"SKM": (ours, n), ANEW: (ports[ANEW], few)}
        rows += _lines("buka", n, _race("buka", pages, place.alamat[:1], pilihan.putaran), (), None)
        _nothing_lost(place.url, 2 * n * (pilihan.putaran + 1))
    if peer("psycopg") is not None:
        with own_schema() as url, program((place := _prepare(url)).url, pilihan.folder) as port:
            found = _race("kirim", {"SKM": (port, n)}, place.alamat[:1], pilihan.putaran)
            rows += _lines("kirim, PostgreSQL", n, found, (Sasaran(n / 2000),), 0.060)
            _nothing_lost(place.url, n * (pilihan.putaran + 1))
    return rows


def _prepare(url: str) -> Tempat:
    with open_store(url) as store:
        known = data.survei()
        store.save_survei(known, data.toml())
        places = store.add_tautan(
            known.id, [TautanBaru(titik.kode, None, Kanal.KIOS) for titik in known.titik]
        )
    return Tempat(url, tuple(f"/isi/{place.kode}" for place in places))


def _nothing_lost(url: str, n: int) -> None:
    """Raise RuntimeError unless exactly n answers are kept, each once, and counted."""
    with open_store(url) as store:
        with store.engine.connect() as conn:
            query = select(func.count(), func.count(jawaban.c.id_kirim.distinct()))
            query = query.where(jawaban.c.survei_id == data.survei().id)
            kept = tuple(conn.execute(query).one())
        if kept != (n, n) or store.check_recap():
            raise RuntimeError(f"{n} thanked, {kept} kept, {store.check_recap()[:3]}")


Ways = Mapping[str, tuple[int, int]]


def _race(cara: str, ways: Ways, paths: tuple[str, ...], rounds: int) -> dict[str, list[Hasil]]:
    """Return what each way (a port and how many) took in each round, in turn, after a first."""
    found: dict[str, list[Hasil]] = {name: [] for name in ways}
    order = list(ways)
    for ke in range(rounds + 1):
        for name in order:
            port, n = ways[name]
            result = _client(cara, port, n, paths)
            if result.dijawab != n:
                raise RuntimeError(f"{name}: {result.dijawab} of {n} answered")
            if ke:
                found[name].append(result)
        order.append(order.pop(0))
    return found


def _client(cara: str, port: int, n: int, paths: tuple[str, ...]) -> Hasil:
    known = data.survei()
    order = {
        "cara": cara, "port": port, "n": n, "sambungan": SAMBUNGAN, "alamat": paths,
        "awalan": secrets.token_hex(6), "layanan": [item.kode for item in known.layanan],
    }  # fmt: skip
    command = [sys.executable, "-m", "bench.pengirim", "/dev/stdin"]
    done = subprocess.run(
        command, input=json.dumps(order), capture_output=True, text=True, cwd=ROOT, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return Hasil(**json.loads(done.stdout))


def _lines(
    work: str,
    n: int,
    found: Mapping[str, list[Hasil]],
    targets: tuple[Sasaran, ...],
    slowest: float | None,
) -> list[Baris]:
    """Return the lines of a work: seconds for n, whatever each way was given, and the p99."""
    times = {
        name: Sebaran(tuple(h.detik / h.dijawab * n for h in runs)) for name, runs in found.items()
    }
    notes = {name: _note(runs) for name, runs in found.items()}
    rows = compare(work, n, times, targets, notes)
    if slowest is not None:
        late = Sebaran(tuple(h.p99 for h in found["SKM"]))
        rows.append(Baris(f"{work}: p99", n, "SKM", late, {}, Sasaran(slowest)))
    return rows


def _note(runs: list[Hasil]) -> str:
    middle = sorted(runs, key=lambda h: h.detik / h.dijawab)[len(runs) // 2]
    rate = middle.dijawab / middle.detik
    return f"{rate:,.0f} a second; client {middle.biaya * 1e6:.0f} µs each"


@contextmanager
def program(url: str, folder: Path) -> Iterator[int]:
    """Give the port of the real program on this database."""
    own = {"SKM_DATABASE_URL": url, "SKM_DATA": str(folder), "SKM_CADANGAN": "mati"}
    with _running([str(ROOT / "app.py")], own) as port:
        yield port


@contextmanager
def server(cara: str, url: str) -> Iterator[int]:
    """Give the port of the form's route done another way."""
    with _running(["-m", "bench.peladen", cara, url, "{port}"], {}) as port:
        yield port


@contextmanager
def _running(command: list[str], env: Mapping[str, str]) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    own = {**os.environ, **env, "SKM_PORT": str(port)}
    command = [part.format(port=port) for part in command]
    process = subprocess.Popen(
        [sys.executable, *command], cwd=ROOT, env=own, stdout=subprocess.DEVNULL
    )
    try:
        _wait(process, port)
        yield port
    finally:
        process.terminate()
        process.wait(30)


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/isi/aset/x", timeout=2):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not start")


@contextmanager
def own_schema() -> Iterator[str]:
    """Give the address of an empty schema on the PostgreSQL server, dropped afterwards."""
    name = f"skm_bench_{secrets.token_hex(6)}"
    url = make_url(POSTGRES).set(drivername="postgresql+psycopg")
    admin = create_engine(url, poolclass=NullPool, connect_args={"connect_timeout": 3})
    with admin.begin() as conn:
        conn.execute(text(f"CREATE SCHEMA {name}"))
    try:
        own = url.update_query_dict({"options": f"-csearch_path={name}"})
        yield own.render_as_string(hide_password=False)
    finally:
        with admin.begin() as conn:
            conn.execute(text(f"DROP SCHEMA {name} CASCADE"))


TOLOK = Tolok(
    nama="formulir",
    tentang=(__doc__ or "").strip(),
    jalan=run,
    ukuran=(10_000,),
    kecil=64,
)
