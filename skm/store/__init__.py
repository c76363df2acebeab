"""Where answers are kept: SQLite or PostgreSQL, with counts that follow every change.

Backups, restoring and moving are in modules of their own, which a start does without.
"""

from skm.store.batches import sheet_key
from skm.store.daily_copies import DailyCopies
from skm.store.engine import make_engine
from skm.store.model import (
    AsalBerkas,
    Batch,
    BatchBaru,
    Ditandai,
    Harian,
    KeadaanBerkas,
    Lembar,
    RecapFault,
    Resi,
    StatusBatch,
    SurveiInfo,
    Tautan,
    TautanBaru,
    Terpakai,
    VersiSurvei,
)
from skm.store.remark_model import Balasan, Saran, StatusSaran, Tanggapan
from skm.store.report_model import (
    AngkaTerbit,
    JenisPeristiwa,
    Keadaan,
    Peristiwa,
    Salinan,
    StatusTindak,
    Susut,
    TindakBaru,
    TindakLanjut,
    Tutupan,
    TutupanBaru,
)
from skm.store.store import Store, open_store
from skm.store.survey_files import file_digest
from skm.store.surveys import build_survei
from skm.store.together import StaleError

__all__ = [
    "AngkaTerbit",
    "AsalBerkas",
    "Balasan",
    "Batch",
    "BatchBaru",
    "DailyCopies",
    "Ditandai",
    "Harian",
    "JenisPeristiwa",
    "Keadaan",
    "KeadaanBerkas",
    "Lembar",
    "Peristiwa",
    "RecapFault",
    "Resi",
    "Salinan",
    "Saran",
    "StaleError",
    "StatusBatch",
    "StatusSaran",
    "StatusTindak",
    "Store",
    "SurveiInfo",
    "Susut",
    "Tanggapan",
    "Tautan",
    "TautanBaru",
    "Terpakai",
    "TindakBaru",
    "TindakLanjut",
    "Tutupan",
    "TutupanBaru",
    "VersiSurvei",
    "build_survei",
    "file_digest",
    "make_engine",
    "open_store",
    "sheet_key",
]
