"""Where answers are kept: SQLite or PostgreSQL, with counts that follow every change."""

from skm.store.engine import make_engine
from skm.store.model import (
    Batch,
    BatchBaru,
    Ditandai,
    Harian,
    Lembar,
    RecapFault,
    Resi,
    SkorCell,
    StatusBatch,
    SurveiInfo,
    Tautan,
    TautanBaru,
)
from skm.store.store import Store, open_store

__all__ = [
    "Batch",
    "BatchBaru",
    "Ditandai",
    "Harian",
    "Lembar",
    "RecapFault",
    "Resi",
    "SkorCell",
    "StatusBatch",
    "Store",
    "SurveiInfo",
    "Tautan",
    "TautanBaru",
    "make_engine",
    "open_store",
]
