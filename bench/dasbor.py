"""A rerun of each dashboard page with 40 open viewers, and the memory that a viewer takes.

The viewers are websockets that speak Streamlit's protocol to the real server, so that the time is
that of the whole rerun: from the browser's message to the end of the script, with everything that
is sent. "after a new answer" reruns with nothing remembered, as when answers come in all day.
The peer is the work of a page that reads the raw answers of the quarter with pandas each time.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bench import data
from bench.masuk import sign_in
from bench.mulai import APP
from bench.proses import running
from bench.terpisah import memory
from bench.ukur import Baris, Pilihan, Sasaran, Sebaran, Tolok, compare, peer
from skm.jawaban import Jawaban, Kanal
from skm.periode import parse_period
from skm.store import BatchBaru, Store

PAGES = (
    "ringkasan", "kekuatan", "prioritas", "kepastian", "responden", "kelola-saran",
    "tindak-lanjut", "laporan", "unggah", "tautan", "pengumpulan", "pengaturan", "akun", "jejak",
)  # fmt: skip
VIEWERS = 40
PERIODE = "2025-T4"
_LIMIT = Sasaran(0.3)
_PATIENCE = 120.0


class Penonton:
    """One open page: a websocket that asks for reruns and waits for their end."""

    def __init__(self, socket: Any, halaman: str) -> None:  # noqa: ANN401
        self._socket = socket
        # The first page is the one at the address without a name.
        self._halaman = "" if halaman == PAGES[0] else halaman

    def rerun(self) -> float:
        """Return the seconds of one run of the page's script. Raises RuntimeError for a failed."""
        from streamlit.proto.BackMsg_pb2 import BackMsg
        from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

        asked = BackMsg()
        asked.rerun_script.query_string = f"survei=bench&periode={PERIODE}"
        asked.rerun_script.page_name = self._halaman
        start = time.perf_counter()
        self._socket.send(asked.SerializeToString())
        while True:
            told = ForwardMsg.FromString(self._socket.recv(timeout=_PATIENCE))
            if told.WhichOneof("type") == "script_finished":
                if told.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
                    raise RuntimeError(f"{self._halaman}: {told}")
                return time.perf_counter() - start


def run(pilihan: Pilihan) -> list[Baris]:
    """Return the figures; none where no websocket client is installed."""
    client = peer("websockets.sync.client")
    if client is None:
        return []
    with data.filled(pilihan.folder, pilihan.n) as store, ExitStack() as stack:
        path = pilihan.folder / f"isi-{pilihan.n}.db"
        name, token = sign_in(store)
        environ = {"SKM_DATA": str(pilihan.folder), "SKM_DATABASE_URL": f"sqlite:///{path}"}
        server = stack.enter_context(running(APP, pilihan.folder, environ))

        def view(page: str) -> Penonton:
            address = f"{server.alamat.replace('http', 'ws', 1)}/_stcore/stream"
            options = {
                "subprotocols": ["streamlit"],
                "origin": server.alamat,
                "max_size": None,
                "additional_headers": {"Cookie": f"{name}={token}"},
            }
            viewer = Penonton(stack.enter_context(client.connect(address, **options)), page)
            viewer.rerun()
            return viewer

        viewers = {page: view(page) for page in PAGES}
        before = memory(server.pid)
        for ke in range(VIEWERS):
            view(PAGES[ke % len(PAGES)])
        each = (memory(server.pid) - before) / VIEWERS
        again, anew, raw = _rounds(store, path, viewers, pilihan.putaran)
    rows: list[Baris] = []
    for kerja, found in (("rerun, p95", again), ("rerun after a new answer, p95", anew)):
        for page, times in found.items():
            figures = {"SKM": _p95(times), "pandas on raw answers": _p95(raw)}
            rows += compare(f"{kerja}: {page}", pilihan.n, figures, (_LIMIT,))[:1]
    rows += compare("the raw answers of a quarter", pilihan.n, {"pandas": Sebaran((*raw,))})
    rows += compare("memory a viewer", pilihan.n, {"SKM": Sebaran((each,), "MB")}, (Sasaran(5),))
    return rows


def _rounds(
    store: Store, path: Path, viewers: dict[str, Penonton], putaran: int
) -> tuple[dict[str, list[float]], dict[str, list[float]], list[float]]:
    again: dict[str, list[float]] = {page: [] for page in viewers}
    anew: dict[str, list[float]] = {page: [] for page in viewers}
    raw: list[float] = []
    for _ in range(putaran):
        for page, viewer in viewers.items():
            _add_answer(store)
            anew[page].append(viewer.rerun())
            again[page] += [viewer.rerun() for _ in range(4)]
        raw.append(_raw(path))
    return again, anew, raw


def _add_answer(store: Store) -> None:
    known = store.load_survei("bench")
    answer = Jawaban("4" * len(known.kuesioner.pertanyaan), parse_period(PERIODE))
    store.add_batch(known.id, BatchBaru(Kanal.QR), [answer])


def _raw(path: Path) -> float:
    """Return the seconds of reading a quarter's answers and averaging them by layanan."""
    import pandas as pd

    start = time.perf_counter()
    with sqlite3.connect(path) as conn:
        query = (
            "SELECT layanan, titik, nilai FROM jawaban WHERE survei_id = 'bench' AND periode = ?"
        )
        frame = pd.read_sql(query, conn, params=(PERIODE,))
    columns = {i: pd.to_numeric(frame.nilai.str[i], errors="coerce") for i in range(9)}
    marks = pd.DataFrame(columns)
    marks.groupby(frame.layanan).mean()
    return time.perf_counter() - start


def _p95(times: Sequence[float]) -> Sebaran:
    """Return the time that 95 of 100 do not pass."""
    ordered = sorted(times)
    return Sebaran((ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))],))


TOLOK = Tolok(
    nama="dasbor",
    tentang=(__doc__ or "").strip(),
    jalan=run,
    ukuran=(1_000_000,),
    kecil=200,
)
