"""`akun` and `audit`: accounts and the proof of the trail from a terminal."""

from __future__ import annotations

import io
import re

import pytest
from sqlalchemy import text

from skm.akun import verify_password
from skm.pesan import message
from skm.settings import read_settings
from skm.store import Store, open_store
from skm.store.account_model import Akun
from tests.cli.conftest import Cli

SANDI = "kuda biru naik sepeda"


def store() -> Store:
    return open_store(read_settings().database_url)


def account(nama: str) -> Akun:
    with store() as opened:
        return opened.find_account(nama)


def sign_in_hash(nama: str) -> str:
    with store() as opened:
        found = opened.secrets_of(nama)
    assert found is not None
    return found.sandi_sidik


def pipe(monkeypatch: pytest.MonkeyPatch, content: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(content))


def made_up(out: str) -> str:
    """The password of the one line that shows it."""
    before, after = message("akun-sandi-sekali", nama="@", sandi="#").split("#")
    pattern = re.escape(before).replace("@", ".+?") + r"(.+?)" + re.escape(after)
    (found,) = re.findall(pattern, " ".join(out.split()))
    return found


def change(sql: str) -> None:
    with store() as opened, opened.engine.begin() as conn:
        conn.execute(text(sql))


@pytest.fixture
def admin(cli: Cli) -> None:
    assert cli("akun", "tambah", "utama", "--peran", "admin", "--acak").code == 0


def test_no_account_yet(cli: Cli) -> None:
    found = cli("akun", "daftar")
    assert (found.code, found.out) == (1, "")
    assert message("akun-daftar-kosong")[:20] in found.err


def test_the_first_is_an_admin(cli: Cli) -> None:
    refused = cli("akun", "tambah", "loket1", "--peran", "operator", "--acak")
    assert (refused.code, refused.out) == (2, "")
    with store() as opened:
        assert not opened.has_accounts()


def test_a_made_up_password_is_printed_once_and_opens(cli: Cli) -> None:
    done = cli("akun", "tambah", "utama", "--peran", "Admin, manajer", "--acak")
    assert (done.code, done.err) == (0, "")
    sandi = made_up(done.out)
    assert done.out.count(sandi) == 1
    assert sorted(account("utama").peran) == ["admin", "manajer"]
    assert verify_password(sandi, sign_in_hash("utama"))
    later = [cli("akun", "daftar"), cli("audit", "daftar")]
    assert all(sandi not in c.out + c.err for c in later)


