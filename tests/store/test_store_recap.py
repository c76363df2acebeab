"""The recap equals a count of the answers, always; and a recap that does not is found."""

import json
from collections import Counter
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from survei_kecil import CONTOH, T3, T4, UNGGAH, WAKTU, save, survei_of

from skm.jawaban import Jawaban, Kanal
from skm.periode import parse_period
from skm.rekap import Slot
from skm.store import BatchBaru, RecapFault, Store
from skm.store.recap import RecapCounts, Tempat
from skm.store.schema import SEMUA_REKAP, rekap_tempat

SLOTS = (Slot("U1", 0), Slot("U2", 0), Slot("U1", 1))
sheets = st.builds(
    Jawaban,
    nilai=st.text("1234-", min_size=3, max_size=3),
    periode=st.sampled_from([T3, T4, parse_period("2024-S1")]),
    waktu=st.sampled_from([None, WAKTU, WAKTU.replace(hour=17)]),
    layanan=st.sampled_from([None, "ktp", "kk"]),
    titik=st.sampled_from([None, "dinas", "mpp"]),
    profil=st.dictionaries(st.just("usia"), st.sampled_from(["16", "17", "39", "40"])).map(
        lambda d: tuple(d.items())
    ),
)
adds = st.tuples(st.sampled_from([Kanal.QR, Kanal.UNGGAH]), st.lists(sheets, max_size=6))
steps = st.lists(st.one_of(adds, st.integers(0, 5)), max_size=6)


def classes(sheet: Jawaban) -> str:
    return {"17": "muda", "39": "muda", "40": "tua"}.get(dict(sheet.profil).get("usia", ""), "")


def assert_counts(store: Store, live: list[tuple[Kanal, Jawaban]]) -> None:
    """Compare with counts made here, one answer at a time."""
    people: Counter = Counter()
    marks: Counter = Counter()
    sums: Counter = Counter()
    ages: Counter = Counter()
    days: Counter = Counter()
    for kanal, a in live:
        if a.waktu:
            # 17:00 UTC on New Year's Eve is the new year at the office.
            day = date(2025, 1, 1) if a.waktu.hour == 17 else date(2024, 12, 31)
            days[day, a.titik, a.layanan, kanal.value] += 1
        key = (a.periode, a.layanan, a.titik, kanal.value)
        people[key] += 1
        ages[classes(a)] += 1
        values = [int(v) for v in a.nilai if v != "-"]
        for name, n in (("n", 1), ("s", sum(values)), ("q", sum(values) ** 2)):
            sums[a.periode, len(values), name] += n
        marks.update((key, slot, v) for slot, v in zip(SLOTS, a.nilai, strict=True) if v != "-")
    assert_same_by_one_place(store)
    cells = store.cells("kecil", per=("kanal", "titik", "layanan"))
    found = {(c.periode, c.layanan, c.titik, c.kanal): c for c in cells}
    assert {key: c.responden for key, c in found.items()} == people
    for key, cell in found.items():
        for slot in SLOTS:
            expected = tuple(marks[key, slot, v] for v in "1234")
            assert cell.tallies[slot].counts == expected
    scores = {(s.periode, s.terisi): s for s in store.scores("kecil")}
    assert set(scores) == {key[:2] for key in sums}
    for (periode, k), s in scores.items():
        expected = tuple(sums[periode, k, name] for name in "nsq")
        assert (s.responden, s.jumlah, s.kuadrat) == expected
    assert store.profil_counts("kecil")["usia"] == ages
    found_days = store.daily_counts("kecil", date(2024, 1, 1), date(2026, 1, 1))
    assert {(d.hari, d.titik, d.layanan, d.kanal): d.n for d in found_days} == days


def assert_same_by_one_place(store: Store) -> None:
    """What is read from a recap by one place alone is the sum over the other place."""
    for per in ((), ("layanan",), ("titik",), ("layanan", "kanal"), ("titik", "kanal")):
        sums: dict[tuple, Counter] = {}
        people: Counter = Counter()
        for cell in store.cells("kecil", per=("layanan", "titik", "kanal")):
            key = (cell.periode, *(getattr(cell, name) for name in per))
            people[key] += cell.responden
            for slot, tally in cell.tallies.items():
                sums.setdefault(key, Counter()).update(
                    {(slot, v): n for v, n in enumerate(tally.counts)}
                )
        cells = store.cells("kecil", per=per)
        found = {(c.periode, *(getattr(c, name) for name in per)): c for c in cells}
        assert {key: c.responden for key, c in found.items()} == people
        for key, cell in found.items():
            for slot, tally in cell.tallies.items():
                assert tally.counts == tuple(sums[key][slot, v] for v in range(4))


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps)
def test_after_any_adding_and_undoing_the_recap_is_the_count(store: Store, steps):
    if store.list_survei():
        store.delete_survei("kecil")
    save(store)
    live: dict[str, list[tuple[Kanal, Jawaban]]] = {}
    for step in steps:
        if isinstance(step, int):
            if live:
                batch_id = sorted(live)[step % len(live)]
                store.undo_batch(batch_id)
                del live[batch_id]
        else:
            kanal, answers = step
            batch = store.add_batch("kecil", BatchBaru(kanal), answers)
            live[batch.id] = [(kanal, answer) for answer in answers]
    everything = [pair for batch in live.values() for pair in batch]
    assert_counts(store, everything)
    assert store.check_recap() == ()
    with store.engine.connect() as conn:
        ids = list(conn.execute(text("SELECT id FROM jawaban ORDER BY id")).scalars())
    store.exclude("kecil", ids[::2], "uji")
    assert_counts(
        store, [(k, a) for i, (k, a) in zip(ids, everything, strict=True) if i not in ids[::2]]
    )
    assert store.check_recap() == ()
    store.include(ids)
    assert_counts(store, everything)


