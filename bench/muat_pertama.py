"""Bytes and requests of a first visit in Chromium, with an empty cache.

Bytes are those on the wire, with headers. The peer of the dashboard is the first page of
`streamlit hello`, which has no chart and no table; a chart brings Plotly (4.7 MB unpacked), on
whatever Streamlit page.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from bench.masuk import sign_in
from bench.mulai import APP, HELLO
from bench.proses import running
from bench.ukur import Baris, Pilihan, Sasaran, Sebaran, Tolok, compare, peer
from skm.mulai import prepare
from skm.penutupan.tutup import close
from skm.periode import parse_period
from skm.settings import read_settings
from skm.store import TautanBaru

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
SURVEI = "contoh-disdukcapil-bekasi-2024"
_DASHBOARD = "[data-testid=stPlotlyChart] .main-svg"
_HELLO = "[data-testid=stMarkdown]"


def run(pilihan: Pilihan) -> list[Baris]:
    """Return the figures; none where there is no playwright or no Chromium."""
    driver = peer("playwright.sync_api")
    if driver is None or CHROMIUM is None:
        return []
    folder = pilihan.folder / "muat"
    folder.mkdir(exist_ok=True)
    environ = {"SKM_DATA": str(folder)}
    form, cookie = _prepare(folder)
    visits: list[tuple[str, str, str, Sasaran | None, Sasaran | None]] = [
        ("form", f"/isi/{form}", "form", Sasaran(15), Sasaran(2)),
        ("results page", f"/hasil/{SURVEI}", "h1", None, None),
        ("dashboard", "/?periode=2024-T4", _DASHBOARD, Sasaran(2500), None),
    ]
    rows: list[Baris] = []
    with driver.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        with running(APP, pilihan.folder, environ) as server:
            found = [_visit(browser, server.alamat, v[1], v[2], cookie) for v in visits]
        with running(HELLO, pilihan.folder, environ) as server:
            hello = _visit(browser, server.alamat, "/", _HELLO)
        browser.close()
    for (name, _, _, most, requests), (size, count) in zip(visits, found, strict=True):
        bytes_of = {"SKM": Sebaran((size,), "kB")}
        asked = {"SKM": Sebaran((count,), "requests")}
        if name == "dashboard":
            bytes_of["streamlit hello"] = Sebaran((hello[0],), "kB")
            asked["streamlit hello"] = Sebaran((hello[1],), "requests")
        rows += compare(name, 1, bytes_of, (most,) if most else ())
        rows += compare(name, 1, asked, (requests,) if requests else ())
    return rows


def _prepare(folder: Path) -> tuple[str, tuple[str, str]]:
    """Publish a quarter of the sample; return the code of a placement, and a sign-in."""
    with prepare(read_settings({"SKM_DATA": str(folder)})) as store:
        periode = parse_period("2024-T4")
        if not store.closings(SURVEI):
            store.publish_period(SURVEI, close(store, SURVEI, periode).periode)
        titik = store.load_survei(SURVEI).titik[0].kode
        (made,) = store.add_tautan(SURVEI, [TautanBaru(titik, None)])
        return made.kode, sign_in(store)


def _visit(
    browser: Any,  # noqa: ANN401 - playwright may be missing
    address: str,
    path: str,
    until: str,
    cookie: tuple[str, str] | None = None,
) -> tuple[float, int]:
    """Return the kB and the requests until the page shows what it is for, and is quiet."""
    context = browser.new_context()
    if cookie is not None:
        context.add_cookies([{"name": cookie[0], "value": cookie[1], "url": address}])
    page = context.new_page()
    session = context.new_cdp_session(page)
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    session.send("Network.enable")
    page.goto(f"{address}{path}")
    page.wait_for_selector(until, timeout=90_000)
    page.wait_for_load_state("networkidle")
    context.close()
    return sum(sizes) / 1000, len(sizes)


TOLOK = Tolok(
    nama="muat-pertama",
    tentang=(__doc__ or "").strip(),
    jalan=run,
    ukuran=(1,),
    kecil=1,
)
