"""Find the sheet, its header row, and what each column is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from skm.intake.alias import Kamus, Makna, dictionary
from skm.intake.mapping import Butir, Keyakinan, Kolom, Pemetaan
from skm.intake.sheets import Berkas, Lembar, Sel, cell_text, is_blank
from skm.pesan import SkmError, message
from skm.survei import Survei

HEADER_ROWS = 40
"""How far down a header is looked for, under the titles."""
SAMPLE_ROWS = 50
_NUMERAL = re.compile(r"\(?([1-9]\d?)\)?")
_DATELIKE = re.compile(r"\d{1,4}[-/. :]\d|\d\s+[a-z]{3}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Candidate:
    lembar: Lembar
    baris: int
    makna: tuple[Makna, ...]
    nilai: int


def propose(berkas: Berkas, survei: Survei, lembar: str | None = None) -> Pemetaan:
    """Return the mapping that the headers suggest, on the named sheet or on the best one.

    Raises SkmError `lembar-tak-ada`.
    """
    sheets = [s for s in berkas.lembar if lembar in (None, s.nama)]
    if not sheets:
        names = ", ".join(s.nama for s in berkas.lembar)
        raise SkmError("lembar-tak-ada", nama=lembar, pilihan=names)
    kamus = dictionary(survei)
    found = [_find_header(s, kamus, survei) for s in sheets]
    best = max(found, key=lambda c: (c.nilai, len(c.lembar.baris) - c.baris))
    return _build(best, kamus, survei)


def _find_header(lembar: Lembar, kamus: Kamus, survei: Survei) -> _Candidate:
    """Return the row whose cells name the most targets; without one, the first row of texts."""
    questions = {p.kode for p in survei.kuesioner.pertanyaan}
    best: _Candidate | None = None
    for at, row in enumerate(islice(lembar.baris, HEADER_ROWS)):
        makna = _read_titles(row, kamus, len(questions))
        targets = {m.tujuan[0] for m in makna if m.tujuan}
        # A named unsur outweighs a number: the row of names is the better header.
        named = {m.tujuan[0] for m in makna if m.tujuan and m.bernama}
        score = 4 * len(targets & questions) + 2 * len(targets) + len(named & questions)
        if best is None or score > best.nilai:
            best = _Candidate(lembar, at, makna, score)
    if best is None or not best.nilai:
        at = next((i for i, r in enumerate(lembar.baris) if _filled(r) > 1), 0)
        row = lembar.baris[at] if lembar.baris else ()
        return _Candidate(lembar, at, tuple(Makna() for _ in row), 0)
    return best


def _read_titles(row: Sequence[Sel], kamus: Kamus, banyak: int) -> tuple[Makna, ...]:
    texts = [cell_text(c).strip() for c in row]
    numerals = [_NUMERAL.fullmatch(t) for t in texts]
    numbers = [int(m[1]) for m in numerals if m]
    if banyak > 3 and numbers == list(range(1, banyak + 1)):
        return tuple(
            kamus.by_number(int(m[1])) if m else kamus.lookup(t)
            for m, t in zip(numerals, texts, strict=True)
        )
    return tuple(
        kamus.lookup(t) if t and isinstance(c, str) else Makna()
        for t, c in zip(texts, row, strict=True)
    )


def _filled(row: Sequence[Sel]) -> int:
    return sum(not is_blank(c) for c in row)


def _build(found: _Candidate, kamus: Kamus, survei: Survei) -> Pemetaan:
    rows = found.lembar.baris
    header = rows[found.baris] if rows else ()
    sample = rows[found.baris + 1 : found.baris + 1 + SAMPLE_ROWS]
    width = len(header)
    questions = {p.kode for p in survei.kuesioner.pertanyaan}
    columns, suggestions, notices, beyond = [], [], [], []
    for indeks in range(width):
        judul = " ".join(cell_text(header[indeks]).split())
        makna = found.makna[indeks]
        tujuan = _decide(makna, questions, [r[indeks] for r in sample if indeks < len(r)])
        column = Kolom(indeks, judul, tujuan or "abaikan", _trust(makna, tujuan))
        columns.append(column)
        if tujuan is None and judul and (nearest := kamus.nearest(judul)):
            suggestions.append((column, nearest))
        if makna.bernama and makna.nomor and tujuan in questions:
            notices.append((column, makna.nomor))
        if not makna.bernama and (makna.nomor or 0) > len(questions):
            beyond.append(_beyond(column, survei))
    draft = Pemetaan(found.lembar.nama, found.baris + 1, tuple(columns), survei)
    return Pemetaan(
        draft.lembar,
        draft.baris_judul,
        draft.kolom,
        survei,
        usul=tuple(_suggest(draft, column, tujuan) for column, tujuan in suggestions),
        catatan=(
            *beyond,
            *(
                _notice(draft, column, number)
                for column, number in notices
                if kamus.by_number(number).tujuan not in ((), (column.tujuan,))
            ),
        ),
    )


def _trust(makna: Makna, tujuan: str | None) -> Keyakinan:
    if tujuan is None:
        return Keyakinan.TIDAK
    return Keyakinan.PASTI if makna.bernama else Keyakinan.NOMOR


def _decide(makna: Makna, questions: set[str], sample: Sequence[Sel]) -> str | None:
    """Return the one target of a header; "Waktu" may be unsur 3 or a time, so its cells tell."""
    if len(makna.tujuan) < 2:
        return makna.tujuan[0] if makna.tujuan else None
    asked = [t for t in makna.tujuan if t in questions]
    other = [t for t in makna.tujuan if t not in questions]
    if len(asked) > 1:
        return None
    if asked and other and set(other) & {"waktu", "tanggal", "jam"}:
        return other[0] if any(_looks_like_date(c) for c in sample) else asked[0]
    return makna.tujuan[0]


def _looks_like_date(sel: Sel) -> bool:
    if isinstance(sel, date | datetime):
        return True
    if isinstance(sel, str):
        return _DATELIKE.search(sel) is not None
    return isinstance(sel, int | float) and sel > 10_000


def _suggest(draft: Pemetaan, column: Kolom, tujuan: str) -> Butir:
    pesan = message("kolom-usul", kolom=column.nama, usul=draft.label(tujuan))
    return Butir("kolom-usul", pesan, (column.indeks,), tujuan)


def _beyond(column: Kolom, survei: Survei) -> Butir:
    """Return the notice of a column numbered past the survey's last question."""
    unsur, asked = len(survei.unsur), len(survei.kuesioner.pertanyaan)
    jenis = "unsur" if unsur == asked else "pertanyaan"
    pesan = message("kolom-nomor-lebih", kolom=column.nama, jumlah=asked, jenis=jenis)
    return Butir("kolom-nomor-lebih", pesan, (column.indeks,))


def _notice(draft: Pemetaan, column: Kolom, number: int) -> Butir:
    pesan = message(
        "kolom-nama-menang", kolom=column.nama, nomor=number, unsur=draft.label(column.tujuan)
    )
    return Butir("kolom-nama-menang", pesan, (column.indeks,), column.tujuan)
