"""What the audit workbook is made of: the answers, the rules, and the figures that follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from skm.agregasi import HasilPeriode
from skm.analysis.groups import Kelompok
from skm.analysis.table import Tabel
from skm.jawaban import Baris, Kutipan
from skm.periode import Periode
from skm.survei import Kuesioner, Survei


@dataclass(frozen=True, slots=True)
class BukuKerja:
    """A period with everything that its figures can be computed from once more.

    `baris` are the counted answers and `kuesioner` the versions that they answered; `layanan` and
    `titik` are the results of the groups in the survey's order; `tabel` are further tables to
    print as they are. `keadaan` says whether the period is closed and when; `sha256` is '' for a
    draft.
    """

    survei: Survei
    periode: Periode
    keadaan: str
    sha256: str
    kuesioner: Mapping[str, Kuesioner]
    baris: tuple[Baris, ...]
    hasil: HasilPeriode
    layanan: tuple[Kelompok, ...]
    titik: tuple[Kelompok, ...]
    tabel: tuple[Tabel, ...]
    saran: tuple[Kutipan, ...]
