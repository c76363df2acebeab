"""The data version: it grows with every change, and its steps tell additions from the rest."""

from __future__ import annotations

from kiriman_uji import place, sheet
from sqlalchemy import text
from survei_kecil import CONTOH, T4, TOML, UNGGAH, save

from skm.store import Store
from skm.store.versions import STEP, generation, next_step


def test_a_step_is_the_next_multiple() -> None:
    assert [next_step(n) for n in (0, 1, STEP - 1, STEP)] == [STEP, STEP, STEP, 2 * STEP]
    assert [generation(n) for n in (STEP - 1, STEP, 2 * STEP - 1)] == [0, 1, 1]


def test_what_leaves_answers_as_they_were_counts_by_one(store: Store) -> None:
    tautan = place(store)
    start = store.data_version("kecil")
    store.add_batch("kecil", UNGGAH, CONTOH)
    store.submit(tautan, sheet())
    store.add_sheet("kecil", "mpp", "kk", sheet(), sesi="pagi")
    store.set_population("kecil", T4, None, 90)
    assert store.data_version("kecil") == start + 4
    assert generation(start + 4) == generation(start)


def test_whatever_else_happens_to_answers_is_a_step(store: Store) -> None:
    save(store)
    batch = store.add_batch("kecil", UNGGAH, CONTOH)
    store.add_sheet("kecil", "mpp", "kk", sheet(id_kirim="a" * 16), sesi="pagi")
    for change in (
        lambda: store.exclude("kecil", [1], "uji"),
        lambda: store.include([1]),
        lambda: store.correct_sheet("a" * 16, sheet("111")),
        lambda: store.undo_batch(batch.id),
        lambda: save(store, TOML.replace("Survei kecil", "Survei lain")),
        lambda: store.rebuild_recap("kecil"),
    ):
        before = store.data_version("kecil")
        change()
        assert store.data_version("kecil") == next_step(before)


def test_a_database_of_an_earlier_program_goes_on(store: Store) -> None:
    """Its versions are milliseconds: smaller than those of today, and grow from where they are."""
    save(store)
    with store.engine.begin() as conn:
        conn.execute(text("UPDATE survei SET versi_data = 1764000000123"))
    store.add_batch("kecil", UNGGAH, CONTOH)
    assert store.data_version("kecil") == 1764000000124
    store.exclude("kecil", [1], "uji")
    excluded = store.data_version("kecil")
    assert excluded == next_step(1764000000124)
    store.delete_survei("kecil")
    save(store)
    assert store.data_version("kecil") > excluded
