"""What each role finds in the menu, on its pages, and on a page that is not its own."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from masuk_uji import SEMUA
from streamlit.testing.v1 import AppTest

from skm.akun import Batas, Pelaku, Peran
from skm.dashboard import identity
from skm.pesan import SkmError, message
from skm.store import Store
from tests.dashboard.conftest import CONTOH, Open, buttons, html, switch, words

pytestmark = pytest.mark.lambat

BACA = {
    "Ringkasan", "Kekuatan & kelemahan", "Prioritas", "Kepastian", "Responden", "Saran",
    "Tindak lanjut", "Laporan", "Pengumpulan",
}  # fmt: skip
MENU = {
    "admin": BACA | {"Tautan & QR", "Pengaturan", "Akun", "Jejak audit"},
    "operator": BACA | {"Unggah", "Tautan & QR"},
    "manajer": BACA,
    "pemeriksa": BACA | {"Jejak audit"},
}
"""The menu by role, as it was specified."""
ALAMAT = {
    "Unggah": "unggah", "Tautan & QR": "tautan", "Pengaturan": "pengaturan", "Akun": "akun",
    "Jejak audit": "jejak",
}  # fmt: skip
ROLES = list(MENU)
As = Callable[..., AppTest]


@pytest.fixture
def sebagai(dasbor: Open, monkeypatch: pytest.MonkeyPatch) -> As:
    """Open a page as somebody: sebagai("operator", "laporan")."""

    def open_as(siapa: str | Pelaku, alamat: str = "ringkasan", **query: str) -> AppTest:
        pelaku = siapa if isinstance(siapa, Pelaku) else Pelaku("loket1", frozenset({Peran(siapa)}))
        monkeypatch.setattr(identity, "current_actor", lambda _: pelaku)
        return dasbor(alamat, **query)

    return open_as


def menu(at: AppTest) -> set[str]:
    return {link.proto.label for link in at.sidebar.get("page_link")}


@pytest.mark.parametrize("peran", ROLES)
def test_the_menu_and_the_pages_that_are_not_ones_own(sebagai: As, peran: str) -> None:
    at = sebagai(peran)
    assert menu(at) == MENU[peran]
    for judul, alamat in ALAMAT.items():
        if judul in MENU[peran]:
            continue
        switch(at, alamat)
        assert words(at) == message("hak-kurang"), alamat
        assert not at.main.button, alamat
        assert not at.main.selectbox, alamat
        assert "<h1>" not in html(at), alamat


@pytest.mark.parametrize("peran", ROLES)
def test_buttons_of_a_report(sebagai: As, store: Store, peran: str) -> None:
    at = sebagai(peran, "laporan")
    assert ("tutup" in buttons(at)) == (peran == "manajer")
    assert ("teks-simpan" in buttons(at)) == (peran in ("operator", "manajer"))
    assert ("hapus-contoh" in buttons(at)) == (peran == "admin")


def test_a_limited_account_sees_its_survey_and_no_report(sebagai: As, store: Store) -> None:
    titik = store.load_survei(CONTOH).titik[0].kode
    part = Pelaku("loket1", frozenset({Peran.OPERATOR}), (Batas(CONTOH, frozenset({titik})),))
    at = sebagai(part)
    assert menu(at) == MENU["operator"] - {"Laporan"}
    switch(at, "laporan")
    assert words(at) == message("hak-kurang")
    elsewhere = Pelaku("loket1", frozenset({Peran.OPERATOR}), (Batas("lain"),))
    assert CONTOH not in str(sebagai(elsewhere).sidebar.selectbox)


def test_signed_out_there_is_one_sentence(dasbor: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(_: Store) -> Pelaku:
        raise SkmError("masuk-dahulu")

    monkeypatch.setattr(identity, "current_actor", nobody)
    at = dasbor()
    assert words(at) == message("masuk-dahulu")
    assert not at.button
    assert not at.selectbox
    assert menu(at) == set()


def test_a_name_is_text(sebagai: As) -> None:
    at = sebagai(Pelaku("<b>loket1</b>", SEMUA.peran))
    assert "&lt;b&gt;loket1" in html(at)
    assert "<b>loket1" not in html(at)
