"""One answer at a time: from the web form, or keyed from paper. Stored once, however often sent."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from sqlalchemy import Connection

from skm.jawaban import Jawaban, Kanal
from skm.kiriman import Kiriman, Tanda, is_submit_id
from skm.periode import Jenis, period_at
from skm.pesan import SkmError
from skm.store import surveys
from skm.store.answers import Gate, clean_text
from skm.store.model import Tautan
from skm.survei import Survei


class Gates:
    """The checks of the questionnaires in force, kept while their survey is the same one."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Survei, Gate]] = {}

    def of(self, conn: Connection, survei: Survei, versi: str) -> Gate:
        """Return the check of a version. Raises SkmError `kuesioner-tak-ada`."""
        if versi != survei.kuesioner.versi:  # a page that was opened before the survey changed
            older = surveys.questionnaires(conn, survei.id).get(versi)
            if older is None:
                raise SkmError("kuesioner-tak-ada", versi=versi, survei=survei.id)
            return Gate(survei, older)
        known = self._known.get(survei.id)
        # By identity: an unchanged survey comes out of a cache as the same object.
        if known is None or known[0] is not survei:
            known = self._known[survei.id] = (survei, Gate(survei, survei.kuesioner))
        return known[1]


@dataclass(frozen=True, slots=True)
class Asal:
    """Where a sheet comes from: its standing batch, and what belongs to every row of it."""

    survei_id: str
    batch: str
    kanal: Kanal
    tautan: str | None = None
    sesi: str | None = None


@dataclass(frozen=True, slots=True)
class Terlihat:
    """What a sheet was judged by before it was sent to the store: its survey and its placement.

    Where either has changed meanwhile, the sheet is not stored but judged again.
    """

    survei: Survei
    aktif: bool


@dataclass(frozen=True, slots=True)
class Masuk:
    """A sheet that is to be stored; `waktu` is when it came.

    `versi` None means the questionnaire in force.
    """

    asal: Asal
    kiriman: Kiriman
    versi: str | None
    waktu: datetime
    terlihat: Terlihat | None = None
    key: tuple[str, str] = field(init=False)

    def __post_init__(self) -> None:
        if not is_submit_id(self.kiriman.id_kirim):
            raise SkmError("kiriman-id", id=self.kiriman.id_kirim)
        object.__setattr__(self, "key", (self.asal.survei_id, self.kiriman.id_kirim))


def from_form(
    di: Tautan, kiriman: Kiriman, versi: str | None = None, terlihat: Terlihat | None = None
) -> Masuk:
    """Return an answer sent at a placement, which fixes its titik and layanan where it has them.

    An answer without a time gets that of its arrival. A closed placement takes it all the same:
    whoever opened the page before may finish. Raises SkmError `kiriman-id`.
    """
    now = datetime.now(UTC)
    given = kiriman.jawaban
    saran = clean_text(given.saran) if given.saran else given.saran
    place = di.titik or given.titik, di.layanan or given.layanan
    # The form has read it so already; making it anew costs more than looking.
    if given.waktu is None or (given.titik, given.layanan) != place or saran != given.saran:
        titik, layanan = place
        answer = replace(given, waktu=given.waktu or now, titik=titik, layanan=layanan, saran=saran)
        kiriman = replace(kiriman, jawaban=answer)
    asal = Asal(di.survei_id, f"F-{di.kode}-{now:%Y%m%d}", di.kanal, tautan=di.kode)
    return Masuk(asal, kiriman, versi, now, terlihat)


def from_paper(
    survei_id: str, kiriman: Kiriman, sesi: str, kanal: Kanal, versi: str | None
) -> Masuk:
    """Return a keyed sheet for the batch of its sitting. Raises SkmError `kiriman-id`."""
    sesi = clean_text(sesi)
    name = "\x1f".join((survei_id, kanal.value, sesi)).encode()
    batch = f"P-{hashlib.blake2b(name, digest_size=6).hexdigest().upper()}"
    answer = kiriman.jawaban
    if answer.saran:  # a remark that both databases can hold, whoever wrote it
        answer = replace(answer, saran=clean_text(answer.saran))
    sheet = replace(kiriman, jawaban=answer)
    asal = Asal(survei_id, batch, kanal, sesi=sesi)
    return Masuk(asal, sheet, versi, datetime.now(UTC))


def with_period(answer: Jawaban, survei: Survei) -> Jawaban:
    """Return an answer with the triwulan of its time, unless it names a period."""
    if answer.periode is not None or answer.waktu is None:
        return answer
    return replace(answer, periode=period_at(answer.waktu, Jenis.TRIWULAN, survei.zona))


def marks(tanda: frozenset[Tanda]) -> str:
    """Return marks as they are stored: in order, joined by commas."""
    return ",".join(sorted(tanda))
