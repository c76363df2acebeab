"""Remarks that are carried on are those that a whole reading finds, whatever happened."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kiriman_uji import place, sheet
from sqlalchemy import event, select, text
from survei_kecil import KOSONG_SATU, PENUH, T3, T4, TOML, UNGGAH, save

from skm.akun import Batas, Pelaku, Peran
from skm.jawaban import Jawaban, Kanal
from skm.penutupan.tutup import close
from skm.store import BatchBaru, Saran, StatusSaran, Store, TautanBaru, batches
from skm.store import kept_remarks as module
from skm.store.engine import writing
from skm.store.kept_remarks import DISIMPAN, KeptRemarks
from skm.store.remarks import list_remarks
from skm.store.schema import jawaban

HERE = "kecil"
LIMITED = Pelaku("uji", frozenset({Peran.OPERATOR}), (Batas(HERE, frozenset({"mpp"})),))

texts = st.sampled_from([None, "", "  ", "Kursi kurang", " Antrean lama "])
numbers = st.integers(0, 20)
answers = st.lists(
    st.builds(
        Jawaban,
        nilai=st.just("434"),
        periode=st.sampled_from([T3, T4]),
        titik=st.sampled_from([None, "dinas", "mpp"]),
        saran=texts,
    ),
    max_size=4,
)
steps = st.one_of(
    st.tuples(st.just("add"), answers),
    st.tuples(st.just("send"), texts),
    st.tuples(st.just("key"), texts),
    *(
        st.tuples(st.just(name), numbers)
        for name in ("undo", "exclude", "include", "correct", "respond", "people", "recreate")
    ),
)


class Walk:
    """The small survey, changed at random."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.tautan = place(store)
        self.keyed: list[str] = []

    def add(self, given: list[Jawaban]) -> None:
        self.store.add_batch(HERE, BatchBaru(Kanal.UNGGAH), given)

    def send(self, saran: str | None) -> None:
        self.store.submit(self.tautan, sheet(saran=saran))

    def key(self, saran: str | None) -> None:
        self.keyed.append(secrets.token_urlsafe(16))
        each = sheet(id_kirim=self.keyed[-1], saran=saran)
        self.store.add_sheet(HERE, "mpp", "kk", each, sesi="pagi")

    def undo(self, n: int) -> None:
        active = [b for b in self.store.list_batches(HERE) if b.status.value == "aktif"]
        if active:
            undone = active[n % len(active)]
            self.store.undo_batch(undone.id)
            if undone.sesi:
                self.keyed.clear()

    def exclude(self, n: int) -> None:
        self.store.exclude(HERE, self.ids()[n % 3 :: 3], "uji")

    def include(self, n: int) -> None:
        self.store.include(self.ids()[n % 2 :: 2])

    def correct(self, n: int) -> None:
        if self.keyed:
            other = sheet(saran=(None, "Bukan itu")[n % 2])
            self.store.correct_sheet(self.keyed[n % len(self.keyed)], other)

    def respond(self, n: int) -> None:
        self.store.respond(HERE, self.ids()[n % 3 :: 3], StatusSaran.SELESAI, "Sudah")

    def people(self, n: int) -> None:
        self.store.set_population(HERE, T4, None, n)

    def recreate(self, n: int) -> None:
        if n < 4:
            self.store.delete_survei(HERE)
            self.keyed.clear()
            self.tautan = place(self.store)

    def ids(self) -> list[int]:
        with self.store.engine.connect() as conn:
            return list(conn.execute(select(jawaban.c.id).order_by(jawaban.c.id)).scalars())


def assert_whole(store: Store) -> None:
    """Hold what the store has carried on against a store that has read nothing before."""
    fresh = Store(store.engine)
    found = store.remarks(HERE)
    assert found == fresh.remarks(HERE)
    assert sorted(found, key=lambda s: s.id) == list(found)
    by_period = [s for periode in (T3, T4) for s in store.remarks(HERE, periode)]
    assert sorted(by_period, key=lambda s: s.id) == list(found)
    assert store.acting(LIMITED).remarks(HERE) == tuple(s for s in found if s.titik == "mpp")


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(steps, min_size=2, max_size=10))
def test_carried_on_they_are_what_a_whole_reading_finds(store: Store, steps) -> None:
    if store.list_survei():
        store.delete_survei(HERE)
    walk = Walk(store)
    assert_whole(store)
    for what, given_ in steps:
        getattr(walk, what)(given_)
        assert_whole(store)


