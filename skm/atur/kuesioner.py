"""The questionnaire: wording, order, which unsur a question measures; and its version."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from skm.atur.dokumen import Data, get, read, rows, set_rows, set_value
from skm.peraturan import SKALA, pertanyaan_baku

PERTANYAAN = ("kuesioner", "pertanyaan")
UNSUR = ("unsur",)
VERSI = ("kuesioner", "versi")
_NUMBERED = re.compile(r"(\d{4})-(\d+)")


@dataclass(frozen=True, slots=True)
class Soal:
    """A question as it stands in the draft: the option texts by their value 1-4."""

    kode: str
    unsur: str
    teks: str
    pilihan: tuple[tuple[int, str], ...]


def questions(data: Mapping[str, Any]) -> tuple[Soal, ...]:
    """Return the questions in their order, the options of each from 1 to 4."""
    return tuple(
        Soal(
            str(row.get("kode", "")),
            str(row.get("unsur", "")),
            str(row.get("teks", "")),
            tuple(sorted((int(o["nilai"]), str(o.get("teks", ""))) for o in _options(row))),
        )
        for row in rows(data, PERTANYAAN)
    )


def unsur_names(data: Mapping[str, Any]) -> dict[str, str]:
    """Return the unsur by name, with their code."""
    return {str(row.get("nama", "")): str(row.get("kode", "")) for row in rows(data, UNSUR)}


def change(text: str, kode: str, isian: str, nilai: str) -> str:
    """Return the text with the wording (`teks`) or the unsur (`unsur`) of a question."""
    return _edit(text, lambda row: {**row, isian: nilai.strip()}, kode)


def change_option(text: str, kode: str, nilai: int, teks: str) -> str:
    """Return the text with other words for one answer option."""

    def edit(row: Data) -> Data:
        options = [
            {**o, "teks": teks.strip()} if o.get("nilai") == nilai else o for o in _options(row)
        ]
        return {**row, "pilihan": options}

    return _edit(text, edit, kode)


def move(text: str, kode: str, ke: int) -> str:
    """Return the text with a question at place `ke` (from 1)."""
    found = rows(read(text), PERTANYAAN)
    moved = [row for row in found if row.get("kode") == kode]
    rest = [row for row in found if row.get("kode") != kode]
    at = max(0, ke - 1)
    return set_rows(text, PERTANYAAN, [*rest[:at], *moved, *rest[at:]])


def add(text: str, unsur: str) -> tuple[str, str]:
    """Return the text with one more question about an unsur, and the question's code.

    Its wording and options are those of the regulation, where that knows the unsur.
    """
    found = rows(read(text), PERTANYAAN)
    taken = {str(row.get("kode", "")).casefold() for row in found}
    number = len(found) + 1
    while f"u{number}" in taken:
        number += 1
    baku = next((p for p in pertanyaan_baku() if p.unsur == unsur), None)
    row = {
        "kode": f"u{number}",
        "unsur": unsur,
        "teks": baku.teks if baku else f"Bagaimana pendapat Saudara tentang {unsur.lower()}?",
        "pilihan": [
            {"nilai": nilai, "teks": teks}
            for nilai, teks in enumerate(baku.pilihan if baku else SKALA, start=1)
        ],
    }
    return set_rows(text, PERTANYAAN, [*found, row]), f"u{number}"


def remove(text: str, kode: str) -> str:
    """Return the text without a question and its translations."""
    data = read(text)
    text = set_rows(text, PERTANYAAN, [r for r in rows(data, PERTANYAAN) if r.get("kode") != kode])
    keys = [f"pertanyaan.{kode}", *(f"pilihan.{kode}.{n}" for n in (1, 2, 3, 4))]
    for bahasa in get(data, ("bahasa",), {}):
        for key in keys:
            text = set_value(text, ("bahasa", bahasa, "teks", key), None)
    return text


def add_unsur(text: str, nama: str) -> str:
    """Return the text with one more unsur, and a question about it."""
    found = rows(read(text), UNSUR)
    taken = {str(row.get("kode", "")).casefold() for row in found}
    number = len(found) + 1
    while f"u{number}" in taken:
        number += 1
    text = set_rows(text, UNSUR, [*found, {"kode": f"U{number}", "nama": nama.strip()}])
    return add(text, nama.strip())[0]


def remove_unsur(text: str, nama: str) -> str:
    """Return the text without an unsur and its questions.

    Whether it may go is the store's to say: an unsur with answers stays.
    """
    data = read(text)
    for row in rows(data, PERTANYAAN):
        if row.get("unsur") == nama:
            text = remove(text, str(row.get("kode", "")))
    return set_rows(text, UNSUR, [row for row in rows(data, UNSUR) if row.get("nama") != nama])


def with_version(text: str, dasar: str, dikenal: Collection[str], tahun: int) -> str:
    """Return the text under a new version where it asks something else than `dasar` does.

    A version that the office typed itself stays; one that asks the same again gets its old name.
    `dikenal` are the versions that are taken.
    """
    now, before = read(text), read(dasar)
    old, versi = get(before, VERSI), get(now, VERSI)
    if asked(now) == asked(before):
        return set_value(text, VERSI, old)
    return set_value(text, VERSI, next_version(dikenal, tahun)) if versi == old else text


def next_version(dikenal: Collection[str], tahun: int) -> str:
    """Return the next free version of a year: "2026-1", "2026-2"."""
    numbers = [int(m[2]) for v in dikenal if (m := _NUMBERED.fullmatch(v)) and int(m[1]) == tahun]
    return f"{tahun}-{max(numbers, default=0) + 1}"


def asked(data: Mapping[str, Any]) -> list[Data]:
    """Return what respondents are asked; other names of a column are no part of it."""
    return [{k: v for k, v in row.items() if k != "alias"} for row in rows(data, PERTANYAAN)]


def _edit(text: str, edit: Callable[[Data], Data], kode: str) -> str:
    wanted = [edit(row) if row.get("kode") == kode else row for row in rows(read(text), PERTANYAAN)]
    return set_rows(text, PERTANYAAN, wanted)


def _options(row: Data) -> list[Data]:
    found = row.get("pilihan", [])
    return [o for o in found if isinstance(o, dict) and isinstance(o.get("nilai"), int)]
