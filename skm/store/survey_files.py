"""Which text of a survey is true: the file in the folder, or what the office edited in the store.

A file is taken once. From then on the store's text is the truth, and the file is looked at again
only when its bytes change. See docs/keputusan/0012-pengaturan.md.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from sqlalchemy import Connection, func, insert, select, update

from skm.pesan import SkmError
from skm.store import surveys
from skm.store.model import AsalBerkas, KeadaanBerkas, Terpakai, VersiSurvei
from skm.store.schema import jawaban, rekap_responden, survei, survei_versi, tautan
from skm.survei import Survei

NEVER = ""
"""The `sidik_berkas` of a survey that was made here, not from a file."""


def file_digest(toml: str) -> str:
    """Return the SHA-256 of a survey file's text, a byte order mark apart."""
    return hashlib.sha256(toml.removeprefix(surveys.BOM).encode()).hexdigest()


def judge_file(conn: Connection, survei_id: str, toml: str) -> KeadaanBerkas:
    """Return how a file of the folder stands to what the store has."""
    columns = (survei.c.berkas, survei.c.sidik_berkas)
    row = conn.execute(select(*columns).where(survei.c.id == survei_id)).one_or_none()
    if row is None:
        return KeadaanBerkas.BARU
    given, stored = file_digest(toml), file_digest(row.berkas)
    taken = stored if row.sidik_berkas is None else row.sidik_berkas
    if given == taken:
        return KeadaanBerkas.SAMA
    return KeadaanBerkas.BARU if stored in (taken, given) else KeadaanBerkas.BERBEDA


def take_file(conn: Connection, given: Survei, toml: str) -> str:
    """Save the text of a file, whatever the store has; return the questionnaire version in force.

    Raises as `surveys.save_survei`.
    """
    before = surveys.saved_toml(conn, given.id)
    versi = surveys.save_survei(conn, given, toml)
    keep_version(conn, given.id, before, AsalBerkas.FOLDER, "")
    pass_over_file(conn, given.id, toml)
    return versi


def pass_over_file(conn: Connection, survei_id: str, toml: str) -> None:
    """Remember that a file was seen; it is asked about again only when it changes."""
    row = {"sidik_berkas": file_digest(toml)}
    conn.execute(update(survei).where(survei.c.id == survei_id).values(row))


def edit_survei(
    conn: Connection, given: Survei, toml: str, dasar: str | None, ringkasan: str
) -> None:
    """Save what an office edited; `dasar` is the digest of the text that it began with.

    None makes a new survey. Raises SkmError `survei-sudah-ada`, `survei-baru-diubah` where
    somebody else was faster, the first of `refusals`, and as `surveys.save_survei`.
    """
    before = None
    if dasar is None:
        if not surveys.insert_survei(conn, given, toml):
            raise SkmError("survei-sudah-ada", id=given.id)
    else:
        surveys.lock_survei(conn, given.id)
        before = surveys.load_toml(conn, given.id)
        if file_digest(before) != dasar:
            raise SkmError("survei-baru-diubah")
        for error in refusals(conn, given):
            raise error
    surveys.save_survei(conn, given, toml)
    keep_version(conn, given.id, before, AsalBerkas.KANTOR, ringkasan)
    # From now on the store's text and the folder's go their own ways.
    known = NEVER if before is None else file_digest(before)
    query = update(survei).where(survei.c.id == given.id, survei.c.sidik_berkas.is_(None))
    conn.execute(query.values(sidik_berkas=known))


def refusals(conn: Connection, new: Survei) -> tuple[SkmError, ...]:
    """Return every reason why the store would not take an edited survey; none for a new one."""
    if surveys.saved_toml(conn, new.id) is None:
        return ()
    used, found = used_places(conn, new.id), surveys.refusals(conn, new)
    for kode, kind, known in (
        ("survei-layanan-terpakai", used.layanan, new.layanan_by_kode()),
        ("survei-titik-terpakai", used.titik, new.titik_by_kode()),
    ):
        gone = [code for code in kind if code not in known]
        if gone:
            found.append(SkmError(kode, kode=", ".join(gone)))
    return tuple(found)