WHOLE = "all"


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """`WHOLE` for each reading of all, else how many remarks a reading found after the last."""
    seen: list[object] = []

    def count(conn, survei_id: str, **how: int) -> tuple[Saran, ...]:
        found = list_remarks(conn, survei_id, **how)
        seen.append(len(found) if how else WHOLE)
        return found

    monkeypatch.setattr(module, "list_remarks", count)
    return seen


def test_only_new_answers_are_read(store: Store, readings: list[object]) -> None:
    save(store)
    store.add_batch(HERE, UNGGAH, [PENUH, KOSONG_SATU])
    first = store.remarks(HERE)
    assert store.remarks(HERE) is first
    assert readings == [WHOLE], "nothing has changed"
    store.add_batch(HERE, UNGGAH, [KOSONG_SATU, KOSONG_SATU])
    store.respond(HERE, [first[0].id], StatusSaran.SELESAI, "Sudah")
    assert store.remarks(HERE) is first
    assert readings == [WHOLE, 0]
    store.add_batch(HERE, UNGGAH, [KOSONG_SATU, replace(PENUH, saran="Kursi")])
    found = store.remarks(HERE)
    assert [s.teks for s in found] == ["Cepat & ramah — terima kasih", "Kursi"]
    assert found[0] is first[0]
    assert readings == [WHOLE, 0, 1]
    store.set_population(HERE, T4, None, 90)
    assert store.remarks(HERE) is found
    assert readings == [WHOLE, 0, 1], "not even asked"


def test_what_is_erased_is_never_shown_from_memory(store: Store, readings: list[object]) -> None:
    save(store)
    store.add_batch(HERE, UNGGAH, [PENUH])
    batch = store.add_batch(HERE, UNGGAH, [replace(PENUH, saran="Kursi")])
    old, new = store.remarks(HERE)
    store.exclude(HERE, [old.id], "uji")
    assert store.remarks(HERE) == (new,)
    store.undo_batch(batch.id)
    assert store.remarks(HERE) == ()
    store.include([old.id])
    assert store.remarks(HERE) == (old,)
    close(store, HERE, T4)
    assert store.remarks(HERE) == (old,)
    store.reduce_answers(HERE, date(2027, 12, 31))
    assert store.remarks(HERE) == ()
    assert set(readings) == {WHOLE}


def test_what_becomes_visible_later_with_a_smaller_number_is_not_missed(
    store: Store, readings: list[object]
) -> None:
    """PostgreSQL numbers answers before they are committed. The number is moved here as a slower
    transaction would have had it: the remark comes last, and is before the largest one."""
    save(store)
    store.add_batch(HERE, UNGGAH, [replace(PENUH, saran=n) for n in ("satu", "dua")])
    with store.engine.begin() as conn:
        conn.execute(text("UPDATE jawaban SET id = 1000 WHERE saran = 'dua'"))
    store.remarks(HERE)
    with writing(store.engine) as conn:
        batches.add_batch(conn, HERE, UNGGAH, [replace(PENUH, saran="tiga")])
        conn.execute(text("UPDATE jawaban SET id = 500 WHERE saran = 'tiga'"))
    assert [s.teks for s in store.remarks(HERE)] == ["satu", "tiga", "dua"]
    assert readings == [WHOLE, WHOLE]


def test_a_late_answer_without_a_remark_is_not_taken_for_a_remark_that_is_missing(
    store: Store, readings: list[object]
) -> None:
    """One answer with a smaller number and one with a larger: what came is not all that there is,
    although the number of remarks is."""
    save(store)
    store.add_batch(HERE, UNGGAH, [replace(PENUH, saran="satu")])
    with store.engine.begin() as conn:
        conn.execute(text("UPDATE jawaban SET id = 1000 WHERE saran = 'satu'"))
    store.remarks(HERE)
    with writing(store.engine) as conn:
        batches.add_batch(conn, HERE, UNGGAH, [replace(PENUH, saran="dua"), KOSONG_SATU])
        conn.execute(text("UPDATE jawaban SET id = 500 WHERE saran = 'dua'"))
        conn.execute(text("UPDATE jawaban SET id = 1500 WHERE saran IS NULL"))
    assert [s.teks for s in store.remarks(HERE)] == ["dua", "satu"]
    assert readings == [WHOLE, WHOLE]


