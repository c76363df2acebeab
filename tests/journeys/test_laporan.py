"""A clerk closes a semester, downloads its report, publishes it; a citizen finds the results."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from io import BytesIO
from zipfile import ZipFile

from masuk_uji import sign_in_browser
from playwright.sync_api import Browser, Page, expect

from .running import ROOT, Server

SURVEI = "contoh-disdukcapil-bekasi-2024"
STARTS = {"pdf": b"%PDF-", "docx": b"PK", "xlsx": b"PK", "lkip-docx": b"PK", "lkip-xlsx": b"PK"}


def press(page: Page, name: str, question: str) -> None:
    """Press a button, and yes in the question that follows."""
    page.get_by_role("button", name=name, exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name=question).click()


def test_from_a_draft_to_the_public_page(server: Server, browser: Browser) -> None:
    context = browser.new_context(locale="id-ID", viewport={"width": 1280, "height": 900})
    sign_in_browser(context, server.address, server.database)
    page = context.new_page()
    page.goto(f"{server.address}/laporan?survei={SURVEI}&periode=2024-S2")
    press(page, "Tutup Semester II 2024", "Ya")
    expect(page.get_by_text("Kode periksa (SHA-256)")).to_be_visible()
    base = f"{server.address}/unduh/{SURVEI}/2024-S2"
    for bentuk, start in STARTS.items():
        answer = context.request.get(f"{base}/laporan.{bentuk}", timeout=60_000)
        assert answer.ok, bentuk
        assert answer.body().startswith(start)
        assert "DRAF" not in answer.headers["content-disposition"]
    with ZipFile(BytesIO(context.request.get(f"{base}/arsip.zip").body())) as archive:
        sidik = archive.read("arsip.sha256").decode()[:64]
    expect(page.get_by_text(sidik)).to_be_visible()
    assert context.request.get(f"{server.address}/hasil/{SURVEI}").status == 404
    press(page, "Terbitkan Semester II 2024", "Ya")
    expect(page.get_by_role("link", name="Buka halaman hasil")).to_be_visible()
    context.close()
    thank(server, browser)


def thank(server: Server, browser: Browser) -> None:
    """Answer the form on a phone without JavaScript, and follow the thanks to the results."""
    context = browser.new_context(
        locale="id-ID", viewport={"width": 360, "height": 740}, java_script_enabled=False
    )
    page = context.new_page()
    page.goto(f"{server.address}/isi/{placement(server)}")
    for number in range(1, 10):
        page.locator(f'input[name=u{number}][value="4"]').check(force=True)
    page.locator("input[name=layanan]").first.check(force=True)
    page.get_by_role("button", name="Kirim").click()
    page.get_by_role("link", name="hasil").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Semester II 2024")
    expect(page.get_by_text("93,78").first).to_be_visible()
    context.close()


def placement(server: Server) -> str:
    words = ("tautan", "buat", "--survei", SURVEI, "--titik", "dinas", "--json")
    done = subprocess.run(
        [sys.executable, "-m", "skm", *words],
        cwd=ROOT, env={**os.environ, "SKM_DATA": str(server.folder / "data")},
        capture_output=True, check=True,
    )  # fmt: skip
    return str(json.loads(done.stdout)[0]["kode"])
