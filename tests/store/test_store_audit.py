"""The audit trail: whatever is changed, taken out, cut off or put in is found."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from akun_uji import execute, refuses
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from skm.akun import KOSONG, SISTEM, Catatan, Pelaku, Peran, Tindakan, seal
from skm.store import Store, audit
from skm.store.audit import JenisCacat, SaringJejak, Ujung
from skm.store.schema import jejak

FIELDS = ("waktu", "pelaku", "tindakan", "survei_id", "objek", "sebelum", "sesudah", "segel")
SOME = settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@pytest.fixture
def written(store: Store) -> Store:
    """Five entries."""
    for number in range(1, 6):
        with store.engine.begin() as conn:
            audit.append(
                conn, Pelaku("loket1"), Tindakan.NARASI, "kecil", f"bagian {number}", {"a": 1}
            )
    return store


def fault(store: Store, noted: Ujung | None = None) -> tuple[str, int] | None:
    """The first fault: its kind and its number."""
    cacat = store.examine_trail(noted).cacat
    return (cacat.jenis.value, cacat.nomor) if cacat else None


def reseal(store: Store) -> None:
    """Compute the whole chain anew, as somebody with the database could."""
    before = KOSONG
    with store.engine.begin() as conn:
        for row in conn.execute(select(jejak).order_by(jejak.c.nomor)).all():
            entry = Catatan(**{n: getattr(row, n) for n in Catatan.__slots__})
            before = seal(before, entry)
            conn.execute(update(jejak).where(jejak.c.nomor == row.nomor).values(segel=before))


def test_untouched_it_is_whole(written: Store) -> None:
    found = written.examine_trail()
    assert (found.jumlah, found.cacat) == (5, None)
    assert fault(written, found.ujung) is None
    assert [e.nomor for e in written.trail()] == [5, 4, 3, 2, 1]


@pytest.mark.parametrize("name", FIELDS)
def test_a_changed_value(written: Store, name: str) -> None:
    other = datetime(2020, 1, 1, tzinfo=UTC) if name == "waktu" else "lain"
    with written.engine.begin() as conn:
        conn.execute(update(jejak).where(jejak.c.nomor == 3).values({name: other}))
    assert fault(written) == ("berubah", 3)
    assert written.examine_trail().jumlah == 2


def test_a_removed_entry(written: Store) -> None:
    execute(written, "DELETE FROM jejak WHERE nomor = 3")
    assert fault(written) == ("hilang", 3)
    execute(written, "UPDATE jejak SET nomor = nomor - 1 WHERE nomor = 4")
    execute(written, "UPDATE jejak SET nomor = nomor - 1 WHERE nomor = 5")
    assert fault(written) == ("berubah", 3)


def test_a_removed_first_entry(written: Store) -> None:
    execute(written, "DELETE FROM jejak WHERE nomor = 1")
    assert fault(written) == ("hilang", 1)


def test_a_cut_end_shows_against_a_noted_one(written: Store) -> None:
    noted = written.examine_trail().ujung
    execute(written, "DELETE FROM jejak WHERE nomor = 5")
    assert fault(written) is None
    assert fault(written, noted) == (JenisCacat.TERPOTONG.value, 5)


@pytest.mark.parametrize(("nomor", "found"), [(6, ("berubah", 6)), (9, ("hilang", 6))])
def test_an_invented_entry(written: Store, nomor: int, found: tuple[str, int]) -> None:
    copied = "pelaku, tindakan, survei_id, objek, sebelum, sesudah, segel"
    execute(
        written,
        f"INSERT INTO jejak SELECT :n, waktu, {copied} FROM jejak WHERE nomor = 5",  # noqa: S608
        n=nomor,
    )
    assert fault(written) == found


def test_sealed_anew_it_shows_only_against_a_noted_end(written: Store) -> None:
    noted = written.examine_trail().ujung
    execute(written, "UPDATE jejak SET pelaku = 'orang lain' WHERE nomor = 2")
    reseal(written)
    assert fault(written) is None
    assert fault(written, noted) == ("berubah", 5)
    assert fault(written, Ujung(0, KOSONG)) is None


@SOME
@given(
    st.lists(st.tuples(st.sampled_from(Tindakan), TEXTS, TEXTS), min_size=1, max_size=6),
    st.data(),
)
def test_any_trail_is_whole_and_any_changed_sign_is_found(
    store: Store, acts: list[tuple[Tindakan, str, str]], data: st.DataObject
) -> None:
    execute(store, "DELETE FROM jejak")
    for act, objek, text in acts:
        with store.engine.begin() as conn:
            audit.append(conn, Pelaku("loket1"), act, "kecil", objek, sesudah={"teks": text})
    assert store.examine_trail().cacat is None
    nomor = data.draw(st.integers(1, len(acts)))
    name = data.draw(st.sampled_from([n for n in FIELDS if n != "waktu"]))
    with store.engine.begin() as conn:
        here = jejak.c.nomor == nomor
        old = conn.execute(select(jejak.c[name]).where(here)).scalar_one()
        at = data.draw(st.integers(0, max(0, len(old) - 1)))
        sign = data.draw(st.characters(min_codepoint=32, max_codepoint=126))
        new = old[:at] + sign + old[at + 1 :]
        conn.execute(update(jejak).where(here).values({name: new}))
    assert fault(store) == (None if new == old else ("berubah", nomor))


def test_many_writers_make_one_chain(store: Store) -> None:
    def write(number: int) -> None:
        store.acting(Pelaku(f"orang-{number}")).record(Tindakan.BACA_ARSIP, objek=str(number))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(40)))
    found = store.examine_trail()
    assert (found.jumlah, found.cacat) == (40, None)
    assert {e.objek for e in store.trail()} == {str(n) for n in range(40)}


def test_filters_and_pages(written: Store) -> None:
    store = written
    store.acting(Pelaku("loket2")).record(Tindakan.BACA_ARSIP, "lain", "x")
    assert [e.pelaku for e in store.trail(SaringJejak(pelaku="loket2"))] == ["loket2"]
    assert len(store.trail(SaringJejak(survei_id="kecil"))) == 5
    assert [e.nomor for e in store.trail(limit=2, sebelum=4)] == [3, 2]
    assert store.trail(SaringJejak(sampai=datetime(2020, 1, 1, tzinfo=UTC))) == ()
    assert store.trail_actors() == ("loket1", "loket2")


def test_the_program_itself_reads_without_an_entry(store: Store) -> None:
    store.acting(SISTEM).record(Tindakan.BACA_ARSIP)
    assert store.trail() == ()


def test_who_may_not_read_it(written: Store) -> None:
    acting = written.acting(Pelaku("x", frozenset({Peran.OPERATOR, Peran.MANAJER})))
    refuses("hak-kurang", acting.examine_trail)
