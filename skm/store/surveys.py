"""Surveys and the versions of their questionnaires.

A survey file may change at any time; answers keep the version that they were given to.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, delete, func, insert, select, update

from skm.periode import parse_period
from skm.pesan import SkmError
from skm.store.engine import insert_new
from skm.store.hot import Hot
from skm.store.model import SurveiInfo
from skm.store.recap import clear_recap, recount
from skm.store.schema import (
    MILIK_PERIODE,
    RINGKAS,
    batch,
    jawaban,
    kuesioner,
    rekap_hari,
    rekap_profil,
    rekap_responden,
    resi,
    survei,
    survei_dihapus,
    tautan,
    tutupan,
)
from skm.store.versions import ADDED, CHANGED, first_version
from skm.survei import Kuesioner, Survei, parse_survei

_MARK = "#"
"""Between a questionnaire's version and our count of its contents; no version may contain it."""

BOM = "\ufeff"

_ONE = update(survei).where(survei.c.id == bindparam("_survei"))
_BUMP = _ONE.values(CHANGED)
_BUMP_ADDED = _ONE.values(ADDED)
_BUMP_AND_LOAD = Hot(
    "UPDATE survei SET versi_data = versi_data + 1 WHERE id = ?"
    " RETURNING berkas, id, kuesioner_versi"
)

_VERSIONS = Hot(
    "SELECT berkas, kuesioner_versi, versi, isi FROM survei"
    " JOIN kuesioner ON survei_id = id WHERE id = ?"
)


def save_survei(conn: Connection, given: Survei, toml: str) -> str:
    """Insert or update a survey; return the questionnaire version in force.

    Raises ValueError where `toml` is not the text of the survey, and SkmError
    `kuesioner-unsur-hilang` where stored answers would lose their unsur, `survei-unsur-beku` or
    `survei-langsung-beku` where a closed period would get another meaning.
    """
    toml = toml.removeprefix(BOM)
    new = _parse(toml, given.id)
    if new != _with_version(given, base_version(given.kuesioner.versi)):
        raise ValueError("the TOML text is not that of the survey")
    made = insert_survei(conn, new, toml)
    old = _lock_row(conn, new.id)
    versi = _register(conn, new)
    if not made and (old.berkas, old.kuesioner_versi) != (toml, versi):
        _check_old_versions(conn, new)
        before = _before(old)
        _check_frozen(conn, before, new)
        _update(conn, new, toml, versi)
        if before is None or _classes(before) != _classes(new):
            recount(conn, new.id, new, (rekap_profil,))
        if before is None or before.zona != new.zona:
            recount(conn, new.id, new, (rekap_hari,))
    return versi


def refusals(conn: Connection, new: Survei) -> list[SkmError]:
    """Return why `save_survei` would refuse the survey; it changes nothing."""
    found = []
    before = _before(_row(conn, new.id))
    checks: tuple[Callable[[], None], ...] = (
        lambda: _check_old_versions(conn, new),
        lambda: _check_frozen(conn, before, new),
    )
    for check in checks:
        try:
            check()
        except SkmError as error:
            found.append(error)
    return found


def list_survei(conn: Connection) -> tuple[SurveiInfo, ...]:
    """Return every survey with its respondents, by title."""
    counted = RINGKAS["layanan"][1]  # the smallest recap: this is asked on every page
    total = func.coalesce(func.sum(counted.c.responden), 0)
    columns = (survei.c.id, survei.c.judul, survei.c.unit, survei.c.contoh, survei.c.versi_data)
    query = select(*columns, total).join_from(survei, counted, isouter=True).group_by(*columns)
    rows = [SurveiInfo(*row[:5], responden=int(row[5])) for row in conn.execute(query)]
    return tuple(sorted(rows, key=lambda info: (info.judul, info.id)))


def load_survei(conn: Connection, survei_id: str) -> Survei:
    """Return a survey; its questionnaire carries the version in force ("2024#2").

    Raises SkmError `survei-tak-ada`.
    """
    return _build(_row(conn, survei_id))


def load_toml(conn: Connection, survei_id: str) -> str:
    """Return the survey's file as it was saved. Raises SkmError `survei-tak-ada`."""
    toml: str = _row(conn, survei_id).berkas
    return toml


def saved_toml(conn: Connection, survei_id: str) -> str | None:
    """Return the survey's file as it was saved; None for a survey that is not here."""
    return conn.execute(select(survei.c.berkas).where(survei.c.id == survei_id)).scalar()


def lock_survei(conn: Connection, survei_id: str, share: bool = False) -> Survei:
    """Return a survey that cannot change until the transaction ends. Raises `survei-tak-ada`.

    With `share`, others may add answers at the same time (PostgreSQL; SQLite has one writer).
    """
    return _build(_lock_row(conn, survei_id, share))