def test_answers_of_other_surveys_are_not_counted(store: Store, readings: list[object]) -> None:
    save(store)
    save(store, TOML.replace('id = "kecil"', 'id = "lain"'))
    store.add_batch(HERE, UNGGAH, [PENUH])
    store.remarks(HERE)
    store.add_batch("lain", UNGGAH, [PENUH, PENUH])
    store.add_batch(HERE, UNGGAH, [PENUH])
    assert len(store.remarks(HERE)) == 2
    assert len(store.remarks("lain")) == 2
    assert readings == [WHOLE, 1, WHOLE]


def test_an_earlier_moment_is_not_read_from_a_later_one(store: Store) -> None:
    """A reader that began before a remark came, and asks after another one has read it."""
    save(store)
    store.add_batch(HERE, UNGGAH, [PENUH])
    kept = KeptRemarks()
    with store.engine.connect() as early:
        if store.engine.dialect.name == "postgresql":
            early.execution_options(isolation_level="REPEATABLE READ")
        with early.begin():
            early.execute(text("SELECT count(*) FROM survei"))
            store.add_batch(HERE, UNGGAH, [PENUH])
            with store.engine.connect() as late:
                assert len(kept.read(late, HERE)) == 2
            assert len(kept.read(early, HERE)) == 1
    with store.engine.connect() as late:
        assert len(kept.read(late, HERE)) == 2


def test_the_code_of_a_remark_is_known_when_it_is_carried_on(store: Store) -> None:
    tautan = place(store)
    store.remarks(HERE)
    store.submit(tautan, sheet(saran="Kursi"))
    store.add_batch(HERE, UNGGAH, [PENUH])
    assert [s.berkode for s in store.remarks(HERE)] == [True, False]
    ids = [s.id for s in store.remarks(HERE)]
    store.respond(HERE, ids, StatusSaran.DITINDAK, "Sudah")
    store.add_batch(HERE, UNGGAH, [PENUH])
    assert [s.berkode for s in store.remarks(HERE)] == [True, False, False]


def test_who_is_limited_to_a_place_gets_new_ones_there_alone(store: Store) -> None:
    here = place(store, "dinas")
    (there,) = store.add_tautan(HERE, [TautanBaru("mpp", None)])
    limited = store.acting(LIMITED)
    assert limited.remarks(HERE) == store.remarks(HERE) == ()
    for number, tautan in enumerate((here, there, here, there)):
        store.submit(tautan, sheet(saran=f"saran {number}"))
    assert len(store.remarks(HERE)) == 4
    assert [s.teks for s in limited.remarks(HERE)] == ["saran 1", "saran 3"]


def test_few_surveys_are_kept(store: Store, readings: list[object]) -> None:
    names = [f"s{n}" for n in range(DISIMPAN + 1)]
    for name in names:
        save(store, TOML.replace('id = "kecil"', f'id = "{name}"'))
    for name in (names[0], *names, names[-1], names[0]):
        store.remarks(name)
    assert readings == [WHOLE] * (DISIMPAN + 2)


def test_sqlite_looks_at_remarks_and_at_new_answers_alone(store: Store) -> None:
    """By the survey alone it would look at every answer."""
    if store.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL knows how many there are")
    save(store)
    asked: list[tuple[str, tuple]] = []

    def listen(_conn, _cursor, statement: str, values: tuple, *_more: object) -> None:
        if "FROM jawaban" in statement:
            asked.append((statement, values))

    event.listen(store.engine, "before_cursor_execute", listen)
    store.remarks(HERE)
    store.add_batch(HERE, UNGGAH, [PENUH])
    del asked[1:]
    store.remarks(HERE)
    event.remove(store.engine, "before_cursor_execute", listen)
    with store.engine.connect() as conn:
        plans = [
            [row.detail for row in conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {asking}", values)]
            for asking, values in asked
        ]
    whole, *on = plans
    assert [plan[0] for plan in (whole, *on)] == [
        "SEARCH jawaban USING INDEX jawaban_saran (survei_id=?)",
        "SEARCH jawaban USING INTEGER PRIMARY KEY (rowid>?)",
        "SEARCH jawaban USING INTEGER PRIMARY KEY (rowid>?)",
    ]
