"""Close, publish, archive, verify and report from the terminal."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZipFile

import pytest

LINES = (
    "Nomor,Tanggal,Jam,Jenis Layanan,U1,U2",
    "1,15/10/2024,08:10,KTP Elektronik,4,4",
    "2,16/10/2024,09:20,Kartu Keluarga,3,4",
)
"""U1 3,5; U2 4,0: IKM 93,75."""
LATER = ("Nomor,Tanggal,Jam,Jenis Layanan,U1,U2", "9,20/10/2024,09:20,Kartu Keluarga,1,1")


@pytest.fixture
def filled(cli, uji: Path, tmp_path: Path) -> Path:
    path = tmp_path / "jawaban.csv"
    path.write_text("\n".join(LINES) + "\n", encoding="utf-8")
    assert cli("unggah", path, "--survei", "uji").code == 0
    return tmp_path


def periode(cli, kind: str, *more: object):
    return cli("periode", kind, "--survei", "uji", "--periode", "2024-T4", *more)


def test_a_period_from_closing_to_verification(cli, filled: Path) -> None:
    closed = periode(cli, "tutup")
    assert closed.code == 0
    sidik = re.search(r"\b[0-9a-f]{64}\b", closed.out)
    assert "dengan IKM 93,75 (A)" in closed.out
    assert sidik is not None
    late = filled / "susulan.csv"
    late.write_text("\n".join(LATER) + "\n", encoding="utf-8")
    told = cli("unggah", late, "--survei", "uji")
    assert told.code == 0
    assert "Triwulan IV 2024 yang sudah ditutup" in told.err
    assert "93,75" in cli("ikm", "--survei", "uji", "--periode", "2024-T4").out
    listing = cli("periode", "daftar", "--survei", "uji").out
    for text in ("Triwulan IV", "Ditutup", "93,75", "+1 −0"):
        assert text in listing
    path = filled / "arsip.zip"
    assert periode(cli, "arsip", "--keluaran", path).code == 0
    with ZipFile(path) as archive:
        assert f"{sidik[0]}  arsip.json" in archive.read("arsip.sha256").decode()
    verified = cli("verifikasi", path)
    assert verified.code == 0
    assert "Sama: Triwulan IV 2024, IKM 93,75 (A), 2 responden" in verified.out
    assert sidik[0] in verified.out


def test_a_tampered_archive_is_told_with_its_place(cli, filled: Path) -> None:
    periode(cli, "tutup")
    path, folder = filled / "arsip.zip", filled / "arsip"
    periode(cli, "arsip", "--keluaran", path)
    with ZipFile(path) as archive:
        archive.extractall(folder)
    answers = folder / "jawaban.csv"
    answers.write_bytes(
        answers.read_bytes().replace(b";3;4;", b";4;4;").replace(b";3;4\r", b";4;4\r")
    )
    code, out, err = cli("verifikasi", folder)
    assert code == 1
    assert out == ""
    assert "jawaban.csv" in err


def test_publishing_withdrawing_and_reopening(cli, filled: Path) -> None:
    assert periode(cli, "terbitkan").code == 2
    periode(cli, "tutup")
    assert "/hasil/uji/2024-T4" in periode(cli, "terbitkan").out
    assert "Diterbitkan" in cli("periode", "daftar", "--survei", "uji").out
    assert periode(cli, "tarik", "--alasan", " ").code == 2
    assert periode(cli, "tarik", "--alasan", "Salah layanan").code == 0
    assert periode(cli, "buka", "--alasan", "Ada berkas tertinggal").code == 0
    assert "Belum ada periode" in cli("periode", "daftar", "--survei", "uji").out
    assert periode(cli, "arsip", "--keluaran", filled / "a.zip").code == 2
    assert not (filled / "a.zip").exists()


@pytest.mark.parametrize(
    ("periode", "sentence"),
    [
        ("2023-T4", "belum memiliki jawaban"),
        ("2024-12", "triwulan, semester, atau tahun"),
        ("besok", "tidak dikenal"),
    ],
)
def test_what_cannot_be_closed_is_one_sentence(
    cli, filled: Path, periode: str, sentence: str
) -> None:
    code, out, err = cli("periode", "tutup", "--survei", "uji", "--periode", periode)
    assert code == 2
    assert out == ""
    assert sentence in err
    assert "Traceback" not in err


@pytest.mark.parametrize("name", ["tidak-ada.zip", "bukan.zip"])
def test_what_is_no_archive_is_one_sentence(cli, tmp_path: Path, name: str) -> None:
    (tmp_path / "bukan.zip").write_bytes(b"bukan zip")
    code, _, err = cli("verifikasi", tmp_path / name)
    assert code == 2
    assert err.count("\n") == 1


def test_earlier_figures_are_kept_with_their_source(cli, uji: Path) -> None:
    def angka(kind: str, *more: str):
        return cli("angka-terbit", kind, "--survei", "uji", *more)

    assert "Belum ada" in angka("daftar").out
    source = ("--sumber", "LKIP 2023")
    assert angka("catat", "--periode", "2023", "--ikm", "91,55", *source).code == 0
    assert angka("catat", "--periode", "2022", "--ikm", "86.88", *source).code == 0
    listing = angka("daftar").out
    assert listing.index("86,88") < listing.index("91,55")
    for wrong in ("24,99", "100,01", "91,555", "1.560", "baik"):
        assert angka("catat", "--periode", "2021", "--ikm", wrong, *source).code == 2
    assert angka("catat", "--periode", "2021", "--ikm", "90", "--sumber", " ").code == 2
    assert angka("hapus", "--periode", "2022").code == 0
    assert "86,88" not in angka("daftar").out


@pytest.mark.lambat
@pytest.mark.parametrize(
    ("format", "name", "start"),
    [
        ("pdf", "laporan.pdf", b"%PDF-"),
        ("docx", "laporan.docx", b"PK"),
        ("xlsx", "olah.xlsx", b"PK"),
        ("lkip", "lkip.docx", b"PK"),
        ("lkip", "lkip.xlsx", b"PK"),
    ],
)
def test_every_form_of_the_report(cli, filled: Path, format: str, name: str, start: bytes) -> None:
    argv = ("laporan", "--survei", "uji", "--periode", "2024-T4", "--format", format)
    path = filled / name
    code, out, err = cli(*argv, "--keluaran", path)
    assert (code, path.name in out) == (0, True)
    assert "draf" in err
    assert path.read_bytes().startswith(start)
    assert cli(*argv, "--keluaran", path).code == 2
    assert cli(*argv, "--keluaran", path, "--timpa").code == 0


def test_a_wrong_ending_is_refused_before_any_work(cli, filled: Path) -> None:
    argv = ("laporan", "--survei", "uji", "--periode", "2024-T4", "--format", "lkip")
    code, _, err = cli(*argv, "--keluaran", filled / "lkip.pdf")
    assert code == 2
    assert ".docx atau .xlsx" in err


def test_the_letterhead_of_the_data_folder_is_used(cli, filled: Path) -> None:
    (filled / "data" / "kop.docx").write_bytes(b"bukan docx")
    argv = ("laporan", "--survei", "uji", "--periode", "2024-T4", "--format", "docx")
    code, _, err = cli(*argv, "--keluaran", filled / "laporan.docx")
    assert code == 2
    assert "kop" in err.lower()
