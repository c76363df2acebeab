"""masuk.toml: what it says, and one sentence about what is wrong, which never shows a value."""

from __future__ import annotations

from pathlib import Path

import pytest

from skm.luar.berkas import MasukLuar, load_outside, outside_name
from skm.pesan import SkmError
from skm.settings import read_settings

ISSUER = 'issuer = "https://sso.kota.example/realms/pegawai"\n'
GOOD = ISSUER + 'client_id = "skm"\nclient_secret = "sangat-rahasia"\n'


def load(folder: Path, text: str | bytes, **environ: str) -> MasukLuar | None:
    content = text.encode() if isinstance(text, str) else text
    (folder / "masuk.toml").write_bytes(content)
    return load_outside(read_settings({"SKM_DATA": str(folder)} | environ), environ)


def test_no_file_no_provider(tmp_path: Path) -> None:
    assert load_outside(read_settings({"SKM_DATA": str(tmp_path)}), {}) is None


def test_the_least_that_is_needed(tmp_path: Path) -> None:
    found = load(tmp_path, GOOD)
    assert found is not None
    assert found.issuer == "https://sso.kota.example/realms/pegawai"
    assert (found.client_id, found.klaim, found.domain) == ("skm", "email", "")
    assert found.client_secret.get_secret_value() == "sangat-rahasia"
    assert found.label == "Masuk dengan akun kantor"
    assert found.kembali == "http://127.0.0.1:8501/masuk/luar/kembali"


def test_everything(tmp_path: Path) -> None:
    text = GOOD + 'label = "Masuk SSO"\nklaim = "email"\ndomain = "@Kota.Example"\n'
    found = load(tmp_path, "\ufeff" + text, SKM_URL_PUBLIK="https://skm.kota.example")
    assert found is not None
    assert (found.label, found.domain) == ("Masuk SSO", "kota.example")
    assert found.kembali == "https://skm.kota.example/masuk/luar/kembali"
    assert outside_name(found, "Loket1@Kota.Example") == f"{found.issuer}|email|loket1@kota.example"


def test_the_secret_from_elsewhere(tmp_path: Path) -> None:
    bare = ISSUER + 'client_id = "skm"\n'
    found = load(tmp_path, bare, SKM_MASUK_RAHASIA="dari-variabel")
    assert found is not None and found.client_secret.get_secret_value() == "dari-variabel"
    (tmp_path / "rahasia.txt").write_text("dari-berkas\n", encoding="utf-8")
    found = load(tmp_path, bare + 'client_secret_berkas = "rahasia.txt"\n')
    assert found is not None and found.client_secret.get_secret_value() == "dari-berkas"


def test_no_printout_shows_the_secret(tmp_path: Path) -> None:
    assert "sangat-rahasia" not in repr(load(tmp_path, GOOD))


@pytest.mark.parametrize(
    ("text", "tempat"),
    [
        ('issuer = "https://x', "akhir berkas"),
        ("a = 1\nb = = sangat-rahasia\n", "baris 2"),
        (b"\xff\xfe\x00", "berkas"),
        ("", "issuer"),
        (ISSUER, "client_id"),
        (GOOD + "client_secrets = 'sangat-rahasia'\n", "client_secrets"),
        (GOOD + "label = 5\n", "label"),
        (GOOD + 'label = ""\n', "label"),
        (GOOD + 'klaim = "surel|sub"\n', "klaim"),
        (ISSUER + 'client_id = "skm"\n', "client_secret"),
        (ISSUER + 'client_id = "skm"\nclient_secret = "  "\n', "client_secret"),
        (GOOD + 'client_secret_berkas = "tak-ada.txt"\n', "client_secret_berkas"),
        (GOOD + 'domain = "kota"\n', "domain"),
        (GOOD + 'domain = "kota.example"\nklaim = "preferred_username"\n', "domain"),
        (GOOD.replace("https://sso", "http://sso"), "issuer"),
        (GOOD.replace("https://sso", "ftp://sso"), "issuer"),
        (GOOD.replace("sso.kota", "sangat-rahasia:x@sso.kota"), "issuer"),
        (GOOD.replace("pegawai", "pegawai?a=1"), "issuer"),
        (GOOD.replace("pegawai", "pegawai|x"), "issuer"),
        (GOOD.replace("https://sso.kota.example", "https://[::1"), "issuer"),
    ],
)
def test_each_fault_is_one_sentence_with_its_place(
    tmp_path: Path, text: str | bytes, tempat: str
) -> None:
    with pytest.raises(SkmError) as caught:
        load(tmp_path, text)
    assert caught.value.kode == "luar-berkas-salah"
    assert caught.value.isi["tempat"] == tempat
    assert "sangat-rahasia" not in str(caught.value)


def test_a_secret_in_two_places(tmp_path: Path) -> None:
    with pytest.raises(SkmError) as caught:
        load(tmp_path, GOOD, SKM_MASUK_RAHASIA="satu-lagi")
    assert caught.value.isi["tempat"] == "client_secret"


def test_open_to_other_machines_it_needs_the_address_that_they_use(tmp_path: Path) -> None:
    with pytest.raises(SkmError) as caught:
        load(tmp_path, GOOD, SKM_HOST="0.0.0.0")  # noqa: S104
    assert caught.value.isi["tempat"] == "SKM_URL_PUBLIK"


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "localhost:8080", "[::1]:8080"])
def test_without_tls_only_on_this_machine(tmp_path: Path, host: str) -> None:
    found = load(tmp_path, GOOD.replace("https://sso.kota.example", f"http://{host}"))
    assert found is not None and found.issuer == f"http://{host}/realms/pegawai"
