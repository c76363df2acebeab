"""A new survey: from the regulation's questionnaire, or as a copy of another one."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from importlib.resources import files
from typing import Any

from pydantic import BaseModel

from skm.atur.daftar import make_code
from skm.atur.dokumen import Data, dump, read
from skm.peraturan import pertanyaan_baku
from skm.periode import Periode
from skm.survei import Survei, regulation_survey
from skm.survei.baku import Urutan

_NOT_COPIED = ("contoh", "data", "keterangan", "dinilai_langsung", "target", "target_responden")
"""What belongs to the survey that is copied alone: its sample, its years, its targets."""
_KEPT = ("id", "judul", "instansi", "unit", "zona_waktu")


@dataclass(frozen=True, slots=True)
class Identitas:
    """What a new survey is called, and by which clock it counts."""

    id: str
    judul: str
    instansi: str
    unit: str
    zona_waktu: str = "WIB"

    @property
    def values(self) -> dict[str, str]:
        """Return the keys of the file."""
        return {key: str(getattr(self, key)).strip() for key in _KEPT}


def make_id(judul: str, taken: Collection[str] = ()) -> str:
    """Return an id for a title, unlike all of `taken`: small letters, digits and hyphens."""
    return make_code(judul, taken)


def from_regulation(identitas: Identitas, urutan: Urutan, tahun: int) -> str:
    """Return the file of a survey with the nine unsur and the sample questionnaire.

    `urutan` numbers the unsur: by the definition list U8 is Pengaduan, by the questionnaire Sarana.
    """
    baku = survei_data(regulation_survey(urutan))
    data: Data = {**identitas.values, "metode": {"nama": "penuh", "bobot": "1/k"}}
    data |= {"unsur": baku["unsur"], "kuesioner": {**baku["kuesioner"], "versi": f"{tahun}-1"}}
    data |= {"profil": _profile(), "bahasa": {"en": {"nama": "English", "teks": _english(baku)}}}
    return dump(data)


def copy_of(toml: str, identitas: Identitas) -> str:
    """Return the file of a survey that asks and calculates as another one does.

    Layanan, titik, questions, method and texts are the same; answers, targets and the years that
    were measured directly are not. Comments speak of the other survey and go.
    """
    data = {key: value for key, value in read(toml).items() if key not in _NOT_COPIED}
    for language in data.get("bahasa", {}).values():
        for title in ("judul", "unit"):
            language.get("teks", {}).pop(title, None)
    return dump({**identitas.values, **{k: v for k, v in data.items() if k not in _KEPT}})


def survei_data(survei: Survei) -> Data:
    """Return a survey as the plain data of its file; what is as usual is left out."""
    data: Data = _plain(survei)
    # The store counts versions of one name ("2024#2"); a file cannot say so.
    data["kuesioner"]["versi"] = re.sub(r"#\d+$", "", survei.kuesioner.versi)
    return data


def _plain(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, BaseModel):
        return _fields(value)
    if isinstance(value, Mapping):
        return {
            key.kode if isinstance(key, Periode) else key: _plain(inner)
            for key, inner in value.items()
            if inner is not None
        }
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return _scalar(value)


def _fields(model: BaseModel) -> Data:
    """Return the fields of a part of the survey that are not as usual."""
    return {
        name: _plain(getattr(model, name))
        for name, field in type(model).model_fields.items()
        if getattr(model, name) not in (None, field.get_default(call_default_factory=True))
    }


def _scalar(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Periode):
        return value.kode
    if isinstance(value, time):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


@lru_cache(maxsize=1)
def _template() -> Data:
    return tomllib.loads(files("skm.survei").joinpath("baku.toml").read_text(encoding="utf-8"))


def _profile() -> list[Data]:
    return [_without_english(row) for row in _template()["profil"]]


def _without_english(row: Data) -> Data:
    return {
        key: [_without_english(i) for i in value] if isinstance(value, list) else value
        for key, value in row.items()
        if key not in ("en", "satuan_en")
    }


def _english(baku: Data) -> dict[str, str]:
    """Return the English texts by what they translate: a question by its unsur, not its number."""
    english = dict(zip((p.unsur for p in pertanyaan_baku()), _template()["inggris"], strict=True))
    texts: dict[str, str] = {}
    for question in baku["kuesioner"]["pertanyaan"]:
        kode, own = question["kode"], english.get(question["unsur"])
        if own is None:
            continue
        texts[f"pertanyaan.{kode}"] = own["teks"]
        texts |= {f"pilihan.{kode}.{n}": t for n, t in enumerate(own["pilihan"], start=1)}
    for row in _template()["profil"]:
        kode = row["kode"]
        texts[f"profil.{kode}"] = row["en"]
        if "satuan_en" in row:
            texts[f"profil.{kode}.satuan"] = row["satuan_en"]
        texts |= {f"profil.{kode}.{o['kode']}": o["en"] for o in row.get("pilihan", ())}
    return texts
