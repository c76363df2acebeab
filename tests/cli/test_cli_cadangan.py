"""`cadangkan`, `pulihkan` and `susutkan` as a clerk uses them."""

import shutil
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import update

from skm.cli.storing import opened
from skm.pesan import message
from skm.store.schema import rekap_responden


@pytest.fixture
def stored(cli, uji: Path, tmp_path: Path) -> Path:
    """Two answers of the fourth quarter; the data folder that they are in."""
    rows = ["Nomor,Tanggal,Jenis Layanan,U1,U2", "1,15/10/2024,KTP Elektronik,4,4"]
    berkas = tmp_path / "jawaban.csv"
    berkas.write_text("\n".join([*rows, "2,16/10/2024,Kartu Keluarga,3,4\n"]), encoding="utf-8")
    assert cli("unggah", berkas, "--survei", "uji").code == 0
    return tmp_path / "data"


def figures(cli) -> str:
    outcome = cli("ikm", "--survei", "uji", "--periode", "2024-T4", "--json")
    assert outcome.code == 0
    return outcome.out


def test_a_lost_folder_comes_back(cli, stored: Path, tmp_path: Path) -> None:
    before, path = figures(cli), tmp_path / "cadangan.zip"
    code, out, err = cli("cadangkan", path)
    assert code == 0
    assert "1 survei, 2 jawaban" in out
    assert err.strip() == message("cadangan-jaga")
    shutil.rmtree(stored)
    code, out, err = cli("pulihkan", path)
    assert (code, err) == (0, "")
    assert "1 survei, 2 jawaban" in out
    assert out.splitlines()[-1] == message("pulihkan-sama")
    assert figures(cli) == before
    assert cli("periksa").code == 0


def test_a_database_in_use_is_replaced_only_on_purpose(cli, stored: Path, tmp_path: Path) -> None:
    path = tmp_path / "cadangan.zip"
    cli("cadangkan", path)
    before = figures(cli)
    rest = tmp_path / "susulan.csv"
    rest.write_text("Nomor,Tanggal,U1,U2\n3,17/10/2024,1,1\n", encoding="utf-8")
    assert cli("unggah", rest, "--survei", "uji").code == 0
    after = figures(cli)
    assert cli("pulihkan", path, "--periksa").code == 0
    assert cli("pulihkan", path).code == 2
    assert figures(cli) == after != before
    assert cli("pulihkan", path, "--ganti").code == 0
    assert figures(cli) == before


def test_what_must_not_be_written_is_refused(cli, stored: Path, tmp_path: Path) -> None:
    path = tmp_path / "cadangan.zip"
    assert cli("cadangkan", tmp_path / "cadangan.db").code == 2
    assert cli("cadangkan", tmp_path / "tidak" / "ada.zip").code == 2
    path.write_text("isi lama")
    assert cli("cadangkan", path).code == 2
    assert path.read_text() == "isi lama"
    assert cli("cadangkan", path, "--timpa").code == 0
    assert cli("pulihkan", path, "--periksa").code == 0


def test_a_file_that_is_no_backup(cli, stored: Path, tmp_path: Path) -> None:
    before, path = figures(cli), tmp_path / "jawaban.zip"
    path.write_text("bukan cadangan")
    for options in ((), ("--periksa",), ("--ganti",)):
        code, out, err = cli("pulihkan", path, *options)
        assert (code, out) == (2, "")
        assert str(path) in err
    assert cli("pulihkan", tmp_path / "tidak.zip").code == 2
    assert figures(cli) == before


def test_nothing_is_no_backup(cli, uji: Path, tmp_path: Path) -> None:
    assert cli("cadangkan", tmp_path / "cadangan.zip").code == 2
    assert not (tmp_path / "cadangan.zip").exists()


def test_a_recap_that_was_wrong_is_told(cli, stored: Path, tmp_path: Path) -> None:
    with opened() as store, store.engine.begin() as conn:
        conn.execute(update(rekap_responden).values(responden=7))
    path = tmp_path / "cadangan.zip"
    assert cli("cadangkan", path).code == 0
    code, out, err = cli("pulihkan", path, "--ganti")
    assert code == 1
    assert message("pulihkan-sama") not in out
    assert err.strip() == message("pulihkan-beda", jumlah=2)


def test_answers_whose_time_is_over(cli, stored: Path, monkeypatch) -> None:
    before = figures(cli)
    code, out, err = cli("susutkan", "--survei", "uji")
    assert (code, err) == (0, "")
    assert out.strip() == message("susut-tidak-ada", survei="uji", bulan=24)

    class Later(datetime):
        @classmethod
        def now(cls, tz=None) -> datetime:
            return datetime(2027, 1, 1, tzinfo=tz)

    monkeypatch.setattr("skm.cli.susutkan.datetime", Later)
    assert cli("susutkan", "--survei", "uji", "--jalankan").code == 1, "not closed yet"
    assert cli("periode", "tutup", "--survei", "uji", "--periode", "2024-T4").code == 0
    closed = figures(cli)
    code, out, _ = cli("susutkan", "--survei", "uji")
    assert code == 0
    assert message("susut-belum") in out
    assert sum(1 for _ in answers()) == 2
    code, out, _ = cli("susutkan", "--survei", "uji", "--jalankan")
    assert code == 0
    assert message("susut-selesai", jumlah=2, periode=1) in out
    assert sum(1 for _ in answers()) == 0
    assert figures(cli) == closed
    assert '"ikm": "93.75"' in closed
    assert '"ikm": "93.75"' in before
    assert cli("periksa").code == 0


def answers():
    with opened() as store:
        yield from store.answers("uji")


def test_an_office_moves_house(cli, stored: Path, tmp_path: Path, monkeypatch) -> None:
    before, there = figures(cli), tmp_path / "baru" / "skm.db"
    ke = f"sqlite:///{there}"
    code, out, err = cli("pindah", "--ke", ke, "--periksa")
    assert (code, err) == (0, "")
    assert "jawaban" in out
    assert out.splitlines()[-1] == message("pindah-belum")
    assert not there.parent.exists()
    code, out, err = cli("pindah", "--ke", ke)
    assert (code, err.strip()) == (0, message("pindah-lanjut"))
    assert out.splitlines()[-1] == message("pindah-selesai")
    assert cli("pindah", "--ke", ke).code == 2, "it holds an office now"
    monkeypatch.setenv("SKM_DATABASE_URL", ke)
    assert figures(cli) == before
    assert cli("periksa").code == 0


def test_a_password_in_an_address_is_not_repeated(cli, stored: Path) -> None:
    code, out, err = cli("pindah", "--ke", "postgresql://loket1:rahasia@127.0.0.1:1/skm")
    assert (code, out) == (2, "")
    assert "127.0.0.1/skm" in err
    assert "rahasia" not in err
