import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm.peraturan.sampel import needed_sample

with (Path(__file__).parents[1] / "contoh/krejcie_morgan.csv").open(encoding="utf-8") as file:
    LAMPIRAN_II = [
        (int(row["populasi_N"]), int(row["sampel_n_tabel_lampiran_II"]))
        for row in csv.DictReader(file)
    ]


def test_every_row_of_the_regulations_table() -> None:
    assert len(LAMPIRAN_II) == 90
    assert [needed_sample(n) for n, _ in LAMPIRAN_II] == [s for _, s in LAMPIRAN_II]


@given(st.integers(0, 10**9))
def test_never_more_than_the_population_and_never_falling(populasi: int) -> None:
    assert 0 <= needed_sample(populasi) <= min(populasi, 384)
    assert needed_sample(populasi) <= needed_sample(populasi + 1)


def test_a_negative_population() -> None:
    with pytest.raises(ValueError, match="-1"):
        needed_sample(-1)
