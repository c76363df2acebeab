"""Counted sheets that are carried on are those that a whole reading counts, whatever happened."""

from __future__ import annotations

import secrets
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kiriman_uji import sheet
from sqlalchemy import select, text
from survei_kecil import CONTOH, PENUH, T3, T4, TOML, UNGGAH, WAKTU, save

from skm.jawaban import Jawaban, Kanal
from skm.kiriman import Kiriman
from skm.periode import Periode, parse_period
from skm.store import BatchBaru, Store, batches
from skm.store import sheet_counts as module
from skm.store.engine import writing
from skm.store.patterns import Lembaran, count_sheets
from skm.store.schema import jawaban
from skm.store.sheet_counts import DISIMPAN

YEAR = parse_period("2024")
MIDNIGHT = WAKTU.replace(hour=17, minute=0)
"""By the office's clock: a day without a time."""
ASKED: tuple[tuple[Periode, frozenset[Periode]], ...] = (
    (T4, frozenset()),
    (YEAR, frozenset()),
    (YEAR, frozenset({T4})),
)
OTHER_CLASSES = TOML.replace("sampai = 39", "sampai = 19").replace("dari = 40", "dari = 20")

answers = st.lists(
    st.builds(
        Jawaban,
        nilai=st.text("1234-", min_size=3, max_size=3),
        periode=st.sampled_from([T3, T4, YEAR]),
        waktu=st.sampled_from(
            [None, WAKTU, WAKTU.replace(hour=17, minute=0), WAKTU.replace(hour=7)]
        ),
        profil=st.sampled_from([(), (("usia", "18"),), (("jk", "L"), ("usia", "39"))]),
    ),
    max_size=4,
)
numbers = st.integers(0, 20)
steps = st.one_of(
    st.tuples(st.just("add"), answers),
    st.tuples(st.just("key"), st.text("1234", min_size=3, max_size=3)),
    *(
        st.tuples(st.just(name), numbers)
        for name in ("undo", "exclude", "include", "correct", "classes", "recreate")
    ),
)


def plain(found: Lembaran) -> tuple[dict, list]:
    return dict(found.pola), sorted(found.kelas, key=repr)


def assert_whole(store: Store) -> None:
    """Hold what the store has carried on against a store that has counted nothing before."""
    fresh = Store(store.engine)
    for periode, tanpa in ASKED:
        carried = plain(store.read_sheets("kecil", periode, tanpa))
        assert carried == plain(fresh.read_sheets("kecil", periode, tanpa))


class Walk:
    """The small survey, changed at random."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.keyed: list[str] = []

    def step(self, what: str, given: object) -> None:
        getattr(self, what)(given)

    def add(self, given: list[Jawaban]) -> None:
        self.store.add_batch("kecil", BatchBaru(Kanal.UNGGAH), given)

    def key(self, nilai: str) -> None:
        self.keyed.append(secrets.token_urlsafe(16))
        each = sheet(nilai, id_kirim=self.keyed[-1])
        self.store.add_sheet("kecil", "mpp", "kk", each, sesi="pagi")

    def undo(self, n: int) -> None:
        active = [b for b in self.store.list_batches("kecil") if b.status.value == "aktif"]
        if active:
            undone = active[n % len(active)]
            self.store.undo_batch(undone.id)
            if undone.sesi:
                self.keyed.clear()

    def exclude(self, n: int) -> None:
        self.store.exclude("kecil", self.ids()[n % 3 :: 3], "uji")

    def include(self, n: int) -> None:
        self.store.include(self.ids()[n % 2 :: 2])

    def correct(self, n: int) -> None:
        if self.keyed:
            other: Kiriman = sheet(f"{n % 4 + 1}12", profil=(("usia", "20"),))
            self.store.correct_sheet(self.keyed[n % len(self.keyed)], other)

    def classes(self, n: int) -> None:
        save(self.store, (TOML, OTHER_CLASSES)[n % 2])

    def recreate(self, n: int) -> None:
        if n < 4:
            self.store.delete_survei("kecil")
            self.keyed.clear()
            save(self.store)

    def ids(self) -> list[int]:
        with self.store.engine.connect() as conn:
            return list(conn.execute(select(jawaban.c.id).order_by(jawaban.c.id)).scalars())


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(steps, min_size=2, max_size=10))
def test_carried_on_it_is_what_a_whole_reading_counts(store: Store, steps) -> None:
    if store.list_survei():
        store.delete_survei("kecil")
    save(store)
    walk = Walk(store)
    assert_whole(store)
    for step in steps:
        walk.step(*step)
        assert_whole(store)


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many conditions each reading had: `WHOLE`, or one more with a number to go `ON` from."""
    seen: list[int] = []

    def count(conn, survei, *where):
        seen.append(len(where))
        return count_sheets(conn, survei, *where)

    monkeypatch.setattr(module, "count_sheets", count)
    return seen