def data_version(conn: Connection, survei_id: str) -> int:
    """Return a number that grows with each change of the survey. Raises `survei-tak-ada`."""
    version: int = _row(conn, survei_id).versi_data
    return version


def bump(conn: Connection, survei_id: str) -> None:
    """Count up the data version after a change that stored answers may not have outlived."""
    conn.execute(_BUMP, {"_survei": survei_id})


def bump_added(conn: Connection, survei_id: str) -> None:
    """Count up the data version after one that left every stored answer, and its counts, as it was.

    New ones may have come.
    """
    conn.execute(_BUMP_ADDED, {"_survei": survei_id})


def bump_and_find(conn: Connection, survei_id: str) -> Survei | None:
    """Do as `bump_added`, hold the survey until the transaction ends, and return it.

    One statement for the way that many go at once. None where there is no such survey.
    """
    rows = _BUMP_AND_LOAD.rows(conn, (survei_id,))
    return build_survei(*rows[0]) if rows else None


def delete_survei(conn: Connection, survei_id: str) -> None:
    """Delete a survey with everything of it, and remember that it was deleted.

    Raises SkmError `survei-tak-ada`.
    """
    lock_survei(conn, survei_id)
    clear_recap(conn, survei_id)
    for table in (jawaban, resi, tautan, *MILIK_PERIODE, batch, kuesioner):
        conn.execute(delete(table).where(table.c.survei_id == survei_id))
    conn.execute(delete(survei).where(survei.c.id == survei_id))
    if not was_deleted(conn, survei_id):
        conn.execute(insert(survei_dihapus), {"id": survei_id, "waktu": datetime.now(UTC)})


def was_deleted(conn: Connection, survei_id: str) -> bool:
    """Return whether somebody deleted a survey of this id, so that a sample does not come back."""
    query = select(survei_dihapus.c.id).where(survei_dihapus.c.id == survei_id)
    return conn.execute(query).first() is not None


def questionnaires(conn: Connection, survei_id: str) -> dict[str, Kuesioner]:
    """Return the versions of a survey's questionnaire. Raises SkmError `survei-tak-ada`."""
    query = select(kuesioner.c.versi, kuesioner.c.isi).where(kuesioner.c.survei_id == survei_id)
    found = {versi: _questionnaire(isi, versi) for versi, isi in conn.execute(query)}
    if not found:
        raise SkmError("survei-tak-ada", id=survei_id)
    return found


def load_versions(conn: Connection, survei_id: str) -> tuple[Survei, dict[str, Kuesioner]]:
    """Return a survey and the versions of its questionnaire, read at once.

    Raises SkmError `survei-tak-ada`.
    """
    rows = _VERSIONS.rows(conn, (survei_id,))
    if not rows:
        raise SkmError("survei-tak-ada", id=survei_id)
    toml, in_force = rows[0][:2]
    found = {versi: _questionnaire(isi, versi) for _, _, versi, isi in rows}
    return build_survei(toml, survei_id, in_force), found


def base_version(versi: str) -> str:
    """Return the version as the survey file writes it: "2024" for "2024#2"."""
    return versi.partition(_MARK)[0]


def fingerprint(questions: Kuesioner) -> str:
    """Return a fingerprint of what respondents are asked.

    The version and the aliases of columns are not in it: a new alias is not a new question.
    """
    shown = questions.model_dump(mode="json", exclude={"versi": True})
    for question in shown["pertanyaan"]:
        del question["alias"]
    text = json.dumps(shown, ensure_ascii=False, sort_keys=True)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


@lru_cache(maxsize=256)
def _questionnaire(isi: str, versi: str) -> Kuesioner:
    return Kuesioner.model_validate_json(isi).model_copy(update={"versi": versi})


@lru_cache(maxsize=32)
def _parse(toml: str, name: str) -> Survei:
    return parse_survei(toml, name)


def _with_version(given: Survei, versi: str) -> Survei:
    """Return the survey with another version in its questionnaire; "#2" would not validate."""
    if given.kuesioner.versi == versi:
        return given
    questions = given.kuesioner.model_copy(update={"versi": versi})
    # Not `model_copy` of the survey: it would carry the cached rules along.
    return Survei.model_construct(
        _fields_set=given.model_fields_set,
        **{name: getattr(given, name) for name in Survei.model_fields if name != "kuesioner"},
        kuesioner=questions,
    )


def _build(row: Row[Any]) -> Survei:
    return build_survei(row.berkas, row.id, row.kuesioner_versi)


