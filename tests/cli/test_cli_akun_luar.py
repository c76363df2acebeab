"""`akun` for an office with an identity provider."""

from __future__ import annotations

from pathlib import Path

import pytest

from skm.settings import read_settings
from skm.store import open_store
from skm.store.account_model import Akun
from tests.cli.conftest import Cli

ISSUER = "https://sso.kota.example"


@pytest.fixture
def diatur(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    text = f'issuer = "{ISSUER}"\nclient_id = "skm"\nclient_secret = "x"\n'
    (tmp_path / "data" / "masuk.toml").write_text(text, encoding="utf-8")


def account(nama: str) -> Akun:
    with open_store(read_settings().database_url) as store:
        return store.find_account(nama)


@pytest.mark.usefixtures("diatur")
def test_an_account_without_a_password(cli: Cli) -> None:
    luar = ("--luar", "Loket2@Kota.Example", "--tanpa-sandi")
    made = cli("akun", "tambah", "loket2", "--peran", "admin", *luar)
    assert made.code == 0, made.err
    found = account("loket2")
    assert found.luar == f"{ISSUER}|email|loket2@kota.example"
    assert not found.bersandi
    assert "menunggu" in cli("akun", "daftar").out


@pytest.mark.usefixtures("diatur")
def test_linking_and_unlinking(cli: Cli) -> None:
    cli("akun", "tambah", "loket2", "--peran", "admin", "--acak")
    linked = cli("akun", "hubungkan", "loket2", "--luar", "loket2@kota.example")
    assert (linked.code, account("loket2").luar) == (0, f"{ISSUER}|email|loket2@kota.example")
    assert cli("akun", "lepas", "loket2").code == 0
    assert account("loket2").luar == ""
    assert account("loket2").bersandi


@pytest.mark.usefixtures("diatur")
def test_no_password_and_no_provider_is_no_way_in(cli: Cli) -> None:
    refused = cli("akun", "tambah", "loket2", "--peran", "admin", "--tanpa-sandi")
    assert refused.code == 2
    assert "akun kantor" in refused.err


@pytest.mark.usefixtures("diatur")
def test_what_is_no_address(cli: Cli) -> None:
    cli("akun", "tambah", "loket2", "--peran", "admin", "--acak")
    assert cli("akun", "hubungkan", "loket2", "--luar", "loket2").code == 2
    assert account("loket2").luar == ""


def test_without_the_file(cli: Cli) -> None:
    cli("akun", "tambah", "loket2", "--peran", "admin", "--acak")
    refused = cli("akun", "hubungkan", "loket2", "--luar", "loket2@kota.example")
    assert refused.code == 2
    assert "masuk.toml" in refused.err
