"""A clerk keys paper sheets at speed in a real browser: none is lost, and the answers are exact."""

from __future__ import annotations

import os
import random
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import pytest
import uvicorn
from masuk_uji import SignedIn
from playwright.sync_api import Browser, BrowserContext, Page, expect
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from skm.settings import SURVEYS
from skm.store import Store, open_store
from skm.survei import load_survei
from skm.web.entri.routes import entry_routes

from .running import free_port

SURVEI = "contoh-disdukcapil-bekasi-2024"
FILE = SURVEYS / f"{SURVEI}.toml"
KEY = 0.03
"""Seconds from key to key: twice as fast as the 60 ms that a fast clerk needs."""
PATIENT = 10_000
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OTHER_WINDOW = """async (survei) => {
  const badan = {
    id_kirim: "jendela-lain-0001", sesi: sessionStorage.getItem(`skm-entri:${survei}:kini`),
    versi: "2024-1", nomor: 2, nilai: "333333333", periode: "2024-T4",
    titik: null, layanan: null, profil: {}, saran: "",
  };
  const jenis = { "Content-Type": "application/json" };
  const kirim = { method: "POST", headers: jenis, body: JSON.stringify(badan) };
  await fetch(`/entri/${survei}/lembar`, kirim);
}"""


@dataclass
class Office:
    """A running page of paper entry, its store, and whether the store's side answers."""

    address: str
    store: Store
    mati: threading.Event = field(default_factory=threading.Event)

    def answers(self) -> list[str]:
        return [a.nilai for a in self.store.answers(SURVEI)]


