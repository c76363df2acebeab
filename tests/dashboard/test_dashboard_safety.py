"""What must never reach a reader: other people's markup, a traceback, a sample taken for real."""

from __future__ import annotations

import logging

import pytest

from skm.dashboard import source
from skm.pesan import SkmError, message
from skm.store import Store
from tests.dashboard.conftest import CONTOH, PAGES, Open, html, switch, words
from tests.dashboard.survei_uji import JAHAT, add_hostile

pytestmark = pytest.mark.lambat


@pytest.mark.parametrize("alamat", PAGES)
def test_names_are_text_and_never_markup(dasbor: Open, store: Store, alamat: str) -> None:
    add_hostile(store)
    at = dasbor(alamat, survei="jahat", periode="2025-T1")
    assert not at.exception
    assert JAHAT not in html(at)
    assert "&lt;script&gt;" in html(at)


@pytest.mark.parametrize("alamat", PAGES)
def test_the_sample_says_that_it_is_one(dasbor: Open, alamat: str) -> None:
    assert "Data contoh: rekonstruksi dari angka" in html(dasbor(alamat))


def test_the_sample_is_removed_with_one_action(dasbor: Open, store: Store) -> None:
    at = dasbor()
    at.button(key="hapus-contoh").click().run()
    at.button(key="tanya-ya").click().run()
    assert not at.exception
    assert store.list_survei() == ()
    assert message("dasbor-tanpa-survei") in words(at)
    assert at.query_params == {}
    for alamat in PAGES:
        assert message("dasbor-tanpa-survei") in words(switch(at, alamat))


def test_removing_the_sample_can_be_called_off(dasbor: Open, store: Store) -> None:
    at = dasbor()
    at.button(key="hapus-contoh").click().run()
    at.button(key="tanya-tidak").click().run()
    assert [info.id for info in store.list_survei()] == [CONTOH]


def test_another_survey_has_no_sample_banner(dasbor: Open, store: Store) -> None:
    add_hostile(store)
    at = dasbor(survei="jahat")
    assert "Contoh." not in html(at)
    assert not [b for b in at.button if b.key == "hapus-contoh"]


def test_a_known_fault_is_one_sentence(dasbor: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise SkmError("basis-data-terkunci", tempat="skm.db")

    monkeypatch.setattr(source, "respondents", fail)
    at = dasbor("responden")
    assert [e.value for e in at.error] == [message("basis-data-terkunci", tempat="skm.db")]
    assert not at.exception


def test_an_unknown_fault_is_logged_and_says_sorry(
    dasbor: Open, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("rahasia")

    monkeypatch.setattr(source, "summary", fail)
    with caplog.at_level(logging.ERROR):
        at = dasbor()
    assert [e.value for e in at.error] == [message("dasbor-gangguan")]
    assert not at.exception
    assert "rahasia" not in html(at) + words(at)
    assert "rahasia" in caplog.text


def test_a_store_that_cannot_be_opened_is_one_sentence(
    dasbor: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SKM_DATABASE_URL", "mysql://x/y")
    at = dasbor()
    assert len(at.error) == 1
    assert "mysql://x/y" in at.error[0].value
    assert not at.exception
    monkeypatch.delenv("SKM_DATABASE_URL")
