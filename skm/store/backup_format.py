"""What a backup looks like: a manifest, and for each table one file of JSON lines.

The same for SQLite and PostgreSQL: a value is written by the kind of its column, never as a
database keeps it. See docs/keputusan/0009-cadangan.md.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from pydantic import AwareDatetime, Field, TypeAdapter
from sqlalchemy import Boolean, Column, Integer, LargeBinary, Text

from skm.store.schema import WaktuUtc

FORMAT = 1
MANIFEST = "cadangan.json"

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_Count = Annotated[int, Field(ge=0, strict=True)]


@dataclass(frozen=True, slots=True)
class IsiTabel:
    """One table of a backup: its columns in order, its rows, and the SHA-256 of its file."""

    kolom: tuple[str, ...]
    baris: _Count
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


@dataclass(frozen=True, slots=True)
class Isi:
    """The manifest: which format, program and schema step, of which moment, and the tables."""

    format: _Count
    program: str
    skema: _Count
    waktu: AwareDatetime
    tabel: dict[str, IsiTabel]

    @property
    def baris(self) -> int:
        """Return the rows of all tables."""
        return sum(t.baris for t in self.tabel.values())

    def rows_of(self, tabel: str) -> int:
        """Return the rows of a table; 0 for one that the backup does not know."""
        known = self.tabel.get(tabel)
        return known.baris if known else 0


_manifest = TypeAdapter(Isi)


def dump_manifest(isi: Isi) -> bytes:
    """Return the manifest as JSON that a person can read."""
    return _manifest.dump_json(isi, indent=2)


def parse_manifest(content: bytes) -> Isi:
    """Return the manifest. Raises ValueError for any other content."""
    return _manifest.validate_json(content)


def format_of(content: bytes) -> int:
    """Return the format number, also of a later program's manifest. Raises ValueError."""
    found = json.loads(content)
    number = found.get("format") if isinstance(found, dict) else None
    if type(number) is not int:
        raise ValueError("a manifest names its format")
    return number


def table_file(tabel: str) -> str:
    """Return the name of a table's file in the backup."""
    return f"{tabel}.jsonl"


@dataclass(frozen=True, slots=True)
class _Kind:
    """How the values of some columns stand in JSON; None for those that JSON has itself."""

    json: type
    write: Callable[[Any], Any] | None = None
    read: Callable[[str], Any] | None = None


def _moment(text: str) -> datetime:
    waktu = datetime.fromisoformat(text)
    if waktu.tzinfo is None:
        raise ValueError("an aware datetime is needed")
    return waktu


def _kind_of(column: Column[Any]) -> _Kind:
    match column.type:
        case WaktuUtc():
            return _Kind(str, datetime.isoformat, _moment)
        case LargeBinary():
            return _Kind(
                str,
                lambda value: base64.b64encode(value).decode(),
                lambda text: base64.b64decode(text, validate=True),
            )
        case Boolean():
            return _Kind(bool)
        case Integer():
            return _Kind(int)
        case Text():
            return _Kind(str)
    raise TypeError(f"no form in a backup for {column}")


def line_writer(columns: Sequence[Column[Any]]) -> Callable[[Sequence[Any]], bytes]:
    """Return what turns a row of these columns into a line."""
    special = [(at, kind.write) for at, c in enumerate(columns) if (kind := _kind_of(c)).write]

    def write(row: Sequence[Any]) -> bytes:
        values = list(row)
        for at, change in special:
            if values[at] is not None:
                values[at] = change(values[at])
        return _encode(values).encode() + b"\n"

    return write


def line_reader(columns: Sequence[Column[Any]]) -> Callable[[bytes], dict[str, Any]]:
    """Return what turns a line into a row by column name; it raises ValueError for a bad line."""
    known = [(c.name, bool(c.nullable), _kind_of(c)) for c in columns]

    def read(line: bytes) -> dict[str, Any]:
        values = json.loads(line)
        if not isinstance(values, list) or len(values) != len(known):
            raise ValueError("a value for each column is needed")
        row = {}
        for (name, nullable, kind), value in zip(known, values, strict=True):
            if not (nullable if value is None else type(value) is kind.json):
                raise ValueError(f"another kind of value is needed for {name}")
            row[name] = kind.read(value) if kind.read and value is not None else value
        return row

    return read
