"""How many people an office served, as its operator gives it: what a sample is held against."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from skm.periode import Periode
from skm.pesan import SkmError
from skm.store import surveys
from skm.store.schema import TANPA, populasi

_LARGEST = 10**12


def set_population(
    conn: Connection, survei_id: str, periode: Periode, layanan: str | None, jumlah: int | None
) -> None:
    """Keep the people served in a period by one layanan, or by all (None); None forgets it.

    Raises SkmError `survei-tak-ada`, `populasi-layanan-asing` or `populasi-jumlah`.
    """
    survei = surveys.lock_survei(conn, survei_id)
    if layanan is not None and layanan not in survei.layanan_by_kode():
        raise SkmError("populasi-layanan-asing", kode=layanan)
    if jumlah is not None and not 0 <= jumlah < _LARGEST:
        raise SkmError("populasi-jumlah", jumlah=jumlah)
    row = {"survei_id": survei_id, "periode": periode.kode, "layanan": layanan or TANPA}
    this = (populasi.c[name] == value for name, value in row.items())
    conn.execute(delete(populasi).where(*this))
    if jumlah is not None:
        conn.execute(insert(populasi), {**row, "jumlah": jumlah})
    surveys.bump_added(conn, survei_id)


def populations(conn: Connection, survei_id: str, periode: Periode) -> dict[str | None, int]:
    """Return the people served by layanan in exactly this period; None is the whole unit.

    Raises SkmError `survei-tak-ada`.
    """
    surveys.data_version(conn, survei_id)
    query = (
        select(populasi.c.layanan, populasi.c.jumlah)
        .where(populasi.c.survei_id == survei_id, populasi.c.periode == periode.kode)
        .order_by(populasi.c.layanan)
    )
    return {layanan or None: jumlah for layanan, jumlah in conn.execute(query)}
