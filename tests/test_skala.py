"""The measurements of docs/skala.md can be run, and its answers are the same each time."""

from __future__ import annotations

import importlib.util
from itertools import islice
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "docs" / "hitung_skala.py"


@pytest.fixture(scope="module")
def skala():
    spec = importlib.util.spec_from_file_location("hitung_skala", SOURCE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_counts_end_where_every_cell_is_there(
    skala, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(skala, "SIZES", (1, 200, 2_000))
    skala.rekap()
    lines = [line.strip("| ").split(" | ") for line in capsys.readouterr().out.splitlines()]
    rows = [[int(cell) for cell in line] for line in lines[1:]]
    # One respondent, four profile fields, a day; a place, by both, each and with its respondents.
    assert rows[0] == [1, 1, 4, 1, *[1] * 5]
    assert all(row[1] == row[4] for row in rows), "nobody leaves a question out"
    assert all(row[1] <= 14 * 72 for row in rows)
    assert rows[2][1] < 10 * rows[1][1], "ten times the answers, fewer than ten times the cells"


def test_the_answers_come_from_a_seed(skala) -> None:
    survei = skala.parse_survei(skala.TOML, "contoh")
    first, again, other = (list(islice(skala.answers(survei, n), 20)) for n in (1, 1, 2))
    assert first == again != other
