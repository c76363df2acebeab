"""The audit trail as people read it: on its page, as CSV, and in the terminal."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import tzinfo

from skm.akun import NAMA_TINDAKAN, Catatan, Tindakan
from skm.analysis.table import Kolom, Tabel
from skm.pesan import SkmError, message
from skm.store import Store
from skm.store.audit import Cacat, JenisCacat, SaringJejak, Ujung

SEKALIGUS = 1_000
"""Entries that are read at a time for a file of all of them."""

_LONG, _HASH, _HEX = 60, 64, frozenset("0123456789abcdef")


def trail_table(entries: Sequence[Catatan], zona: tzinfo) -> Tabel:
    """Return entries as a table, in the order given, by the clock of `zona`."""
    names = ("Nomor", "Waktu", "Pelaku", "Tindakan", "Survei", "Tentang", "Sebelum", "Sesudah")
    kolom = tuple(Kolom(name, angka=name == "Nomor") for name in names)
    rows = tuple(
        (
            str(entry.nomor),
            f"{entry.waktu.astimezone(zona):%Y-%m-%d %H.%M.%S}",
            entry.pelaku,
            name_of(entry.tindakan),
            entry.survei_id,
            entry.objek,
            told(entry.sebelum),
            told(entry.sesudah),
        )
        for entry in entries
    )
    return Tabel("jejak-audit", "Jejak audit", kolom, rows)


def screen_table(entries: Sequence[Catatan], zona: tzinfo) -> Tabel:
    """Return entries as a screen has room for them: what changed instead of before and after."""
    names = ("No.", "Waktu", "Pelaku", "Tindakan", "Keterangan")
    rows = tuple(
        (
            str(entry.nomor),
            f"{entry.waktu.astimezone(zona):%d/%m/%Y %H.%M}",
            entry.pelaku,
            name_of(entry.tindakan),
            " · ".join(filter(None, (entry.survei_id, entry.objek, changed(entry)))),
        )
        for entry in entries
    )
    kolom = tuple(Kolom(name, angka=name == "No.") for name in names)
    return Tabel("jejak-audit", "Jejak audit", kolom, rows)


def changed(entry: Catatan) -> str:
    """Return what an entry changed as "name: before → after", long texts and hashes cut short."""
    before = json.loads(entry.sebelum) if entry.sebelum else {}
    after = json.loads(entry.sesudah) if entry.sesudah else {}
    parts = []
    for name in dict.fromkeys((*before, *after)):
        old, new = _short(before.get(name)), _short(after.get(name))
        if name in before and name in after:
            if before[name] != after[name]:
                parts.append(f"{name}: {old} → {new}")
        else:
            parts.append(f"{name}: {new if name in after else old}")
    return "; ".join(parts)


def _short(value: object) -> str:
    text = " ".join(_value(value).split())
    if len(text) >= _HASH and not set(text[:_HASH]) - _HEX:
        return text[:12]
    return text if len(text) <= _LONG else f"{text[:_LONG].rstrip()}…"


def all_entries(store: Store, saring: SaringJejak) -> Iterator[Catatan]:
    """Yield all entries that pass, newest first. Raises SkmError `hak-kurang`."""
    before: int | None = None
    while chunk := store.trail(saring, SEKALIGUS, before):
        yield from chunk
        before = chunk[-1].nomor


def name_of(tindakan: str) -> str:
    """Return the name of an act; one of a later program stands as it is stored."""
    known = {act.value: name for act, name in NAMA_TINDAKAN.items()}
    return known.get(tindakan, tindakan)


def told(isi: str) -> str:
    """Return what an entry holds as "name: value; …"; texts as they are, lists by commas."""
    found = json.loads(isi) if isi else {}
    return "; ".join(f"{name}: {_value(value)}" for name, value in found.items())


def _value(value: object) -> str:
    match value:
        case None | "" | []:
            return "–"
        case bool():
            return "ya" if value else "tidak"
        case list():
            return ", ".join(_value(item) for item in value)
        case dict():
            return " ".join(f"{name} {_value(item)}" for name, item in value.items())
        case _:
            return str(value)


def parse_end(text: str) -> Ujung:
    """Return the end of a trail as it was noted, "128:9f0c…". Raises `audit-ujung-salah`."""
    number, _, segel = text.strip().partition(":")
    good = number.isascii() and number.isdigit() and len(number) <= 18
    if not good or len(segel) != _HASH or set(segel) - _HEX:
        raise SkmError("audit-ujung-salah", ujung=text[:100])
    return Ujung(int(number), segel)


def parse_act(text: str) -> Tindakan:
    """Return an act by its code. Raises SkmError `tindakan-tak-dikenal`."""
    try:
        return Tindakan(text)
    except ValueError as error:
        raise SkmError("tindakan-tak-dikenal", nama=text[:60]) from error


def fault_text(cacat: Cacat, proved: int) -> str:
    """Return the sentence about a fault of the trail."""
    match cacat.jenis:
        case JenisCacat.BERUBAH:
            return message("audit-berubah", nomor=cacat.nomor)
        case JenisCacat.HILANG:
            return message("audit-hilang", nomor=cacat.nomor)
        case JenisCacat.TERPOTONG:
            return message("audit-terpotong", nomor=proved, seharusnya=cacat.nomor)
