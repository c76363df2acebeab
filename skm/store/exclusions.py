"""Marked answers, and taking answers out of the counts: with a reason, in sight, never for good."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from sqlalchemy import ColumnElement, Connection, func, literal, select, update

from skm.akun import Batas, Pelaku
from skm.jawaban import Kanal
from skm.kiriman import Tanda
from skm.periode import Periode
from skm.pesan import SkmError
from skm.store import surveys
from skm.store.answers import clean_text
from skm.store.cells import Saring
from skm.store.model import Ditandai
from skm.store.places import places_of
from skm.store.recap import apply_counts, count_stored, subtract_counts
from skm.store.schema import jawaban, terlihat

_IN = 5_000
_LARGEST = 2**63


def exclude(conn: Connection, survei_id: str, ids: Collection[int], alasan: str) -> int:
    """Take answers out of the counts; return how many were in them.

    An answer that is out already keeps its first reason. Raises SkmError `survei-tak-ada` or
    `alasan-kosong`.
    """
    alasan = clean_text(alasan).strip()
    if not alasan:
        raise SkmError("alasan-kosong")
    survei = surveys.lock_survei(conn, survei_id)
    changed = 0
    for chunk in _chunks(ids):
        these = (jawaban.c.survei_id == survei_id) & jawaban.c.id.in_(chunk)
        subtract_counts(conn, survei_id, count_stored(conn, survei, these))
        change = update(jawaban).where(these, jawaban.c.dikecualikan.is_(None))
        changed += conn.execute(change.values(dikecualikan=alasan)).rowcount
    if changed:
        surveys.bump(conn, survei_id)
    return changed


def include(conn: Connection, ids: Collection[int]) -> dict[str, list[int]]:
    """Take answers into the counts again; return by survey which ones were out of them."""
    included: dict[str, list[int]] = {}
    for survei_id in _surveys_of(conn, ids):
        survei = surveys.lock_survei(conn, survei_id)
        for chunk in _chunks(ids):
            these = (jawaban.c.survei_id == survei_id) & jawaban.c.id.in_(chunk)
            apply_counts(conn, survei_id, count_stored(conn, survei, these, excluded=True))
            these &= jawaban.c.dikecualikan.is_not(None)
            out = conn.execute(select(jawaban.c.id).where(these).order_by(jawaban.c.id)).scalars()
            included.setdefault(survei_id, []).extend(out)
            conn.execute(update(jawaban).where(these).values(dikecualikan=None))
        surveys.bump(conn, survei_id)
    return included


def need_places(conn: Connection, pelaku: Pelaku, ids: Collection[int]) -> None:
    """Raise SkmError `di-luar-batas` where one of the answers was given outside of one's places."""
    if not pelaku.terbatas:
        return
    place = (jawaban.c.survei_id, jawaban.c.titik, jawaban.c.layanan)
    for chunk in _chunks(ids):
        for row in conn.execute(select(*place).where(jawaban.c.id.in_(chunk)).distinct()):
            pelaku.need_place(row.survei_id, row.titik or None, row.layanan or None)


def flagged(
    conn: Connection,
    survei_id: str,
    periode: Periode | None = None,
    tanda: Tanda | None = None,
    limit: int = 500,
    bagian: Batas | None = None,
) -> tuple[Ditandai, ...]:
    """Return marked answers and those taken out, newest first; with `tanda` those of one mark,
    with `bagian` those given at its places.

    Raises SkmError `survei-tak-ada`.
    """
    surveys.data_version(conn, survei_id)
    conditions = [*Saring(periode).where(survei_id, jawaban), terlihat, *places_of(bagian)]
    if tanda is not None:
        conditions.append(_has(tanda))
    names = (*Ditandai.__slots__,)
    query = select(*(jawaban.c[name] for name in names)).where(*conditions)
    rows = conn.execute(query.order_by(jawaban.c.id.desc()).limit(limit))
    return tuple(
        Ditandai(
            **{
                **row._mapping,
                "titik": row.titik or None,
                "layanan": row.layanan or None,
                "kanal": Kanal(row.kanal),
                "tanda": as_marks(row.tanda),
            }
        )
        for row in rows
    )


def flag_counts(conn: Connection, survei_id: str, periode: Periode | None = None) -> dict[str, int]:
    """Return how many answers have each mark, taken out or not; every mark is named.

    Raises SkmError `survei-tak-ada`.
    """
    surveys.data_version(conn, survei_id)
    conditions = Saring(periode).where(survei_id, jawaban)
    query = select(jawaban.c.tanda, func.count()).where(*conditions, terlihat)
    found: Counter[str] = Counter()
    for text, n in conn.execute(query.group_by(jawaban.c.tanda)):
        found.update(dict.fromkeys(as_marks(text), n))
    return {mark.value: found[mark] for mark in Tanda}


def as_marks(text: str) -> frozenset[Tanda]:
    """Return the marks that a row holds."""
    return frozenset(Tanda(name) for name in text.split(",") if name)


def _has(tanda: Tanda) -> ColumnElement[bool]:
    return (literal(",") + jawaban.c.tanda + ",").contains(f",{tanda.value},")


def _surveys_of(conn: Connection, ids: Collection[int]) -> list[str]:
    """Return the surveys of the answers that are out, in order: everybody locks the same way."""
    found: set[str] = set()
    for chunk in _chunks(ids):
        out = jawaban.c.id.in_(chunk) & jawaban.c.dikecualikan.is_not(None)
        found.update(conn.execute(select(jawaban.c.survei_id).where(out).distinct()).scalars())
    return sorted(found)


def _chunks(ids: Collection[int]) -> Iterator[list[int]]:
    unique = [i for i in dict.fromkeys(ids) if 0 < i < _LARGEST]
    for start in range(0, len(unique), _IN):
        yield unique[start : start + _IN]
