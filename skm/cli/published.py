"""Published figures from options or from a small table, as `rekonsiliasi` takes them."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Mapping, Sequence
from decimal import Decimal

from skm.angka import parse_number
from skm.intake import Berkas, Sel
from skm.intake.fold import fold
from skm.intake.processing import Ringkas, parse_figure, summary_kind
from skm.intake.sheets import cell_text, is_blank
from skm.pesan import SkmError
from skm.rekonsiliasi import Cetakan

NOT_PRINTED = ("", "-")
_KOLOM = {
    "unsur": ("unsur", "kode", "kode unsur", "unsur pelayanan", "nama unsur"),
    "nrr": ("nrr", "nilai rata rata", "rata rata", "nrr unsur", "nrr per unsur"),
    "tertimbang": ("nrr tertimbang", "tertimbang", "nrr tertimbang per unsur"),
    "ikm_unsur": ("ikm unsur", "ikm per unsur", "ikm", "nilai ikm", "konversi"),
    "jumlah": ("jumlah", "jumlah nilai", "jumlah nilai per unsur"),
}


def from_options(args: Namespace) -> Cetakan:
    """Return the figures of the options. Raises SkmError."""
    given = {
        "--nrr": split_figures("--nrr", args.nrr),
        "--ikm-unsur": split_figures("--ikm-unsur", args.ikm_unsur),
        "--tertimbang": split_figures("--tertimbang", args.tertimbang),
        "--jumlah": split_figures("--jumlah", args.jumlah),
    }
    first = "--nrr" if args.nrr else "--jumlah"
    codes = [f"U{i}" for i, _ in enumerate(given[first], start=1)]
    for name, values in given.items():
        if values and len(values) != len(codes):
            raise SkmError(
                "rekonsiliasi-jumlah-angka",
                pilihan=name,
                ada=len(values),
                lain=first,
                perlu=len(codes),
            )

    def by_code(name: str) -> dict[str, Decimal]:
        pairs = zip(codes, given[name], strict=False)
        return {kode: value for kode, value in pairs if value is not None}

    return checked(
        Cetakan(
            nrr=by_code("--nrr"),
            ikm=_one("--ikm", args.ikm),
            tertimbang=by_code("--tertimbang"),
            ikm_unsur=by_code("--ikm-unsur"),
            jumlah=_whole("--jumlah", by_code("--jumlah")),
            responden=respondents(args.responden),
        )
    )


def checked(cetakan: Cetakan) -> Cetakan:
    """Return figures that can be compared. Raises SkmError for what is missing."""
    if cetakan.jumlah and cetakan.responden is None:
        raise SkmError("rekonsiliasi-responden")
    exact = bool(cetakan.jumlah and cetakan.nrr)
    if cetakan.ikm is None and not (cetakan.ikm_unsur or cetakan.tertimbang or exact):
        raise SkmError("rekonsiliasi-pembanding")
    return cetakan


def split_figures(name: str, text: str | None) -> list[Decimal | None]:
    """Return the numbers of a list: "3.742,3.749", "3,742;3,749" or with spaces between."""
    if text is None:
        return []
    clean = text.strip().strip(";")
    parts = re.split(r"\s*;\s*|\s+", clean) if re.search(r"[;\s]", clean) else clean.split(",")
    return [_one(name, part.rstrip(",") if part != "," else part) for part in parts]


def _one(name: str, text: str | None) -> Decimal | None:
    if text is None or text.strip() in NOT_PRINTED:
        return None
    try:
        return parse_number(text)
    except ValueError as error:
        raise SkmError("rekonsiliasi-angka", pilihan=name, nilai=text) from error


def respondents(text: str | None) -> int | None:
    """Return the number of respondents, written 1560 or 1.560. Raises SkmError."""
    if text is None:
        return None
    digits = text.replace(".", "") if re.fullmatch(r"\d{1,3}(\.\d{3})+", text.strip()) else text
    value = _one("--responden", digits)
    whole = None if value is None else _whole("--responden", {"": value})[""]
    if whole is not None and whole <= 0:
        raise SkmError("rekonsiliasi-bulat", pilihan="--responden", nilai=text)
    return whole


def _whole(name: str, values: Mapping[str, Decimal]) -> dict[str, int]:
    for value in values.values():
        if value != int(value):
            raise SkmError("rekonsiliasi-bulat", pilihan=name, nilai=value)
    return {kode: int(value) for kode, value in values.items()}


def from_table(berkas: Berkas, lembar: str | None, responden: int | None) -> Cetakan | None:
    """Return the figures of a table unsur, nrr, … with a row IKM; None for another kind of file.

    Raises SkmError for a table that cannot be used.
    """
    for sheet in berkas.lembar:
        if lembar not in (None, sheet.nama):
            continue
        for at, row in enumerate(sheet.baris[:20]):
            columns = _columns(row)
            if "unsur" in columns and ("nrr" in columns or "jumlah" in columns):
                table = _Table(berkas.nama, columns, responden)
                for line in sheet.baris[at + 1 :]:
                    table.add(line)
                return table.printed()
    return None


def _columns(row: Sequence[Sel]) -> dict[str, int]:
    titles = [fold(cell_text(c)) for c in row]
    return {
        name: at
        for name, aliases in _KOLOM.items()
        if (at := next((i for i, t in enumerate(titles) if t in aliases), None)) is not None
    }


class _Table:
    def __init__(self, nama: str, columns: dict[str, int], responden: int | None) -> None:
        self.nama, self.columns, self.responden = nama, columns, responden
        self.values: dict[str, dict[str, Decimal]] = {k: {} for k in columns if k != "unsur"}
        self.ikm: Decimal | None = None

    def add(self, row: Sequence[Sel]) -> None:
        at = self.columns["unsur"]
        label = cell_text(row[at]).strip() if at < len(row) else ""
        label = label or next((cell_text(c).strip() for c in row if not is_blank(c)), "")
        figures = [v for c in row if (v := parse_figure(c)) is not None]
        kind = summary_kind(label)
        if kind in (Ringkas.IKM, Ringkas.IKM_UNSUR):
            self.ikm = figures[-1] if figures else self.ikm
        elif kind is Ringkas.TERISI or fold(label) == "responden":
            if figures and self.responden is None:
                self.responden = respondents(str(figures[-1]))
        elif kind is None and label and figures:
            self._add_unsur(label, row)

    def _add_unsur(self, label: str, row: Sequence[Sel]) -> None:
        if any(label in values for values in self.values.values()):
            raise SkmError("rekonsiliasi-ganda", berkas=self.nama, nama=label)
        for name, values in self.values.items():
            at = self.columns[name]
            cell = row[at] if at < len(row) else None
            if is_blank(cell) or cell == "-":
                continue
            figure = parse_figure(cell)
            if figure is None:
                raise SkmError("rekonsiliasi-angka", pilihan=label, nilai=cell_text(cell))
            values[label] = figure

    def printed(self) -> Cetakan:
        return checked(
            Cetakan(
                nrr=self.values.get("nrr", {}),
                ikm=self.ikm,
                tertimbang=self.values.get("tertimbang", {}),
                ikm_unsur=self.values.get("ikm_unsur", {}),
                jumlah=_whole(self.nama, self.values.get("jumlah", {})),
                responden=self.responden,
            )
        )
