"""The form in a real browser: a cheap phone, a lost signal, a kiosk, a keyboard."""

from __future__ import annotations

import os
import re
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

import pytest
import uvicorn
from masuk_uji import nobody
from playwright.sync_api import Browser, Page, Route, expect
from starlette.applications import Starlette

from skm.jawaban import Kanal
from skm.settings import read_settings
from skm.store import Store, Tautan, TautanBaru, open_store
from skm.survei import parse_survei
from skm.web.isi import pages
from skm.web.isi.routes import form_routes
from skm.web.isi.visits import Visits
from skm.web.lapisan import layers

from .running import ROOT, free_port

TEXT = (ROOT / "surveys" / "contoh-disdukcapil-bekasi-2024.toml").read_text(encoding="utf-8")
SURVEI = parse_survei(TEXT, "contoh")
TITIK = "kel-bekasi-barat-kranji"
PHONE = {"width": 360, "height": 640}
THANKS = re.compile("/terima-kasih")


class Office:
    """A running form with its store."""

    def __init__(self, folder: Path) -> None:
        self.store = open_store(f"sqlite:///{folder / 'skm.db'}")
        self.save(TEXT)
        self.visits = Visits(lambda: self.store, jeda=3600)
        self.ahead = timedelta(0)
        routes = form_routes(
            lambda: self.store, b"rahasia" * 5, visits=self.visits, clock=lambda: self.now
        )
        stack = layers(read_settings({}), nobody, routes=routes)
        app = Starlette(routes=routes, middleware=stack)
        port = free_port()
        config = uvicorn.Config(app, port=port, log_level="error", lifespan="off", ws="none")
        self.address, self.server = f"http://127.0.0.1:{port}", uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()
        while not self.server.started:
            time.sleep(0.02)

    @property
    def now(self) -> datetime:
        """The office's time; a test may set it ahead."""
        return datetime.now(UTC) + self.ahead

    def save(self, text: str) -> None:
        self.store.save_survei(parse_survei(text, "uji"), text)

    def place(self, kanal: Kanal = Kanal.QR, layanan: str | None = None) -> Tautan:
        return self.store.add_tautan(SURVEI.id, [TautanBaru(TITIK, layanan, kanal)])[0]

    def url(self, tautan: Tautan, query: str = "") -> str:
        return f"{self.address}/isi/{tautan.kode}{query}"

    def stored(self) -> list:
        return list(self.store.answers(SURVEI.id))

    def close(self) -> None:
        self.server.should_exit = True
        self.thread.join(5)
        self.store.close()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    running = Office(tmp_path)
    yield running
    running.close()


def visit(browser: Browser, **own) -> Page:
    context = browser.new_context(locale="id-ID", **{"viewport": PHONE, **own})
    context.set_default_timeout(10_000)
    return context.new_page()


def answer(page: Page, nilai: str = "343434343", layanan: str | None = "ikd") -> None:
    if layanan:
        page.check(f"#layanan-{layanan}")
    for i, mark in enumerate(nilai, start=1):
        page.check(f"#u{i}-{mark}")


@pytest.mark.parametrize("script", [True, False], ids=["dengan skrip", "tanpa skrip"])
def test_on_a_phone(office: Office, browser: Browser, script: bool) -> None:
    page = visit(browser, java_script_enabled=script, has_touch=True)
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(office.url(office.place()))
    assert len(requests) == (2 if script else 1)
    answer(page, "34343434")
    page.fill("#saran", "Ruang tunggu panas")
    page.get_by_role("button", name="Kirim").tap()
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("Pertanyaan 9 belum dijawab")
    expect(summary).to_be_focused()
    summary.get_by_role("link").tap()
    expect(page.locator("#u9-1")).to_be_focused()
    page.check("#u9-2")
    page.get_by_role("button", name="Kirim").tap()
    expect(page.get_by_role("heading", name="Terima kasih")).to_be_visible()
    (stored,) = office.stored()
    assert (stored.nilai, stored.saran) == ("343434342", "Ruang tunggu panas")
    page.reload()
    expect(page.get_by_role("heading", name="Terima kasih")).to_be_visible()
    assert len(office.stored()) == 1
    assert page.context.cookies() == []
    assert {url.split("/")[2] for url in requests} == {office.address.removeprefix("http://")}
    assert problems == []
    page.context.close()


