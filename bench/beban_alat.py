"""What the load scenarios share: the program as a process that may die, senders that never give up
on an answer, viewers, a private PostgreSQL server, and the proof that nothing is lost.

Everything stays on this machine, and everything has an end.
"""

from __future__ import annotations

import os
import random
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from bench import data
from bench.masuk import sign_in
from skm.jawaban import Kanal
from skm.store import TautanBaru, open_store
from skm.store.schema import jawaban, resi

if TYPE_CHECKING:
    from websockets.sync.client import ClientConnection

ROOT = Path(__file__).resolve().parents[1]
HALAMAN = ("", "kekuatan", "prioritas", "responden", "pengumpulan", "tautan", "laporan", "unggah")
"""What viewers look at; the first page is the one at the address without a name."""
SIAP = 120.0
"""Seconds after which a program that does not answer is given up."""


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """The address of the thanks is the answer; it need not be opened."""

    def redirect_request(self, *_: object) -> None:
        """Follow nothing."""


_OPENER = urllib.request.build_opener(NoRedirect)


@dataclass
class Program:
    """The program on one database and port; it may be killed and started again."""

    url: str
    folder: Path
    port: int = 0
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Start it and return the seconds until it can work."""
        self.launch()
        return self.wait()

    def launch(self) -> None:
        """Start it without waiting."""
        self.port = self.port or free_port()
        own = {**os.environ, "SKM_DATABASE_URL": self.url, "SKM_DATA": str(self.folder)}
        own |= {"SKM_PORT": str(self.port), "SKM_CADANGAN": "mati"}
        with (self.folder / f"keluaran-{self.port}.txt").open("ab") as out:
            self.process = subprocess.Popen(
                [sys.executable, str(ROOT / "app.py")],
                cwd=ROOT, env=own, stdout=out, stderr=subprocess.STDOUT,
            )  # fmt: skip
        self._since = time.monotonic()

    def wait(self) -> float:
        """Return the seconds from the start until it answered. Raises RuntimeError."""
        while time.monotonic() - self._since < SIAP:
            with suppress(OSError), urllib.request.urlopen(self.address("/sehat"), timeout=5):
                return time.monotonic() - self._since
            if self.process is None or self.process.poll() is not None:
                raise RuntimeError(f"the program ended; see {self.folder}")
            time.sleep(0.02)
        raise RuntimeError("the program does not answer")

    def kill(self) -> None:
        """End it as a power cut does."""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()

    def stop(self) -> None:
        """End it as an operator does."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(30)
            self.process.kill()
            self.process.wait()

    def address(self, path: str) -> str:
        """Return an address of this program."""
        return f"http://127.0.0.1:{self.port}{path}"


@dataclass
class Kiriman:
    """All that was sent: who was thanked with which code, and how often there was no thanks."""

    diterima: dict[str, str] = field(default_factory=dict)
    gagal: int = 0
    lama: list[float] = field(default_factory=list)
    berbeda: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, id_kirim: str, tanggapan: str | None, seconds: float) -> None:
        """Keep what came of one sending."""
        with self.lock:
            if tanggapan is None:
                self.gagal += 1
                return
            self.lama.append(seconds)
            if self.diterima.setdefault(id_kirim, tanggapan) != tanggapan:
                self.berbeda.append(id_kirim)


def send(address: str, id_kirim: str) -> str | None:
    """Send one sheet; return the response code of a thank-you, None without one."""
    fields = {f"u{i}": "4" for i in range(1, 10)} | {"layanan": "kia", "id_kirim": id_kirim}
    try:
        _OPENER.open(address, urllib.parse.urlencode(fields).encode(), timeout=15).close()
    except urllib.error.HTTPError as answer:
        with answer:
            if answer.code != 303:
                return None
            query = urllib.parse.urlsplit(answer.headers["Location"]).query
            return urllib.parse.parse_qs(query)["r"][0]
    except OSError:
        return None
    return None


@contextmanager
def senders(
    programs: list[Program], paths: tuple[str, ...], kiriman: Kiriman, rate: float, threads: int = 8
) -> Iterator[None]:
    """Send about `rate` sheets a second while the block runs; an unanswered one is sent again."""
    over = threading.Event()

    def citizen(seed: int) -> None:
        dice = random.Random(seed)  # noqa: S311
        id_kirim = secrets.token_urlsafe(16)
        while not over.is_set():
            start = time.monotonic()
            program = dice.choice(programs)
            code = send(program.address(dice.choice(paths)), id_kirim)
            kiriman.note(id_kirim, code, time.monotonic() - start)
            if code is not None and dice.random() < 0.95:  # some phones send once more
                id_kirim = secrets.token_urlsafe(16)
            over.wait(max(0.0, threads / rate - (time.monotonic() - start)))

    running = [threading.Thread(target=citizen, args=(seed,)) for seed in range(threads)]
    for thread in running:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in running:
            thread.join()


