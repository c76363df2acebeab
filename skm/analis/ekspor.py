"""Files for other programs: answers with days for moments, the codebook, and remarks apart."""

from __future__ import annotations

import io
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import pandas as pd

from skm.analis.bingkai import RESPONDEN, questionnaires
from skm.analis.kamus import codebook
from skm.analis.survei import Analis
from skm.analysis.table import as_text
from skm.periode import parse_period


class Bentuk(StrEnum):
    """How the files are written."""

    CSV = "csv"
    PARQUET = "parquet"


@dataclass(frozen=True, slots=True)
class Berkas:
    """One file to write: what stands behind the chosen name, and its content."""

    akhiran: str
    isi: bytes


def write_export(
    analis: Analis, periode: str, bentuk: Bentuk, *, saran: bool = False
) -> tuple[Berkas, ...]:
    """Return the answers of a period (one row a respondent), their codebook, and with `saran` the
    remarks in a file of their own: nothing in it says whose answers they go with.

    No number of a row in the database and no time of day is in them. A CSV is UTF-8 with commas.
    """
    wanted = parse_period(periode)
    survei = analis.resmi.survei_of(wanted)
    wide = by_day(analis.respondents(periode))
    book = codebook(survei, questionnaires(analis.resmi, wanted), wide)
    files = [
        Berkas(f".{bentuk}", _content(wide, bentuk)),
        Berkas("-kamus.csv", _content(book, Bentuk.CSV)),
    ]
    if saran:
        files.append(Berkas(f"-saran.{bentuk}", _content(analis.remarks(periode), bentuk)))
    return tuple(files)


def by_day(wide: pd.DataFrame) -> pd.DataFrame:
    """Return a wide frame with days for moments and without numbers, sorted by content."""
    found = wide.drop(columns=[RESPONDEN, "waktu"])
    found.insert(2, "hari", wide["waktu"].dt.date)
    order = found.apply(lambda column: column.astype("string").fillna(""))
    return found.loc[order.sort_values(list(order.columns), kind="stable").index].reset_index(
        drop=True
    )


def target_names(path: Path, bentuk: Bentuk, *, saran: bool) -> tuple[Path, ...]:
    """Return the files that an export writes for a chosen name."""
    ends = [f".{bentuk}", "-kamus.csv", *([f"-saran.{bentuk}"] if saran else [])]
    return tuple(path.with_name(path.stem + end) for end in ends)


def _content(frame: pd.DataFrame, bentuk: Bentuk) -> bytes:
    if bentuk is Bentuk.PARQUET:
        out = io.BytesIO()
        frame.to_parquet(out, engine="pyarrow", index=False)
        return out.getvalue()
    texts = frame.copy()
    for name in texts.columns:
        if texts[name].dtype == "string":  # what people wrote, or a survey's own texts
            texts[name] = texts[name].map(as_text, na_action="ignore")
    content: str = texts.to_csv(index=False, lineterminator="\r\n")
    return content.encode()