def test_offline_then_online(office: Office, browser: Browser) -> None:
    page = visit(browser)
    page.goto(office.url(office.place()))
    answer(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Kirim").click()
    expect(page.get_by_text("dikirim sendiri begitu tersambung")).to_be_visible()
    expect(page.locator("#u9-3")).to_be_checked()
    expect(page.get_by_role("button", name="Kirim lagi")).to_be_enabled()
    assert office.stored() == []
    page.context.set_offline(False)
    expect(page).to_have_url(THANKS)
    assert len(office.stored()) == 1
    page.context.close()


def test_what_waited_is_sent_at_the_next_visit(office: Office, browser: Browser) -> None:
    page, tautan = visit(browser), office.place()
    page.goto(office.url(tautan))
    answer(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Kirim").click()
    expect(page.get_by_text("dikirim sendiri")).to_be_visible()
    page.close()
    page.context.set_offline(False)
    later = page.context.new_page()
    later.goto(office.url(office.place()))
    expect(later.get_by_text("sudah terkirim. Terima kasih")).to_be_visible()
    assert len(office.stored()) == 1
    page.context.close()


class TestOverMidnight:
    """Filled in on 31 December at 23:55 WIB without a signal, sent next year. The phone's own clock
    is years behind, as on many cheap phones, but it runs.
    """

    NEW_YEAR = datetime(2027, 12, 31, 17, 0, tzinfo=UTC)
    PHONE_CLOCK = datetime(2019, 6, 1, 8, 0, tzinfo=UTC)

    def fill(self, office: Office, page: Page) -> None:
        """Open the form at 23:50 and press Kirim at 23:55, offline."""
        page.context.clock.install(time=self.PHONE_CLOCK)
        office.ahead = self.NEW_YEAR - timedelta(minutes=10) - datetime.now(UTC)
        page.goto(office.url(office.place()))
        answer(page)
        self.wait(office, page, 5)
        page.context.set_offline(True)
        page.get_by_role("button", name="Kirim").click()
        expect(page.get_by_text("dikirim sendiri")).to_be_visible()

    def wait(self, office: Office, page: Page, minutes: int) -> None:
        office.ahead += timedelta(minutes=minutes)
        page.context.clock.fast_forward(minutes * 60_000)

    def check(self, office: Office) -> None:
        (stored,) = office.stored()
        assert stored.periode.kode == "2027-T4"
        pressed = self.NEW_YEAR - timedelta(minutes=5)
        assert pressed <= stored.waktu < pressed + timedelta(minutes=2)

    def test_the_page_stays_open(self, office: Office, browser: Browser) -> None:
        page = visit(browser)
        self.fill(office, page)
        self.wait(office, page, 30)
        page.get_by_role("button", name="Kirim lagi").click()
        expect(page.get_by_role("button", name="Kirim lagi")).to_be_enabled()
        assert office.stored() == []
        self.wait(office, page, 30)
        page.context.set_offline(False)
        expect(page).to_have_url(THANKS)
        assert office.now > self.NEW_YEAR
        self.check(office)
        page.context.close()

    def test_the_phone_comes_back_two_days_later(self, office: Office, browser: Browser) -> None:
        page = visit(browser)
        self.fill(office, page)
        later = page.context.new_page()
        page.close()
        self.wait(office, later, 2 * 24 * 60)
        later.context.set_offline(False)
        later.goto(office.url(office.place()))
        expect(later.get_by_text("sudah terkirim. Terima kasih")).to_be_visible()
        self.check(office)
        later.context.close()

    def test_changed_answers_are_given_anew(self, office: Office, browser: Browser) -> None:
        page = visit(browser)
        self.fill(office, page)
        self.wait(office, page, 30)
        page.check("#u9-1")
        page.get_by_role("button", name="Kirim lagi").click()
        expect(page.get_by_role("button", name="Kirim lagi")).to_be_enabled()
        self.wait(office, page, 30)
        page.context.set_offline(False)
        expect(page).to_have_url(THANKS)
        (stored,) = office.stored()
        assert (stored.nilai[-1], stored.periode.kode) == ("1", "2028-T1")
        page.context.close()


def test_offline_with_a_gap_says_so_instead_of_waiting(office: Office, browser: Browser) -> None:
    page = visit(browser)
    page.goto(office.url(office.place()))
    answer(page, "34343434")
    page.context.set_offline(True)
    page.get_by_role("button", name="Kirim").click()
    expect(page.get_by_text("Masih ada yang belum dijawab")).to_be_visible()
    expect(page.locator("#u9-1")).to_be_focused()
    assert page.evaluate("localStorage.getItem('skm-antre')") in (None, "[]", "0")
    page.context.close()


def test_when_only_the_thanks_are_lost_the_answer_is_stored_once(
    office: Office, browser: Browser
) -> None:
    page, lost = visit(browser), []

    def lose(route: Route) -> None:
        if route.request.method == "POST" and not lost and "mulai" not in route.request.url:
            lost.append(route.fetch(max_redirects=0).status)
            route.abort()
        else:
            route.continue_()

    page.route("**/isi/*", lose)
    page.goto(office.url(office.place()))
    answer(page)
    page.get_by_role("button", name="Kirim").click()
    expect(page.get_by_text("dikirim sendiri")).to_be_visible()
    assert lost == [303]
    page.reload()
    expect(page).to_have_url(THANKS)
    assert len(office.stored()) == 1
    page.context.close()


def test_a_busy_store_is_tried_again(
    office: Office, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = visit(browser)
    page.goto(office.url(office.place()))
    answer(page)
    with monkeypatch.context() as patch:
        patch.setattr(Store, "submit_soon", lambda *_: 1 / 0)
        page.get_by_role("button", name="Kirim").click()
        expect(page.get_by_text("karena gangguan di pihak kami")).to_be_visible()
        expect(page.locator("#u9-3")).to_be_checked()
    page.get_by_role("button", name="Kirim lagi").click()
    expect(page).to_have_url(THANKS)
    assert len(office.stored()) == 1
    page.context.close()


@pytest.mark.parametrize("script", [True, False], ids=["dengan skrip", "tanpa skrip"])
def test_a_double_tap_stores_one(office: Office, browser: Browser, script: bool) -> None:
    page = visit(browser, java_script_enabled=script)
    page.goto(office.url(office.place()))
    answer(page)
    page.get_by_role("button", name="Kirim").dblclick(no_wait_after=True)
    expect(page).to_have_url(THANKS)
    assert len(office.stored()) == 1
    page.context.close()


@pytest.mark.parametrize("script", [True, False], ids=["dengan skrip", "tanpa skrip"])
def test_the_way_back_from_the_thanks_leads_to_a_new_form(
    office: Office, browser: Browser, script: bool
) -> None:
    page, tautan = visit(browser, java_script_enabled=script), office.place()
    page.goto(f"{office.address}/isi/ABCDEF23")
    page.goto(office.url(tautan))
    first = page.input_value("[name=id_kirim]")
    answer(page)
    page.click("#kirim")
    expect(page).to_have_url(THANKS)
    page.go_back()
    if not script:
        assert page.input_value("[name=id_kirim]") != first
    expect(page.locator(":checked")).to_have_count(0)
    page.context.close()


def test_a_draft_comes_back_and_can_be_thrown_away(office: Office, browser: Browser) -> None:
    page, tautan = visit(browser), office.place()
    page.goto(office.url(tautan))
    page.check("#u2-4")
    page.fill("#saran", "Sedang menulis")
    expect(page.locator("#maju")).to_contain_text("1 dari 9")
    page.goto(office.url(office.place()))
    expect(page.locator(":checked")).to_have_count(0)
    page.goto(office.url(tautan))
    expect(page.locator("#u2-4")).to_be_checked()
    expect(page.locator("#saran")).to_have_value("Sedang menulis")
    page.get_by_role("button", name="Kosongkan").click()
    expect(page.locator("#saran")).to_have_value("")
    page.context.close()


@pytest.mark.parametrize("script", [True, False], ids=["dengan skrip", "tanpa skrip"])
def test_a_page_per_question(office: Office, browser: Browser, script: bool) -> None:
    office.save(TEXT.replace("[kuesioner]", '[formulir]\nhalaman = "per-pertanyaan"\n[kuesioner]'))
    page = visit(browser, java_script_enabled=script)
    page.goto(office.url(office.place()))
    page.get_by_role("button", name="Lanjut").click()
    expect(page.get_by_role("alert")).to_contain_text("Layanan belum dijawab")
    page.check("#layanan-ikd")
    page.get_by_role("button", name="Lanjut").click()
    for i in range(1, 10):
        expect(page.get_by_text(f"Langkah {i + 1} dari 11")).to_be_visible()
        page.check(f"#u{i}-{3 if i % 2 else 4}")
        page.get_by_role("button", name="Lanjut").click()
    page.get_by_role("button", name="Kembali").click()
    expect(page.locator("#u9-3")).to_be_checked()
    page.go_back()  # the browser's own way back
    expect(page.get_by_text("Langkah 11 dari 11")).to_be_visible()
    page.fill("#usia", "41")
    page.get_by_role("button", name="Kirim").click()
    expect(page).to_have_url(THANKS)
    (stored,) = office.stored()
    assert (stored.nilai, stored.layanan) == ("343434343", "ikd")
    assert stored.profil == (("usia", "41"),)
    page.context.close()


def test_english_keeps_what_is_filled_in(office: Office, browser: Browser) -> None:
    page = visit(browser)
    page.goto(office.url(office.place()))
    answer(page, "3434")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_text("How easy is the service procedure here?")).to_be_visible()
    assert page.get_attribute("html", "lang") == "en"
    expect(page.locator("#u4-4")).to_be_checked()
    answer(page)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    page.context.close()


def test_with_the_keyboard_alone(office: Office, browser: Browser) -> None:
    page = visit(browser, viewport={"width": 1280, "height": 800})
    page.goto(office.url(office.place(layanan="ikd")))
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="English")).to_be_focused()
    for i in range(1, 10):
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
        expect(page.locator(f"#u{i}-2")).to_be_checked()
        outline = page.evaluate(
            "getComputedStyle(document.activeElement.nextElementSibling).outlineStyle"
        )
        assert outline == "solid"
    for _ in range(5):  # jenis kelamin, usia, pendidikan, pekerjaan, saran
        page.keyboard.press("Tab")
    page.keyboard.type("Lewat papan ketik")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(THANKS)
    assert office.stored()[0].nilai == "222222222"
    page.context.close()


