"""Rows without anything unusual, read column by column: most rows of most files.

A call of Python for every cell takes longer than all that has to be decided. What is unusual in
any way (a fault, a warning, a text that may be a summary's label, a row of another length) is told
here by None and looked at alone (`check.py`), where faults find their place and their words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat

from skm.intake.mapping import Kolom
from skm.intake.once import Once
from skm.intake.processing import may_be_label
from skm.intake.reader import Cells, Place, SheetReader
from skm.intake.sheets import Sel
from skm.jawaban import Jawaban

Columns = Sequence[Sequence[Sel]]


class PlainRows:
    """Gives the answers of rows as `check` would for each of them alone."""

    def __init__(self, reader: SheetReader) -> None:
        self._reader = reader
        self._whole: Once[Cells, Jawaban | None] = Once(self._read_one)

    def read(self, rows: Sequence[Sequence[Sel]]) -> list[Jawaban | None]:
        """Return the answer of each row; None for one that has to be looked at alone."""
        if self._reader.moments.missing:
            return [None] * len(rows)
        if self._reader.bare:  # nothing but its cells tells a row from another
            return list(map(self._whole.__getitem__, map(tuple, rows)))
        return list(self._by_columns(rows))

    def _read_one(self, row: Cells) -> Jawaban | None:
        return next(self._by_columns([row]))

    def _by_columns(self, rows: Sequence[Sequence[Sel]]) -> Iterator[Jawaban | None]:
        reader = self._reader
        even = list(map(reader.evened, rows))
        columns = list(zip(*even, strict=True))
        # Not `strict`: what has no column is the same for every row, without end.
        found = zip(
            map(reader.is_too_long, rows),
            map(may_be_label, even),
            map(reader.marks.__getitem__, _cells(columns, [k for k, _ in reader.questions])),
            _codes(columns, reader.layanan),
            _codes(columns, reader.titik),
            reader.moments.of_columns(columns),
            map(reader.profiles.__getitem__, _cells(columns, [k for k, _ in reader.profil])),
            map(reader.remarks.__getitem__, _cells(columns, reader.saran)),
            _column(columns, reader.nomor),
            _column(columns, reader.moments.stamp),
            strict=False,
        )
        for long, label, nilai, layanan, titik, moment, profil, saran, nomor, stamp in found:
            if (
                (long or label or moment.kode is not None)
                or (nilai is None or nilai == reader.blank)
                or (layanan is None or titik is None or profil is None)
            ):
                yield None
            else:
                places = (layanan or reader.layanan.baku, titik or reader.titik.baku)
                identitas = reader.identity(nomor, moment.jam, stamp)
                yield reader.answer(nilai, moment, places, profil, saran, identitas)


def _column(columns: Columns, kolom: Kolom | None) -> Iterable[Sel]:
    return columns[kolom.indeks] if kolom else repeat("")


def _cells(columns: Columns, kolom: Sequence[Kolom]) -> Iterable[Cells]:
    """Return the cells that some columns have in each row."""
    return zip(*(columns[k.indeks] for k in kolom), strict=True) if kolom else repeat(())


def _codes(columns: Columns, place: Place) -> Iterable[str | None]:
    """Return the code of each row; "" for a blank, None for one that is unknown."""
    if place.kolom is None:
        return repeat("")
    return map(place.reader.codes.__getitem__, columns[place.kolom.indeks])
