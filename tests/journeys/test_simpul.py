"""Two nodes behind nginx: people, phones and files reach them, and one of them dies."""

from __future__ import annotations

import http.client
import re
import threading
import time
import urllib.parse
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from masuk_uji import SANDI, sign_in
from playwright.sync_api import Browser, Page, expect

from skm.kiriman import Tanda
from skm.store import Tautan, TautanBaru, open_store
from skm.store.logins import digest_of
from skm.web.masuk.cookie import COOKIE

from .berkas import IKM, write_messy
from .simpul import Kantor, two_nodes
from .test_kill import SURVEI
from .test_unggah_berkas import choose

pytestmark = [pytest.mark.postgres, pytest.mark.lambat]
ENOUGH = 20


@pytest.fixture(scope="module")
def kantor(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kantor]:
    with two_nodes(tmp_path_factory.mktemp("kantor"), postgres_url) as running:
        yield running
    for node in running.nodes:
        assert "Traceback" not in node.output()


def place(url: str) -> Tautan:
    with open_store(url) as store:
        return store.add_tautan(SURVEI, [TautanBaru("dinas", None)])[0]


def sheet(id_kirim: str) -> bytes:
    fields = {f"u{i}": str(1 + i % 4) for i in range(1, 10)} | {"layanan": "kia"}
    return urllib.parse.urlencode({**fields, "id_kirim": id_kirim}).encode()


def send(kantor: Kantor, kode: str, id_kirim: str, **headers: str) -> str | None:
    """Post one sheet; return the response code of a thank-you, None for any other answer."""
    form = {"Content_Type": "application/x-www-form-urlencoded", **headers}
    status, told, _ = kantor.ask("POST", f"/isi/{kode}", sheet(id_kirim), **form)
    if status != 303:
        return None
    return urllib.parse.parse_qs(urllib.parse.urlsplit(told["location"]).query)["r"][0]


def cookie_of(kantor: Kantor, node: int) -> str:
    """The cookie of somebody who is signed in and whom nginx leads to a node."""
    with open_store(kantor.settings["SKM_DATABASE_URL"]) as store:
        for _ in range(100):
            cookie, path = sign_in(store), f"/sidik-{uuid.uuid4().hex}"
            kantor.ask("GET", path, Cookie=f"{COOKIE}={cookie}")
            if kantor.routed(path) == [kantor.places[node]]:
                return cookie
            store.end_login(digest_of(cookie))
    raise AssertionError("no cookie leads there")


@contextmanager
def visitor(browser: Browser, kantor: Kantor, cookie: str) -> Iterator[Page]:
    """A person with a login cookie; errors on the page count."""
    context = browser.new_context(
        locale="id-ID", viewport={"width": 1280, "height": 900}, ignore_https_errors=True
    )
    context.add_cookies(
        [{"name": COOKIE, "value": cookie, "url": kantor.address, "httpOnly": True, "secure": True}]
    )
    context.set_default_timeout(60_000)
    expect.set_options(timeout=60_000)
    yield context.new_page()
    context.close()


def test_everything_works_through_the_proxy(kantor: Kantor, postgres_url: str) -> None:
    tautan = place(postgres_url)
    status, told, _ = kantor.ask("GET", "/masuk")
    assert (status, told["strict-transport-security"]) == (200, "max-age=31536000")
    assert kantor.ask("GET", "/masuk", Host="jahat.example")[0] == 400

    path = f"/unduh/{SURVEI}/2024-T4/laporan.pdf"
    assert kantor.ask("GET", path)[0] == 401
    for node in (0, 1):
        signed_in = f"{COOKIE}={cookie_of(kantor, node)}"
        status, _, content = kantor.ask("GET", path, Cookie=signed_in)
        assert (status, content[:5]) == (200, b"%PDF-")

    form = f"/isi/{tautan.kode}"
    assert [kantor.ask("GET", form)[0] for _ in range(4)] == [200] * 4
    receipts = {send(kantor, tautan.kode, uuid.uuid4().hex) for _ in range(4)}
    assert None not in receipts
    assert len(receipts) == 4
    assert set(kantor.routed(form)) == set(kantor.places)

    same = uuid.uuid4().hex  # pressed twice, answered by either node
    assert len({send(kantor, tautan.kode, same) for _ in range(4)}) == 1
    with open_store(postgres_url) as store:
        assert store.find_tautan(tautan.kode).dikirim == 5
        assert store.check_recap() == ()


def test_plain_http_leads_to_https(kantor: Kantor) -> None:
    asking = http.client.HTTPConnection("127.0.0.1", kantor.plain_port, timeout=10)
    asking.request("GET", "/isi/7K3MPQ9T?bahasa=en")
    answer = asking.getresponse()
    assert answer.status == 301
    assert answer.headers["location"] == "https://127.0.0.1/isi/7K3MPQ9T?bahasa=en"
    asking.close()


