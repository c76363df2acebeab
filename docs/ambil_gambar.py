"""Take the screenshots of docs/gambar from the running program: `python docs/ambil_gambar.py`.

It starts the program with a fresh folder of data (the sample survey) and needs a chromium and the
packages of tests/requirements.txt.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from skm.report import Tempelan, write_poster, write_questionnaire  # noqa: E402
from skm.store import StatusSaran, open_store  # noqa: E402
from skm.survei import load_survei  # noqa: E402
from tests.journeys.berkas import write_messy  # noqa: E402
from tests.journeys.running import CHROMIUM, QUIET, Server, serve, stop  # noqa: E402
from tests.masuk_uji import sign_in_browser  # noqa: E402

FOLDER = Path(__file__).parent / "gambar"
WIDTHS = {"laptop": 1280, "ponsel": 390}
PAGES = {
    "ringkasan": "?periode=2024-T4",
    "kekuatan": "kekuatan?periode=2024-T4",
    "prioritas": "prioritas?periode=2024-T4",
    "kepastian": "kepastian?periode=2024-T4",
    "responden": "responden?periode=2024-T4",
    "saran": "kelola-saran?periode=2024-T4",
    "tindak-lanjut": "tindak-lanjut?periode=2024-T4",
    "laporan": "laporan?periode=2024-T4",
    "unggah": "unggah?periode=2024-T4",
    "tautan": "tautan?periode=2024-T4",
    "pengumpulan": "pengumpulan?periode=2024-T4",
    "pengaturan": "pengaturan?periode=2024-T4&bagian=layanan",
    "akun": "akun",
    "jejak": "jejak",
}
SURVEI = "contoh-disdukcapil-bekasi-2024"
PHONE = 360


def main() -> None:
    """Write every picture."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        server = serve(folder)
        kode = make_placement(folder)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        try:
            for device, width in WIDTHS.items():
                for page, address in PAGES.items():
                    take(browser, server, address, width, f"{page}-{device}")
            take_sign_in(browser, server)
            take_check(browser, server, folder)
            take_closed(browser, server, folder)
            take_form(browser, f"{server.address}/isi/{kode}")
            take_reply(browser, server, kode)
            take_entry(browser, server)
            draw_prints()
        finally:
            browser.close()
            stop(server)


def take(browser: Browser, server: Server, address: str, width: int, name: str) -> None:
    """Write one page in one width."""
    page = open_page(browser, server, address, width)
    shoot(page, name)
    page.context.close()


def take_sign_in(browser: Browser, server: Server) -> None:
    """Write the page to sign in, as a phone shows it."""
    page = browser.new_page(viewport={"width": WIDTHS["ponsel"], "height": 700})
    page.goto(f"{server.address}/masuk")
    page.screenshot(path=FOLDER / "masuk-ponsel.png")
    page.close()


def take_check(browser: Browser, server: Server, folder: Path) -> None:
    """Write the upload page with a checked workbook."""
    page = open_page(browser, server, "unggah?periode=2024-T4", WIDTHS["laptop"])
    page.set_input_files("input[type=file]", write_messy(folder / "Rekap Januari.xlsx"))
    page.get_by_role("button", name="Periksa berkas").click()
    page.get_by_text("31/02/2025").first.wait_for()
    shoot(page, "unggah-periksa-laptop")
    page.context.close()


def take_closed(browser: Browser, server: Server, folder: Path) -> None:
    """Close and publish semester II, and write the page Laporan and the public page."""
    for kind in ("tutup", "terbitkan"):
        command(folder, "periode", kind, "--survei", SURVEI, "--periode", "2024-S2")
    for device, width in WIDTHS.items():
        take(browser, server, "laporan?periode=2024-S2", width, f"laporan-{device}")
        page = open_page(browser, server, f"hasil/{SURVEI}/2024-S2", width)
        page.screenshot(path=FOLDER / f"hasil-{device}.png", full_page=True)
        page.context.close()


def make_placement(folder: Path) -> str:
    """Make one placement and return its code."""
    words = ("tautan", "buat", "--survei", SURVEI, "--titik", "dinas", "--json")
    return str(json.loads(command(folder, *words))[0]["kode"])


def command(folder: Path, *words: str) -> bytes:
    """Run a command on the server's data and return what it prints."""
    done = subprocess.run(
        [sys.executable, "-m", "skm", *words],
        cwd=ROOT, env={**os.environ, "SKM_DATA": str(folder / "data")},
        capture_output=True, check=True,
    )  # fmt: skip
    return done.stdout


