"""A clerk changes the survey without a text editor, and a citizen finds it on the form."""

from __future__ import annotations

from masuk_uji import sign_in_browser
from playwright.sync_api import Browser, Locator, Page, expect

from .running import Server
from .test_laporan import SURVEI, placement

WAIT = 30_000
"""Milliseconds within which a page has answered, also on a busy machine."""


def open_section(page: Page, server: Server, bagian: str) -> None:
    page.goto(f"{server.address}/pengaturan?survei={SURVEI}&bagian={bagian}")
    expect(page.get_by_text("Tidak ada perubahan yang belum disimpan.")).to_be_visible(timeout=WAIT)


def save(page: Page, *words: str) -> None:
    """Look at the changes in words, and confirm them."""
    page.get_by_role("button", name="Tinjau dan simpan").click()
    dialog = page.get_by_role("dialog")
    for sentence in words:
        expect(dialog.get_by_text(sentence)).to_be_visible(timeout=WAIT)
    dialog.get_by_role("button", name="Ya, simpan").click()
    expect(page.get_by_text("Tidak ada perubahan yang belum disimpan.")).to_be_visible(timeout=WAIT)


def opened(inside: Locator) -> None:
    """Wait until the part that is being unfolded stands still: nobody clicks half a second later.

    At its end everything jumps; a button pressed at that very moment is let go over something else.
    """
    still = "e => e.closest('details').getAnimations({subtree: true}).length === 0"
    inside.page.wait_for_function(still, arg=inside.element_handle(), timeout=WAIT)


def test_from_the_page_to_the_form(server: Server, browser: Browser) -> None:
    kode = placement(server)
    context = browser.new_context(locale="id-ID", viewport={"width": 1280, "height": 900})
    sign_in_browser(context, server.address, server.database)
    page = context.new_page()
    open_section(page, server, "layanan")
    page.get_by_text("Tambah layanan, atau tempel daftar dari Excel").click()
    opened(page.get_by_label("Daftar", exact=True))
    page.get_by_label("Daftar", exact=True).fill("Legalisasi Dokumen")
    page.get_by_role("button", name="Masukkan ke daftar").click()
    save(page, "1 layanan ditambah: Legalisasi Dokumen.")
    open_section(page, server, "titik")
    page.get_by_label("Nama", exact=True).fill("Kantor Pusat Disdukcapil")
    page.get_by_label("Nama", exact=True).press("Tab")
    save(page, "Kantor Disdukcapil Kota Bekasi → Kantor Pusat Disdukcapil")
    open_section(page, server, "kuesioner")
    page.get_by_label("Pilihan 4", exact=True).fill("Sesuai sekali")
    page.get_by_label("Pilihan 4", exact=True).press("Tab")
    save(page, "1 pertanyaan diubah pilihannya")
    page.goto(f"{server.address}/isi/{kode}")
    expect(page.get_by_text("Kantor Pusat Disdukcapil")).to_be_visible(timeout=WAIT)
    expect(page.get_by_label("Legalisasi Dokumen")).to_have_count(1, timeout=WAIT)
    expect(page.get_by_label("Sesuai sekali")).to_have_count(1, timeout=WAIT)
    for number in range(1, 10):
        page.locator(f'input[name=u{number}][value="4"]').check(force=True)
    page.get_by_label("Legalisasi Dokumen").check(force=True)
    page.get_by_role("button", name="Kirim").click()
    expect(page.get_by_role("heading", name="Terima kasih")).to_be_visible(timeout=WAIT)
    context.close()


def test_fast_typing_over_several_fields_loses_nothing(server: Server, browser: Browser) -> None:
    """A page run answers each field while the next one is being typed into."""
    context = browser.new_context(locale="id-ID", viewport={"width": 1280, "height": 900})
    sign_in_browser(context, server.address, server.database)
    page = context.new_page()
    open_section(page, server, "kantor")
    typed = {
        "Nama unit pelayanan": "Dinas yang diketik cepat",
        "Pemerintah atau instansi": "Pemerintah Kota Cepat",
        "Judul survei": "Judul yang panjang dan diketik tanpa berhenti",
    }
    page.get_by_label("Nama unit pelayanan").click()
    for text in typed.values():
        page.keyboard.press("Control+A")
        page.keyboard.type(text, delay=4)
        page.keyboard.press("Tab")
    expect(page.get_by_text("3 perubahan belum disimpan")).to_be_visible(timeout=WAIT)
    for label, text in typed.items():
        expect(page.get_by_label(label)).to_have_value(text, timeout=WAIT)
    context.close()


def test_the_preview_is_the_form_and_sends_nothing(server: Server, browser: Browser) -> None:
    context = browser.new_context(locale="id-ID", viewport={"width": 1280, "height": 900})
    sign_in_browser(context, server.address, server.database)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.method))
    open_section(page, server, "formulir")
    page.get_by_label("Salam pembuka", exact=True).fill("Sugeng rawuh.")
    page.get_by_label("Salam pembuka", exact=True).press("Tab")
    form = page.frame_locator("iframe")
    expect(form.get_by_text("Sugeng rawuh.")).to_be_visible(timeout=WAIT)
    form.get_by_role("button", name="Kirim").click()
    expect(form.get_by_text("Sugeng rawuh.")).to_be_visible(timeout=WAIT)
    assert "POST" not in asked
    page.get_by_text("Halaman setelah terkirim").click()
    expect(form.get_by_role("heading", name="Terima kasih")).to_be_visible(timeout=WAIT)
    context.close()
