"""The processing sheet of PermenPANRB 14/2017, Lampiran III (hlm. 29).

Under the respondents it prints sums, NRR, weighted NRR and the IKM. Those rows are recognised by
their labels, so that they are never taken for respondents, and compared with what the rows give.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from skm.angka import decimals_of, parse_number, round_half_up
from skm.ikm import UnsurTally
from skm.intake.fold import fold
from skm.intake.sheets import Sel, is_blank
from skm.jawaban import Jawaban
from skm.rekap import pool, tally_answers
from skm.rekonsiliasi import Beda, Cetakan, Kecocokan, match_counts
from skm.survei import Survei

_DECORATION = " *):\u00a0"
PLACES = 6
"""A computed cell shows all its digits; so many of them are compared."""


class Ringkas(Enum):
    """What a summary row prints."""

    JUMLAH = "jumlah"
    TERISI = "terisi"
    NRR = "nrr"
    TERTIMBANG = "tertimbang"
    JUMLAH_TERTIMBANG = "jumlah tertimbang"
    IKM_UNSUR = "ikm unsur"
    IKM = "ikm"
    LAIN = "lain"
    CATATAN = "catatan"


_UNSUR = r"(?: (?:per|tiap|setiap))? ?unsur(?: pelayanan)?"
_EACH = rf"(?:{_UNSUR})?"
_SERVICE = r"(?:pelayanan|layanan)"
_SUM = r"(?:jumlah|jml|total|sum|σ|∑)"
_MEAN = r"(?:nrr|nilai rata rata|rata rata|rerata|mean|average|nilai indeks rata rata)"
_WEIGHTED = r"(?:tertimbang|tertbg|tertb|terbobot|x bobot|x 0 11\d?)"
_INDEX = r"(?:ikm|skm|indeks kepuasan masyarakat|nilai ikm|nilai skm|nilai indeks)"
_LABELS: tuple[tuple[Ringkas, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (Ringkas.TERISI, rf"{_SUM} (?:kuesioner|responden|pengisi|jawaban)\b.*"),
        (Ringkas.JUMLAH_TERTIMBANG, rf"(?:{_SUM} )(?:{_MEAN} )?(?:ikm )?{_WEIGHTED}\b.*"),
        (Ringkas.JUMLAH_TERTIMBANG, r"indeks (?:unit|pelayanan|komposit)\b.*"),
        (Ringkas.TERTIMBANG, rf"{_MEAN}.*\b{_WEIGHTED}\b.*"),
        (Ringkas.JUMLAH, rf"{_SUM}(?: (?:nilai|skor))?(?: persepsi)?(?:{_UNSUR})?"),
        (Ringkas.NRR, rf"{_MEAN}(?:(?: nrr)?{_UNSUR}\b.*| nrr)?"),
        (Ringkas.IKM_UNSUR, rf"{_INDEX}{_UNSUR}\b.*"),
        (Ringkas.IKM_UNSUR, r"(?:nilai )?konversi(?: (?:ikm|nrr|nilai))?(?: unsur)?|nrr x 25"),
        (Ringkas.IKM, rf"{_INDEX}(?: unit\b.*| pelayanan\b.*| x 25| konversi.*)?"),
        (Ringkas.LAIN, rf"(?:mutu|kinerja|kategori|predikat)(?: (?:unit )?{_SERVICE})?{_EACH}"),
        (Ringkas.LAIN, rf"(?:peringkat|ranking|prioritas)(?: perbaikan)?{_EACH}"),
        (Ringkas.LAIN, rf"(?:bobot|nilai penimbang)(?: nilai)?(?: tertimbang)?{_EACH}"),
        # A layanan may be called so ("Keterangan usaha"): only without answers is it a note.
        (Ringkas.CATATAN, r"(?:mutu|keterangan|catatan|sumber|nilai interval)\b.*"),
    )
)
LABEL_START = re.compile(
    r"[\W_]*(?:ju?ml|tot|sum|σ|∑|nrr|nilai|rata|rer|mean|ave|ind|ikm|skm|kon|mut|kin|bob|ket|cat|pred"
    r"|per|ran|pri|kat)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ProcessingSheet:
    """The printed figures under the rows, beside what the accepted rows give.

    `kecocokan` are the methods, best first; `beda` the sums per unsur that differ. `utuh` is
    False where rows of the sheet were rejected, so that nothing printed can be expected to agree.
    """

    baris: tuple[int, ...]
    cetakan: Cetakan
    kecocokan: tuple[Kecocokan, ...]
    beda: tuple[Beda, ...]
    utuh: bool

    @property
    def cocok(self) -> tuple[Kecocokan, ...]:
        """Return the methods that reproduce every printed figure."""
        return () if self.beda else tuple(k for k in self.kecocokan if k.cocok)


def may_be_label(row: Sequence[Sel]) -> bool:
    """Return whether the first filled cell may start a summary row; most rows say no at once."""
    first = row[0]
    if not first:
        first = next((c for c in row if not is_blank(c)), None)
    return isinstance(first, str) and LABEL_START.match(first) is not None


def summary_kind(text: str) -> Ringkas | None:
    """Return what the label of a row says it prints; None for any other text."""
    if not LABEL_START.match(text):
        return None
    folded = fold(text.split("=")[0].replace("∑", "Σ").replace(":", " "))
    return next((kind for kind, pattern in _LABELS if pattern.fullmatch(folded)), None)


@dataclass(slots=True)
class SummaryRows:
    """Gathers the summary rows of a sheet; `kolom` binds unsur codes to column indices."""

    kolom: Mapping[str, int]
    baris: list[int] = field(default_factory=list)
    per_unsur: dict[Ringkas, dict[str, Decimal]] = field(default_factory=dict)
    satu: dict[Ringkas, Decimal] = field(default_factory=dict)

    def add(self, kind: Ringkas, number: int, row: Sequence[Sel]) -> None:
        """Take one summary row, the `number`-th of the sheet. The first of a kind counts."""
        self.baris.append(number)
        values = {
            kode: value
            for kode, at in self.kolom.items()
            if at < len(row) and (value := parse_figure(row[at])) is not None
        }
        if len(values) > 1:
            self.per_unsur.setdefault(kind, values)
        else:
            figures = [v for cell in row if (v := parse_figure(cell)) is not None]
            if figures:
                self.satu.setdefault(kind, figures[-1])

    def printed(self) -> Cetakan:
        """Return the figures as `rekonsiliasi` takes them."""
        sums = self.per_unsur.get(Ringkas.JUMLAH, {})
        return Cetakan(
            nrr=self.per_unsur.get(Ringkas.NRR, {}),
            ikm=self.satu.get(Ringkas.IKM),
            tertimbang=self.per_unsur.get(Ringkas.TERTIMBANG, {}),
            ikm_unsur=self.per_unsur.get(Ringkas.IKM_UNSUR) or self.per_unsur.get(Ringkas.IKM, {}),
            jumlah={kode: int(v) for kode, v in sums.items() if v == int(v)},
            responden=self._respondents(),
        )

    def _respondents(self) -> int | None:
        value = self.satu.get(Ringkas.TERISI)
        return int(value) if value is not None and value == int(value) else None


def compare(
    rows: SummaryRows, accepted: Sequence[Jawaban], survei: Survei, *, utuh: bool
) -> ProcessingSheet | None:
    """Return the comparison; None where nothing comparable is printed or nothing was accepted."""
    cetakan = rows.printed()
    printed = (cetakan.nrr, cetakan.tertimbang, cetakan.ikm_unsur, cetakan.jumlah)
    if not accepted or not (any(printed) or cetakan.ikm is not None):
        return None
    tallies, _ = pool(tally_answers(accepted, survei.slots()), survei.aturan.unsur)
    if not any(u.n for u in tallies):
        return None
    return ProcessingSheet(
        baris=tuple(sorted(rows.baris)),
        cetakan=cetakan,
        kecocokan=match_counts(tallies, cetakan, survei.rules().metode),
        beda=tuple(_sum_faults(tallies, cetakan)),
        utuh=utuh,
    )


def _sum_faults(tallies: Sequence[UnsurTally], cetakan: Cetakan) -> list[Beda]:
    faults = []
    for unsur in tallies:
        printed = cetakan.jumlah.get(unsur.kode)
        total = sum(t.total for t in unsur.pertanyaan)
        if printed is not None and printed != total:
            exact = Decimal(total)
            faults.append(Beda("jumlah", unsur.kode, Decimal(printed), exact, exact))
    return faults


def parse_figure(sel: Sel) -> Decimal | None:
    """Return the number in a cell, "93,86" and "93.86" alike; None for anything else."""
    if is_blank(sel):
        return None
    if isinstance(sel, int | float):
        value = Decimal(repr(sel))
    elif isinstance(sel, str):
        try:
            value = parse_number(sel.strip(_DECORATION))
        except ValueError:
            return None
    else:
        return None
    if not value.is_finite():
        return None
    return round_half_up(value, PLACES).normalize() if decimals_of(value) > PLACES else value