@lru_cache(maxsize=32)
def build_survei(toml: str, name: str, versi: str) -> Survei:
    """Return the survey of a stored text, with the questionnaire version that was in force."""
    return _with_version(_parse(toml, name), versi)


def _row(conn: Connection, survei_id: str) -> Row[Any]:
    return _one(conn, survei_id, select(survei))


def _lock_row(conn: Connection, survei_id: str, share: bool = False) -> Row[Any]:
    # KEY SHARE lets other batches in and holds back only a change of the survey itself.
    return _one(conn, survei_id, select(survei).with_for_update(read=share, key_share=share))


def _one(conn: Connection, survei_id: str, query: Select[*tuple[Any, ...]]) -> Row[Any]:
    row = conn.execute(query.where(survei.c.id == survei_id)).one_or_none()
    if row is None:
        raise SkmError("survei-tak-ada", id=survei_id)
    return row


def insert_survei(conn: Connection, new: Survei, toml: str) -> bool:
    """Return whether the survey was new; another process may be starting with the same files."""
    row = {
        "id": new.id,
        "judul": new.judul,
        "unit": new.unit,
        "berkas": toml,
        "contoh": new.contoh,
        "kuesioner_versi": new.kuesioner.versi,
        "versi_data": first_version(),
        "dibuat": datetime.now(UTC),
    }
    return conn.execute(insert_new(conn.dialect.name, survei), row).rowcount > 0


def _update(conn: Connection, new: Survei, toml: str, versi: str) -> None:
    row = {
        "judul": new.judul,
        "unit": new.unit,
        "berkas": toml,
        "contoh": new.contoh,
        "kuesioner_versi": versi,
    }
    conn.execute(update(survei).where(survei.c.id == new.id).values(row))
    bump(conn, new.id)


def _register(conn: Connection, new: Survei) -> str:
    """Return the version that holds these questions, made where there is none yet."""
    base, sidik = new.kuesioner.versi, fingerprint(new.kuesioner)
    query = select(kuesioner.c.versi, kuesioner.c.sidik).where(kuesioner.c.survei_id == new.id)
    known: dict[str, str] = {s: v for v, s in conn.execute(query) if base_version(v) == base}
    if sidik in known:
        return known[sidik]
    versi = f"{base}{_MARK}{len(known) + 1}" if known else base
    isi = new.kuesioner.model_dump_json()
    row = {"survei_id": new.id, "versi": versi, "isi": isi, "sidik": sidik}
    conn.execute(insert(kuesioner), row)
    return versi


def _check_old_versions(conn: Connection, new: Survei) -> None:
    """Refuse a survey whose unsur no longer cover the answers that it has."""
    answered = (
        select(rekap_responden.c.kuesioner_versi)
        .where(rekap_responden.c.survei_id == new.id)
        .distinct()
    )
    # What was taken out may be taken in again.
    excluded = (
        select(jawaban.c.kuesioner_versi)
        .where(jawaban.c.survei_id == new.id, jawaban.c.dikecualikan.is_not(None))
        .distinct()
    )
    used = {*conn.execute(answered).scalars(), *conn.execute(excluded).scalars()}
    for versi, questions in questionnaires(conn, new.id).items():
        if versi in used:
            new.slots(questions)


def _check_frozen(conn: Connection, before: Survei | None, new: Survei) -> None:
    """Refuse what would give a closed period another meaning.

    Other unsur: a year would mix figures of two meanings. A direct measurement around a closed
    part: that part would have no figure of its own any more, although it was reported.
    """
    closed = select(tutupan.c.periode).where(
        tutupan.c.survei_id == new.id, tutupan.c.dibuka.is_(None)
    )
    periods = sorted(parse_period(kode) for kode in conn.execute(closed).scalars())
    if periods and before is not None and _unsur(before) != _unsur(new):
        raise SkmError("survei-unsur-beku", label=periods[0].label)
    for direct in new.dinilai_langsung:
        if before is not None and direct in before.dinilai_langsung:
            continue
        for periode in periods:
            if direct.contains(periode) and direct != periode:
                raise SkmError("survei-langsung-beku", label=periode.label, luar=direct.label)


def _unsur(known: Survei) -> list[tuple[str, str]]:
    return [(u.kode, u.nama) for u in known.unsur]


def _before(row: Row[Any]) -> Survei | None:
    """Return the survey as it was; None for a file of an earlier program, refused today."""
    try:
        return _build(row)
    except SkmError:
        return None


def _classes(known: Survei) -> list[tuple[str, object]]:
    """Return what decides how profile answers are counted."""
    return [(p.kode, p.kelompok) for p in known.profil]
