"""From the start of the process to its first answer, and what the idle server holds.

The peer is Streamlit's own `streamlit hello`, which opens no database. "empty folder" is the very
first start, which makes the tables and takes in the sample survey. The terminal program has Python
itself beside it.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.proses import running
from bench.terpisah import ROOT, memory
from bench.ukur import Baris, Pilihan, Sasaran, Sebaran, Tolok, compare, race

HELLO = (
    "-m streamlit hello --server.headless true --server.port {port} "
    "--server.fileWatcherType none --browser.gatherUsageStats false"
)
APP = f"{ROOT / 'app.py'}"


def run(pilihan: Pilihan) -> list[Baris]:
    """Return the times and the memory."""
    seconds: dict[str, list[float]] = {"SKM": [], "streamlit hello": [], "SKM, empty folder": []}
    held: dict[str, list[float]] = {"SKM": [], "streamlit hello": []}
    known = pilihan.folder / "mulai"
    _start(APP, known, pilihan.folder)
    for _ in range(pilihan.putaran):
        for name, command in (("SKM", APP), ("streamlit hello", HELLO)):
            taken, megabytes = _start(command, known, pilihan.folder)
            seconds[name].append(taken)
            held[name].append(megabytes)
        with TemporaryDirectory(dir=pilihan.folder) as empty:
            seconds["SKM, empty folder"].append(_start(APP, Path(empty), pilihan.folder)[0])
    rows = _lines("start to first answer", seconds, "s", (Sasaran(1.3, "streamlit hello"),))
    rows += _lines("memory of the idle server", held, "MB", ())
    return [*rows, *_terminal(pilihan.putaran)]


def _start(command: str, data: Path, folder: Path) -> tuple[float, float]:
    """Return the seconds to the first answer, and the memory after it in MB."""
    with running(command, folder, {"SKM_DATA": str(data)}) as server:
        return server.detik, memory(server.pid)


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
        subprocess.run(self._command, cwd=ROOT, capture_output=True, check=True)
        return time.perf_counter() - start


TOLOK = Tolok(
    nama="mulai",
    tentang=(__doc__ or "").strip(),
    jalan=run,
    ukuran=(1,),
    kecil=1,
)
