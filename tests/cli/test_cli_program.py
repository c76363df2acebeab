"""Help, exit codes and refusals: whatever happens, a person reads a sentence."""

import argparse
import ast
import inspect
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from skm.analysis.table import Kolom, Tabel
from skm.cli import hitung
from skm.cli.commands import COMMANDS
from skm.cli.help_text import PROGRAM_CONTOH, URAIAN
from skm.cli.indonesian import ARGPARSE
from skm.cli.terminal import plain_lines

ROOT = Path(__file__).parents[2]
ID = "contoh-disdukcapil-bekasi-2024"
T4 = ROOT / "surveys" / f"{ID}-t4.csv"
PROGRAMMER = (
    "conflicting",
    ".__call__",
    "'required'",
    "mutually exclusive",
    "%r is not callable",
    "cannot merge",
    "cannot have",
    "invalid option string",
    "dest=",
    "invalid conflict_resolution",
    'argument "-"',
)


def skm(*argv: object, **kwargs: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "skm", *map(str, argv)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=False, **kwargs)


class TestHelp:
    @pytest.mark.parametrize("argv", [(), *((name,) for name in COMMANDS), ("survei", "periksa")])
    def test_help_is_indonesian_with_examples(self, cli, argv: tuple[str, ...]) -> None:
        code, out, err = cli(*argv, "--help")
        assert (code, err) == (0, "")
        assert out.startswith("Pemakaian: python -m skm")
        assert max(map(len, out.splitlines())) <= 80
        for word in ("usage", "options", "positional", "show this", "error"):
            assert word not in out.lower().split()

    def test_every_command_has_an_example_of_itself(self) -> None:
        assert set(URAIAN) == set(COMMANDS)
        for name, (_, contoh) in URAIAN.items():
            assert f"python -m skm {name} " in contoh or f"python -m skm {name}\n" in contoh

    def test_examples_of_rekonsiliasi_work_as_written(self, cli) -> None:
        for line in (URAIAN["rekonsiliasi"][1] + PROGRAM_CONTOH).splitlines():
            if "--nrr" in line:
                argv = [word.strip('"') for word in line.split()[3:]]
                assert cli(*argv).code == 0, line

    def test_every_sentence_of_argparse_is_translated(self) -> None:
        calls = [
            node.args
            for node in ast.walk(ast.parse(inspect.getsource(argparse)))
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in ("_", "ngettext")
        ]
        texts = {
            part.value
            for args in calls
            for part in args[:2]
            if isinstance(part, ast.Constant) and isinstance(part.value, str)
        }
        assert len(texts) > 15
        assert {t for t in texts if not t.startswith(PROGRAMMER)} <= set(ARGPARSE)

    def test_no_command_shows_the_help_and_is_wrong_use(self, cli) -> None:
        code, out, err = cli()
        assert (code, out) == (2, "")
        assert "Pemakaian" in err

    def test_argparse_speaks_english_to_others_again(self, cli) -> None:
        cli("--help")
        assert argparse.ArgumentParser().format_usage().startswith("usage: ")


@pytest.mark.parametrize(
    ("argv", "part"),
    [
        (("hitun",), 'Maksud Anda "hitung"?'),
        (("entah",), "tidak dikenal"),
        (("--entah",), '"--entah" tidak dikenal'),
        (("hitung", "--metod", "penuh"), 'Maksud Anda "--metode"?'),
        (("hitung", "--metode"), "perlu satu isian"),
        (("hitung", "--urutan", "lain"), "pilih salah satu"),
        (("hitung",), "Belum ada berkas"),
        (("ikm", "--survei", "x"), "isian wajib"),
        (("survei",), "isian wajib"),
        (("batal-unggah", "B-1", "B-2"), '"B-2" tidak dikenal'),
    ],
)
def test_wrong_arguments(cli, argv: tuple[str, ...], part: str) -> None:
    code, out, err = cli(*argv)
    assert (code, out) == (2, "")
    assert part in err
    assert len(err.strip().splitlines()) == 1


class TestFiles:
    def test_missing_folder_junk_and_empty(self, cli, tmp_path: Path) -> None:
        junk = tmp_path / "foto.csv"
        junk.write_bytes(bytes(range(256)) * 40)
        empty = tmp_path / "kosong.csv"
        empty.touch()
        zipped = tmp_path / "rusak.xlsx"
        zipped.write_bytes(b"PK\x03\x04" + b"\x00" * 200)
        text = tmp_path / "surat.csv"
        text.write_text("Kepada Yth.\nKepala Dinas\n", encoding="utf-8")
        for path in (tmp_path / "tidak ada.csv", tmp_path, junk, empty, zipped, text):
            code, out, err = cli("hitung", path)
            assert (code, out) == (2, ""), path
            assert len(err.strip().splitlines()) == 1

    def test_near_name_is_suggested(self, cli, tmp_path: Path) -> None:
        (tmp_path / "jawaban.csv").touch()
        assert 'Maksud Anda "jawaban.csv"?' in cli("hitung", tmp_path / "jawaban.csv ").err

    def test_nul_in_a_name_and_pattern_without_match(self, cli, tmp_path: Path) -> None:
        assert cli("hitung", "a\0b.csv").code == 2
        assert cli("hitung", tmp_path / "*.csv").code == 2


