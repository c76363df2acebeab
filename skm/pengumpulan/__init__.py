"""A survey as it runs: what comes in, who is silent, is the sample reached, what is marked."""

from __future__ import annotations

from skm.analysis.table import Tabel
from skm.pengumpulan.ganda import double_entry_table
from skm.pengumpulan.kecukupan import (
    Kebutuhan,
    Kecukupan,
    pace_table,
    sample_pace,
    save_populations,
    working_days,
)
from skm.pengumpulan.kewajaran import (
    Kewajaran,
    collection_shape,
    shape_sentence,
    shape_table,
)
from skm.pengumpulan.masuk import (
    RENTANG,
    SEPI,
    Kegiatan,
    activity,
    clock_text,
    day_text,
    silent_table,
    today,
    week_start,
)
from skm.pengumpulan.tanda import (
    NAMA_TANDA,
    Pemeriksaan,
    examine,
    marked_answers,
    marked_effect,
)
from skm.periode import Periode
from skm.store import Store
from skm.survei import Survei

__all__ = [
    "NAMA_TANDA",
    "RENTANG",
    "SEPI",
    "Kebutuhan",
    "Kecukupan",
    "Kegiatan",
    "Kewajaran",
    "Pemeriksaan",
    "activity",
    "clock_text",
    "collection_shape",
    "collection_tables",
    "day_text",
    "double_entry_table",
    "examine",
    "marked_answers",
    "marked_effect",
    "pace_table",
    "sample_pace",
    "save_populations",
    "shape_sentence",
    "shape_table",
    "silent_table",
    "today",
    "week_start",
    "working_days",
]


def collection_tables(store: Store, survei: Survei, periode: Periode) -> dict[str, Tabel]:
    """Return the tables of the page Pengumpulan by file name, for downloads.

    That of the double entries is among them only where there is any, and holds all of the survey.
    """
    hari = today(survei)
    kegiatan = activity(store, survei, periode, hari)
    pace = sample_pace(store, survei, periode, hari)
    checked = examine(store, survei, periode)
    kanal = store.group_counts(survei.id, periode, "kanal")
    ganda = double_entry_table(store, survei)
    found = [
        *kegiatan.rincian.values(),
        silent_table(survei, store.list_tautan(survei.id), kegiatan),
        pace_table(survei, periode, pace),
        checked.tanda,
        checked.ikm,
        shape_table(periode, collection_shape(store, survei, periode, hari, kanal)),
        *([ganda] if ganda.baris else []),
    ]
    return {tabel.nama: tabel for tabel in found}