def take_form(browser: Browser, address: str) -> None:
    """Write the public form on a phone: fresh, with a missing answer, and the thanks."""
    context = browser.new_context(locale="id-ID", viewport={"width": PHONE, "height": 740})
    page = context.new_page()
    page.goto(address)
    page.screenshot(path=FOLDER / "formulir-ponsel.png")
    for number in range(1, 10):
        page.locator(f'input[name=u{number}][value="4"]').check(force=True)
    page.get_by_role("button", name="Kirim").click()
    page.get_by_role("alert").wait_for()
    page.screenshot(path=FOLDER / "formulir-kurang-ponsel.png")
    page.locator("input[name=layanan]").first.check(force=True)
    page.get_by_role("button", name="Kirim").click()
    page.wait_for_url("**/terima-kasih?*")
    page.screenshot(path=FOLDER / "formulir-terima-kasih-ponsel.png")
    context.close()


def take_reply(browser: Browser, server: Server, kode: str) -> None:
    """Write the reply to a remark on a phone."""
    context = browser.new_context(locale="id-ID", viewport={"width": PHONE, "height": 740})
    page = context.new_page()
    page.goto(f"{server.address}/isi/{kode}")
    for number in range(1, 10):
        page.locator(f'input[name=u{number}][value="3"]').check(force=True)
    page.locator("input[name=layanan]").first.check(force=True)
    page.fill("#saran", "Kursi roda di lobi rusak")
    page.get_by_role("button", name="Kirim").click()
    page.get_by_role("link", name="Buka halaman tanggapan").click()
    with open_store(f"sqlite:///{server.folder / 'data' / 'skm.db'}") as store:
        remark = store.remarks(SURVEI)[-1]
        teks = "Terima kasih. Kursi rodanya sudah kami ganti, dan satu lagi ada di lantai dua."
        store.respond(SURVEI, [remark.id], StatusSaran.SELESAI, teks)
    page.reload()
    page.screenshot(path=FOLDER / "saran-balasan-ponsel.png")
    context.close()


def take_entry(browser: Browser, server: Server) -> None:
    """Write the page for keying paper, in the middle of a sitting."""
    context = browser.new_context(locale="id-ID", viewport={"width": 1280, "height": 900})
    sign_in_browser(context, server.address, server.database)
    page = context.new_page()
    page.goto(f"{server.address}/entri/{SURVEI}")
    page.locator("#titik").select_option(index=1)
    page.locator("#layanan-sesi").select_option(index=1)
    page.get_by_role("button", name="Mulai mengetik").click()
    for sheet in ("443443444", "333433343"):
        page.keyboard.type(sheet, delay=30)
        page.keyboard.press("Enter")
    page.keyboard.type("4434")
    page.wait_for_timeout(500)
    page.screenshot(path=FOLDER / "entri-laptop.png")
    context.close()


def draw_prints() -> None:
    """Write a poster and the paper questionnaire as pictures."""
    survei = load_survei(ROOT / "surveys" / f"{SURVEI}.toml")
    place = Tempelan(
        "K7Q42M9P", "https://skm.kota.example/isi/K7Q42M9P", "Kantor Disdukcapil Kota Bekasi"
    )
    pages = {
        "poster-a4": write_poster(survei, [place], "a4"),
        "poster-tenda": write_poster(survei, [place], "tenda"),
        "kuesioner": write_questionnaire(survei, titik="dinas"),
    }
    for name, content in pages.items():
        document = pypdfium2.PdfDocument(content)
        document[0].render(scale=1.2).to_pil().save(FOLDER / f"{name}.png", optimize=True)
        document.close()


def open_page(browser: Browser, server: Server, address: str, width: int) -> Page:
    """Return a page that has finished drawing."""
    context = browser.new_context(locale="id-ID", viewport={"width": width, "height": 900})
    sign_in_browser(context, server.address, server.database)
    page = context.new_page()
    page.goto(f"{server.address}/{address}")
    page.get_by_role("heading", level=1).wait_for()
    settle(page)
    return page


def settle(page: Page) -> None:
    """Wait until the script has run and the figures are drawn."""
    page.wait_for_function(
        "!document.querySelector('[data-testid=stStatusWidget]')"
        " && !document.querySelector('[data-testid=stSkeleton]')"
    )
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(500)  # the figures' own fade-in has no event


def shoot(page: Page, name: str) -> None:
    """Write the whole page: Streamlit scrolls inside it, so the window grows to its height."""
    width = page.viewport_size["width"] if page.viewport_size else 1280
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": width, "height": min(int(height) + 40, 6000)})
    settle(page)
    page.screenshot(path=FOLDER / f"{name}.png")


if __name__ == "__main__":
    main()
