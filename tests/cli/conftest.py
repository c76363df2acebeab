"""Run a command in this process, on data of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest

from skm.cli import main

OPTIONS = (
    "pilihan = [{nilai=1,teks='a1'},{nilai=2,teks='a2'},{nilai=3,teks='a3'},{nilai=4,teks='a4'}]"
)
TOML = f"""
id = "uji"
judul = "Survei Uji"
instansi = "Kota Uji"
unit = "Dinas Uji"
[[unsur]]
kode = "U1"
nama = "Persyaratan"
[[unsur]]
kode = "U2"
nama = "Prosedur"
[kuesioner]
versi = "1"
[[kuesioner.pertanyaan]]
kode = "u1"
unsur = "Persyaratan"
teks = "Bagaimana persyaratannya?"
{OPTIONS}
[[kuesioner.pertanyaan]]
kode = "u2"
unsur = "Prosedur"
teks = "Bagaimana prosedurnya?"
{OPTIONS}
[[layanan]]
kode = "kk"
nama = "Kartu Keluarga"
[[layanan]]
kode = "ktp"
nama = "KTP Elektronik"
[[titik]]
kode = "pusat"
nama = "Kantor Pusat"
"""


class Outcome(NamedTuple):
    """What a person sees of a command."""

    code: int
    out: str
    err: str


Cli = Callable[..., Outcome]


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Cli:
    """Run `python -m skm …` here; its database is under the test's own folder."""
    monkeypatch.setenv("SKM_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("SKM_DATABASE_URL", raising=False)

    def run(*argv: object) -> Outcome:
        capsys.readouterr()
        code = main([str(a) for a in argv])
        return Outcome(code, *capsys.readouterr())

    return run


@pytest.fixture
def uji(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder with one small survey, "uji", in the place of `surveys/`."""
    folder = tmp_path / "survei uji"
    folder.mkdir()
    (folder / "uji.toml").write_text(TOML, encoding="utf-8")
    from skm.cli import storing

    monkeypatch.setattr(storing, "prepare", partial(storing.prepare, folder=folder))
    monkeypatch.setattr("skm.cli.rules.SURVEYS", folder)
    return folder
