"""What deleted answers still count: kept when they go, added wherever answers are counted."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, func, insert, select

from skm.periode import Periode
from skm.store.schema import jawaban, susutan

Key = tuple[str | int, ...]
Counts = Mapping[Key, tuple[int, ...]]


@dataclass(slots=True)
class Susutan:
    """The counts of deleted answers: by recap table, by placement, and the batches they were of."""

    rekap: dict[str, dict[Key, list[int]]] = field(default_factory=dict)
    tautan: dict[str, tuple[int, datetime | None]] = field(default_factory=dict)
    batch: set[str] = field(default_factory=set)


def keep_counts(
    conn: Connection,
    survei_id: str,
    periode: Periode,
    rekap: Mapping[str, Counts],
    *these: ColumnElement[bool],
) -> None:
    """Keep what the answers of `these` count, before they are deleted.

    `rekap` holds their recap counts by table.
    """
    query = select(jawaban.c.tautan, func.count(), func.max(jawaban.c.waktu)).where(*these)
    sent = [(kode, n, last) for kode, n, last in conn.execute(query.group_by(jawaban.c.tautan))]
    batches = conn.execute(select(jawaban.c.batch_id).where(*these).distinct()).scalars()
    content = {
        "rekap": {
            name: [[[*key], [*row]] for key, row in sorted(counts.items())]
            for name, counts in rekap.items()
        },
        "tautan": {kode: [n, last.isoformat() if last else None] for kode, n, last in sent if kode},
        "batch": sorted(batches),
    }
    row = {
        "survei_id": survei_id,
        "periode": periode.kode,
        "waktu": datetime.now(UTC),
        "jawaban": sum(n for _, n, _ in sent),
        "isi": json.dumps(content, ensure_ascii=False, separators=(",", ":")),
    }
    conn.execute(insert(susutan), row)


def load_reduced(conn: Connection, survei_id: str) -> Susutan:
    """Return what all deleted answers of a survey count."""
    total = Susutan()
    query = select(susutan.c.isi).where(susutan.c.survei_id == survei_id)
    for isi in conn.execute(query).scalars():
        content = json.loads(isi)
        for name, rows in content["rekap"].items():
            _add_rows(total.rekap.setdefault(name, {}), rows)
        for kode, (n, last) in content["tautan"].items():
            before, known = total.tautan.get(kode, (0, None))
            moment = datetime.fromisoformat(last) if last else None
            total.tautan[kode] = (before + n, latest(known, moment))
        total.batch.update(content["batch"])
    return total


def latest(one: datetime | None, other: datetime | None) -> datetime | None:
    """Return the later of two moments; None is none."""
    return max((moment for moment in (one, other) if moment), default=None)


def _add_rows(
    table: dict[Key, list[int]], rows: Iterable[tuple[list[str | int], list[int]]]
) -> None:
    for key, counts in rows:
        held = table.setdefault(tuple(key), [0] * len(counts))
        for i, n in enumerate(counts):
            held[i] += n