@contextmanager
def viewers(program: Program, count: int, every: float = 20.0) -> Iterator[list[int]]:
    """Keep dashboards open over websockets; each runs its page now and then. Gives the runs that
    came to their end.
    """
    from websockets.exceptions import WebSocketException
    from websockets.sync.client import connect
    from websockets.typing import Origin, Subprotocol

    over, runs = threading.Event(), [0] * count
    with open_store(program.url) as store:
        name, token = sign_in(store)

    def watch(number: int) -> None:
        over.wait(number * every / max(count, 1))
        while not over.is_set():
            with (
                suppress(OSError, WebSocketException),
                connect(
                    program.address("/_stcore/stream").replace("http", "ws"),
                    subprotocols=[Subprotocol("streamlit")],
                    additional_headers={"Cookie": f"{name}={token}"},
                    origin=Origin(program.address("")),
                    max_size=None,
                    open_timeout=30,
                ) as socket_,
            ):
                while not over.is_set():
                    socket_.send(_asked(number))
                    runs[number] += _drain(socket_, every, over)

    running = [threading.Thread(target=watch, args=(number,)) for number in range(count)]
    for thread in running:
        thread.start()
    try:
        yield runs
    finally:
        over.set()
        for thread in running:
            thread.join()


def _asked(number: int) -> bytes:
    """Return what a browser sends to run a page; viewers look at different ones."""
    from streamlit.proto.BackMsg_pb2 import BackMsg

    again = BackMsg()
    again.rerun_script.query_string = f"survei={data.survei().id}"
    again.rerun_script.page_name = HALAMAN[number % len(HALAMAN)]
    return bytes(again.SerializeToString())


def _drain(socket_: ClientConnection, seconds: float, over: threading.Event) -> int:
    """Read what a page sends for a while; return how many runs ended well."""
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

    end, got = time.monotonic() + seconds, 0
    while time.monotonic() < end and not over.is_set():
        with suppress(TimeoutError):
            told = ForwardMsg.FromString(socket_.recv(timeout=1))
            ended = told.WhichOneof("type") == "script_finished"
            got += ended and told.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
    return got


def prepare(url: str) -> tuple[str, ...]:
    """Make the survey with its 72 placements; return the paths of their forms."""
    with open_store(url) as store:
        known = data.survei()
        store.save_survei(known, data.toml())
        made = store.add_tautan(
            known.id, [TautanBaru(titik.kode, None, Kanal.KIOS) for titik in known.titik]
        )
    return tuple(f"/isi/{tautan.kode}" for tautan in made)


def faults(url: str, kiriman: Kiriman) -> list[str]:
    """Return what is wrong: a thanked answer that is missing or double, counts that are untrue."""
    survei_id = data.survei().id
    with open_store(url) as store:
        with store.engine.connect() as conn:
            kept: dict[str | None, int] = dict(
                conn.execute(
                    select(jawaban.c.id_kirim, func.count())
                    .where(jawaban.c.survei_id == survei_id)
                    .group_by(jawaban.c.id_kirim)
                )
                .tuples()
                .all()
            )
            query = select(resi.c.id_kirim, resi.c.tanggapan).where(resi.c.survei_id == survei_id)
            codes: dict[str, str] = dict(conn.execute(query).tuples().all())
        found = [f"thanked and not kept: {i}" for i in kiriman.diterima if i not in kept]
        found += [f"kept {n} times: {i}" for i, n in kept.items() if n != 1]
        found += [
            f"another code: {i}" for i, code in kiriman.diterima.items() if codes.get(i) != code
        ]
        found += [f"two codes: {i}" for i in kiriman.berbeda]
        found += [f"recap: {fault}" for fault in store.check_recap()]
    return found


@dataclass(frozen=True)
class Cluster:
    """A PostgreSQL server of our own: its folder, port and programs."""

    folder: Path
    port: int
    bin: Path

    @property
    def url(self) -> str:
        """Return the address of its database."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    def control(self, action: str, *more: str) -> None:
        """Start, stop or restart it."""
        options = ["-o", f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1"]
        command = [str(self.bin / "pg_ctl"), "-D", str(self.folder / "data"), "-w", *more]
        log = ["-l", str(self.folder / "log.txt")]
        _as_postgres([*command, *(options + log if action != "stop" else []), action])


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """Give a fresh server of our own, stopped afterwards. Raises RuntimeError without programs."""
    homes = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not homes:
        raise RuntimeError("no PostgreSQL programs under /usr/lib/postgresql")
    folder.mkdir(parents=True)
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
        folder.chmod(0o755)
    own = Cluster(folder, free_port(), homes[-1].parent)
    data_folder = str(folder / "data")
    _as_postgres([str(homes[-1]), "-D", data_folder, "-A", "trust", "-U", "postgres", "-E", "UTF8"])
    own.control("start")
    try:
        yield own
    finally:
        own.control("stop", "-m", "immediate")


def _as_postgres(command: list[str]) -> None:
    """Run a program of the server: it refuses to be run by root."""
    prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*prefix, *command], check=True, stdout=subprocess.DEVNULL, cwd="/")


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
