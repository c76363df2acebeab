"""A citizen writes a remark, gets a code; the office replies; the citizen reads it."""

from __future__ import annotations

import re

from masuk_uji import sign_in_browser
from playwright.sync_api import Browser, Page, expect

from skm.jawaban import Kanal
from skm.settings import read_settings
from skm.store import TautanBaru, open_store

from .running import Server

SURVEI = "contoh-disdukcapil-bekasi-2024"
PHONE = {"width": 360, "height": 640}
REMARK = "Kursi roda di lobi rusak, mohon diganti"


def visit(browser: Browser, **own: object) -> Page:
    context = browser.new_context(locale="id-ID", **own)
    context.set_default_timeout(30_000)
    return context.new_page()


def test_a_remark_is_answered(server: Server, browser: Browser) -> None:
    store = open_store(read_settings({"SKM_DATA": str(server.folder / "data")}).database_url)
    (tautan,) = store.add_tautan(SURVEI, [TautanBaru(None, None, Kanal.QR)])
    phone = visit(browser, viewport=PHONE)
    phone.goto(f"{server.address}/isi/{tautan.kode}")
    phone.check("#layanan-ikd")
    for i in range(1, 10):
        phone.check(f"#u{i}-4")
    phone.fill("#saran", REMARK)
    phone.get_by_role("button", name="Kirim").click()
    expect(phone.get_by_text("Kode saran")).to_be_visible()
    kode = phone.locator(".kode b").inner_text()
    assert re.fullmatch(r"[2-9A-Z]{4}(-[2-9A-Z]{4}){2}", kode)
    phone.get_by_role("link", name="Buka halaman tanggapan").click()
    expect(phone.get_by_text("belum dibahas")).to_be_visible()

    desk = visit(browser, viewport={"width": 1280, "height": 900})
    database = read_settings({"SKM_DATA": str(server.folder / "data")}).database_url
    sign_in_browser(desk.context, server.address, database)
    desk.goto(f"{server.address}/kelola-saran?survei={SURVEI}")
    desk.get_by_text("Semua periode", exact=True).click()
    desk.get_by_label("Cari kata").fill("kursi roda lobi")
    desk.get_by_label("Cari kata").press("Enter")
    expect(desk.locator(".skm-saran")).to_have_count(1)
    expect(desk.locator(".skm-saran")).to_contain_text(REMARK)
    desk.get_by_role("button", name="Tanggapi").click()
    desk.get_by_label("Balasan").fill("Terima kasih. Hubungi 0812-3456-7890 bila perlu bantuan.")
    desk.get_by_role("button", name="Simpan").click()
    expect(desk.locator(".skm-saran")).to_contain_text("Perlu ditindak")

    other = visit(browser, viewport=PHONE, java_script_enabled=False)
    other.goto(f"{server.address}/saran")
    other.get_by_label("Kode saran").fill(kode.lower().replace("-", " "))
    other.get_by_role("button", name="Buka").click()
    body = other.locator("main")
    expect(body).to_contain_text("Terima kasih. Hubungi [disamarkan] bila perlu bantuan.")
    expect(body).to_contain_text("perlu ditindaklanjuti")
    assert "lobi" not in other.content()
    assert other.context.cookies() == []
    assert "Kursi roda" not in server.output()
    assert kode not in server.output()
    for page in (phone, desk, other):
        page.context.close()
    store.close()
