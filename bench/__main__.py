"""`python -m bench` runs all benchmarks and writes hasil.md; `python -m bench NAME --n 1000000`
runs one at that size and only prints it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from bench.daftar import DAFTAR
from bench.mesin import describe
from bench.tabel import table, write
from bench.ukur import Baris, Pilihan, Tolok


def main() -> int:
    """Run what the command line names."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("nama", nargs="*", help=f"of {', '.join(DAFTAR)}; all where none is named")
    parser.add_argument("--n", type=int, nargs="+", help="these sizes, only printed")
    parser.add_argument("--tulis", action="store_true", help="write these, too")
    parser.add_argument("--putaran", type=int, default=5, help="rounds (5)")
    parser.add_argument("--folder", type=Path, help="keep the filled stores here for another run")
    given = parser.parse_args()
    unknown = set(given.nama) - set(DAFTAR)
    if unknown:
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory() as own:
        folder = given.folder or Path(own)
        folder.mkdir(parents=True, exist_ok=True)
        everything: list[Baris] = []
        for name in given.nama or DAFTAR:
            tolok = DAFTAR[name]
            machine = describe()
            rows = run(tolok, given.n or tolok.ukuran, given.putaran, folder)
            everything += rows
            if given.n is None or given.tulis:
                write(name, f"{tolok.tentang}\n\n{machine}.\n\n{table(rows)}")
    print(table(everything))
    return 0


def run(
    tolok: Tolok, sizes: tuple[int, ...] | list[int], putaran: int, folder: Path
) -> list[Baris]:
    """Return the lines of one benchmark at each size."""
    rows: list[Baris] = []
    for n in sizes:
        sys.stderr.write(f"{tolok.nama} {n:,} …\n")
        rows += tolok.jalan(Pilihan(n, putaran, folder))
    return rows


if __name__ == "__main__":
    sys.exit(main())