class TestKiosk:
    def hurry(self, page: Page, diam: int) -> None:
        """Let a minute of idleness pass in seconds."""
        change = f'data-diam="{diam}" data-peringatan="{diam - 1}"'

        def shorter(route: Route) -> None:
            if route.request.method != "GET":
                return route.continue_()
            response = route.fetch()
            text = response.text().replace('data-diam="60" data-peringatan="20"', change)
            return route.fulfill(response=response, body=text)

        page.route("**/isi/*", shorter)

    def test_an_abandoned_form_empties_itself(self, office: Office, browser: Browser) -> None:
        page = visit(browser, viewport={"width": 1024, "height": 768})
        self.hurry(page, 3)
        page.goto(office.url(office.place(Kanal.KIOS)))
        first = page.input_value("[name=id_kirim]")
        page.check("#u1-4")
        expect(page.get_by_role("alertdialog")).to_contain_text("dikosongkan dalam")
        page.get_by_role("button", name="Ya, lanjutkan").click()
        expect(page.locator("#u1-4")).to_be_checked()
        expect(page.get_by_role("alertdialog")).to_be_visible()
        expect(page.locator(":checked")).to_have_count(0)
        assert page.input_value("[name=id_kirim]") != first
        assert page.evaluate("localStorage.length") == 0
        page.context.close()

    @pytest.mark.parametrize("script", [True, False], ids=["dengan skrip", "tanpa skrip"])
    def test_person_after_person(
        self, office: Office, browser: Browser, script: bool, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert pages.KIOSK_SECONDS == 8
        monkeypatch.setattr(pages, "KIOSK_SECONDS", 1)
        page = visit(browser, java_script_enabled=script, viewport={"width": 1024, "height": 768})
        tautan = office.place(Kanal.KIOS, "ikd")
        page.goto(office.url(tautan, "?bahasa=en"))
        for _ in range(2):
            answer(page, layanan=None)
            page.click("#kirim")
            expect(page).to_have_url(THANKS)
            outside = page.locator("a:not([href^='?']):not([href^='../'])")
            expect(outside).to_have_count(0)
            expect(page).to_have_url(office.url(tautan, "?bahasa=id"))
            expect(page.locator(":checked")).to_have_count(0)
        assert len(office.stored()) == 2
        page.context.close()

    def test_without_a_network_the_next_person_can_go_on(
        self, office: Office, browser: Browser
    ) -> None:
        page = visit(browser, viewport={"width": 1024, "height": 768})
        page.clock.install()
        page.goto(office.url(office.place(Kanal.KIOS, "ikd")))
        page.context.set_offline(True)
        for _ in range(2):
            answer(page, layanan=None)
            page.click("#kirim")
            expect(page.get_by_text("dikirim sendiri")).to_be_visible()
            page.clock.run_for(9000)
            expect(page.locator(":checked")).to_have_count(0)
        page.context.set_offline(False)
        deadline = time.monotonic() + 10
        while len(office.stored()) < 2 and time.monotonic() < deadline:
            page.clock.run_for(1000)
            page.wait_for_timeout(50)
        assert len(office.stored()) == 2
        page.context.close()


WIDTHS = [320, 360, 1280]


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_scrolls_sideways_and_targets_are_large(
    office: Office, browser: Browser, width: int
) -> None:
    page = visit(browser, viewport={"width": width, "height": 700})
    for query in ("", "?bahasa=en"):
        page.goto(office.url(office.place(), query))
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        small = page.evaluate(
            "Array.from(document.querySelectorAll('.o label,button,.angka,textarea,.bahasa a'))"
            ".map(e => e.getBoundingClientRect()).filter(r => r.height < 44 || r.width < 44).length"
        )
        assert small == 0
        page.click("#kirim")
        page.get_by_role("alert").wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.close()


def test_text_at_twice_the_size_fits(office: Office, browser: Browser) -> None:
    page = visit(browser, viewport={"width": 640, "height": 700})
    page.goto(office.url(office.place()))
    page.evaluate("for (const s of document.styleSheets) s.insertRule('html{font-size:200%}')")
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    page.context.close()


def axe_source() -> str:
    spec = find_spec("axe_playwright_python")
    if spec is None or spec.origin is None:
        if os.environ.get("CI"):
            pytest.fail("CI needs axe-playwright-python")
        pytest.skip("axe-playwright-python is not installed")
    return (Path(spec.origin).parent / "axe.min.js").read_text(encoding="utf-8")


RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def check_axe(page: Page) -> None:
    if not page.evaluate("typeof window.axe !== 'undefined'"):
        page.evaluate(axe_source())
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    told = [
        (v["id"], [(n["html"][:120], n["failureSummary"]) for n in v["nodes"]])
        for v in found["violations"]
    ]
    assert told == [], page.url
    assert found["passes"]


def test_axe_finds_nothing(office: Office, browser: Browser) -> None:
    page = visit(browser, bypass_csp=True)
    tautan, kios, closed = office.place(), office.place(Kanal.KIOS, "ikd"), office.place()
    office.store.change_tautan(closed.kode, aktif=False)
    page.goto(office.url(tautan, "?bahasa=en"))
    check_axe(page)
    page.fill("#usia", "abc")
    page.click("#kirim")
    page.get_by_role("alert").wait_for()
    check_axe(page)
    page.fill("#usia", "")
    answer(page)
    page.context.set_offline(True)
    page.click("#kirim")
    page.locator("#kabar.status").wait_for()
    check_axe(page)
    page.context.set_offline(False)
    expect(page).to_have_url(THANKS)
    check_axe(page)
    for url in (office.url(closed), f"{office.address}/isi/ABCDEF23", office.url(kios)):
        page.goto(url)
        check_axe(page)
    answer(page, layanan=None)
    page.click("#kirim")
    expect(page).to_have_url(THANKS)
    check_axe(page)
    office.save(TEXT.replace("[kuesioner]", '[formulir]\nhalaman = "per-pertanyaan"\n[kuesioner]'))
    page.goto(office.url(tautan))
    page.check("#layanan-ikd")
    page.get_by_role("button", name="Lanjut").click()
    page.get_by_text("Langkah 2 dari 11").wait_for()
    check_axe(page)
    page.context.close()


def test_axe_finds_nothing_in_the_dark(office: Office, browser: Browser) -> None:
    page = visit(browser, bypass_csp=True, color_scheme="dark")
    page.goto(office.url(office.place()))
    answer(page, "3")
    check_axe(page)
    page.click("#kirim")
    page.get_by_role("alert").wait_for()
    check_axe(page)
    page.context.close()


def test_the_kiosk_warning_passes_axe(office: Office, browser: Browser) -> None:
    page = visit(browser, bypass_csp=True, viewport={"width": 1024, "height": 768})
    TestKiosk().hurry(page, 30)
    page.goto(office.url(office.place(Kanal.KIOS)))
    page.check("#u1-4")
    page.get_by_role("alertdialog").wait_for()
    check_axe(page)
    page.context.close()
