"""Remarks: reading them, what the office made of each, and the codes of their writers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, bindparam, insert, select, update

from skm.kiriman import remark_code, remark_code_hash
from skm.periode import Periode, parse_period
from skm.pesan import SkmError
from skm.store import surveys
from skm.store.answers import clean_text
from skm.store.cells import Saring
from skm.store.engine import insert_new
from skm.store.keys import shared_key
from skm.store.remark_model import Balasan, Saran, StatusSaran, Tanggapan
from skm.store.schema import jawaban, tanggapan_saran

LONGEST = 1_000
"""Letters of a reply, as many as a remark may have."""
KEY = "saran"
_IN = 5_000
_CHUNK = 2_000
_LARGEST = 2**63
_NEW = {"status": StatusSaran.BARU.value, "balasan": "", "dibalas": None}
_COLUMNS = ("id", "periode", "waktu", "layanan", "titik", "kanal", "saran")
_CODED = tanggapan_saran.c.sidik_kode.is_not(None).label("berkode")
_BY_CODE = select(tanggapan_saran).where(tanggapan_saran.c.sidik_kode == bindparam("_sidik"))


def list_remarks(
    conn: Connection,
    survei_id: str,
    periode: Periode | None = None,
    where: Sequence[ColumnElement[bool]] = (),
    sesudah: int | None = None,
) -> tuple[Saran, ...]:
    """Return the remarks of the counted answers, in the order they came in.

    With `sesudah` those of answers with a larger number. Raises SkmError `survei-tak-ada`.
    """
    surveys.data_version(conn, survei_id)
    if sesudah is not None:
        these = after(survei_id, sesudah)
    else:
        these = Saring(periode).where(survei_id, jawaban)
    query = (
        select(*(jawaban.c[name] for name in _COLUMNS), _CODED)
        .outerjoin(tanggapan_saran, tanggapan_saran.c.jawaban_id == jawaban.c.id)
        .where(*these, jawaban.c.saran.is_not(None), jawaban.c.dikecualikan.is_(None), *where)
        .order_by(jawaban.c.id)
    )
    with conn.execute(query.execution_options(yield_per=_CHUNK)) as rows:
        return tuple(_read(rows))


def after(survei_id: str, nomor: int) -> list[ColumnElement[bool]]:
    """Return the conditions on the answers of a survey with a larger number."""
    # By the number alone: SQLite would take an index by survey, and look at every answer.
    return [jawaban.c.survei_id.concat("") == survei_id, jawaban.c.id > nomor]


def list_responses(conn: Connection, survei_id: str) -> dict[int, Tanggapan]:
    """Return what became of remarks by the number of their answer; new ones are absent.

    Raises SkmError `survei-tak-ada`.
    """
    surveys.data_version(conn, survei_id)
    query = select(tanggapan_saran).where(
        tanggapan_saran.c.survei_id == survei_id,
        tanggapan_saran.c.status != StatusSaran.BARU.value,
    )
    return {row.jawaban_id: _response(row) for row in conn.execute(query)}


def respond(
    conn: Connection, survei_id: str, ids: Collection[int], status: StatusSaran, balasan: str
) -> int:
    """Set status and reply of remarks; return how many remarks there still were.

    The moment of a reply stays while its words stay. No figure follows from this, so that it may
    be done in a closed period too. Raises SkmError `survei-tak-ada`, `balasan-panjang`,
    `balasan-status` for a reply to what is still called new.
    """
    teks = clean_text(balasan).strip()
    if len(teks) > LONGEST:
        raise SkmError("balasan-panjang", panjang=len(teks), batas=LONGEST)
    if teks and status is StatusSaran.BARU:
        raise SkmError("balasan-status")
    surveys.lock_survei(conn, survei_id)
    now, changed = datetime.now(UTC), 0
    table = tanggapan_saran
    for chunk in _chunks(ids):
        known = select(jawaban.c.id).where(
            jawaban.c.survei_id == survei_id, jawaban.c.id.in_(chunk), jawaban.c.saran.is_not(None)
        )
        found = list(conn.execute(known).scalars())
        if not found:
            continue
        conn.execute(
            insert_new(conn.dialect.name, table),
            [{"jawaban_id": i, "survei_id": survei_id, "diubah": now, **_NEW} for i in found],
        )
        these = table.c.jawaban_id.in_(found)
        change = {"balasan": teks, "dibalas": now if teks else None}
        conn.execute(update(table).where(these, table.c.balasan != teks).values(change))
        conn.execute(update(table).where(these).values(status=status.value, diubah=now))
        changed += len(found)
    if changed:
        surveys.bump_added(conn, survei_id)
    return changed


def count_states(
    conn: Connection, survei_id: str, periode: Periode | None = None
) -> dict[StatusSaran, int]:
    """Return the remarks of the counted answers by status. Raises SkmError `survei-tak-ada`."""
    known = list_responses(conn, survei_id)
    found = Counter(
        known[s.id].status if s.id in known else StatusSaran.BARU
        for s in list_remarks(conn, survei_id, periode)
    )
    return {status: found[status] for status in StatusSaran}


def find_reply(conn: Connection, kode: str) -> Balasan | None:
    """Return what the holder of a code may read; None for a code that leads nowhere."""
    row = conn.execute(_BY_CODE, {"_sidik": remark_code_hash(kode)}).one_or_none()
    return Balasan(row.survei_id, _response(row)) if row else None


def give_codes(
    conn: Connection, written: Mapping[tuple[str, str], tuple[int, datetime]]
) -> dict[tuple[str, str], str]:
    """Return the codes that belong to remarks, their hashes kept.

    By survey and `id_kirim`; `written` has the number of the answer, and when it came.
    """
    key = shared_key(conn, KEY)
    codes = {sheet: remark_code(key, *sheet) for sheet in written}
    rows = [
        {
            "jawaban_id": nomor,
            "survei_id": sheet[0],
            "diubah": waktu,
            "sidik_kode": remark_code_hash(codes[sheet]),
            **_NEW,
        }
        for sheet, (nomor, waktu) in written.items()
    ]
    conn.execute(insert(tanggapan_saran), rows)
    return codes


def code_of(conn: Connection, survei_id: str, id_kirim: str) -> str | None:
    """Return the code of a stored sheet; None where it had no remark, or is gone."""
    kode = remark_code(shared_key(conn, KEY), survei_id, id_kirim)
    return kode if find_reply(conn, kode) else None


def _read(rows: Iterable[Any]) -> Iterator[Saran]:
    """Yield remarks that say anything. What few differ in is one object for all."""
    same = dict[str, str]().setdefault
    for nomor, periode, waktu, layanan, titik, kanal, saran, coded in rows:
        teks = saran.strip()
        if teks:
            place = same(layanan, layanan) or None, same(titik, titik) or None
            yield Saran(
                nomor, _period(periode), waktu, *place, same(kanal, kanal), teks, bool(coded)
            )


@lru_cache(maxsize=1_000)
def _period(kode: str) -> Periode:
    return parse_period(kode)


def _response(row: Row[Any]) -> Tanggapan:
    return Tanggapan(StatusSaran(row.status), row.balasan, row.dibalas)


def _chunks(ids: Collection[int]) -> Iterator[list[int]]:
    unique = [i for i in dict.fromkeys(ids) if 0 < i < _LARGEST]
    for start in range(0, len(unique), _IN):
        yield unique[start : start + _IN]
