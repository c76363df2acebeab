"""A clerk of an office with single sign-on: to the provider and back, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from penyedia_uji import mock_provider
from playwright.sync_api import Browser, BrowserContext, expect

from skm.akun import Peran
from skm.luar.nama import NamaLuar
from skm.store import open_store
from skm.store.account_model import AkunBaru

from .running import Server, serve, stop

PATIENT = 20_000
LABEL = "Masuk dengan akun Kota Uji"
PEOPLE = (
    {"sub": "p-1", "email": "loket2@kota.example", "email_verified": True},
    {"sub": "p-2", "email": "tamu@kota.example", "email_verified": True},
)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Server]:
    """A program whose data folder names a provider that others wrote, and one account for it."""
    with mock_provider(*PEOPLE) as issuer:
        (tmp_path / "data").mkdir()
        text = f'issuer = "{issuer}"\nclient_id = "skm"\nclient_secret = "x"\nlabel = "{LABEL}"\n'
        (tmp_path / "data" / "masuk.toml").write_text(text, encoding="utf-8")
        running = serve(tmp_path)
        with open_store(running.database) as store:
            luar = str(NamaLuar(issuer, "email", "loket2@kota.example"))
            store.add_account(AkunBaru("loket2", frozenset(Peran), "", luar=luar))
        yield running
        stop(running)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(locale="id-ID", viewport={"width": 390, "height": 844})
    opened.set_default_timeout(PATIENT)
    opened.route("https://**", lambda route: route.abort())  # the mock's style sheet
    yield opened
    opened.close()


def test_there_and_back_and_out_again(office: Server, context: BrowserContext) -> None:
    expect.set_options(timeout=PATIENT)
    page = context.new_page()
    page.goto(f"{office.address}/unggah")
    expect(page).to_have_url(re.compile(r"/masuk\?ke=%2Funggah$"))
    page.get_by_role("link", name=LABEL).click()
    page.get_by_role("button", name="p-2").click()
    expect(page.get_by_role("alert")).to_contain_text("tamu@kota.example")

    page.get_by_role("link", name=LABEL).click()
    page.get_by_role("button", name="p-1").click()
    expect(page).to_have_url(f"{office.address}/unggah")
    expect(page.get_by_role("heading", name="Unggah", exact=True)).to_be_visible()
    names = {cookie["name"] for cookie in context.cookies()}
    assert "skm_masuk" in names and "skm_luar" not in names

    page.goto(f"{office.address}/masuk/akun")
    page.get_by_role("button", name="Keluar dari sini").click()
    expect(page.get_by_role("status")).to_contain_text("akun kantor")
    page.goto(f"{office.address}/unggah")
    expect(page.get_by_role("link", name=LABEL)).to_be_visible()
    said = office.output()
    assert "/masuk/luar/kembali" in said  # what an admin registers at the provider
    assert not any(word in said for word in ("Traceback", "@kota.example", "code=", "p-1"))


def test_a_wrong_file_closes_this_way_and_no_other(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    text = (
        'issuer = "https://sso.kota.example"\nclient_id = "skm"\nclient_sekret = "jangan-tampil"\n'
    )
    (tmp_path / "data" / "masuk.toml").write_text(text, encoding="utf-8")
    running = serve(tmp_path)
    try:
        said = running.output()
        assert said.count("masuk.toml") == 1
        assert "client_sekret" in said and "jangan-tampil" not in said
        assert "/masuk/luar/kembali" not in said
    finally:
        stop(running)
