"""What came in lately, by the office's own calendar, and who is silent. A week begins on Monday."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from skm.analysis.groups import Per
from skm.analysis.share import ordered
from skm.analysis.table import Kolom, Tabel
from skm.analysis.tables import TAK_DIISI, TANPA
from skm.angka import format_number
from skm.hasil import names_of
from skm.jawaban import NAMA_KANAL
from skm.periode import BULAN, Periode
from skm.store import Harian, Store, Tautan
from skm.survei import Survei
from skm.tautan import place_names

SEPI = 7
"""Days without an answer after which a titik or a placement is called silent."""
RENTANG = 28
"""Days that the page looks back."""
HARI = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_CATATAN_SEPI = (
    "Tiap tautan dinilai menurut jawaban yang masuk lewat tautan itu sendiri; titik tanpa tautan "
    "menurut semua jawaban bertanggal dari titik itu."
)
_JUDUL = {Per.TITIK: "Titik layanan", Per.LAYANAN: "Jenis layanan", Per.KANAL: "Kanal"}


@dataclass(frozen=True, slots=True)
class Kegiatan:
    """What came in: today, this week, in the period; by day; and by titik, layanan, kanal.

    `tercatat` are the days of each titik of the survey; none where it has no titik.
    """

    hari: date
    hari_ini: int
    pekan_ini: int
    periode_ini: int
    harian: tuple[tuple[date, int], ...]
    rincian: Mapping[Per, Tabel]
    tercatat: tuple[Harian, ...]


def today(survei: Survei) -> date:
    """Return the day by the office's clock."""
    return datetime.now(survei.zona).date()


def day_text(day: date) -> str:
    """Return "Senin, 23 November 2026"."""
    return f"{HARI[day.weekday()]}, {_date_text(day)}"


def clock_text(waktu: datetime, survei: Survei) -> str:
    """Return a moment by the office's clock: "1 Oktober 2024 pukul 08.26 WIB"."""
    local = waktu.astimezone(survei.zona)
    return f"{_date_text(local.date())} pukul {local:%H.%M} {survei.zona_waktu}"


def week_start(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def activity(store: Store, survei: Survei, periode: Periode | None, hari: date) -> Kegiatan:
    """Return what came in until `hari`; answers without a day count only in the period."""
    first = hari - timedelta(days=RENTANG - 1)
    kinds = [Per.TITIK] if survei.titik else []
    kinds += [Per.LAYANAN] if survei.layanan else []
    found = {
        per: store.daily_counts(survei.id, first, hari, (per.value,)) for per in (*kinds, Per.KANAL)
    }
    by_day = Counter[date]()
    for row in found[Per.KANAL]:
        by_day[row.hari] += row.n
    days = [first + timedelta(days=i) for i in range(RENTANG)]
    tables = {
        per: _activity_table(store, survei, periode, hari, rows, per) for per, rows in found.items()
    }
    received = store.group_counts(survei.id, periode, Per.KANAL) if periode else {}
    return Kegiatan(
        hari=hari,
        hari_ini=by_day[hari],
        pekan_ini=sum(n for day, n in by_day.items() if day >= week_start(hari)),
        periode_ini=sum(received.values()),
        harian=tuple((day, by_day[day]) for day in days),
        rincian=tables,
        tercatat=found.get(Per.TITIK, ()),
    )


def _activity_table(
    store: Store,
    survei: Survei,
    periode: Periode | None,
    hari: date,
    found: Iterable[Harian],
    per: Per,
) -> Tabel:
    names = dict(NAMA_KANAL) if per is Per.KANAL else names_of(survei, per)
    now, week = Counter[str](), Counter[str]()
    for row in found:
        kode = getattr(row, per.value) or ""
        now[kode] += row.n if row.hari == hari else 0
        week[kode] += row.n if row.hari >= week_start(hari) else 0
    stored = store.group_counts(survei.id, periode, per.value) if periode else {}
    total = Counter({kode or "": n for kode, n in stored.items()})
    seen = {kode: 0 for kode in (*total, *week) if kode not in names and (total + week)[kode]}
    codes = [kode for kode, _ in ordered(seen, list(names))]
    rows = tuple(
        (names.get(kode, kode) or TAK_DIISI, *(format_number(c[kode]) for c in (now, week, total)))
        for kode in codes
    )
    label = periode.label if periode else "Periode"
    kolom = (Kolom(_JUDUL[per]), *(Kolom(k, angka=True) for k in ("Hari ini", "Pekan ini", label)))
    kaki = ("Jumlah", *(format_number(c.total()) for c in (now, week, total)))
    title = f"Jawaban masuk menurut {_JUDUL[per].lower()}"
    return Tabel(f"masuk-{per.value}", title, kolom, rows, kaki)


def silent_table(survei: Survei, tautan: Sequence[Tautan], kegiatan: Kegiatan) -> Tabel:
    """Return the open placements, and the titik without one, that gave nothing for 7 days.

    Each placement speaks for itself, as long ago as it may be; a titik without one is judged by all
    that came from it in the days that the page looks back. An excluded answer is a sign of life.
    """
    open_ones = [t for t in tautan if t.aktif]
    placed = {t.titik for t in open_ones}
    since = kegiatan.hari - timedelta(days=SEPI)
    rows = []
    for item in open_ones:
        last = item.terakhir.astimezone(survei.zona).date() if item.terakhir else None
        if last is None or last <= since:
            rows.append(
                (
                    *place_names(survei, item),
                    " · ".join(filter(None, (NAMA_KANAL[item.kanal], item.nama))),
                    item.kode,
                    format_number(item.dilihat),
                    _date_text(last) if last else "belum pernah ada",
                )
            )
    for place in survei.titik:
        if place.aktif and place.kode not in placed:
            last = _last_day(kegiatan.tercatat, place.kode)
            if last is None or last <= since:
                told = _date_text(last) if last else f"tidak ada dalam {RENTANG} hari"
                rows.append((place.nama, TANPA, "belum ada tautan", TANPA, TANPA, told))
    kolom = (
        Kolom("Titik layanan"),
        Kolom("Jenis layanan"),
        Kolom("Kanal"),
        Kolom("Kode"),
        Kolom("Dilihat", angka=True),
        Kolom("Jawaban terakhir"),
    )
    title = f"Tanpa jawaban {SEPI} hari terakhir"
    return Tabel("sepi", title, kolom, tuple(rows), catatan=_CATATAN_SEPI if rows else "")


def _last_day(found: Iterable[Harian], titik: str) -> date | None:
    return max((row.hari for row in found if row.n and row.titik == titik), default=None)


def _date_text(day: date) -> str:
    return f"{day.day} {BULAN[day.month - 1]} {day.year}"
