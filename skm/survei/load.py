"""Read a survey file: every fault at once, each with its place and an Indonesian sentence."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from skm.pesan import SkmError, message
from skm.survei.model import Survei

_TOML_LINE = re.compile(r"at line (\d+)")


@dataclass(frozen=True, slots=True)
class SurveiFault:
    """One fault of a survey file: where (a path such as `kuesioner.pertanyaan[2].unsur`), what."""

    tempat: str
    kode: str
    pesan: str


class SurveiInvalidError(SkmError):
    """A survey file that cannot be used, with all its faults."""

    def __init__(self, berkas: str, faults: tuple[SurveiFault, ...]) -> None:
        self.berkas = berkas
        self.faults = faults
        super().__init__("survei-salah", berkas=berkas, jumlah=len(faults))

    def __str__(self) -> str:
        lines = [f"- {f.tempat}: {f.pesan}" for f in self.faults]
        return "\n".join([message(self.kode, **self.isi), *lines])


def load_survei(path: Path) -> Survei:
    """Return the survey of a TOML file.

    Raises SkmError `berkas-tak-terbaca`, or SurveiInvalidError with every fault.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SkmError("berkas-tak-terbaca", berkas=path.name) from error
    return parse_survei(text, path.name)


def parse_survei(text: str, berkas: str) -> Survei:
    """Return the survey written in `text`. Raises SurveiInvalidError with every fault."""
    try:
        raw = tomllib.loads(text, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, RecursionError) as error:  # or nested beyond all reason
        line = _TOML_LINE.search(str(error))
        place = f"baris {line[1]}" if line else "akhir berkas"
        raise _invalid(berkas, [(place, "survei-toml")]) from error
    try:
        survei = Survei.model_validate(raw)
    except ValidationError as error:
        faults = tuple(_translate(e) for e in error.errors())
        raise SurveiInvalidError(berkas, faults) from error
    faults = tuple(_cross_check(survei))
    if faults:
        raise SurveiInvalidError(berkas, faults)
    return survei


def _invalid(berkas: str, faults: list[tuple[str, str]]) -> SurveiInvalidError:
    return SurveiInvalidError(
        berkas, tuple(SurveiFault(place, kode, message(kode)) for place, kode in faults)
    )


_TYPES = {
    "missing": "survei-kurang",
    "extra_forbidden": "survei-kunci-asing",
    "string_type": "survei-harus-teks",
    "string_pattern_mismatch": "survei-kode",
    "string_too_short": "survei-kosong",
    "string_too_long": "survei-panjang",
    "bool_type": "survei-harus-ya-tidak",
    "bool_parsing": "survei-harus-ya-tidak",
    "too_short": "survei-kosong",
    "too_long": "survei-terlalu-banyak",
    "literal_error": "survei-nilai",
    "enum": "survei-nilai",
    "decimal_parsing": "survei-harus-angka",
    "decimal_type": "survei-harus-angka",
    "int_parsing": "survei-harus-angka",
    "int_type": "survei-harus-angka",
    "int_from_float": "survei-harus-angka",
    "time_parsing": "survei-jam",
    "time_type": "survei-jam",
    "greater_than_equal": "survei-rentang",
    "less_than_equal": "survei-rentang",
}


def _translate(error: ErrorDetails) -> SurveiFault:
    place = _path(error["loc"])
    context = error.get("ctx", {})
    if error["type"] == "skm":
        return SurveiFault(place, str(context["kode"]), str(context["pesan"]))
    kode = _TYPES.get(error["type"], "survei-bentuk")
    expected = str(context.get("expected", "")).replace(" or ", " atau ")
    return SurveiFault(place, kode, message(kode, pilihan=expected, nilai=error.get("input")))


def _path(loc: Iterable[int | str]) -> str:
    path = ""
    for part in loc:
        path += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if path else str(part)
    return path or "berkas"


def _cross_check(survei: Survei) -> Iterable[SurveiFault]:
    """Yield the faults that only the whole file shows: doubles, and names bound to nothing."""
    yield from _doubles("unsur", [u.kode for u in survei.unsur])
    yield from _doubles("unsur", [u.nama for u in survei.unsur])
    yield from _doubles("kuesioner.pertanyaan", [p.kode for p in survei.kuesioner.pertanyaan])
    yield from _doubles("profil", [p.kode for p in survei.profil])
    yield from _doubles("layanan", [item.kode for item in survei.layanan])
    yield from _doubles("layanan", [item.nama for item in survei.layanan])
    yield from _doubles("titik", [t.kode for t in survei.titik])
    yield from _doubles("titik", [t.nama for t in survei.titik])
    names = {u.nama for u in survei.unsur}
    for i, question in enumerate(survei.kuesioner.pertanyaan, start=1):
        if question.unsur not in names:
            yield _fault(
                f"kuesioner.pertanyaan[{i}].unsur", "survei-unsur-tak-ada", nama=question.unsur
            )
    bound = {p.unsur for p in survei.kuesioner.pertanyaan}
    for i, unsur in enumerate(survei.unsur, start=1):
        if unsur.nama not in bound:
            yield _fault(f"unsur[{i}].nama", "survei-unsur-tanpa-pertanyaan", nama=unsur.nama)
    codes = {t.kode for t in survei.titik}
    for i, titik in enumerate(survei.titik, start=1):
        if titik.induk is not None and titik.induk not in codes:
            yield _fault(f"titik[{i}].induk", "survei-induk-tak-ada", nama=titik.induk)
    askable = {"layanan", *(p.kode for p in survei.kuesioner.pertanyaan)}
    askable |= {p.kode for p in survei.profil}
    for name in survei.formulir.wajib or ():
        if name not in askable:
            yield _fault("formulir.wajib", "survei-wajib-tak-ada", nama=name)
    if survei.data and not survei.contoh:
        yield _fault("data", "survei-data-hanya-contoh")
    if any("/" in name or "\\" in name for name in survei.data):
        yield _fault("data", "survei-data-nama")
    try:
        survei.metode.build(survei.unsur)
    except SkmError as error:
        yield SurveiFault("metode", error.kode, str(error))


def _fault(place: str, kode: str, **isi: object) -> SurveiFault:
    return SurveiFault(place, kode, message(kode, **isi))


def _doubles(place: str, names: list[str]) -> Iterable[SurveiFault]:
    for name, count in Counter(n.casefold() for n in names).items():
        if count > 1:
            yield _fault(place, "survei-ganda", nama=name)
