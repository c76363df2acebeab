"""The door of the running program: its websocket, another's session, a sign-in that has ended."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from masuk_uji import SANDI, sign_in
from playwright.sync_api import Browser, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect

from skm.akun import Peran
from skm.pesan import message
from skm.store import open_store
from skm.store.logins import digest_of
from skm.web.masuk.cookie import COOKIE

from .running import Server
from .test_isi import check_axe

PATIENT = 30


@contextmanager
def stream(
    server: Server, token: str = "", session: str = "", **headers: str
) -> Iterator[ClientConnection]:
    """The websocket of a page, as a browser opens it; `session` is the one to go on with."""
    address = server.address.replace("http", "ws", 1) + "/_stcore/stream"
    if token:
        headers["Cookie"] = f"{COOKIE}={token}"
    names = ["streamlit", "x", session] if session else ["streamlit"]
    with connect(address, subprotocols=names, additional_headers=headers, max_size=None) as opened:
        yield opened


def run(opened: ClientConnection) -> list[ForwardMsg]:
    """Let the page be drawn; return all that came."""
    again = BackMsg()
    again.rerun_script.query_string = ""
    opened.send(again.SerializeToString())
    found: list[ForwardMsg] = []
    while not found or found[-1].WhichOneof("type") != "script_finished":
        one = ForwardMsg()
        one.ParseFromString(opened.recv(PATIENT))
        found.append(one)
    return found


def session_of(found: list[ForwardMsg]) -> str:
    """The session that the messages are of."""
    (new,) = {m.new_session.initialize.session_id for m in found if m.HasField("new_session")}
    return new


def shown(found: list[ForwardMsg]) -> str:
    """The words of a page, roughly."""
    return "\n".join(str(m.delta) for m in found if m.HasField("delta"))


@pytest.fixture
def tokens(server: Server) -> dict[str, str]:
    with open_store(server.database) as store:
        return {
            nama: sign_in(store, nama, frozenset({peran}))
            for nama, peran in (("loket1", Peran.MANAJER), ("loket2", Peran.OPERATOR))
        }


@pytest.mark.lambat
def test_nobody_takes_over_the_pages_of_another(server: Server, tokens: dict[str, str]) -> None:
    """Streamlit goes on with a session for whoever names it, if it is the same browser's."""
    with stream(server, tokens["loket1"]) as mine:
        first = run(mine)
        session = session_of(first)
        assert ">loket1<" in shown(first)
        # While it is open, and with headers that only the guard may set:
        stolen = {"X-Skm-Sesi": digest_of(tokens["loket1"])}
        with stream(server, tokens["loket2"], session, **stolen) as other:
            found = run(other)
            assert session_of(found) != session
            assert ">loket2<" in shown(found)
            assert ">loket1<" not in shown(found)
        assert session_of(run(mine)) == session  # and its owner is not disturbed
    # After its owner's connection has gone, while Streamlit keeps it to go on with:
    with stream(server, tokens["loket2"], session) as other:
        found = run(other)
        assert session_of(found) != session
        assert ">loket1<" not in shown(found)
    with stream(server, tokens["loket1"], session) as mine:
        assert session_of(run(mine)) == session, "else the test above would prove nothing"


@pytest.mark.lambat
def test_an_open_page_ends_with_the_sign_in(server: Server, tokens: dict[str, str]) -> None:
    with stream(server, tokens["loket1"]) as mine:
        assert message("masuk-dahulu") not in shown(run(mine))
        with open_store(server.database) as store:
            store.end_login(digest_of(tokens["loket1"]))
        found = shown(run(mine))
        assert message("masuk-dahulu") in found
        assert ">loket1<" not in found
        assert "93,86" not in found


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Cookie": f"{COOKIE}={'A' * 43}"},
        {"X-Skm-Sesi": "0" * 64},
        {"X_Skm_Sesi": "0" * 64},
    ],
)
def test_no_websocket_for_nobody(server: Server, headers: dict[str, str]) -> None:
    with pytest.raises(InvalidStatus) as found, stream(server, **headers):
        pass
    assert found.value.response.status_code == 403


@pytest.mark.parametrize("origin", ["http://jahat.example", "null", "http://127.0.0.1:1"])
def test_no_websocket_for_a_foreign_page(
    server: Server, tokens: dict[str, str], origin: str
) -> None:
    with pytest.raises(InvalidStatus) as found, stream(server, tokens["loket1"], Origin=origin):
        pass
    assert found.value.response.status_code == 403


def test_from_the_first_start_to_the_dashboard_and_back(server: Server, browser: Browser) -> None:
    context = browser.new_context(
        locale="id-ID", viewport={"width": 360, "height": 740}, bypass_csp=True
    )
    context.set_default_timeout(PATIENT * 1000)
    page = context.new_page()
    page.goto(f"{server.address}/laporan")
    expect(page).to_have_url(re.compile("/masuk"))
    check_axe(page)
    link = re.search(r"http://\S+/masuk/awal/\S+", server.output())
    assert link
    page.goto(link[0])
    check_axe(page)
    page.fill("#nama", "loket1.admin")
    page.fill("#sandi", SANDI)
    page.fill("#ulang", SANDI)
    page.get_by_role("button", name="Buat akun dan masuk").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ringkasan")
    page.goto(f"{server.address}/masuk/akun")
    check_axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("button", name="Keluar dari sini").click()
    expect(page).to_have_url(f"{server.address}/masuk")
    page.goto(f"{server.address}/laporan?periode=2024-T4")
    page.fill("#nama", "loket1.admin")
    page.fill("#sandi", SANDI)
    page.get_by_role("button", name="Masuk", exact=True).click()
    expect(page).to_have_url(re.compile(r"/laporan\?periode=2024-T4"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Laporan")
    page.goto(link[0])
    expect(page.get_by_role("alert")).to_be_visible()
    context.close()
