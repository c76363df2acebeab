"""The audit trail as people read it: tables, what changed, the noted end."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm.akun import Catatan
from skm.jejak import changed, parse_act, parse_end, screen_table, told, trail_table
from skm.pesan import SkmError
from skm.store.audit import Ujung

WIB = timezone(timedelta(hours=7))
SEGEL = "0123456789abcdef" * 4
HEX = st.text("0123456789abcdef", min_size=64, max_size=64)


def entry(sebelum: object = None, sesudah: object = None, tindakan: str = "narasi") -> Catatan:
    texts = ["" if isi is None else json.dumps(isi) for isi in (sebelum, sesudah)]
    moment = datetime(2026, 11, 26, 17, 5, 9, tzinfo=UTC)
    return Catatan(7, moment, "loket1", tindakan, "kecil", "penutup", *texts)


def test_the_file_has_everything_by_the_clock_of_the_office() -> None:
    tabel = trail_table([entry({"aktif": True}, {"aktif": False})], WIB)
    assert tabel.baris == (
        ("7", "2026-11-27 00.05.09", "loket1", "Teks laporan diubah", "kecil", "penutup",
         "aktif: ya", "aktif: tidak"),
    )  # fmt: skip
    assert len(tabel.kolom) == 8


def test_the_screen_says_what_changed() -> None:
    tabel = screen_table([entry({"aktif": True}, {"aktif": False}), entry()], WIB)
    assert [row[-1] for row in tabel.baris] == [
        "kecil · penutup · aktif: ya → tidak", "kecil · penutup",
    ]  # fmt: skip
    assert tabel.baris[0][:4] == ("7", "27/11/2026 00.05", "loket1", "Teks laporan diubah")


def test_an_act_of_a_later_program_stands_as_it_is() -> None:
    assert trail_table([entry(tindakan="kelak")], UTC).baris[0][3] == "kelak"
    with pytest.raises(SkmError) as found:
        parse_act("kelak")
    assert found.value.kode == "tindakan-tak-dikenal"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (None, None, ""),
        ({"a": 1}, {"a": 1}, ""),
        ({"a": 1, "b": 2}, {"a": 1, "b": 3}, "b: 2 → 3"),
        (None, {"peran": ["admin", "operator"]}, "peran: admin, operator"),
        ({"a": None}, {"a": ""}, "a: – → –"),
        ({"hilang": "x"}, {}, "hilang: x"),
        (None, {"sha": SEGEL}, "sha: 0123456789ab"),
        (None, {"teks": "kata " * 30}, f"teks: {('kata ' * 12).strip()}…"),
    ],
)
def test_what_changed(before: object, after: object, said: str) -> None:
    assert changed(entry(before, after)) == said


@pytest.mark.parametrize(
    ("isi", "said"),
    [
        ("", ""),
        ('{"a":[],"b":null,"c":""}', "a: –; b: –; c: –"),
        ('{"batas":[{"survei":"kecil","titik":["dinas"]}]}', "batas: survei kecil titik dinas"),
        ('{"n":0,"ya":true}', "n: 0; ya: ya"),
    ],
)
def test_told(isi: str, said: str) -> None:
    assert told(isi) == said


@given(st.integers(0, 10**18 - 1), HEX)
def test_an_end_as_printed_is_read(nomor: int, segel: str) -> None:
    assert parse_end(f"  {Ujung(nomor, segel)}\n") == Ujung(nomor, segel)


@given(st.text(max_size=100))
def test_any_text_is_an_end_or_one_sentence(text: str) -> None:
    try:
        found = parse_end(text)
    except SkmError as error:
        assert error.kode == "audit-ujung-salah"
    else:
        assert text.strip().endswith(f":{found.segel}")


@pytest.mark.parametrize(
    "text", ["", ":", "7", f":{SEGEL}", f"-1:{SEGEL}", f"²:{SEGEL}", f"1:{SEGEL[1:]}",
             f"1:{SEGEL.upper()}", f"{'9' * 19}:{SEGEL}", f"1:{SEGEL}0"],
)  # fmt: skip
def test_what_is_no_end(text: str) -> None:
    with pytest.raises(SkmError) as found:
        parse_end(text)
    assert found.value.kode == "audit-ujung-salah"
