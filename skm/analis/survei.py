"""The way in for analysts: one survey, its answers as frames, its figures exact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import pandas as pd

from skm.agregasi import HasilPeriode, compute_period
from skm.analis.bingkai import (
    long_frame,
    official_rows,
    question_codes,
    questionnaires,
    wide_frame,
)
from skm.analis.kamus import codebook
from skm.analysis.groups import Kelompok, Per, group_results
from skm.analysis.kepastian import Kepastian
from skm.analysis.strength import printed_ikm
from skm.hasil import available_periods
from skm.ikm import HasilUnsur
from skm.jawaban import KOSONG, Jawaban
from skm.penutupan.hitungan import DIMENSI
from skm.penutupan.kumpulan import collect
from skm.penutupan.resmi import Resmi, open_official
from skm.periode import Periode, parse_period
from skm.rekap import Cell, tally_answers
from skm.settings import read_settings
from skm.store import Store, open_store
from skm.survei import Survei
from skm.telaah import unit_certainty


@dataclass(frozen=True, slots=True)
class Hitungan:
    """Results, exact: each the very object that the report prints, with the group it is of.

    `kelompok` is one without a key where nothing was asked to be split.
    """

    periode: Periode
    kelompok: tuple[Kelompok, ...]

    @property
    def hasil(self) -> HasilPeriode:
        """Return the one result. Raises ValueError where there are several."""
        (only,) = self.kelompok
        return only.hasil

    def frame(self) -> pd.DataFrame:
        """Return one row a group and unsur, and one with unsur "IKM" for the group itself.

        `nrr`, `ikm` and `bobot` are floats for plotting; `tepat` is the exact NRR or IKM as a
        fraction ("583/154"), `ikm_cetak` the printed IKM with two decimals.
        """
        rows = []
        for group in self.kelompok:
            keys = {per.value: kode for per, kode in group.kunci}
            whole = group.hasil.hasil
            rows += [{**keys, **_unsur_row(u)} for u in whole.unsur]
            total = {
                "unsur": "IKM",
                "nama": "Indeks Kepuasan Masyarakat",
                "n": whole.responden,
                "nrr": None,
                "ikm": whole.nilai,
                "bobot": None,
                "tepat": None if whole.nilai is None else str(whole.nilai),
                "ikm_cetak": None if whole.ikm is None else str(whole.ikm),
                "mutu": whole.mutu,
            }
            rows.append({**keys, **total})
        frame = pd.DataFrame(rows)
        kinds = {"n": "Int64", "nrr": "Float64", "ikm": "Float64", "bobot": "Float64"}
        for name in ("nrr", "ikm", "bobot"):
            frame[name] = [None if v is None else float(v) for v in frame[name]]
        return frame.astype(kinds)


def _unsur_row(u: HasilUnsur) -> dict[str, object]:
    printed = printed_ikm(u)
    return {
        "unsur": u.kode,
        "nama": u.nama,
        "n": u.n,
        "nrr": u.nrr,
        "ikm": u.ikm,
        "bobot": u.bobot,
        "tepat": None if u.nrr is None else str(u.nrr),
        "ikm_cetak": None if printed is None else str(printed),
        "mutu": u.mutu,
    }


class Analis:
    """One survey at one moment. Close it, or use it in a `with` block.

    A period is written as everywhere: "2024-T4", "2024-S2", "2024".
    """

    def __init__(self, store: Store, survei_id: str) -> None:
        self._store = store
        self.resmi: Resmi = open_official(store, survei_id)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the database."""
        self._store.close()

    @property
    def survei(self) -> Survei:
        """Return the survey as it is now."""
        return self.resmi.survei

    def periods(self) -> list[str]:
        """Return the periods that have a result, the newest year first."""
        return [p.kode for p in available_periods(self.resmi)]

    def respondents(self, periode: str) -> pd.DataFrame:
        """Return one row a counted respondent of a period: the answers that its figures are of.

        `waktu` is aware, in the office's zone, and missing for a closed period.
        """
        wanted = parse_period(periode)
        rows = official_rows(self.resmi, wanted)
        known = questionnaires(self.resmi, wanted)
        return wide_frame(self.resmi.survei_of(wanted), known, rows)

    def answers(self, periode: str) -> pd.DataFrame:
        """Return one row an answer: respondent × question, blanks left out (tidy)."""
        wide = self.respondents(periode)
        return long_frame(wide, question_codes(self._survei_of(periode), wide))

    def remarks(self, periode: str) -> pd.DataFrame:
        """Return the remarks of a period, masked, apart from their answers."""
        found = collect(self.resmi, parse_period(periode)).saran
        columns = ["periode", "layanan", "titik", "saran"]
        frame = pd.DataFrame([tuple(remark) for remark in found], columns=columns, dtype="string")
        return frame.replace("", pd.NA)

    def compute(
        self, periode: str, per: str | None = None, jawaban: pd.DataFrame | None = None
    ) -> Hitungan:
        """Return the exact result of a period, split by "layanan", "titik", "kanal" or not.

        With `jawaban`, a part of `respondents(…)`, the result is of those answers, by the same
        rules; it is no official figure. Raises ValueError for another `per`.
        """
        wanted = parse_period(periode)
        split = [Per(per)] if per else []
        names = [p.value for p in split]
        if jawaban is None:
            cells: Sequence[Cell] = self.resmi.cells(wanted, names)
        else:
            cells = self._cells(wanted, jawaban, names)
        rules = self.resmi.aturan
        if not split:
            whole = compute_period(cells, wanted, rules)
            return Hitungan(wanted, (Kelompok((), whole),))
        return Hitungan(wanted, tuple(group_results(cells, rules, wanted, split)))

    def nrr(self, periode: str, per: Sequence[str] = ("layanan", "titik")) -> pd.DataFrame:
        """Return one row a stored period inside `periode` and group: its respondents, and of each
        question `jumlah_…`, the sum of its marks, and `n_…`, how many answered.

        The quotient of the two is the exact NRR. `per` names "layanan", "titik", "kanal"; raises
        ValueError for another.
        """
        table = self.resmi.nrr_table(parse_period(periode), per)
        names = [f"{s.kode}_{s.ke + 1}" if s.ke else s.kode for s in table.slots]
        counts = [f"{what}_{name}" for what in ("jumlah", "n") for name in names]
        keys = ("periode", *DIMENSI)
        rows = [(*group, *sums) for group, sums in sorted(table.baris.items())]
        frame = pd.DataFrame(rows, columns=[*keys, "responden", *counts])
        frame = frame.drop(columns=[name for name in DIMENSI if name not in per])
        shown = [name for name in keys if name in frame]
        return frame.astype(dict.fromkeys(shown, "string")).replace({n: {"": pd.NA} for n in shown})

    def certainty(self, periode: str) -> Kepastian | None:
        """Return standard error and 95 % interval of the IKM; None where none can be stated."""
        return unit_certainty(self.resmi, self.compute(periode).hasil)

    def codebook(self, periode: str) -> pd.DataFrame:
        """Return what every column of `respondents` is, and what every code in it stands for."""
        wanted = parse_period(periode)
        wide = self.respondents(periode)
        known = questionnaires(self.resmi, wanted)
        return codebook(self._survei_of(periode), known, wide)

    def _survei_of(self, periode: str) -> Survei:
        return self.resmi.survei_of(parse_period(periode))

    def _cells(self, periode: Periode, wide: pd.DataFrame, names: Sequence[str]) -> list[Cell]:
        """Return the counts of the rows of a wide frame."""
        survei, known = self.resmi.survei_of(periode), questionnaires(self.resmi, periode)
        cells: list[Cell] = []
        for versi, part in wide.groupby("kuesioner", observed=True):
            kuesioner = known[str(versi)]
            codes = [q.kode for q in kuesioner.pertanyaan]
            marks = part[codes].astype("string").fillna(KOSONG).agg("".join, axis=1)
            place = {name: part[name].astype(object).where(part[name].notna(), None)
                     for name in ("layanan", "titik", "kanal")}  # fmt: skip
            for kanal in dict.fromkeys(place["kanal"]):
                here = place["kanal"] == kanal
                answers = [
                    Jawaban(
                        nilai,
                        parse_period(kode),
                        layanan=layanan if "layanan" in names else None,
                        titik=titik if "titik" in names else None,
                    )
                    for nilai, kode, layanan, titik in zip(
                        marks[here],
                        part["periode"][here],
                        place["layanan"][here],
                        place["titik"][here],
                        strict=True,
                    )
                ]
                shown = kanal if "kanal" in names else None
                cells += tally_answers(answers, survei.slots(kuesioner), shown)
        return cells


def open_survei(survei_id: str, url: str | None = None) -> Analis:
    """Return a survey of the database that the program uses (SKM_DATA, SKM_DATABASE_URL), or of
    the one at `url` ("sqlite:///…", "postgresql://…").

    Raises SkmError `survei-tak-ada`, or for a database that cannot be used.
    """
    store = open_store(url or read_settings().database_url)
    try:
        return Analis(store, survei_id)
    except BaseException:
        store.close()
        raise
