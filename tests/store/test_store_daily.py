"""Counts by day, and the people served."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from kiriman_uji import place, sheet
from sqlalchemy import text
from survei_kecil import CONTOH, KOSONG_SATU, PENUH, T3, T4, TOML, UNGGAH, save

from skm.pesan import SkmError
from skm.store import Harian, Store

AKHIR = date(2024, 12, 31)
MALAM = datetime(2024, 12, 31, 16, 30, tzinfo=UTC)  # 23:30 WIB, 00:30 WITA


def test_days_are_those_of_the_office(store: Store):
    tautan = place(store)
    batch = store.add_batch("kecil", UNGGAH, [PENUH, PENUH, KOSONG_SATU])
    store.submit(tautan, sheet(waktu=MALAM))
    store.submit(tautan, sheet(waktu=MALAM.replace(hour=17)))
    of_file = Harian(AKHIR, "dinas", "ktp", "unggah", 2)
    days = (
        Harian(AKHIR, "dinas", "ktp", "qr", 1),
        of_file,
        Harian(date(2025, 1, 1), "dinas", "ktp", "qr", 1),
    )
    assert store.daily_counts("kecil", AKHIR, date(2025, 1, 1)) == days
    assert store.daily_counts("kecil", AKHIR, AKHIR) == days[:2]
    assert store.daily_counts("kecil", date(2025, 1, 2), date(2026, 1, 1)) == ()
    store.undo_batch(batch.id)
    assert of_file not in store.daily_counts("kecil", AKHIR, AKHIR)
    assert store.check_recap() == ()


def test_days_are_split_by_what_is_asked_for(store: Store):
    """The last day of 2024: two of the file without a layanan, one of each code."""
    tautan = place(store)
    store.add_batch("kecil", UNGGAH, [replace(PENUH, layanan=None)] * 2)
    store.submit(tautan, sheet(waktu=MALAM))

    def found(*per: str) -> list[tuple[object, ...]]:
        rows = store.daily_counts("kecil", AKHIR, AKHIR, per)
        return [(d.titik, d.layanan, d.kanal, d.n) for d in rows]

    assert found() == [(None, None, None, 3)]
    assert found("titik") == [("dinas", None, None, 3)]
    assert found("layanan") == [(None, None, None, 2), (None, "ktp", None, 1)]
    assert found("kanal", "layanan") == [(None, None, "unggah", 2), (None, "ktp", "qr", 1)]
    with pytest.raises(ValueError, match="kecamatan"):
        store.daily_counts("kecil", AKHIR, AKHIR, ("kecamatan",))


def test_another_time_zone_counts_the_days_anew(store: Store):
    tautan = place(store)
    store.submit(tautan, sheet(waktu=MALAM))
    save(store, 'zona_waktu = "WITA"\n' + TOML)
    (day,) = store.daily_counts("kecil", date(2024, 1, 1), date(2026, 1, 1))
    assert day.hari == date(2025, 1, 1)
    assert store.check_recap() == ()


@pytest.mark.parametrize(
    ("tamper", "stored", "should"),
    [
        ("UPDATE rekap_hari SET n = 7", (7,), (1,)),
        ("DELETE FROM rekap_hari", (0,), (1,)),
    ],
)
def test_a_tampered_day_is_found_and_repaired(store: Store, tamper, stored, should):
    save(store)
    store.add_batch("kecil", UNGGAH, CONTOH)
    with store.engine.begin() as conn:
        conn.execute(text(tamper))
    (fault,) = store.check_recap()
    assert (fault.tabel, fault.kunci[0]) == ("rekap_hari", ("hari", "2024-12-31"))
    assert (fault.tersimpan, fault.seharusnya) == (stored, should)
    store.rebuild_recap()
    assert store.check_recap() == ()


def test_people_served_are_kept_by_period_and_layanan(store: Store):
    save(store)
    before = store.data_version("kecil")
    for layanan, jumlah in ((None, 900), ("ktp", 500), ("kk", 1), ("kk", 0)):
        store.set_population("kecil", T4, layanan, jumlah)
    store.set_population("kecil", T3, "ktp", 7)
    assert store.data_version("kecil") > before
    assert store.populations("kecil", T4) == {None: 900, "kk": 0, "ktp": 500}
    store.set_population("kecil", T4, None, None)
    store.set_population("kecil", T4, "ktp", None)
    assert store.populations("kecil", T4) == {"kk": 0}
    for layanan, jumlah, kode in (
        ("sim", 1, "populasi-layanan-asing"),
        (None, -1, "populasi-jumlah"),
        (None, 10**30, "populasi-jumlah"),
    ):
        with pytest.raises(SkmError) as caught:
            store.set_population("kecil", T4, layanan, jumlah)
        assert caught.value.kode == kode
    store.delete_survei("kecil")
    save(store)
    assert store.populations("kecil", T3) == {}


def test_an_answer_taken_out_leaves_its_day(store: Store):
    save(store)
    store.add_batch("kecil", UNGGAH, [PENUH, replace(PENUH, titik="mpp")])
    store.exclude("kecil", [1], "uji")
    assert [d.titik for d in store.daily_counts("kecil", AKHIR, AKHIR)] == ["mpp"]
