"""NRR per unsur by triwulan × layanan × titik, and by layanan alone, read from the store.

The peers hold the same answers as they like them best: DuckDB in a table of its own on disk, pandas
and polars in memory. The floor is reading nine bytes an answer from a file in the page cache.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bench import data
from bench.ukur import Baris, Kerja, Pilihan, Sasaran, Tolok, compare, peer, race
from skm.periode import parse_period
from skm.rekap import TabelNrr
from skm.store import Store

_BLOCK = 1024 * 1024
TAHUN = parse_period("2025")


def run(pilihan: Pilihan) -> list[Baris]:
    """Return the times of both questions at one size."""
    answers = data.make(pilihan.n)
    floor = _bytes_file(pilihan.folder, answers)
    frame = _frame(answers)
    with data.filled(pilihan.folder, pilihan.n) as store:
        peers = _peers(pilihan.folder, frame, ["triwulan", "layanan", "titik"])
        whole: dict[str, Kerja] = {
            "SKM": lambda: nrr(store, ("layanan", "titik")),
            **peers,
            "9 bytes an answer": lambda: _read(floor),
        }
        found = race(whole, pilihan.putaran)
        rows = compare(
            "triwulan × layanan × titik", pilihan.n, found, _targets(pilihan.n, "DuckDB")
        )
        one: dict[str, Kerja] = {
            "SKM": lambda: nrr(store, ("layanan",)),
            **_peers(pilihan.folder, frame, ["triwulan", "layanan"]),
        }
        found = race(one, max(pilihan.putaran, 9))
        return [*rows, *compare("triwulan × layanan", pilihan.n, found, (Sasaran(0.002),))]


def _targets(n: int, peer_name: str) -> tuple[Sasaran, ...]:
    return (Sasaran(1 / 20, peer_name),) if n >= 10_000_000 else ()


def nrr(store: Store, per: Sequence[str]) -> TabelNrr:
    """Return the exact NRR of each unsur in each group, fresh from the database.

    As whole numbers, two for each, where the peers give a rounded mean.
    """
    return store.nrr_table("bench", TAHUN, per)


def _frame(answers: data.Jawaban) -> Any:  # noqa: ANN401 - pandas has no types
    """Return the answers as a Streamlit developer has them: text columns and nine of numbers."""
    import pandas as pd

    known = answers.survei
    columns: dict[str, Any] = {
        "triwulan": pd.Series(_texts(("", *(f"2025-T{i}" for i in range(1, 5))), answers.triwulan)),
        "layanan": pd.Series(_texts([item.kode for item in known.layanan], answers.layanan)),
        "titik": pd.Series(_texts([item.kode for item in known.titik], answers.titik)),
    }
    marks = answers.nilai.astype(np.float32)
    marks[marks == 0] = np.nan
    columns |= {_column(i): marks[:, i] for i in range(marks.shape[1])}
    return pd.DataFrame(columns)


def _texts(names: Sequence[str], places: Any) -> Any:  # noqa: ANN401
    return np.array(names, dtype=object)[places]


def _column(i: int) -> str:
    return f"u{i + 1}"


def _peers(folder: Path, frame: Any, keys: list[str]) -> dict[str, Kerja]:  # noqa: ANN401
    marks = [name for name in frame.columns if name not in ("triwulan", "layanan", "titik")]
    ways: dict[str, Kerja] = {}
    if duckdb := peer("duckdb"):
        conn = duckdb.connect(str(folder / f"duck-{len(frame)}.db"))
        conn.execute("SET threads = 2")
        conn.register("frame", frame)
        numbers = ", ".join(f"TRY_CAST({name} AS TINYINT) AS {name}" for name in marks)
        texts = "triwulan, layanan, titik"
        made = "CREATE TABLE IF NOT EXISTS jawaban AS SELECT"
        conn.execute(f"{made} {texts}, {numbers} FROM frame")
        conn.unregister("frame")
        sums = ", ".join(f"avg({name})" for name in marks)
        by = ", ".join(keys)
        query = f"SELECT {by}, {sums} FROM jawaban GROUP BY {by}"
        ways["DuckDB"] = lambda: conn.execute(query).fetchall()
    ways["pandas"] = lambda: frame.groupby(keys)[marks].mean()
    if polars := peer("polars"):
        table = polars.DataFrame({name: frame[name].to_numpy() for name in frame.columns})
        ways["polars"] = lambda: table.group_by(keys).agg(polars.col(marks).mean())
    return ways


def _bytes_file(folder: Path, answers: data.Jawaban) -> Path:
    path = folder / f"byte-{len(answers)}.bin"
    if not path.exists():
        path.write_bytes(answers.nilai.tobytes())
    return path


def _read(path: Path) -> int:
    block = bytearray(_BLOCK)
    total = 0
    with path.open("rb", buffering=0) as file:
        while size := file.readinto(block):
            total += size
    return total


TOLOK = Tolok(
    nama="agregasi",
    tentang=(__doc__ or "").strip(),
    jalan=run,
    ukuran=(100_000, 1_000_000, 10_000_000),
    kecil=2_000,
)
