"""The results in a real browser: a phone without JavaScript, a laptop, a keyboard, a printer."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from io import BytesIO

import pypdfium2
import pytest
import uvicorn
from masuk_uji import nobody
from playwright.sync_api import Browser, Page, expect
from starlette.applications import Starlette

from skm.jawaban import Kanal
from skm.mulai import prepare
from skm.penutupan.tutup import close
from skm.periode import parse_period
from skm.settings import read_settings
from skm.store import Store, TautanBaru, TindakBaru
from skm.web.hasil.routes import result_routes
from skm.web.hasil.thanks import results_address
from skm.web.isi.routes import form_routes
from skm.web.lapisan import layers

from .running import free_port
from .test_isi import answer, check_axe

SAMPLE = "contoh-disdukcapil-bekasi-2024"
PERIODS = ("2024-T3", "2024-T4", "2024-S2")
WIDTHS = [320, 360, 768, 1280]


class City:
    """A running program that has published three periods of the sample."""

    def __init__(self, store: Store) -> None:
        self.store = store
        settings = read_settings({})
        for kode in PERIODS:
            close(store, SAMPLE, parse_period(kode))
            store.publish_period(SAMPLE, parse_period(kode))
        t4 = parse_period("2024-T4")
        plan = "Menambah dua loket pengambilan dokumen pada pukul 08.00–11.00."
        store.add_follow_up(SAMPLE, TindakBaru(t4, "U3", plan, "Triwulan I 2025", "Kepala Bidang"))
        routes = [
            *form_routes(lambda: store, b"rahasia" * 5, results_of=results_address(lambda: store)),
            *result_routes(lambda: store, lambda: settings),
        ]
        app = Starlette(routes=routes, middleware=layers(settings, nobody))
        port = free_port()
        config = uvicorn.Config(app, port=port, log_level="error", lifespan="off", ws="none")
        self.address, self.server = f"http://127.0.0.1:{port}", uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()
        while not self.server.started:
            time.sleep(0.02)

    def url(self, kode: str = "2024-T4") -> str:
        return f"{self.address}/hasil/{SAMPLE}/{kode}"

    def close(self) -> None:
        self.server.should_exit = True
        self.thread.join(5)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    with prepare(read_settings({"SKM_DATA": str(tmp_path_factory.mktemp("kota"))})) as store:
        running = City(store)
        yield running
        running.close()


def visit(browser: Browser, width: int = 360, **own) -> Page:
    viewport = {"width": width, "height": 740}
    context = browser.new_context(locale="id-ID", **{"viewport": viewport, **own})
    context.set_default_timeout(10_000)
    return context.new_page()


@pytest.mark.parametrize("width", [360, 1280])
def test_a_citizen_reads_the_result_without_javascript(
    city: City, browser: Browser, width: int
) -> None:
    """LKIP 2024: triwulan IV 93,86, semester II 93,78."""
    page = visit(browser, width, java_script_enabled=False)
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(f"{city.address}/hasil")
    page.get_by_role("link", name="Triwulan IV 2024").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Triwulan IV 2024")
    expect(page.get_by_text("93,86").first).to_be_visible()
    expect(page.get_by_role("row", name="U3 Waktu penyelesaian")).to_contain_text("90,35")
    expect(page.get_by_role("heading", name="Rencana tindak lanjut")).to_be_visible()
    page.get_by_text("Lihat 67 titik layanan").click()
    expect(page.get_by_role("row", name="Kantor Disdukcapil")).to_be_visible()
    page.get_by_role("link", name="Semester II 2024").click()
    expect(page.get_by_text("93,78").first).to_be_visible()
    with page.expect_download() as saved:
        page.get_by_role("link", name="Data terbuka (CSV)").click()
    assert saved.value.suggested_filename == f"skm-{SAMPLE}-2024-S2.csv"
    assert len(requests) == 4  # three pages and a file: no style sheet, no script, no picture
    assert page.context.cookies() == []
    page.context.close()


def test_after_answering_the_way_leads_here(city: City, browser: Browser) -> None:
    page = visit(browser, java_script_enabled=False)
    tautan = city.store.add_tautan(SAMPLE, [TautanBaru("dinas", None, Kanal.QR)])[0]
    page.goto(f"{city.address}/isi/{tautan.kode}")
    answer(page)
    page.get_by_role("button", name="Kirim").click()
    page.locator("main a[href*=hasil]").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Semester II 2024")
    page.context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_scrolls_sideways(city: City, browser: Browser, width: int) -> None:
    page = visit(browser, width)
    for url in (city.url(), f"{city.address}/hasil", city.url("2024-T9")):
        page.goto(url)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.close()


def test_text_at_twice_the_size_fits(city: City, browser: Browser) -> None:
    page = visit(browser, 640)
    page.goto(city.url())
    page.evaluate("for (const s of document.styleSheets) s.insertRule('html{font-size:200%}')")
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    page.context.close()


def test_with_the_keyboard_alone(city: City, browser: Browser) -> None:
    page = visit(browser, 1280)
    page.goto(city.url())
    page.keyboard.press("Tab")
    expect(page.get_by_text("Lihat 67 titik layanan")).to_be_focused()
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    expect(page.get_by_role("row", name="Kantor Disdukcapil")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(city.url("2024-S2"))
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(city: City, browser: Browser, scheme: str) -> None:
    page = visit(browser, bypass_csp=True, color_scheme=scheme)
    for url in (city.url(), city.url("2024-S2"), f"{city.address}/hasil", city.url("2024-T9")):
        page.goto(url)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        check_axe(page)
    page.context.close()


def test_on_paper_all_titik_are_there_and_no_links_to_files(city: City, browser: Browser) -> None:
    page = visit(browser, 1280)
    page.goto(city.url())
    printed = pypdfium2.PdfDocument(BytesIO(page.pdf(format="A4")))
    text = "\n".join(sheet.get_textpage().get_text_bounded() for sheet in printed)
    printed.close()
    assert "93,86" in text
    assert "Kantor Disdukcapil Kota Bekasi" in text
    assert "Data terbuka" not in text
    page.context.close()
