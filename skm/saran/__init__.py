"""Remarks as the page Saran shows them: what each is about, who wrote nearly the same, what became
of them.
"""

from __future__ import annotations

from collections.abc import Collection

from skm.analysis.table import Tabel
from skm.intake.privacy import mask
from skm.periode import Periode
from skm.saran.baca import Ulasan, dictionary_unsur, read_remarks
from skm.saran.buku import Buku, Isi, Temuan
from skm.saran.cari import (
    Cari,
    Kelompok,
    Ringkas,
    find_remarks,
    group_found,
    per_month,
    status_of,
    summarize,
)
from skm.saran.tabel import (
    DAFTAR,
    NAMA_STATUS,
    SARAN,
    UNSUR,
    remark_table,
    unsur_lengths,
    unsur_names,
    unsur_table,
)
from skm.store import StatusSaran, Store
from skm.survei import Survei

__all__ = [
    "DAFTAR",
    "NAMA_STATUS",
    "SARAN",
    "UNSUR",
    "Buku",
    "Cari",
    "Isi",
    "Kelompok",
    "Ringkas",
    "Temuan",
    "Ulasan",
    "dictionary_unsur",
    "find_remarks",
    "group_found",
    "per_month",
    "read_remarks",
    "remark_table",
    "remark_tables",
    "reply",
    "status_of",
    "summarize",
    "unsur_lengths",
    "unsur_names",
    "unsur_table",
]


def remark_tables(store: Store, survei: Survei, periode: Periode) -> dict[str, Tabel]:
    """Return the tables of the page Saran by file name, for downloads."""
    known = store.responses(survei.id)
    found = find_remarks(read_remarks(survei, store.remarks(survei.id, periode)), known, Cari())
    unsur = unsur_table(survei, periode, summarize(found, known))
    return {UNSUR: unsur, DAFTAR: remark_table(survei, periode, found, known)}


def reply(
    store: Store, survei_id: str, ids: Collection[int], status: StatusSaran, balasan: str
) -> int:
    """Set status and reply of remarks; return how many there still were.

    The writers read the reply, and perhaps somebody over their shoulder: NIK, phone numbers and
    e-mail addresses are masked in it as in the remarks. Raises as `Store.respond`.
    """
    return store.respond(survei_id, ids, status, mask(balasan.strip()))
