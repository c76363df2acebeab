from pathlib import Path

import pytest

from skm.pesan import SkmError
from skm.settings import ROOT, read_settings


def test_defaults() -> None:
    settings = read_settings({})
    assert settings.address == "http://127.0.0.1:8501"
    assert settings.only_this_machine
    assert settings.data == ROOT / "data"
    assert settings.database_url == f"sqlite:///{(ROOT / 'data' / 'skm.db').as_posix()}"


def test_every_variable_overrides(tmp_path: Path) -> None:
    settings = read_settings(
        {"SKM_HOST": "0.0.0.0", "SKM_PORT": "9000", "SKM_DATA": str(tmp_path)}  # noqa: S104
    )
    assert settings.address == "http://127.0.0.1:9000"
    assert not settings.only_this_machine
    assert settings.database_url.endswith("/skm.db")
    url = "postgresql+psycopg://skm@db/skm"
    assert read_settings({"SKM_DATABASE_URL": url}).database_url == url
    assert read_settings({"SKM_HOST": "::1"}).address == "http://[::1]:8501"


def test_the_address_on_posters() -> None:
    assert read_settings({}).form_address("K7Q42M9P") == "http://127.0.0.1:8501/isi/K7Q42M9P"
    public = read_settings({"SKM_URL_PUBLIK": "https://skm.kota.go.id/"})
    assert public.form_address("K7Q42M9P") == "https://skm.kota.go.id/isi/K7Q42M9P"
    assert public.public_host == "skm.kota.go.id"


@pytest.mark.parametrize(
    "url", ["skm.kota.go.id", "ftp://x", "https://x/skm", "https://", "https://a@b", "http://["]
)
def test_a_public_address_that_is_none(url: str) -> None:
    with pytest.raises(SkmError) as caught:
        read_settings({"SKM_URL_PUBLIK": url})
    assert caught.value.kode == "url-publik-salah"


@pytest.mark.parametrize("port", ["0", "65536", "-1", "abc", "85.01", "٨٥"])
def test_a_port_that_is_none(port: str) -> None:
    with pytest.raises(SkmError) as caught:
        read_settings({"SKM_PORT": port})
    assert caught.value.kode == "port-salah"


def test_office_networks() -> None:
    networks = read_settings({"SKM_JARINGAN_KANTOR": "10.20.0.0/16, 203.0.113.7"}).office_networks
    own = ["127.0.0.0/8", "::1/128"]
    assert [str(n) for n in networks] == [*own, "10.20.0.0/16", "203.0.113.7/32"]
    assert [str(n) for n in read_settings({}).office_networks] == own
    with pytest.raises(SkmError) as caught:
        read_settings({"SKM_JARINGAN_KANTOR": "kantor"})
    assert caught.value.kode == "jaringan-kantor-salah"


def test_daily_copies_are_on_for_sqlite_and_off_for_a_server() -> None:
    url = "postgresql+psycopg://skm@db/skm"
    assert read_settings({"SKM_DATA": "/srv/skm"}).copies == Path("/srv/skm/cadangan").resolve()
    assert read_settings({"SKM_DATABASE_URL": url}).copies is None
    assert read_settings({"SKM_DATABASE_URL": url, "SKM_CADANGAN": "hidup"}).copies is not None
    assert read_settings({"SKM_CADANGAN": "mati"}).copies is None
    with pytest.raises(SkmError) as caught:
        read_settings({"SKM_CADANGAN": "off"})
    assert caught.value.kode == "cadangan-pengaturan-salah"


def test_proxies_are_named_one_by_one() -> None:
    proxies = read_settings({"SKM_PROXY": "127.0.0.1, 10.20.0.0/28,::1"}).proxies
    assert [str(p) for p in proxies] == ["127.0.0.1/32", "10.20.0.0/28", "::1/128"]
    assert read_settings({}).proxies == ()


@pytest.mark.parametrize("text", ["nginx", "10.0.0.1/24", "0.0.0.0/0", "127.0.0.1, ::/0"])
def test_proxies_that_are_none(text: str) -> None:
    with pytest.raises(SkmError) as caught:
        read_settings({"SKM_PROXY": text})
    assert caught.value.kode == "proxy-salah"
