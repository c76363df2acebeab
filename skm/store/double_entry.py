"""What keying sheets twice showed: the last result of each sitting of paper entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction

from sqlalchemy import Connection, select

from skm.store import surveys
from skm.store.answers import clean_text
from skm.store.engine import insert_of
from skm.store.schema import entri_ganda


@dataclass(frozen=True, slots=True)
class EntriGanda:
    """A sitting's double entry: sheets and fields compared, fields that differed, and when."""

    sesi: str
    lembar: int
    isian: int
    berbeda: int
    waktu: datetime

    @property
    def tingkat(self) -> Fraction | None:
        """Return the error rate per field: differing / compared; None where none was compared."""
        return Fraction(self.berbeda, self.isian) if self.isian else None


def save_double_entry(
    conn: Connection, survei_id: str, sesi: str, lembar: int, isian: int, berbeda: int
) -> None:
    """Keep the result of a sitting, in place of an earlier one.

    Raises SkmError `survei-tak-ada`, ValueError for counts that contradict each other.
    """
    if min(lembar, berbeda) < 0 or berbeda > isian:
        raise ValueError(f"no result of a comparison: {lembar}, {isian}, {berbeda}")
    surveys.lock_survei(conn, survei_id)
    result = {"lembar": lembar, "isian": isian, "berbeda": berbeda, "waktu": datetime.now(UTC)}
    new = insert_of(conn.dialect.name, entri_ganda)
    over = {name: new.excluded[name] for name in result}
    keep = new.on_conflict_do_update(index_elements=list(entri_ganda.primary_key), set_=over)
    conn.execute(keep, {"survei_id": survei_id, "sesi": clean_text(sesi), **result})
    surveys.bump_added(conn, survei_id)


def double_entries(conn: Connection, survei_id: str) -> tuple[EntriGanda, ...]:
    """Return a survey's results, newest first. Raises SkmError `survei-tak-ada`."""
    surveys.data_version(conn, survei_id)
    names = EntriGanda.__slots__
    query = select(*(entri_ganda.c[name] for name in names))
    query = query.where(entri_ganda.c.survei_id == survei_id)
    rows = conn.execute(query.order_by(entri_ganda.c.waktu.desc(), entri_ganda.c.sesi))
    return tuple(EntriGanda(**row._mapping) for row in rows)
