"""A file from its bytes to stored answers: read, map, check with located faults, store, count.

Each way runs in a fresh process, which also tells its memory. The floors do far less: they take
rows that are already clean, and look at nothing. "bare loop" is `csv` and `executemany` into a
table without an index; "bare loop, our table" puts the same number of finished rows into the
table of answers with its indexes, which is what the database alone takes of ours.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import xlsxwriter

from bench import data
from bench.terpisah import Jejak, run_apart
from bench.ukur import Baris, Pilihan, Sasaran, Sebaran, Tolok, compare

SARAN = "Saran"
XLSX = 50_000
_RUNNER = "bench.impor_cara"


def run(pilihan: Pilihan) -> list[Baris]:
    """Return the figures of a file of n rows of marks, and of full rows as CSV and as XLSX."""
    few = min(pilihan.n, XLSX)
    bare, full = pilihan.folder / f"u-{pilihan.n}.csv", pilihan.folder / f"penuh-{few}.csv"
    book = pilihan.folder / f"penuh-{few}.xlsx"
    _write_csv(bare, _bare_rows(pilihan.n))
    _write_csv(full, full_rows(few))
    _write_xlsx(book, full_rows(few))
    rows: list[Baris] = []
    ways = ("SKM", "pandas", "bare loop", "bare loop, our table")
    limits = Sasaran(1.5, "bare loop"), Sasaran(250)
    rows += _lines("CSV, marks only", pilihan.n, _race(ways, bare, pilihan), *limits)
    rows += _lines("CSV, all columns", few, _race(ways, full, pilihan), *limits)
    found = _race(("SKM", "calamine"), book, pilihan)
    return [*rows, *_lines("XLSX, all columns", few, found, Sasaran(2, "calamine"), None)]


def _race(ways: tuple[str, ...], path: Path, pilihan: Pilihan) -> dict[str, list[Jejak]]:
    found: dict[str, list[Jejak]] = {way: [] for way in ways}
    for _ in range(min(pilihan.putaran, 3)):
        for way in ways:
            found[way].append(run_apart(_RUNNER, (way, path, pilihan.folder)))
    return found


def _lines(
    kerja: str,
    n: int,
    found: Mapping[str, list[Jejak]],
    time: Sasaran,
    memory: Sasaran | None,
) -> list[Baris]:
    seconds = {way: Sebaran(tuple(j.detik for j in runs)) for way, runs in found.items()}
    peaks = {way: Sebaran(tuple(j.puncak for j in runs), "MB") for way, runs in found.items()}
    lines = compare(kerja, n, seconds, (time,))
    start = "" if not found["SKM"] else f"{found['SKM'][0].awal:.0f} MB before the first byte"
    lines += compare(f"{kerja}: memory", n, peaks, (memory,) if memory else (), {"SKM": start})
    return lines


def _bare_rows(n: int) -> Iterator[list[str]]:
    answers = data.make(n)
    yield [f"U{i}" for i in range(1, answers.nilai.shape[1] + 1)]
    for _, _, _, _, nilai, _, _ in data.rows(answers):
        yield ["" if mark == "-" else mark for mark in nilai]


def full_rows(n: int) -> Iterator[list[str]]:
    """Yield a header and n rows with every column that the sample's own files have."""
    answers = data.make(n)
    known = answers.survei
    names = {unsur.kode: unsur.nama for unsur in known.unsur}
    unsur = [names.get(slot.kode, slot.kode) for slot in known.slots()]
    labels = [p.label for p in known.profil]
    yield ["Nomor", "Waktu", "Jenis Layanan", "Titik Layanan", *unsur, *labels, SARAN]
    for ke, (moment, _, i, j, nilai, profil, saran) in enumerate(data.rows(answers), start=1):
        at = data.MULAI + timedelta(seconds=moment, hours=7)
        marks = ["" if mark == "-" else mark for mark in nilai]
        place = [known.layanan[i].nama, known.titik[j].nama]
        values = [value for _, value in profil]
        yield [str(ke), f"{at:%Y-%m-%d %H:%M:%S}", *place, *marks, *values, saran or ""]


def _write_csv(path: Path, rows: Iterator[list[str]]) -> None:
    if not path.exists():
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)


def _write_xlsx(path: Path, rows: Iterator[list[str]]) -> None:
    if not path.exists():
        with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
            sheet = book.add_worksheet("Jawaban")
            for ke, row in enumerate(rows):
                sheet.write_row(ke, 0, row)


TOLOK = Tolok(
    nama="impor",
    tentang=(__doc__ or "").strip(),
    jalan=run,
    ukuran=(1_000_000,),
    kecil=300,
)