def used_places(conn: Connection, survei_id: str) -> Terpakai:
    """Return what hangs on each layanan and titik of a survey."""
    return Terpakai(_used(conn, survei_id, "layanan"), _used(conn, survei_id, "titik"))


def _used(conn: Connection, survei_id: str, kind: str) -> dict[str, tuple[int, int]]:
    counted, excluded = rekap_responden.c[kind], jawaban.c[kind]
    answers: dict[str, int] = {}
    for column, amount, kept in (
        (counted, func.sum(rekap_responden.c.responden), rekap_responden.c.survei_id == survei_id),
        (
            excluded,
            func.count(),
            (jawaban.c.survei_id == survei_id) & jawaban.c.dikecualikan.is_not(None),
        ),
    ):
        query = select(column, amount).where(kept, column != "").group_by(column)
        for code, n in conn.execute(query):
            answers[code] = answers.get(code, 0) + int(n)
    column = tautan.c[kind]
    placed = select(column, tautan.c.aktif).where(
        tautan.c.survei_id == survei_id, column.is_not(None)
    )
    placements: dict[str, int] = {}
    for code, aktif in conn.execute(placed):
        placements[code] = placements.get(code, 0) + bool(aktif)
    codes = {code for code, n in answers.items() if n} | placements.keys()
    return {code: (answers.get(code, 0), placements.get(code, 0)) for code in sorted(codes)}


def keep_version(
    conn: Connection, survei_id: str, before: str | None, asal: AsalBerkas, ringkasan: str
) -> None:
    """Add the text that is stored now to the history, unless it is the last one there already.

    The first time, what stood there before comes first.
    """
    now = surveys.load_toml(conn, survei_id)
    if now == before:
        return
    of_survey = survei_versi.c.survei_id == survei_id
    last = conn.execute(
        select(survei_versi.c.nomor, survei_versi.c.berkas)
        .where(of_survey)
        .order_by(survei_versi.c.nomor.desc())
        .limit(1)
    ).one_or_none()
    rows = [] if last or before is None else [(AsalBerkas.AWAL, "", before)]
    if now != (last.berkas if last else before):
        rows.append((asal, ringkasan, now))
    waktu, first = datetime.now(UTC), last.nomor + 1 if last else 1
    for nomor, (source, words, text) in enumerate(rows, start=first):
        row = {
            "survei_id": survei_id,
            "nomor": nomor,
            "waktu": waktu,
            "asal": source.value,
            "ringkasan": words,
            "berkas": text,
        }
        conn.execute(insert(survei_versi), row)


def list_versions(conn: Connection, survei_id: str) -> tuple[VersiSurvei, ...]:
    """Return the history of a survey's file, the newest first. Raises SkmError `survei-tak-ada`."""
    surveys.data_version(conn, survei_id)
    columns = [survei_versi.c[name] for name in ("nomor", "waktu", "asal", "ringkasan")]
    query = select(*columns).where(survei_versi.c.survei_id == survei_id)
    return tuple(
        VersiSurvei(row.nomor, row.waktu, AsalBerkas(row.asal), row.ringkasan)
        for row in conn.execute(query.order_by(survei_versi.c.nomor.desc()))
    )


def load_version(conn: Connection, survei_id: str, nomor: int) -> str:
    """Return the text of a version. Raises SkmError `survei-versi-tak-ada`."""
    query = select(survei_versi.c.berkas).where(
        survei_versi.c.survei_id == survei_id, survei_versi.c.nomor == nomor
    )
    found: str | None = conn.execute(query).scalar_one_or_none()
    if found is None:
        raise SkmError("survei-versi-tak-ada", nomor=nomor)
    return found
