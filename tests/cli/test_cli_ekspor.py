"""`ekspor`: files beside each other, nothing overwritten, and a line in the trail."""

from __future__ import annotations

from pathlib import Path

import pytest

from skm.cli import main
from skm.jawaban import Jawaban, Kanal
from skm.periode import parse_period
from skm.settings import read_settings
from skm.store import BatchBaru, open_store
from skm.survei import parse_survei
from tests.dashboard.survei_uji import TOML

T1 = parse_period("2025-T1")


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with one small survey, and no survey files to read."""
    monkeypatch.setenv("SKM_DATA", str(tmp_path))
    monkeypatch.delenv("SKM_DATABASE_URL", raising=False)
    monkeypatch.setattr("skm.cli.ekspor.prepare", lambda s, **_: open_store(s.database_url))
    with open_store(read_settings().database_url) as store:
        toml = TOML.format(id="uji", nama="Uji")
        store.save_survei(parse_survei(toml, "uji"), toml)
        rows = [Jawaban("43", T1, saran="Kursi kurang"), Jawaban("2-", T1)]
        store.add_batch("uji", BatchBaru(Kanal.UNGGAH), rows)
    return tmp_path


def run(path: Path, *more: str) -> int:
    words = ("ekspor", "--survei", "uji", "--periode", "2025-T1", "--keluaran", str(path))
    return main([*words, *more])


def test_data_and_codebook_and_remarks_only_when_asked_for(data: Path) -> None:
    assert run(data / "a.csv") == 0
    assert {p.name for p in data.glob("a*")} == {"a.csv", "a-kamus.csv"}
    assert "Kursi" not in "".join(p.read_text() for p in data.glob("a*"))
    assert run(data / "b.parquet", "--bentuk", "parquet", "--saran") == 0
    names = {p.name for p in data.glob("b*")}
    assert names == {"b.parquet", "b-kamus.csv", "b-saran.parquet"}
    with open_store(read_settings().database_url) as store:
        entries = store.trail(limit=2)
    assert [(e.pelaku, e.tindakan, e.objek) for e in entries] == [
        ("terminal", "baca-jawaban", "2025-T1")
    ] * 2


def test_nothing_is_overwritten_by_itself(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data / "a-kamus.csv").write_text("milik orang")
    assert run(data / "a.csv") == 2
    assert "a-kamus.csv" in capsys.readouterr().err
    assert not (data / "a.csv").exists()
    assert run(data / "a.csv", "--timpa") == 0
    assert run(data / "a.xlsx") == 2
