"""CSV as offices have it: any of three delimiters and four encodings, told from the content."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice

from skm.pesan import SkmError

DELIMITERS = (";", ",", "\t")
MAX_ROWS = 1_000_000
MAX_COLUMNS = 16_384
"""Those of a spreadsheet: more come from no program that offices use."""
SAMPLE_ROWS = 60
SAMPLE_CHARS = 200_000
_SHORT = 40
"""A line of so many characters may well come again; longer ones have a time or a remark."""
_PLAIN = 100_000
"""A longer line goes to `csv`, which has a limit for a cell."""
_SENTINEL = "\ue000akhir"
_SEP_LINE = re.compile(r'"?sep=(?P<tanda>[;,\t|])"?[;,\t]*\r?\n', re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")
_NEUTRAL = re.compile(r"'+[=+\-@\t\r]")
_NEUTRAL_INSIDE = re.compile(r"'[=+\-@\t\r]")
"""As `_NEUTRAL`, for a search: a long run of apostrophes must not be tried from each of them."""
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def decode(nama: str, isi: bytes) -> str:
    """Return the text of a CSV in UTF-8, UTF-16 (with its mark) or cp1252.

    Raises SkmError `berkas-biner` or `berkas-enkoding`.
    """
    if isi.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        if b"\x00" in isi:
            raise SkmError("berkas-biner", berkas=nama)
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = isi.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _CONTROL.search(text):
            raise SkmError("berkas-biner", berkas=nama)
        return text
    raise SkmError("berkas-enkoding", berkas=nama)


def parse_csv(nama: str, text: str) -> list[list[str]]:
    """Return the rows of a CSV; an empty line is an empty row, so that row numbers hold.

    Raises SkmError `csv-kutip` with the row where a quote is opened and not closed,
    `berkas-terlalu-banyak-baris`, or `berkas-terlalu-besar-isi` for a row without end.
    """
    delimiter = None
    if match := _SEP_LINE.match(text):
        delimiter, text = match["tanda"], text[match.end() :]
    delimiter = delimiter or detect_delimiter(text)
    rows = _read_rows(nama, text, delimiter)
    return [[restore(c) for c in row] for row in rows] if _NEUTRAL_INSIDE.search(text) else rows


def detect_delimiter(text: str) -> str:
    """Return the delimiter under which the most rows have one and the same number of cells."""
    sample = text[:SAMPLE_CHARS]
    best, best_score = ",", (0.0, False, 0)
    for delimiter in DELIMITERS:
        try:
            rows = islice(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter), 60)
            filled = [len(row) for row in rows if row]
            widths = Counter(filled)
        except csv.Error:
            continue
        total = widths.total()
        wide = [(count, width) for width, count in widths.items() if width > 1]
        if not wide:
            continue
        count, width = max(wide)
        score = (count / total, filled[0] > 1, width)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _read_rows(nama: str, text: str, delimiter: str) -> list[list[str]]:
    # One line more than the file has: it comes back alone unless a quote is still open.
    end = "" if text.endswith(("\n", "\r")) or not text else "\n"
    lines = chain(io.StringIO(text + end, newline=""), [_SENTINEL])
    rows: list[list[str]] = []
    alike: dict[str, list[str]] = {}
    widest = 0
    try:
        for line in lines:
            row = alike.get(line)
            if row is None:
                row = _row_of(nama, line, lines, delimiter, len(rows) + 1, widest)
                widest = max(widest, len(row))
                # A file of nothing but marks has few different lines: one row stands for all alike.
                if len(line) <= _SHORT and '"' not in line:
                    alike[line] = row
            rows.append(row)
            if len(rows) > MAX_ROWS + 2:  # the header and the sentinel are not counted
                raise SkmError("berkas-terlalu-banyak-baris", berkas=nama, batas=MAX_ROWS)
    except csv.Error as error:
        raise SkmError("csv-kutip", berkas=nama, baris=len(rows) + 1) from error
    if not rows or rows.pop() != [_SENTINEL]:
        raise SkmError("csv-kutip", berkas=nama, baris=len(rows) + 1)
    return rows


def _row_of(
    nama: str, line: str, following: Iterator[str], delimiter: str, number: int, widest: int
) -> list[str]:
    """Return the row that a line begins, as `csv` reads it; a quoted cell takes further lines."""
    if '"' not in line and len(line) <= _PLAIN:
        text = line.rstrip("\r\n")
        row = text.split(delimiter) if text else []
    else:
        reader = csv.reader(chain([line], following), delimiter=delimiter)
        row = next(reader)
        if reader.line_num > 1 and _swallowed_rows(row, delimiter, widest):
            raise SkmError("csv-kutip", berkas=nama, baris=number)
    if len(row) > MAX_COLUMNS:
        raise SkmError("berkas-terlalu-besar-isi", berkas=nama)
    return row


def _swallowed_rows(row: list[str], delimiter: str, widest: int) -> bool:
    """Return whether a multi-line cell holds whole rows: a stray quote met a later one."""
    least = max(4, widest - 1)
    return any(
        line.count(delimiter) >= least
        for cell in row
        if "\n" in cell or "\r" in cell
        for line in cell.splitlines()
    )


def neutralise(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula; `restore` undoes it."""
    return "'" + text if len(text) > 1 and _FORMULA.match(text) else text


def restore(text: str) -> str:
    """Return the cell that `neutralise` was given."""
    return text[1:] if text.startswith("'") and _NEUTRAL.match(text) else text