WHOLE, ON = 2, 3


def test_only_new_answers_are_read(store: Store, readings: list[int]) -> None:
    save(store)
    store.add_batch("kecil", UNGGAH, CONTOH)
    for _ in range(2):
        store.read_sheets("kecil", T4)
    assert readings == [WHOLE], "nothing has changed"
    store.add_batch("kecil", UNGGAH, [PENUH])
    store.set_population("kecil", T4, None, 90)
    assert store.read_sheets("kecil", T4).pola == {("1", "434"): 2, ("1", "3-2"): 1}
    assert readings == [WHOLE, ON]
    store.exclude("kecil", [1], "uji")
    store.read_sheets("kecil", T4)
    assert readings == [WHOLE, ON, WHOLE]


def test_what_becomes_visible_later_with_a_smaller_number_is_not_missed(
    store: Store, readings: list[int]
) -> None:
    """PostgreSQL numbers answers before they are committed. The number is moved here as a slower
    transaction would have had it: the answer comes last, and is before the largest one."""
    save(store)
    store.add_batch("kecil", UNGGAH, [replace(PENUH, nilai=n) for n in ("111", "222")])
    with store.engine.begin() as conn:
        conn.execute(text("UPDATE jawaban SET id = 1000 WHERE nilai = '222'"))
    store.read_sheets("kecil", T4)
    with writing(store.engine) as conn:
        batches.add_batch(conn, "kecil", UNGGAH, [replace(PENUH, nilai="333")])
        conn.execute(text("UPDATE jawaban SET id = 500 WHERE nilai = '333'"))
    found = store.read_sheets("kecil", T4).pola
    assert found == {("1", "111"): 1, ("1", "222"): 1, ("1", "333"): 1}
    assert readings == [WHOLE, ON, WHOLE]


def test_an_earlier_moment_is_not_counted_from_a_later_one(store: Store) -> None:
    """A reader that began before an answer came, and asks after another one has counted it."""
    save(store)
    store.add_batch("kecil", UNGGAH, [PENUH])
    counts = module.SheetCounts()
    with store.engine.connect() as early:
        if store.engine.dialect.name == "postgresql":
            early.execution_options(isolation_level="REPEATABLE READ")
        with early.begin():
            early.execute(text("SELECT count(*) FROM survei"))
            store.add_batch("kecil", UNGGAH, [PENUH])
            with store.engine.connect() as late:
                assert counts.read(late, "kecil", T4, frozenset()).pola == {("1", "434"): 2}
            assert counts.read(early, "kecil", T4, frozenset()).pola == {("1", "434"): 1}
    with store.engine.connect() as late:
        assert counts.read(late, "kecil", T4, frozenset()).pola == {("1", "434"): 2}


def test_few_periods_are_kept(store: Store, readings: list[int]) -> None:
    save(store)
    many = [parse_period(str(year)) for year in range(2001, 2002 + DISIMPAN)]
    for periode in (many[0], *many, many[-1], many[0]):
        store.read_sheets("kecil", periode)
    assert readings == [WHOLE] * (DISIMPAN + 2)