def test_a_piped_password_is_never_printed(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    pipe(monkeypatch, f"{SANDI}\r\n")
    done = cli("akun", "tambah", "utama", "--peran", "admin", "--sandi-stdin")
    assert done.code == 0
    assert SANDI not in done.out + done.err
    assert verify_password(SANDI, sign_in_hash("utama"))


@pytest.mark.parametrize("sandi", ["", "pendek", "utama utama utama"])
def test_a_bad_password_makes_no_account(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, sandi: str
) -> None:
    pipe(monkeypatch, f"{sandi}\n")
    assert cli("akun", "tambah", "utama", "--peran", "admin", "--sandi-stdin").code == 2
    with store() as opened:
        assert not opened.has_accounts()


def test_without_a_terminal_nothing_is_asked(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    pipe(monkeypatch, f"{SANDI}\n")
    refused = cli("akun", "tambah", "utama", "--peran", "admin")
    assert (refused.code, refused.out) == (2, "")
    assert "--sandi-stdin" in refused.err


@pytest.mark.usefixtures("admin")
def test_another_password_signs_out(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    with store() as opened:
        assert opened.add_login(opened.find_account("utama"))
    pipe(monkeypatch, f"{SANDI}\n")
    assert cli("akun", "sandi", "utama", "--sandi-stdin").code == 0
    assert verify_password(SANDI, sign_in_hash("utama"))
    with store() as opened:
        assert opened.count_logins("utama") == 0


@pytest.mark.usefixtures("admin")
def test_roles_off_and_on(cli: Cli) -> None:
    cli("akun", "tambah", "loket1", "--peran", "operator", "--acak")
    assert cli("akun", "peran", "loket1", "--peran", "pemeriksa").code == 0
    assert account("loket1").peran == {"pemeriksa"}
    assert cli("akun", "nonaktif", "loket1").code == 0
    assert not account("loket1").aktif
    assert "nonaktif" in cli("akun", "daftar").out
    assert cli("akun", "aktif", "loket1").code == 0
    assert account("loket1").aktif


@pytest.mark.usefixtures("admin")
@pytest.mark.parametrize(
    "argv",
    [
        ("nonaktif", "utama"),
        ("peran", "utama", "--peran", "operator"),
        ("peran", "utama", "--peran", "raja"),
        ("nonaktif", "siapa"),
        ("kode-hapus", "siapa"),
        ("sandi", "siapa", "--acak"),
        ("tambah", "utama", "--peran", "operator", "--acak"),
        ("tambah", "X", "--peran", "operator", "--acak"),
    ],
)
def test_what_is_refused_changes_nothing(cli: Cli, argv: tuple[str, ...]) -> None:
    before = account("utama")
    refused = cli("akun", *argv)
    assert (refused.code, refused.out) == (2, "")
    with store() as opened:
        assert opened.list_accounts() == (before,)


@pytest.mark.usefixtures("admin")
def test_a_lost_phone(cli: Cli) -> None:
    with store() as opened:
        opened.set_code("utama", "JBSWY3DPEHPK3PXP")
    assert account("utama").berkode
    listed = cli("akun", "daftar")
    assert "JBSWY3DPEHPK3PXP" not in listed.out
    assert cli("akun", "kode-hapus", "utama").code == 0
    assert not account("utama").berkode


def end_of(cli: Cli) -> str:
    (ujung,) = re.findall(r"\d+:[0-9a-f]{64}", "".join(cli("audit", "periksa").out.split()))
    return ujung


class TestTrail:
    def test_empty(self, cli: Cli) -> None:
        done = cli("audit", "periksa")
        assert (done.code, done.out.strip(), done.err) == (0, message("audit-kosong"), "")

    @pytest.mark.usefixtures("admin")
    def test_whole_also_against_its_own_end(self, cli: Cli) -> None:
        noted = end_of(cli)
        assert noted.startswith("1:")
        cli("akun", "sandi", "utama", "--acak")
        assert cli("audit", "periksa", "--ujung", noted).code == 0
        listed = cli("audit", "daftar", "--banyak", "1")
        assert (listed.code, listed.err) == (0, "")
        numbers = re.findall(r"^ +(\d+)  2", listed.out, re.MULTILINE)
        assert numbers == ["2"], "the newest alone"

    @pytest.mark.usefixtures("admin")
    def test_a_changed_entry(self, cli: Cli) -> None:
        change("UPDATE jejak SET pelaku = 'lain' WHERE nomor = 1")
        found = cli("audit", "periksa")
        assert (found.code, found.out) == (1, "")
        assert "nomor 1" in found.err

    @pytest.mark.usefixtures("admin")
    def test_a_cut_end_shows_against_a_noted_one(self, cli: Cli) -> None:
        cli("akun", "sandi", "utama", "--acak")
        noted = end_of(cli)
        change("DELETE FROM jejak WHERE nomor = 2")
        assert cli("audit", "periksa").code == 0
        found = cli("audit", "periksa", "--ujung", noted)
        assert (found.code, found.out) == (1, "")
        assert "nomor 2" in found.err

    @pytest.mark.parametrize("ujung", ["128", "x:y", f"1:{'G' * 64}"])
    def test_what_is_no_end(self, cli: Cli, ujung: str) -> None:
        refused = cli("audit", "periksa", "--ujung", ujung)
        assert (refused.code, refused.out) == (2, "")
