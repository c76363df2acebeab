"""How large a workbook is before it is opened.

The library that reads workbooks lays a sheet out as a full rectangle: two cells in opposite
corners would take all the memory and end the process. So the corners are found first, from the
raw bytes.
"""

from __future__ import annotations

import re
import zipfile

MAX_UNPACKED = 400 * 1024 * 1024
MAX_RATIO = 150
MAX_ENTRIES = 10_000
MAX_CELLS = 25_000_000
MAX_COLUMNS = 702
"""The columns A to ZZ."""
MAX_SHEET_ROWS = 1_000_001
"""A million rows and their header."""

_AT = rb"""r(?<=\sr)\s*=\s*["']"""
"""The place of a cell or row. It begins with a letter, which a search runs to; from each space on
it would be tried three times as long."""
_BEYOND = re.compile(_AT + rb"(?:[A-Za-z]{2}|[A-Za-z]?\d{6})")
_WIDE = re.compile(_AT + rb"[A-Za-z]{3,}\d")
_PAIR = re.compile(_AT + rb"([A-Za-z]{2})\d")
_LONG = re.compile(_AT + rb"[A-Za-z]{0,3}\d{8}")
_ROWS = tuple(
    re.compile(_AT + rb"""[A-Za-z]{0,3}(\d{%d})["']""" % digits) for digits in (7, 6, 5, 4)
)
_ODS_TAG = re.compile(
    rb"<table:(table|table-row|table-cell|covered-table-cell)"
    rb"""(?=[\s/>])((?:[^<>"']|"[^"]*"|'[^']*')*)([<>])"""
)
"""A tag ends at "<" too: XML has none there, and a search past it would be as long as the file."""
_ODS_ROWS = re.compile(rb"""number-rows-repeated\s*=\s*["'](\d+)""")
_ODS_COLUMNS = re.compile(rb"""number-columns-repeated\s*=\s*["'](\d+)""")


class TooLargeError(Exception):
    """The file would unpack to more than the limits."""


class TooManyRowsError(Exception):
    """A sheet has more rows than the limit."""


def check_zip(archive: zipfile.ZipFile, size: int) -> None:
    """Refuse a zip whose directory announces too much. Raises TooLargeError."""
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(size, 64 * 1024):
        raise TooLargeError
    if len(entries) > MAX_ENTRIES:
        raise TooLargeError


def check_xlsx(archive: zipfile.ZipFile) -> None:
    """Refuse an XLSX with a sheet past the limits. Raises TooLargeError, TooManyRowsError."""
    for entry in archive.infolist():
        xml = archive.read(entry)
        if b"sheetData" in xml:
            _check_corner(*_xlsx_corner(xml))


def _xlsx_corner(xml: bytes) -> tuple[int, int]:
    """Return an upper bound of the rows and columns that the cells of a sheet name."""
    if not _BEYOND.search(xml):
        return 99_999, 26  # nearly all sheets: within the limits, wherever their corner is
    if _LONG.search(xml):
        raise TooManyRowsError
    if _WIDE.search(xml):
        raise TooLargeError
    pairs = {match.upper() for match in _PAIR.findall(xml)}
    columns = max((26 * (p[0] - 64) + p[1] - 64 for p in pairs), default=26)
    for pattern in _ROWS:
        if numbers := set(pattern.findall(xml)):
            return max(map(int, numbers)), columns
    return 999, columns


def check_ods(archive: zipfile.ZipFile) -> None:
    """Refuse an ODS with a sheet past the limits. Raises TooLargeError, TooManyRowsError.

    Repeated empty cells and rows, which every ODS has at the end, count only before a filled one.
    Raises ValueError where a tag is not closed.
    """
    rows = columns = at_row = at_column = repeat = 0
    for match in _ODS_TAG.finditer(archive.read("content.xml")):
        tag, attributes, end = match.groups()
        if end == b"<":
            raise ValueError("a tag inside a tag")
        if tag == b"table":
            rows = columns = at_row = at_column = repeat = 0
        elif tag == b"table-row":
            at_row += repeat
            found = _ODS_ROWS.search(attributes)
            repeat, at_column = int(found[1]) if found else 1, 0
        else:
            found = _ODS_COLUMNS.search(attributes)
            at_column += int(found[1]) if found else 1
            if b"value" in attributes or b"formula" in attributes:
                rows, columns = max(rows, at_row + repeat), max(columns, at_column)
                _check_corner(rows, columns)


def _check_corner(rows: int, columns: int) -> None:
    if rows > MAX_SHEET_ROWS:
        raise TooManyRowsError
    if columns > MAX_COLUMNS or rows * columns > MAX_CELLS:
        raise TooLargeError
