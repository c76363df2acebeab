"""From the start of the process to its first answer, and what the idle server holds.

The peer is Streamlit's own `streamlit hello`, which opens no database. "empty folder" is the very
first start, which makes the tables and takes in the sample survey; "after SIGKILL" comes up on a
database whose server was killed. The terminal program has Python itself beside it. Memory is that
after two seconds, when what follows the first answer has been imported too.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.proses import running, user_environ
from bench.terpisah import ROOT, memory
from bench.ukur import Baris, Pilihan, Sasaran, Sebaran, Tolok, compare, race

HELLO = (
    "-m streamlit hello --server.headless true --server.port {port} "
    "--server.fileWatcherType none --browser.gatherUsageStats false"
)
APP = f"{ROOT / 'app.py'}"
_SETTLED = 2.0


def run(pilihan: Pilihan) -> list[Baris]:
    """Return the times and the memory."""
    ways = ("SKM", "streamlit hello", "SKM, empty folder", "SKM, after SIGKILL")
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    held: dict[str, list[float]] = {"SKM": [], "streamlit hello": []}
    known = pilihan.folder / "mulai"
    _start(APP, known, pilihan.folder)
    _start(HELLO, known, pilihan.folder)
    for _ in range(pilihan.putaran):
        for name, command in (("SKM", APP), ("streamlit hello", HELLO)):
            taken, megabytes = _start(command, known, pilihan.folder)
            seconds[name].append(taken)
            held[name].append(megabytes)
        with TemporaryDirectory(dir=pilihan.folder) as empty:
            seconds["SKM, empty folder"].append(_start(APP, Path(empty), pilihan.folder)[0])
        seconds["SKM, after SIGKILL"].append(_start_again(known, pilihan.folder))
    killed = {"SKM": seconds.pop("SKM, after SIGKILL")}
    rows = _lines("start to first answer", seconds, "s", (Sasaran(1.3, "streamlit hello"),))
    rows += _lines("the same after SIGKILL", killed, "s", (Sasaran(5),))
    rows += _lines("memory of the idle server", held, "MB", ())
    return [*rows, *_terminal(pilihan.putaran)]


def _start(command: str, data: Path, folder: Path) -> tuple[float, float]:
    """Return the seconds to the first answer, and the memory when nothing follows, in MB."""
    with running(command, folder, {"SKM_DATA": str(data)}) as server:
        time.sleep(_SETTLED)
        return server.detik, memory(server.pid)


def _start_again(data: Path, folder: Path) -> float:
    """Return the seconds to the first answer after a server of the same data was killed."""
    environ = {"SKM_DATA": str(data)}
    with running(APP, folder, environ) as server:
        os.kill(server.pid, signal.SIGKILL)
    with running(APP, folder, environ) as server:
        return server.detik


def _lines(
    kerja: str, found: Mapping[str, Sequence[float]], satuan: str, target: Sequence[Sasaran]
) -> list[Baris]:
    figures = {name: Sebaran(tuple(values), satuan) for name, values in found.items()}
    return compare(kerja, 1, figures, target)


def _terminal(putaran: int) -> list[Baris]:
    ways = {"SKM": ("-m", "skm", "--help"), "python -c pass": ("-c", "pass")}
    found = race({name: _Once(arguments) for name, arguments in ways.items()}, putaran)
    return compare("python -m skm --help", 1, found, (Sasaran(0.4),))


class _Once:
    """Runs Python once with some arguments."""

    def __init__(self, arguments: tuple[str, ...]) -> None:
        self._command = [sys.executable, *arguments]

    def __call__(self) -> float:
        start = time.perf_counter()
        subprocess.run(self._command, cwd=ROOT, env=user_environ(), capture_output=True, check=True)
        return time.perf_counter() - start


TOLOK = Tolok(
    nama="mulai",
    tentang=(__doc__ or "").strip(),
    jalan=run,
    ukuran=(1,),
    kecil=1,
)
