"""The report of a semester as DOCX, PDF and audit workbook (XLSX), in a fresh process.

Of 14 layanan at 72 titik. The workbook holds every answer with its formulas, so it grows with the
answers; the other two do not.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from bench import data
from bench.terpisah import memory, report, run_apart
from bench.ukur import Baris, Pilihan, Sasaran, Sebaran, Tolok, compare

FORMS = ("docx", "pdf", "xlsx")
TOGETHER = "+".join(FORMS)
_FEW = 10_000
"""About what such an office collects in a year; the targets are for this size."""


def run(pilihan: Pilihan) -> list[Baris]:
    """Return the time and the memory of all three, and the time of each."""
    data.filled(pilihan.folder, pilihan.n).close()
    ways = (TOGETHER, *FORMS)
    found = {
        way: [
            run_apart("bench.laporan", (way, pilihan.folder, pilihan.n))
            for _ in range(min(pilihan.putaran, 3))
        ]
        for way in ways
    }
    seconds = {way: Sebaran(tuple(j.detik for j in runs)) for way, runs in found.items()}
    peak = Sebaran(tuple(j.puncak for j in found[TOGETHER]), "MB")
    office = pilihan.n <= _FEW
    rows = compare(
        "all three", pilihan.n, {"SKM": seconds[TOGETHER]}, (Sasaran(5.0),) if office else ()
    )
    for form in FORMS:
        rows += compare(form, pilihan.n, {"SKM": seconds[form]})
    target = (Sasaran(400),) if office else ()
    return [*rows, *compare("all three: memory", pilihan.n, {"SKM": peak}, target)]


def main() -> None:
    """Write what the arguments name."""
    from skm.laporan.berkas import Bentuk, make_report
    from skm.penutupan.resmi import open_official
    from skm.periode import parse_period

    forms, folder, n = sys.argv[1].split("+"), Path(sys.argv[2]), int(sys.argv[3])
    before = memory()
    with data.filled(folder, n) as store:
        start = time.perf_counter()
        for form in forms:
            make_report(open_official(store, "bench"), parse_period("2025-S2"), Bentuk(form))
        report(time.perf_counter() - start, before)


TOLOK = Tolok(
    nama="laporan",
    tentang=(__doc__ or "").strip(),
    jalan=run,
    ukuran=(10_000, 100_000),
    kecil=1_000,
)

if __name__ == "__main__":
    main()
