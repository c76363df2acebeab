"""Where answers are kept: SQLite or PostgreSQL, with counts that follow every change."""

from skm.store.engine import make_engine
from skm.store.model import Batch, BatchBaru, RecapFault, SkorCell, StatusBatch, SurveiInfo
from skm.store.store import Store, open_store

__all__ = [
    "Batch",
    "BatchBaru",
    "RecapFault",
    "SkorCell",
    "StatusBatch",
    "Store",
    "SurveiInfo",
    "make_engine",
    "open_store",
]
