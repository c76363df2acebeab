"""What reaches the person: tables and sentences to stdout, notes and faults to stderr."""

from __future__ import annotations

import io
import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence

from skm.analysis.table import Kolom, Tabel
from skm.pesan import message

PLAIN_WIDTH = 80
SHOWN_FAULTS = 20
_GAP = 2
_NARROWEST = 12


def use_utf8() -> None:
    """Make both streams UTF-8 that never fails on a character, also in an old Windows console."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def say(text: str) -> None:
    """Print a line of the result."""
    print(text)


def note(text: str) -> None:
    """Print a line that is not part of the result."""
    print(text, file=sys.stderr)


def note_faults(title: str, lines: Sequence[str]) -> None:
    """Print a title and its first lines, and how many more there are."""
    note(title)
    for line in lines[:SHOWN_FAULTS]:
        note(f"  {line}")
    if len(lines) > SHOWN_FAULTS:
        note("  " + message("ditolak-lagi", jumlah=len(lines) - SHOWN_FAULTS))


def show(tabel: Tabel) -> None:
    """Print a table: drawn in a terminal wide enough, aligned plain text everywhere else."""
    if sys.stdout.isatty() and shutil.get_terminal_size().columns >= PLAIN_WIDTH:
        _draw(tabel)
    else:
        print("\n".join(plain_lines(tabel)))


def _draw(tabel: Tabel) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(
        title=Text(tabel.judul) if tabel.judul else None,
        title_justify="left",
        caption=Text(tabel.catatan) if tabel.catatan else None,
        caption_justify="left",
        box=box.SIMPLE_HEAD,
        show_footer=bool(tabel.kaki),
        padding=(0, 1, 0, 0),
        pad_edge=False,
    )
    for at, kolom in enumerate(tabel.kolom):
        cells = [row[at] for row in (*tabel.baris, *([tabel.kaki] if tabel.kaki else []))]
        longest = max((_longest_word(c) for c in [kolom.judul, *cells]), default=0)
        table.add_column(
            Text(kolom.judul),
            Text(tabel.kaki[at] if tabel.kaki else ""),
            justify="right" if kolom.angka else "left",
            min_width=longest if kolom.angka else min(longest, _NARROWEST),
            overflow="fold",
        )
    for row in tabel.baris:
        table.add_row(*(Text(cell) for cell in row))
    Console().print(table)


def plain_lines(tabel: Tabel, width: int = PLAIN_WIDTH) -> list[str]:
    """Return a table as text lines of at most `width`, long texts folded inside their column."""
    heads = [k.judul for k in tabel.kolom]
    rows = [*tabel.baris, *([tabel.kaki] if tabel.kaki else [])]
    widths = _fit([heads, *rows], tabel.kolom, width)
    rule = "-" * (sum(widths) + _GAP * (len(widths) - 1))
    lines = [tabel.judul] if tabel.judul else []
    lines += [*_fold(heads, widths, tabel.kolom), rule]
    for row in tabel.baris:
        lines += _fold(row, widths, tabel.kolom)
    if tabel.kaki:
        lines += [rule, *_fold(tabel.kaki, widths, tabel.kolom)]
    return [*lines, *textwrap.wrap(tabel.catatan, width)]


def _fit(rows: Sequence[Sequence[str]], kolom: Sequence[Kolom], width: int) -> list[int]:
    """Return the column widths: as wide as the cells, the widest texts cut back to fit."""
    widths = [
        max(len(r[i]) if n or not k.angka else _longest_word(r[i]) for n, r in enumerate(rows))
        for i, k in enumerate(kolom)
    ]
    texts = [i for i, k in enumerate(kolom) if not k.angka]
    excess = sum(widths) + _GAP * (len(widths) - 1) - width
    while excess > 0 and texts:
        widest = max(texts, key=lambda i: widths[i])
        if widths[widest] <= _NARROWEST:
            break
        widths[widest] -= 1
        excess -= 1
    return widths


def _longest_word(text: str) -> int:
    return max((len(word) for word in text.split()), default=0)


def _fold(cells: Sequence[str], widths: Sequence[int], kolom: Sequence[Kolom]) -> Iterable[str]:
    folded = [textwrap.wrap(c, max(w, 1)) or [""] for c, w in zip(cells, widths, strict=True)]
    for at in range(max(len(f) for f in folded)):
        parts = [
            part.rjust(w) if k.angka else part.ljust(w)
            for f, w, k in zip(folded, widths, kolom, strict=True)
            for part in [f[at] if at < len(f) else ""]
        ]
        yield (" " * _GAP).join(parts).rstrip()
