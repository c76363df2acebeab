"""One way of getting a file into a database, in a process of its own (`bench/impor.py`)."""

from __future__ import annotations

import csv
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from bench.terpisah import memory, report

Cara = Callable[[Path, Path], float]


def skm(source: Path, folder: Path) -> float:
    """Return the seconds of an upload as the program does it, on SQLite."""
    from bench import data
    from skm.intake import Opsi
    from skm.periode import parse_period
    from skm.store import open_store
    from skm.unggah import inspect, propose, read, take

    known = data.survei()
    with open_store(f"sqlite:///{folder / 'skm.db'}") as store:
        store.save_survei(known, data.toml())
        start = time.perf_counter()
        berkas = read(source.name, source.read_bytes())
        columns = propose(berkas, known)
        dated = columns.column("waktu") is not None
        opsi = Opsi(
            periode=None if dated else parse_period("2025-T4"),
            layanan=None if dated else known.layanan[0].kode,
            titik=None if dated else known.titik[0].kode,
        )
        plan = inspect(store, known, berkas, columns, opsi)
        if plan.pemeriksaan.ditolak:
            raise RuntimeError(plan.pemeriksaan.ditolak[0].pesan)
        take(store, plan)
        return time.perf_counter() - start


def pandas(source: Path, folder: Path) -> float:
    """Return the seconds of read_csv and to_sql."""
    import pandas as pd
    from sqlalchemy import create_engine

    start = time.perf_counter()
    frame = pd.read_csv(source)
    frame.to_sql("jawaban", create_engine(f"sqlite:///{folder / 'pandas.db'}"), index=False)
    return time.perf_counter() - start


def bare(source: Path, folder: Path) -> float:
    """Return the seconds of the least that a program in Python can do."""
    start = time.perf_counter()
    with sqlite3.connect(folder / "bare.db") as conn, source.open(encoding="utf-8") as file:
        rows = csv.reader(file)
        width = len(next(rows))
        conn.execute(f"CREATE TABLE jawaban ({', '.join(f'k{i}' for i in range(width))})")
        conn.executemany(f"INSERT INTO jawaban VALUES ({', '.join('?' * width)})", rows)
    return time.perf_counter() - start


def bare_ours(source: Path, folder: Path) -> float:
    """Return the seconds of reading the file and putting finished rows into our own table."""
    from bench import data
    from skm.jawaban import Kanal
    from skm.store import BatchBaru, open_store

    path = folder / "ours.db"
    known = data.survei()
    with open_store(f"sqlite:///{path}") as store:
        store.save_survei(known, data.toml())
        batch = store.add_batch(known.id, BatchBaru(Kanal.UNGGAH, "bench.csv"), [])
    with source.open(encoding="utf-8") as file:
        made = list(data.stored(data.make(sum(1 for _ in file) - 1), batch.id))
    start = time.perf_counter()
    with source.open(encoding="utf-8") as file:
        for _ in csv.reader(file):
            pass
    with sqlite3.connect(path) as conn:
        conn.executemany(data.INSERT, made)
    return time.perf_counter() - start


def calamine(source: Path, folder: Path) -> float:
    """Return the seconds of reading the cells of a workbook and nothing else."""
    from python_calamine import load_workbook

    start = time.perf_counter()
    with load_workbook(str(source)) as book:
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()
    return time.perf_counter() - start


CARA: Mapping[str, Cara] = {
    "SKM": skm,
    "pandas": pandas,
    "bare loop": bare,
    "bare loop, our table": bare_ours,
    "calamine": calamine,
}


def main() -> None:
    """Run the way that the arguments name."""
    way, source, folder = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    with tempfile.TemporaryDirectory(dir=folder) as own:
        before = memory()
        report(CARA[way](source, Path(own)), before)


if __name__ == "__main__":
    main()
