"""A clerk's first day: start the program, upload a messy workbook, see the IKM."""

import re
from pathlib import Path

from masuk_uji import sign_in_browser
from playwright.sync_api import Browser, expect

from .berkas import IKM, write_messy
from .running import Server

PATIENT = 20_000


def test_from_a_messy_workbook_to_the_ikm(server: Server, browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context(locale="id-ID", viewport={"width": 1280, "height": 900})
    sign_in_browser(context, server.address, server.database)
    page = context.new_page()
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    page.set_default_timeout(PATIENT)
    expect.set_options(timeout=PATIENT)

    page.goto(server.address)
    expect(page.get_by_text("93,86").first).to_be_visible()
    page.get_by_role("link", name="Unggah", exact=True).click()
    expect(page.get_by_role("heading", name="Unggah", exact=True)).to_be_visible()

    page.set_input_files("input[type=file]", write_messy(tmp_path / "Rekap Januari.xlsx"))
    page.get_by_role("button", name="Periksa berkas").click()
    expect(page.get_by_text("KTP elektronik").first).to_be_visible()
    expect(page.get_by_text("31/02/2025").first).to_be_visible()

    choose(page, "KTP elektronik", "Penerbitan KTP El Baru karena Pindah")
    page.get_by_role("button", name="Terapkan dan periksa lagi").click()
    expect(page.locator(".skm-hitung")).to_contain_text(re.compile(r"Jawaban baru\s*3"))
    page.get_by_role("button", name="Simpan jawaban").click()
    expect(page.get_by_text("3 jawaban dari berkas")).to_be_visible()

    page.get_by_role("link", name="Lihat hasilnya di Ringkasan").click()
    expect(page).to_have_url(re.compile("periode=2025-T1"))
    expect(page.get_by_text(IKM).first).to_be_visible()
    assert hosts == {server.address.removeprefix("http://")}
    assert "Traceback" not in server.output()
    context.close()


def choose(page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=re.compile(label)).click()
    page.get_by_role("option", name=re.compile(option)).first.click()