def test_a_login_stays_with_its_node(kantor: Kantor) -> None:
    first, second = cookie_of(kantor, 0), cookie_of(kantor, 1)
    for _ in range(5):
        for name, cookie in (("a", first), ("b", second)):
            kantor.ask("GET", f"/tetap-{name}", Cookie=f"lain=x; {COOKIE}={cookie}")
    ways = [set(kantor.routed(f"/tetap-{name}")) for name in "ab"]
    assert ways == [{place} for place in kantor.places]


def test_signing_in_gives_a_cookie_that_never_goes_unencrypted(
    kantor: Kantor, postgres_url: str
) -> None:
    with open_store(postgres_url) as store:
        sign_in(store, "petugas")
    fields = urllib.parse.urlencode({"nama": "petugas", "sandi": SANDI}).encode()
    form = {"Content_Type": "application/x-www-form-urlencoded", "Origin": kantor.address}
    status, told, _ = kantor.ask("POST", "/masuk", fields, **form)
    assert (status, told["set-cookie"].partition("=")[0]) == (303, COOKIE)
    assert "Secure" in told["set-cookie"]


def test_a_written_address_does_not_get_through(kantor: Kantor, postgres_url: str) -> None:
    """nginx puts its own word there: this machine, an office network that is never limited."""
    tautan = place(postgres_url)
    for _ in range(12):
        forged = {"X_Forwarded_For": "203.0.113.9", "X_Forwarded_Proto": "http"}
        assert send(kantor, tautan.kode, uuid.uuid4().hex, **forged)
    with open_store(postgres_url) as store:
        assert store.flag_counts(SURVEI).get(Tanda.RENTETAN, 0) == 0


def test_a_node_dies_and_nobody_at_the_form_notices(kantor: Kantor, postgres_url: str) -> None:
    """Answers come in at both nodes while one is killed: every one of them gets its thanks."""
    tautan = place(postgres_url)
    thanked: dict[str, str | None] = {}
    enough, over = threading.Event(), threading.Event()

    def citizen() -> None:
        while not over.is_set():
            id_kirim = uuid.uuid4().hex
            thanked[id_kirim] = send(kantor, tautan.kode, id_kirim)
            if len(thanked) >= ENOUGH:
                enough.set()

    senders = [threading.Thread(target=citizen) for _ in range(3)]
    for sender in senders:
        sender.start()
    try:
        assert enough.wait(120)
        with kantor.without(0):
            wanted, enough_again = len(thanked) + ENOUGH, time.monotonic() + 120
            while len(thanked) < wanted:
                assert time.monotonic() < enough_again, "and they go on"
                time.sleep(0.05)
    finally:
        over.set()
        for sender in senders:
            sender.join()
    assert None not in thanked.values()
    for id_kirim, receipt in list(thanked.items())[:10]:
        assert send(kantor, tautan.kode, id_kirim) == receipt
    with open_store(postgres_url) as store:
        assert store.find_tautan(tautan.kode).dikirim == len(thanked)
        assert store.check_recap() == ()


def test_two_clerks_on_two_nodes_and_one_node_dies(
    kantor: Kantor, browser: Browser, tmp_path: Path
) -> None:
    """An upload at one node, its figure at the other; then the first node dies under its clerk."""
    with (
        visitor(browser, kantor, cookie_of(kantor, 0)) as clerk,
        visitor(browser, kantor, cookie_of(kantor, 1)) as head,
    ):
        head.goto(f"{kantor.address}/?survei={SURVEI}&periode=2024-T4")
        expect(head.get_by_text("93,86").first).to_be_visible()
        clerk.goto(f"{kantor.address}/unggah")
        upload(clerk, tmp_path)
        head.goto(f"{kantor.address}/?survei={SURVEI}&periode=2025-T1")
        expect(head.get_by_text(IKM).first).to_be_visible()
        with kantor.without(0):
            go_on(clerk, "Responden")
            clerk.goto(f"{kantor.address}/?survei={SURVEI}&periode=2025-T1")
            expect(clerk.get_by_text(IKM).first).to_be_visible()


def go_on(page: Page, name: str) -> None:
    """The page connects by itself to the node that is left; a click before that is lost."""
    link = page.get_by_role("link", name=name, exact=True)
    heading = page.get_by_role("heading", name=name, exact=True)
    for _ in range(12):
        link.click()
        try:
            expect(heading).to_be_visible(timeout=5_000)
            return
        except AssertionError:
            continue
    expect(heading).to_be_visible()


def upload(page: Page, folder: Path) -> None:
    """The messy workbook of the clerk's first day."""
    expect(page.get_by_role("heading", name="Unggah", exact=True)).to_be_visible()
    page.set_input_files("input[type=file]", write_messy(folder / "Rekap Januari.xlsx"))
    page.get_by_role("button", name="Periksa berkas").click()
    expect(page.get_by_text("KTP elektronik").first).to_be_visible()
    choose(page, "KTP elektronik", "Penerbitan KTP El Baru karena Pindah")
    page.get_by_role("button", name="Terapkan dan periksa lagi").click()
    expect(page.locator(".skm-hitung")).to_contain_text(re.compile(r"Jawaban baru\s*3"))
    page.get_by_role("button", name="Simpan jawaban").click()
    expect(page.get_by_text(re.compile("3 jawaban dari berkas"))).to_be_visible()