class Outage:
    """While `mati` is set, what writes or reads sheets answers 503, and no sheet arrives."""

    def __init__(self, app: ASGIApp, mati: threading.Event) -> None:
        self.app, self.mati = app, mati

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and self.mati.is_set() and scope["path"].count("/") > 2:
            await PlainTextResponse("sedang rusak", status_code=503)(scope, receive, send)
            return
        await self.app(scope, receive, send)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with open_store(f"sqlite:///{tmp_path_factory.mktemp('data') / 'skm.db'}") as store:
        store.save_survei(load_survei(FILE), FILE.read_text(encoding="utf-8"))
        port = free_port()
        office = Office(f"http://127.0.0.1:{port}", store)
        app = Outage(
            Starlette(routes=entry_routes(lambda: store), middleware=[Middleware(SignedIn)]),
            office.mati,
        )
        config = uvicorn.Config(
            app, port=port, log_level="warning", access_log=False, ws="none", lifespan="off"
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield office
        server.should_exit = True
        thread.join(10)


@pytest.fixture
def office(running: Office) -> Iterator[Office]:
    """The running office without sheets of another test."""
    yield running
    running.mati.clear()
    for batch in running.store.list_batches(SURVEI):
        if batch.dibatalkan is None:
            running.store.undo_batch(batch.id)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(locale="id-ID", viewport={"width": 1280, "height": 900})
    opened.set_default_timeout(PATIENT)
    yield opened
    opened.close()


@pytest.fixture
def page(office: Office, context: BrowserContext) -> Page:
    """The page with a sitting begun: one titik, one layanan, every tenth sheet keyed twice."""
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.goto(f"{office.address}/entri/{SURVEI}")
    begin(page)
    return page


def begin(page: Page, layanan: str = "ktp-el") -> None:
    page.get_by_label("Titik layanan").select_option("dinas")
    page.get_by_label("Jenis layanan", exact=True).first.select_option(layanan)
    page.get_by_role("button", name="Mulai mengetik").click()
    expect(page.locator("#jawab-1")).to_be_focused()


def some_sheets(n: int) -> list[str]:
    chance = random.Random(14)  # noqa: S311
    return ["".join(chance.choices("1234-", [1, 1, 5, 9, 1], k=9)) for _ in range(n)]


def saved(page: Page, n: int) -> None:
    expect(page.locator("#jumlah")).to_have_text(f"{n} lembar tersimpan dalam sesi ini")
    expect(page.locator("#keadaan")).to_have_text("Semua lembar tersimpan.")


def test_fifty_sheets_faster_than_60_ms_a_key(office: Office, page: Page) -> None:
    sheets = some_sheets(50)
    start = time.monotonic()
    for i, key in enumerate("".join(f"{nilai}\n" for nilai in sheets)):
        time.sleep(max(0.0, start + i * KEY - time.monotonic()))
        page.keyboard.press("Enter" if key == "\n" else key)
    saved(page, 50)
    assert office.answers() == sheets
    stored = list(office.store.answers(SURVEI))
    assert [a.identitas for a in stored] == [str(i) for i in range(1, 51)]
    assert {(a.titik, a.layanan) for a in stored} == {("dinas", "ktp-el")}
    expect(page.locator("#daftar tr")).to_have_count(10)
    by_hand = [sum(int(s[i]) for s in sheets if s[i] != "-") for i in range(9)]
    shown = [page.locator(f"[data-jumlah='{i}']").inner_text() for i in range(1, 10)]
    assert [int(t) for t in shown] == by_hand


def test_keys_of_a_whole_sheet(office: Office, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(f"{office.address}/entri/{SURVEI}")
    begin(page, "*")
    # Letters by the order on the paper, 0 for a blank; layanan 06, P, 34, the third, Polri.
    page.keyboard.type("abcd0dcba" + "06" + "P" + "34" + "3" + "polri", delay=5)
    page.keyboard.type("Loket kurang, hubungi budi@contoh.id", delay=1)
    page.keyboard.press("Enter")
    expect(page.locator("#jawab-1")).to_be_focused()
    # A wrong age is taken back with Backspace; "swasta" by its first letters and Tab.
    page.keyboard.type("444444444" + "-" + "l" + "43", delay=5)
    page.keyboard.press("Backspace")
    page.keyboard.type("34" + "s1" + "sw", delay=5)
    page.keyboard.press("Tab")
    expect(page.locator("#saran")).to_be_focused()
    page.keyboard.press("Enter")
    saved(page, 2)
    page.set_viewport_size({"width": 640, "height": 450})  # 1280 px at 200 %
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    first, second = office.store.answers(SURVEI)
    assert (first.nilai, first.layanan) == ("1234-4321", "ktp-el")
    assert dict(first.profil) == {
        "jenis_kelamin": "P",
        "usia": "34",
        "pendidikan": "SMA",
        "pekerjaan": "polri",
    }
    assert first.saran == "Loket kurang, hubungi [disamarkan]"
    assert (second.nilai, second.layanan, second.saran) == ("4" * 9, None, None)
    assert dict(second.profil) == {
        "jenis_kelamin": "L",
        "usia": "34",
        "pendidikan": "S1",
        "pekerjaan": "swasta",
    }


def test_wrong_keys_are_refused_and_seen(office: Office, page: Page) -> None:
    hint = page.locator("#salah")
    for key, said in (("9", "“9” bukan jawaban"), ("x", "“x” bukan"), ("Space", "Spasi bukan")):
        page.keyboard.press(key)
        expect(hint).to_contain_text(said)
        expect(page.locator("#jawab-1")).to_have_value("")
        expect(page.locator("#jawab-1")).to_be_focused()
    page.keyboard.type("44")
    expect(hint).to_have_text("")
    page.keyboard.press("Enter")
    expect(hint).to_contain_text("Pertanyaan 3 belum diisi")
    page.keyboard.type("3")
    page.keyboard.press("Backspace")
    expect(page.locator("#jawab-3")).to_be_focused()
    page.keyboard.type("1444444")
    page.keyboard.type("X")  # sex is L or P
    expect(hint).to_contain_text("tidak ada pada Jenis kelamin")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_contain_text("Kosongkan lembar ini?")
    page.keyboard.press("t")
    expect(page.locator("#jawab-3")).to_have_value("1")
    page.keyboard.press("Escape")
    page.keyboard.press("y")
    expect(page.locator("#jawab-3")).to_have_value("")
    page.keyboard.press("Numpad4")  # Num Lock is off: the key is an arrow
    expect(hint).to_contain_text("Num Lock mati")
    page.mouse.click(5, 5)  # a key that reaches no field goes on where the clerk was
    page.keyboard.press("4")
    expect(page.locator("#jawab-1")).to_have_value("4")
    page.keyboard.press("Backspace")
    page.keyboard.type("-" * 9 + "\n")
    expect(hint).to_contain_text("Semua jawaban lembar ini kosong")
    assert office.answers() == []


def test_an_outage_in_the_middle_loses_nothing(
    office: Office, page: Page, context: BrowserContext
) -> None:
    sheets = some_sheets(12)
    type_fast(page, sheets[:4])
    saved(page, 4)
    office.mati.set()
    type_fast(page, sheets[4:7])
    expect(page.locator("#keadaan")).to_contain_text("3 lembar belum tersimpan")
    context.set_offline(True)
    office.mati.clear()
    type_fast(page, sheets[7:9])
    expect(page.locator("#keadaan")).to_contain_text("5 lembar belum tersimpan")
    assert office.answers() == sheets[:4]
    context.set_offline(False)
    type_fast(page, sheets[9:])
    saved(page, 12)
    assert office.answers() == sheets


def test_a_reload_keeps_what_is_not_stored_yet(office: Office, page: Page) -> None:
    sheets = some_sheets(5)
    type_fast(page, sheets[:2])
    saved(page, 2)
    office.mati.set()
    type_fast(page, sheets[2:])
    expect(page.locator("#keadaan")).to_contain_text("3 lembar belum tersimpan")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.reload()
    assert asked == ["beforeunload"]
    expect(page.locator("#daftar [data-keadaan=dikirim]")).to_have_count(3)
    office.mati.clear()
    page.get_by_role("button", name="Kirim lagi sekarang").click()
    saved(page, 5)
    assert office.answers() == sheets
    expect(page.locator("#nomor")).to_have_value("6")


def test_a_correction(office: Office, page: Page) -> None:
    type_fast(page, ["444444444", "333333333"])
    saved(page, 2)
    page.keyboard.type("12")  # a sheet that is half keyed waits meanwhile
    page.keyboard.press("F2")
    page.keyboard.press("F2")
    expect(page.locator("#ragam")).to_contain_text("Mengoreksi lembar 1")
    page.keyboard.type("2")
    page.keyboard.press("Enter")
    expect(page.locator("#jawab-2")).to_have_value("2")
    expect(page.locator("#jawab-3")).to_be_focused()
    expect(page.locator("[data-jumlah='1']")).to_have_text("5")
    assert office.answers() == ["244444444", "333333333"]
    assert office.store.check_recap(SURVEI) == ()
    page.keyboard.type("3444444\n")
    saved(page, 3)
    assert office.answers()[2] == "123444444"


def test_a_refused_sheet_is_put_right(office: Office, page: Page) -> None:
    type_fast(page, ["444444444"])
    saved(page, 1)
    # A second window of the same sitting has used the number meanwhile.
    page.evaluate(OTHER_WINDOW, SURVEI)
    type_fast(page, ["222222222"])
    expect(page.locator("#keadaan")).to_contain_text("1 lembar ditolak")
    page.get_by_role("button", name="Perbaiki lembar 2").click()
    expect(page.locator("#nomor")).to_be_focused()
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    saved(page, 3)
    assert office.answers() == ["444444444", "333333333", "222222222"]


def test_sheets_keyed_twice_show_the_error_rate(office: Office, page: Page) -> None:
    type_fast(page, ["444444444"] * 10)
    saved(page, 10)
    page.get_by_role("button", name="Mulai entri ulang").click()
    expect(page.locator("#ragam")).to_contain_text("Entri ulang 1 dari 1")
    expect(page.locator("#bagian-daftar")).to_be_hidden()
    page.keyboard.type("444443444\n")
    result = page.locator("#hasil-ulang")
    expect(result).to_contain_text("11,11 % jawaban berbeda: 1 dari 9 jawaban")
    expect(result).to_contain_text("6. Kompetensi pelaksana")
    expect(result).to_contain_text("Seluruh isian: 1 dari 13 isian berbeda (7,69 %) pada 1 lembar")
    page.get_by_role("button", name="Pakai entri ulang").click()
    expect(result).to_contain_text("Entri ulang dipakai")
    saved(page, 10)
    assert sorted(office.answers()) == ["444443444", *["444444444"] * 9]
    page.get_by_role("button", name="Tutup sesi").click()
    page.get_by_role("button", name="Ya, tutup").click()
    expect(page.get_by_role("heading", name="Mulai sesi")).to_be_visible()


def test_the_result_of_double_entry_is_on_the_server(
    office: Office, page: Page, context: BrowserContext
) -> None:
    """Its answer is lost on the way; the sitting, taken up again, shows what is stored."""
    context.route("**/banding", lambda route: (route.fetch(), route.abort()))
    type_fast(page, ["444444444"] * 10)
    saved(page, 10)
    page.get_by_role("button", name="Mulai entri ulang").click()
    expect(page.locator("#ragam")).to_contain_text("Entri ulang 1 dari 1")
    page.keyboard.type("444443444\n")
    expect(page.locator("#penjelas-ulang")).to_contain_text("Server belum dapat dihubungi")
    (kept,) = office.store.double_entries(SURVEI)[:1]
    assert (kept.lembar, kept.isian, kept.berbeda) == (1, 13, 1)
    page.reload()
    whole = "Seluruh isian: 1 dari 13 isian berbeda (7,69 %) pada 1 lembar"
    expect(page.locator("#hasil-ulang")).to_contain_text(whole)
    context.unroute("**/banding")
    page.get_by_role("button", name="Bandingkan").click()
    expect(page.locator("#hasil-ulang")).to_contain_text("11,11 % jawaban berbeda")
    page.get_by_role("button", name="Tutup sesi").click()
    expect(page.locator("#dialog-isi")).not_to_contain_text("belum dilakukan")


def test_plain_http_on_the_offices_network(office: Office, context: BrowserContext) -> None:
    """There browsers have neither randomUUID nor locks."""
    context.add_init_script("delete Crypto.prototype.randomUUID; delete Navigator.prototype.locks")
    page = context.new_page()
    page.goto(f"{office.address}/entri/{SURVEI}")
    assert page.evaluate("[crypto.randomUUID, navigator.locks]") == [None, None]
    begin(page)
    type_fast(page, some_sheets(3))
    saved(page, 3)
    assert office.answers() == some_sheets(3)


def test_axe_finds_nothing(office: Office, browser: Browser) -> None:
    context = browser.new_context(bypass_csp=True, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{office.address}/entri/{SURVEI}")
    check_axe(page)
    begin(page, "*")
    page.keyboard.type("444444444" + "06")
    check_axe(page)
    page.keyboard.press("Enter")
    saved(page, 1)
    page.keyboard.press("7")
    check_axe(page)
    page.keyboard.press("F2")
    check_axe(page)
    context.close()


def axe_source() -> str:
    spec = find_spec("axe_playwright_python")
    if spec is None or spec.origin is None:
        if os.environ.get("CI"):
            pytest.fail("CI needs axe-playwright-python")
        pytest.skip("axe-playwright-python is not installed")
    return (Path(spec.origin).parent / "axe.min.js").read_text(encoding="utf-8")


def check_axe(page: Page) -> None:
    if not page.evaluate("typeof window.axe !== 'undefined'"):
        page.evaluate(axe_source())
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    told = [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found["violations"]]
    assert told == []
    assert found["passes"]


def type_fast(page: Page, sheets: list[str]) -> None:
    page.keyboard.type("".join(f"{nilai}\n" for nilai in sheets), delay=2)
