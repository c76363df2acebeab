"""The lists of layanan and titik: rename, retire, move, remove, and take a pasted list."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from skm.atur.dokumen import Data, get, read, rows, set_rows, set_value

MAX_KODE = 60
_HEADINGS = frozenset({"kode", "nama", "no", "nomor", "layanan", "jenis layanan", "titik", "jenis"})
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")


class Daftar(StrEnum):
    """Which list; the value is its key in the file."""

    LAYANAN = "layanan"
    TITIK = "titik"

    @property
    def nama(self) -> str:
        """Return what people call an entry."""
        return "layanan" if self is Daftar.LAYANAN else "titik layanan"


@dataclass(frozen=True, slots=True)
class Butir:
    """An entry as it stands in the draft, whether or not it is valid."""

    kode: str
    nama: str
    aktif: bool = True
    jenis: str = ""
    induk: str = ""


@dataclass(frozen=True, slots=True)
class Tempelan:
    """What a pasted list does: the text with it, and the names that are new, renamed, unchanged."""

    teks: str
    baru: tuple[str, ...]
    diganti: tuple[tuple[str, str], ...]
    sama: tuple[str, ...]


def entries(data: Mapping[str, Any], daftar: Daftar) -> tuple[Butir, ...]:
    """Return the entries of a list in their order."""
    return tuple(
        Butir(
            str(row.get("kode", "")),
            str(row.get("nama", "")),
            row.get("aktif", True) is not False,
            str(row.get("jenis", "")),
            str(row.get("induk", "")),
        )
        for row in rows(data, (daftar.value,))
    )


def change(text: str, daftar: Daftar, kode: str, isian: str, nilai: object | None) -> str:
    """Return the text with one field of an entry; None takes the field out."""
    wanted = [
        {**row, isian: nilai} if row.get("kode") == kode else row
        for row in rows(read(text), (daftar.value,))
    ]
    return set_rows(text, (daftar.value,), wanted)


def rename(text: str, daftar: Daftar, kode: str, nama: str) -> str:
    """Return the text with another name of an entry; its code, and so its history, stays."""
    return change(text, daftar, kode, "nama", nama.strip())


def retire(text: str, daftar: Daftar, kode: str, *, aktif: bool) -> str:
    """Return the text with an entry taken off the form, or back on it."""
    return change(text, daftar, kode, "aktif", None if aktif else False)


def move(text: str, daftar: Daftar, kode: str, ke: int) -> str:
    """Return the text with an entry at place `ke` (from 1; beyond the end is the end)."""
    found = rows(read(text), (daftar.value,))
    moved = [row for row in found if row.get("kode") == kode]
    rest = [row for row in found if row.get("kode") != kode]
    at = max(0, ke - 1)
    return set_rows(text, (daftar.value,), [*rest[:at], *moved, *rest[at:]])


def remove(text: str, daftar: Daftar, kode: str) -> str:
    """Return the text without an entry and its translations; titik under it lose their `induk`.

    Whether it may go is the store's to say: an entry with answers is retired instead.
    """
    data = read(text)
    kept = [
        {**row, "induk": None} if daftar is Daftar.TITIK and row.get("induk") == kode else row
        for row in rows(data, (daftar.value,))
        if row.get("kode") != kode
    ]
    text = set_rows(text, (daftar.value,), kept)
    for bahasa in get(data, ("bahasa",), {}):
        text = set_value(text, ("bahasa", bahasa, "teks", f"{daftar.value}.{kode}"), None)
    return text


def paste(text: str, daftar: Daftar, tempel: str, *, urutkan: bool = False) -> Tempelan:
    """Return what a list copied from a spreadsheet does to the text.

    A line is a name, or code, name, and for titik its kind and the titik above it, apart by tabs.
    A known code takes the new name; a known name changes nothing; all others are added at the end.
    With `urutkan` the pasted order becomes the list's, what is not in it following after.
    """
    found: list[Data] = [dict(row) for row in rows(read(text), (daftar.value,))]
    by_code = {str(row.get("kode", "")).casefold(): row for row in found}
    by_name = {str(row.get("nama", "")).casefold(): row for row in found}
    new, renamed, same, order = [], [], [], []
    for cells in _lines(tempel):
        kode, nama, *more = cells if len(cells) > 1 else ("", cells[0])
        row = by_code.get(kode.casefold()) if kode else by_name.get(nama.casefold())
        if row is None:
            taken = [str(r.get("kode", "")) for r in found]
            row = {"kode": _code_of(kode, nama, taken), "nama": nama}
            found.append(row)
            new.append(nama)
        elif row.get("nama") != nama and kode:
            renamed.append((str(row.get("nama", "")), nama))
            row["nama"] = nama
        else:
            same.append(nama)
        by_code[str(row["kode"]).casefold()] = by_name[nama.casefold()] = row
        if daftar is Daftar.TITIK:
            _add_place(row, more, by_code, by_name)
        if row not in order:
            order.append(row)
    made = [*order, *(row for row in found if row not in order)] if urutkan else found
    return Tempelan(set_rows(text, (daftar.value,), made), tuple(new), tuple(renamed), tuple(same))


def as_lines(data: Mapping[str, Any], daftar: Daftar) -> str:
    """Return a list as lines of code, name, kind and `induk`, ready for a spreadsheet."""
    lines = []
    for b in entries(data, daftar):
        cells = [b.kode, b.nama]
        if daftar is Daftar.TITIK:
            cells += [b.jenis, b.induk]
        lines.append("\t".join(cells).rstrip("\t"))
    return "\n".join(lines)


def make_code(nama: str, taken: Collection[str]) -> str:
    """Return a code for a name, unlike all of `taken`: "Kartu Keluarga" is kartu-keluarga."""
    plain = unicodedata.normalize("NFKD", nama).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[: MAX_KODE - 4].strip("-") or "butir"
    known = {kode.casefold() for kode in taken}
    kode, number = base, 2
    while kode in known:
        kode, number = f"{base}-{number}", number + 1
    return kode


def _code_of(kode: str, nama: str, taken: Collection[str]) -> str:
    if len(kode) <= MAX_KODE and _CODE.fullmatch(kode):
        return kode
    return make_code(kode or nama, taken)


def _lines(tempel: str) -> list[list[str]]:
    """Return the cells of each line; a heading and a column of running numbers are left out."""
    lines = [[cell.strip() for cell in line.split("\t")] for line in tempel.splitlines()]
    lines = [cells for cells in lines if any(cells)]
    if lines and {cell.casefold() for cell in lines[0] if cell} <= _HEADINGS:
        lines = lines[1:]
    first = [cells[0].rstrip(".") for cells in lines if len(cells) > 1]
    if first and first == [str(n) for n in range(1, len(lines) + 1)]:
        lines = [cells[1:] for cells in lines]
    return [
        cells if len(cells) > 1 and cells[0] and cells[1] else [next(filter(None, cells))]
        for cells in lines
    ]


def _add_place(
    row: Data, more: list[str], by_code: Mapping[str, Data], by_name: Mapping[str, Data]
) -> None:
    """Add a titik's kind and what it is under, given by code or by name."""
    for key, value in zip(("jenis", "induk"), more, strict=False):
        if key == "induk" and value:
            known = by_code.get(value.casefold()) or by_name.get(value.casefold())
            value = str(known["kode"]) if known else value
        if value:
            row[key] = value
