"""Every benchmark runs at a tiny size, so that none rots; what it measures is not looked at."""

from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path

import pytest

from bench import agregasi, data
from bench.daftar import DAFTAR
from bench.tabel import table
from bench.ukur import Pilihan
from skm.rekap import Slot

pytestmark = pytest.mark.lambat


SERVED = {"dasbor", "muat-pertama", "mulai"}
"""Those that start the program, or a browser."""


@pytest.mark.parametrize(
    "nama",
    [pytest.param(n, marks=pytest.mark.journey) if n in SERVED else n for n in DAFTAR],
)
def test_a_benchmark_runs(nama: str, tmp_path: Path):
    tolok = DAFTAR[nama]
    with ThreadPoolExecutor(1) as thread:  # a journey may have left its event loop in this one
        rows = thread.submit(tolok.jalan, Pilihan(tolok.kecil, 1, tmp_path)).result()
    if not rows:
        pytest.skip("what it drives is not installed")
    assert rows[0].cara == "SKM"
    assert all(value >= 0 for row in rows for value in row.hasil.nilai)
    assert table(rows).count("\n") == len(rows) + 1


def test_a_filled_store_holds_what_was_made(tmp_path: Path):
    answers = data.make(500)
    counts: dict[tuple, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    known = answers.survei
    for ke, marks in enumerate(answers.nilai.tolist()):
        key = (
            f"2025-T{answers.triwulan[ke]}",
            known.layanan[answers.layanan[ke]].kode,
            known.titik[answers.titik[ke]].kode,
            "",
        )
        for unsur, mark in zip(known.unsur, marks, strict=True):
            if mark:
                counts[key][unsur.kode].append(mark)
    with data.filled(tmp_path, 500) as store:
        assert store.check_recap() == ()
        found = agregasi.nrr(store, ("layanan", "titik"))
    assert {group: found.nrr(group) for group in found.baris} == {
        key: {Slot(kode): Fraction(sum(m), len(m)) for kode, m in by_unsur.items()}
        for key, by_unsur in counts.items()
    }
