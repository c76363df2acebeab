"""All answers of a period at one moment, stripped of what could point at a person."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, func, select

from skm.jawaban import Baris, Kutipan
from skm.periode import Periode
from skm.store import surveys
from skm.store.cells import Saring
from skm.store.recap import ProfilKey
from skm.store.report_model import Salinan
from skm.store.schema import jawaban, rekap_responden

_CHUNK = 2_000
_PLACE = (
    jawaban.c.kuesioner_versi,
    jawaban.c.periode,
    jawaban.c.layanan,
    jawaban.c.titik,
    jawaban.c.kanal,
    jawaban.c.nilai,
)


def take_snapshot(
    conn: Connection, survei_id: str, periode: Periode, tanpa: frozenset[Periode]
) -> Salinan:
    """Return the answers of a period less those of the periods in `tanpa`.

    Rows and remarks are sorted by content, so that their order says nothing about who came when.
    Raises SkmError `survei-tak-ada`.
    """
    now = datetime.now(UTC)
    survei = surveys.load_survei(conn, survei_id)
    saring = Saring(periode, tanpa=tanpa)
    inside = saring.where(survei_id, jawaban)
    counted = [*inside, jawaban.c.dikecualikan.is_(None)]
    fields = [ProfilKey(p) for p in survei.profil]
    rows, remarks, marked = [], [], 0
    query = select(*_PLACE, jawaban.c.profil, jawaban.c.saran, jawaban.c.tanda).where(*counted)
    with conn.execute(query.execution_options(yield_per=_CHUNK)) as found:
        for *place, profil, saran, tanda in found:
            given = json.loads(profil)
            options = tuple((f.kode, f.option(given.get(f.kode))) for f in fields)
            versi, kode, layanan, titik, kanal, nilai = place
            rows.append(Baris(versi, kode, layanan, titik, kanal, nilai, options))
            marked += bool(tanda)
            if saran and saran.strip():
                remarks.append(Kutipan(kode, layanan, titik, saran.strip()))
    return Salinan(
        waktu=now,
        toml=surveys.load_toml(conn, survei_id),
        berlaku=survei.kuesioner.versi,
        kuesioner=surveys.questionnaires(conn, survei_id),
        baris=tuple(sorted(rows)),
        saran=tuple(sorted(remarks)),
        ditandai=marked,
        dikecualikan=_excluded(conn, inside),
        terekap=_recapped(conn, saring.where(survei_id, rekap_responden)),
    )


def dated_rows(
    conn: Connection, survei_id: str, periode: Periode, tanpa: frozenset[Periode]
) -> list[tuple[Baris, datetime | None, bool]]:
    """Return the counted answers of a period, each with its moment (UTC) and whether it is marked.

    Sorted by content, so that their order says nothing about who came when. Raises SkmError
    `survei-tak-ada`.
    """
    survei = surveys.load_survei(conn, survei_id)
    fields = [ProfilKey(p) for p in survei.profil]
    counted = Saring(periode, tanpa=tanpa).where(survei_id, jawaban)
    query = (
        select(*_PLACE, jawaban.c.profil, jawaban.c.waktu, jawaban.c.tanda)
        .where(*counted, jawaban.c.dikecualikan.is_(None))
        .execution_options(yield_per=_CHUNK)
    )
    rows = []
    with conn.execute(query) as found:
        for *place, profil, waktu, tanda in found:
            given = json.loads(profil)
            options = tuple((f.kode, f.option(given.get(f.kode))) for f in fields)
            versi, kode, layanan, titik, kanal, nilai = place
            row = Baris(versi, kode, layanan, titik, kanal, nilai, options)
            rows.append((row, waktu, bool(tanda)))
    return sorted(rows, key=lambda r: r[0])


def _excluded(conn: Connection, inside: list[ColumnElement[bool]]) -> int:
    query = select(func.count()).where(*inside, jawaban.c.dikecualikan.is_not(None))
    return conn.execute(query.select_from(jawaban)).scalar_one()


def _recapped(conn: Connection, inside: list[ColumnElement[bool]]) -> int:
    query = select(func.coalesce(func.sum(rekap_responden.c.responden), 0)).where(*inside)
    return int(conn.execute(query).scalar_one())
