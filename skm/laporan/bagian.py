"""The parts of a report that an office may write in its own words, with what stands there else."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from skm.periode import Periode
from skm.survei import Survei


@dataclass(frozen=True, slots=True)
class Bagian:
    """A part: its code in the store, where it stands, a hint for the writer, and our own text.

    In `baku` stand {unit}, {instansi}, {periode} and {judul}; paragraphs are parted by blank lines.
    An empty `baku` prints nothing until the office writes something.
    """

    kode: str
    judul: str
    petunjuk: str
    baku: str


@lru_cache(maxsize=1)
def parts() -> Mapping[str, Bagian]:
    """Return the parts by code, in the order of the report."""
    text = files("skm.laporan").joinpath("bagian.toml").read_text(encoding="utf-8")
    return {
        kode: Bagian(kode, raw["judul"], raw["petunjuk"], raw["baku"].strip())
        for kode, raw in tomllib.loads(text).items()
    }


def default_text(bagian: Bagian, survei: Survei, periode: Periode) -> str:
    """Return our own text of a part, filled for a survey and a period."""
    text = bagian.baku
    filled = {
        "{unit}": survei.unit,
        "{instansi}": survei.instansi,
        "{judul}": survei.judul,
        "{periode}": periode.label,
    }
    for mark, value in filled.items():  # not str.format: an office may write any brace
        text = text.replace(mark, value)
    return text


def paragraphs(text: str) -> tuple[str, ...]:
    """Return a text's paragraphs; a single line break is a space."""
    return tuple(" ".join(p.split()) for p in text.split("\n\n") if p.strip())