@pytest.mark.parametrize(
    ("tamper", "fault"),
    [
        (
            "UPDATE rekap_hari SET n = n + 5 WHERE titik = 'dinas'",
            ("rekap_hari", ("kanal", "unggah"), (6,), (1,)),
        ),
        (
            "DELETE FROM rekap_responden WHERE titik = 'mpp'",
            ("rekap_responden", ("terisi", 2), (0, 0, 0), (1, 5, 25)),
        ),
        (
            "INSERT INTO rekap_profil VALUES ('kecil','2024-T4','ktp','dinas','qr','jk','L',3)",
            ("rekap_profil", ("pilihan", "L"), (3,), (0,)),
        ),
    ],
)
def test_a_tampered_recap_is_found_and_can_be_rebuilt(store: Store, tamper, fault):
    save(store)
    store.add_batch("kecil", UNGGAH, CONTOH)
    cells, profil, version = (
        store.cells("kecil", per=("titik",)),
        store.profil_counts("kecil"),
        store.data_version("kecil"),
    )
    with store.engine.begin() as conn:
        conn.execute(text(tamper))
    (found,) = store.check_recap()
    assert isinstance(found, RecapFault)
    assert (found.tabel, found.kunci[-1], found.tersimpan, found.seharusnya) == fault
    assert store.check_recap("kecil") == (found,)
    store.rebuild_recap()
    assert store.check_recap() == ()
    assert store.cells("kecil", per=("titik",)) == cells
    assert store.profil_counts("kecil") == profil
    assert store.data_version("kecil") > version


def test_a_changed_answer_is_found(store: Store):
    save(store)
    store.add_batch("kecil", UNGGAH, CONTOH)
    with store.engine.begin() as conn:
        conn.execute(text("UPDATE jawaban SET nilai = '111' WHERE titik = 'dinas'"))
    assert {fault.tabel for fault in store.check_recap()} == {
        "rekap_tempat",
        "rekap_tempat_layanan",
        "rekap_tempat_titik",
        "rekap_responden",
        "rekap_responden_layanan",
        "rekap_responden_titik",
    }


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("rekap_responden_layanan", "jumlah"),
        ("rekap_responden_titik", "jumlah"),
        ("rekap_tempat", "jumlah0"),
        ("rekap_tempat_layanan", "responden"),
        ("rekap_tempat_titik", "dua8"),
    ],
)
def test_a_tampered_sum_is_found(store: Store, name: str, count: str):
    save(store)
    store.add_batch("kecil", UNGGAH, CONTOH)
    with store.engine.begin() as conn:
        conn.execute(text(f"UPDATE {name} SET {count} = {count} + 1"))  # noqa: S608
    assert {fault.tabel for fault in store.check_recap()} == {name}
    store.rebuild_recap()
    assert store.check_recap() == ()


long_sheets = st.lists(
    st.tuples(st.sampled_from(["dinas", "mpp"]), st.text("1234-", min_size=1, max_size=20)),
    max_size=8,
)


@given(long_sheets, long_sheets)
def test_what_is_kept_of_deleted_answers_counts_as_they_did(gone, there):
    survei = survei_of()

    def counted(pairs):
        found = RecapCounts(survei)
        for titik, nilai in pairs:
            found.add(Tempat("1", "2024-T4", "ktp", titik, "qr"), nilai, (), WAKTU)
        return found

    rest = counted(there)
    # As `reduced` writes and reads it.
    kept = {
        name: {tuple(key): row for key, row in json.loads(json.dumps([*rows.items()]))}
        for name, rows in counted(gone).kept().items()
    }
    rest.include(kept)
    whole = counted([*gone, *there])
    assert {t.name: rest.counts(t) for t in SEMUA_REKAP} == {
        t.name: whole.counts(t) for t in SEMUA_REKAP
    }


def test_questions_beyond_the_ninth_stand_in_a_row_of_their_own():
    found = RecapCounts(survei_of())
    for nilai in ("4" * 9 + "21", "3" * 9 + "-2"):
        found.add(Tempat("1", "2024-T4", "ktp", "dinas", "qr"), nilai, (), None)
    place = ("2024-T4", "ktp", "dinas", "1")
    nine, none = [0] * 9, [0] * 7
    assert found.counts(rekap_tempat) == {
        (*place, 0, "qr"): (2, *[7] * 9, *[2] * 9, *nine, *nine),
        # The tenth: a 2; the eleventh: a 1 and a 2.
        (*place, 1, "qr"): (0, 2, 3, *none, 1, 2, *none, 0, 1, *none, 1, 1, *none),
    }
