"""The office's own paragraphs: the latest up to a period, and which period that was."""

from __future__ import annotations

import pytest
from survei_kecil import T3, T4, save

from skm.pesan import SkmError
from skm.store import Store


@pytest.fixture
def written(store: Store) -> Store:
    save(store)
    for periode, bagian, teks in (
        (T3, "waktu", "Juli sampai September"),
        (T3, "lokasi", "Kantor dinas"),
        (T4, "waktu", "Oktober sampai Desember"),
        (T4.next, "lokasi", "Juga kelurahan"),
    ):
        store.set_report_text("kecil", periode, bagian, teks)
    return store


def test_each_text_names_the_period_that_it_was_written_for(written: Store) -> None:
    assert written.report_texts("kecil", T4) == {
        "waktu": "Oktober sampai Desember", "lokasi": "Kantor dinas",
    }  # fmt: skip
    assert written.report_text_sources("kecil", T4) == {"waktu": T4, "lokasi": T3}


def test_an_emptied_text_has_no_source(written: Store) -> None:
    written.set_report_text("kecil", T4, "waktu", " ")
    assert written.report_text_sources("kecil", T4) == {"lokasi": T3}
    assert written.report_text_sources("kecil", T3.previous) == {}


def test_an_unknown_survey(store: Store) -> None:
    with pytest.raises(SkmError) as caught:
        store.report_text_sources("tidak-ada", T4)
    assert caught.value.kode == "survei-tak-ada"
