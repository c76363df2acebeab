"""SQLite takes the index that fits, in whichever order the indexes were made."""

from collections.abc import Callable, Iterator
from itertools import permutations
from pathlib import Path

import pytest
import skema_1
from sqlalchemy import Engine, event, text
from survei_kecil import CONTOH, T4, TOML, UNGGAH, save

from skm.store import Store, make_engine, open_store

DEKAT = ("jawaban_sidik", "jawaban_periode", "jawaban_saran", "jawaban_terlihat")
"""The indexes that begin with the survey."""


@pytest.fixture
def kecil(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'skm.db'}") as store:
        save(store)
        store.add_batch("kecil", UNGGAH, CONTOH)
        yield store


def remake(engine: Engine, names: tuple[str, ...]) -> None:
    """Make these indexes anew, in this order; the statistics stay as they are."""
    with engine.begin() as conn:
        kept = {
            row.idx: row.stat
            for row in conn.execute(text("SELECT idx, stat FROM sqlite_stat1 WHERE idx <> ''"))
        }
        made = "SELECT sql FROM sqlite_master WHERE name = :name"
        for name in names:
            sql = conn.execute(text(made), {"name": name}).scalar_one()
            conn.execute(text(f"DROP INDEX {name}"))
            conn.execute(text(sql))
            # SQLite forgets the statistics of an index with the index.
            conn.execute(
                text("INSERT INTO sqlite_stat1 VALUES ('jawaban', :name, :stat)"),
                {"name": name, "stat": kept[name]},
            )
    engine.dispose()


def indexes_used(store: Store, read: Callable[[Store], object]) -> set[str]:
    """Return the ways by which the answers are reached while something is read."""
    sent: list[tuple[str, object]] = []

    def note(_conn, _cursor, statement, parameters, *_rest):
        if "jawaban" in statement and statement.lstrip().startswith(("SELECT", "WITH")):
            sent.append((statement, parameters))

    engine = store.engine
    event.listen(engine, "before_cursor_execute", note)
    read(store)
    event.remove(engine, "before_cursor_execute", note)
    ways = set()
    with engine.connect() as conn:
        for statement, parameters in sent:
            plan = conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            ways |= {way_of(row.detail) for row in plan if row.detail.split()[1] == "jawaban"}
    return ways


def way_of(detail: str) -> str:
    """Return the index that a line of a plan names, "nomor" for the number of the answer."""
    words = detail.split()
    if "INTEGER PRIMARY KEY" in detail:
        return "nomor"
    return words[words.index("INDEX") + 1] if "INDEX" in words else words[0]


@pytest.mark.parametrize("order", list(permutations(DEKAT))[::5])
def test_small_indexes_are_taken_for_what_they_hold(kecil: Store, order: tuple[str, ...]):
    remake(kecil.engine, order)
    seen, remarks = {"jawaban_terlihat"}, {"jawaban_saran"}
    assert indexes_used(kecil, lambda s: s.flagged("kecil")) == seen
    assert indexes_used(kecil, lambda s: s.flagged("kecil", T4)) == seen
    assert indexes_used(kecil, lambda s: s.flag_counts("kecil", T4)) == seen
    assert indexes_used(kecil, lambda s: s.used_places("kecil")) == seen
    # Those after the last remark are counted by their number.
    assert indexes_used(kecil, lambda s: s.remarks("kecil")) == remarks | {"nomor"}
    assert indexes_used(kecil, lambda s: s.remarks("kecil", T4)) == remarks
    other = TOML.replace("Survei kecil", "Survei lain")
    assert indexes_used(kecil, lambda s: save(s, other)) == seen


@pytest.mark.parametrize("made", [None, 1])
def test_new_and_older_databases_have_the_same(tmp_path: Path, made: int | None):
    address = f"sqlite:///{tmp_path / 'skm.db'}"
    if made:
        engine = make_engine(address)
        skema_1.make(engine)
        engine.dispose()
    with open_store(address) as store, store.engine.connect() as conn:
        told = conn.execute(text("SELECT idx FROM sqlite_stat1 WHERE tbl = 'jawaban'")).scalars()
        sql = "SELECT name FROM sqlite_master WHERE tbl_name = 'jawaban' AND type = 'index'"
        there = {None, *conn.execute(text(sql)).scalars()}
        assert sorted(told, key=str) == sorted(there, key=str)