class TestFailures:
    @pytest.mark.parametrize(
        ("error", "code", "part"),
        [
            (KeyboardInterrupt(), 130, "Dihentikan"),
            (MemoryError(), 70, "Memori"),
            (KeyError("rahasia"), 70, "KeyError"),
            (OSError(28, "No space left on device"), 74, "penuh"),
            (OSError(5, "Input/output error"), 74, "Input/output"),
            (ModuleNotFoundError("x", name="rich"), 2, "requirements.txt"),
            (RecursionError(), 70, "RecursionError"),
            (SystemExit(3), 70, "SystemExit"),
        ],
    )
    def test_is_a_sentence(
        self, cli, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, part: str
    ) -> None:
        def fail(_: object) -> int:
            raise error

        monkeypatch.setattr(hitung, "run", fail)
        found, _, err = cli("hitung", "a.csv")
        assert found == code
        assert part in err
        assert len(err.strip().splitlines()) == 1
        assert "rahasia" not in err


class TestAsAProcess:
    def test_exit_codes_and_utf8(self, tmp_path: Path) -> None:
        path = tmp_path / "dengan spasi.csv"
        path.write_text("U1,U2\n4,4\n4,9\n", encoding="utf-8")
        done = skm("hitung", path, env={**os.environ, "PYTHONIOENCODING": "ascii"})
        assert done.returncode == 1
        assert "IKM 100,00 · A (Sangat Baik)" in done.stdout.decode("utf-8")
        assert b"Traceback" not in done.stderr

    def test_closed_pipe(self) -> None:
        command = [sys.executable, "-m", "skm", "hitung", str(T4), "--survei", ID, "--json"]
        with subprocess.Popen(
            [*command, "--per", "titik"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as process:
            process.stdout.close()
            err = process.stderr.read()
            assert process.wait() == 141
        assert err == b""

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
    def test_full_disk(self) -> None:
        with Path("/dev/full").open("wb") as full:
            command = [sys.executable, "-m", "skm", "hitung", str(T4), "--survei", ID]
            done = subprocess.run(
                command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, check=False
            )
        assert done.returncode == 74
        assert len(done.stderr.decode().strip().splitlines()) == 1

    def test_answers_from_another_command(self) -> None:
        done = skm("hitung", "-", "--survei", ID, input=T4.read_bytes())
        assert done.returncode == 0
        assert "IKM 93,86" in done.stdout.decode()

    def test_hitung_and_help_bring_no_heavy_library(self) -> None:
        code = (
            "import sys; from skm.cli import main; main(sys.argv[1:]);"
            "print({m.partition('.')[0] for m in sys.modules}, file=sys.stderr)"
        )
        heavy = ("streamlit", "pandas", "plotly", "sqlalchemy", "starlette", "numpy", "rich")
        for argv in (("--help",), ("hitung", str(T4), "--survei", ID, "--json")):
            command = [sys.executable, "-c", code, *argv]
            done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
            loaded = ast.literal_eval(done.stderr.decode().splitlines()[-1])
            assert not loaded & set(heavy)
            assert "xlsxwriter" not in loaded
            if argv == ("--help",):
                assert not loaded & {"pydantic", "python_calamine"}

    @pytest.mark.parametrize("module", ["skm.web.isi.routes", "skm.web.hasil", "skm.mulai"])
    def test_the_form_the_public_page_and_the_store_need_no_dashboard(self, module: str) -> None:
        code = f"import sys, {module}; print({{m.partition('.')[0] for m in sys.modules}})"
        command = [sys.executable, "-c", code]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
        loaded = ast.literal_eval(done.stdout.decode())
        assert "skm" in loaded
        assert not loaded & {"streamlit", "pandas", "numpy", "plotly"}


@pytest.mark.parametrize("columns", ["80", "50"])
def test_terminal_shows_every_cell(
    cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    path = tmp_path / "a.csv"
    path.write_text("U1,U2,U3,U4,U5,U6,U7,U8,U9\n4,4,4,4,4,4,4,4,4\n", encoding="utf-8")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    out = re.sub(r"\x1b\[[0-9;]*m", "", cli("hitung", path).out)
    assert max(map(len, out.splitlines())) <= 80
    for word in ("Spesifikasi", "4,000", "100,00", "Sangat Baik", "Metode penuh"):
        assert word in out
    assert "…" not in out


def test_plain_table_folds_long_texts() -> None:
    kolom = (Kolom("Nama"), Kolom("Nilai rata-rata", angka=True))
    tabel = Tabel("t", "Judul", kolom, (("kata " * 40, "1.234,56"),), ("Jumlah", "1"))
    lines = plain_lines(tabel, 40)
    assert max(map(len, lines)) <= 40
    assert lines[0] == "Judul"
    assert sum(line.count("kata") for line in lines) == 40
    assert plain_lines(Tabel("t", "", kolom, ()))[-1].startswith("----")
