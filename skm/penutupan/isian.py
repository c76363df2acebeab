"""The answers and remarks of a closed period as CSV, readable by a spreadsheet and by us again."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from skm.analysis.table import as_text
from skm.jawaban import KOSONG, Baris, Kutipan
from skm.pesan import SkmError

_PLACE = ("kuesioner", "periode", "layanan", "titik", "kanal")
_QUESTION, _FIELD = "p", "profil:"
_REMARKS = ("periode", "layanan", "titik", "saran")


def write_rows(rows: Sequence[Baris]) -> bytes:
    """Return the answers as CSV: place, one column a question (p1, p2, …), one a profile field.

    Rows stay in the given order. A blank is an empty cell.
    """
    longest = max((len(row.nilai) for row in rows), default=0)
    fields = list(dict.fromkeys(name for row in rows for name, _ in row.profil))
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    questions = [f"{_QUESTION}{i}" for i in range(1, longest + 1)]
    writer.writerow([*_PLACE, *questions, *(_FIELD + name for name in fields)])
    for row in rows:
        marks = [*row.nilai.replace(KOSONG, " ").ljust(longest)]
        given = dict(row.profil)
        options = [as_text(given[name]) if name in given else KOSONG for name in fields]
        writer.writerow([*row[:5], *(m.strip() for m in marks), *options])
    return out.getvalue().encode("utf-8-sig")


def read_rows(content: bytes, lengths: dict[str, int], berkas: str) -> list[Baris]:
    """Return the answers of `write_rows`; `lengths` are the questions of each version.

    Raises SkmError `arsip-tak-terbaca` for anything else.
    """
    try:
        reader = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
        head = next(reader)
        questions = [i for i, name in enumerate(head) if name[1:].isdigit()]
        fields = [(i, n.removeprefix(_FIELD)) for i, n in enumerate(head) if n.startswith(_FIELD)]
        if tuple(head[:5]) != _PLACE or len(head) != 5 + len(questions) + len(fields):
            raise ValueError(head)
        return [_row(row, questions, fields, lengths) for row in reader]
    except (ValueError, KeyError, IndexError, StopIteration, csv.Error) as error:
        raise SkmError("arsip-tak-terbaca", berkas=berkas, rincian="isinya berubah") from error


def _row(
    row: Sequence[str],
    questions: Sequence[int],
    fields: Sequence[tuple[int, str]],
    lengths: dict[str, int],
) -> Baris:
    versi, periode, layanan, titik, kanal = row[:5]
    marks = [row[i] or KOSONG for i in questions[: lengths[versi]]]
    if any(mark not in ("1", "2", "3", "4", KOSONG) for mark in marks):
        raise ValueError(row)
    profil = tuple((name, _plain(row[i])) for i, name in fields if row[i] != KOSONG)
    return Baris(versi, periode, layanan, titik, kanal, "".join(marks), profil)


def write_remarks(remarks: Sequence[Kutipan]) -> bytes:
    """Return the remarks as CSV; a text that a spreadsheet would run gets an apostrophe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(_REMARKS)
    for remark in remarks:
        writer.writerow([*remark[:3], as_text(remark.teks)])
    return out.getvalue().encode("utf-8-sig")


def read_remarks(content: bytes, berkas: str) -> list[Kutipan]:
    """Return the remarks of `write_remarks`. Raises SkmError `arsip-tak-terbaca`."""
    try:
        text = io.StringIO(content.decode("utf-8-sig"), newline="")
        head, *rows = csv.reader(text, delimiter=";")
        if tuple(head) != _REMARKS:
            raise ValueError(head)
        return [
            Kutipan(periode, layanan, titik, _plain(teks)) for periode, layanan, titik, teks in rows
        ]
    except (ValueError, csv.Error) as error:
        raise SkmError("arsip-tak-terbaca", berkas=berkas, rincian="isinya berubah") from error


def _plain(text: str) -> str:
    """Return a remark without the apostrophe that `as_text` put before it."""
    return text[1:] if text.startswith("'") and as_text(text[1:]) == text else text
