"""What keying sheets twice showed: one result a sitting, the last one."""

from datetime import UTC, datetime
from fractions import Fraction

import pytest
from kiriman_uji import sheet
from survei_kecil import TOML, save, survei_of

from skm.pesan import SkmError
from skm.store import Store
from skm.store.double_entry import EntriGanda


def figures(store: Store, survei_id: str = "kecil") -> list[tuple[str, int, int, int]]:
    return [(e.sesi, e.lembar, e.isian, e.berbeda) for e in store.double_entries(survei_id)]


def test_one_result_a_sitting_newest_first(store: Store):
    save(store)
    assert store.double_entries("kecil") == ()
    before, start = store.data_version("kecil"), datetime.now(UTC)
    store.save_double_entry("kecil", "pagi", 20, 260, 3)
    store.save_double_entry("kecil", "siang", 5, 65, 0)
    assert figures(store) == [("siang", 5, 65, 0), ("pagi", 20, 260, 3)]
    store.save_double_entry("kecil", "pagi", 20, 260, 2)
    assert figures(store) == [("pagi", 20, 260, 2), ("siang", 5, 65, 0)]
    newest = store.double_entries("kecil")[0]
    assert start <= newest.waktu <= datetime.now(UTC)
    assert newest.tingkat == Fraction(1, 130)
    assert store.data_version("kecil") == before + 3, "a page that is open shows it"


def test_no_field_no_rate():
    assert EntriGanda("pagi", 0, 0, 0, datetime.now(UTC)).tingkat is None


def test_a_sitting_belongs_to_its_survey(store: Store):
    save(store)
    other = TOML.replace('"kecil"', '"lain"')
    store.save_survei(survei_of(other), other)
    store.save_double_entry("kecil", "pagi", 1, 13, 1)
    store.save_double_entry("lain", "pagi", 2, 26, 0)
    assert (figures(store), figures(store, "lain")) == (
        [("pagi", 1, 13, 1)],
        [("pagi", 2, 26, 0)],
    )
    store.delete_survei("kecil")
    assert figures(store, "lain") == [("pagi", 2, 26, 0)]
    save(store)
    assert figures(store) == [], "it went with its survey"


def test_an_undone_sitting_keeps_its_result(store: Store):
    save(store)
    store.add_sheet("kecil", "mpp", "kk", sheet(), sesi="pagi")
    store.save_double_entry("kecil", "pagi", 1, 13, 1)
    (batch,) = store.list_batches("kecil")
    store.undo_batch(batch.id)
    assert figures(store) == [("pagi", 1, 13, 1)]
    assert store.flagged("kecil") == ()


def test_a_name_that_no_database_can_hold(store: Store):
    save(store)
    store.save_double_entry("kecil", "pa\x00gi\ud800", 1, 13, 1)
    assert figures(store) == [("pagi?", 1, 13, 1)]


@pytest.mark.parametrize("counts", [(-1, 13, 1), (1, 13, 14), (1, 13, -1), (1, -13, -13)])
def test_counts_that_contradict_each_other(store: Store, counts: tuple[int, int, int]):
    save(store)
    with pytest.raises(ValueError, match="no result"):
        store.save_double_entry("kecil", "pagi", *counts)
    assert figures(store) == []


def test_an_unknown_survey(store: Store):
    with pytest.raises(SkmError) as saving:
        store.save_double_entry("kecil", "pagi", 1, 13, 1)
    with pytest.raises(SkmError) as listing:
        store.double_entries("kecil")
    assert {saving.value.kode, listing.value.kode} == {"survei-tak-ada"}
