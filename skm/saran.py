"""Remarks as the page Saran shows them: what each is about, who wrote nearly the same, what became
of them. Nothing here is sent anywhere; see `skm.analysis.kamus` and `skm.analysis.mirip`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from skm.analysis.groups import Per
from skm.analysis.kamus import Pembaca, built_in, plain_key
from skm.analysis.mirip import group_alike
from skm.analysis.saran import LAINNYA, readability
from skm.analysis.table import Kolom, Tabel
from skm.analysis.tables import TANPA
from skm.angka import format_number
from skm.hasil import names_of
from skm.intake.privacy import mask
from skm.jawaban import NAMA_KANAL
from skm.peraturan import unsur_baku
from skm.periode import Periode
from skm.store import Saran, StatusSaran, Store, Tanggapan
from skm.survei import Survei, Unsur
from skm.tanggal import day_text

NAMA_STATUS = {
    StatusSaran.BARU: "Baru",
    StatusSaran.PERLU: "Perlu ditindak",
    StatusSaran.DITINDAK: "Ditindaklanjuti",
    StatusSaran.SELESAI: "Selesai",
    StatusSaran.TIDAK_RELEVAN: "Tidak relevan",
}
"""What people call each status."""
UNSUR, DAFTAR = SARAN = ("saran-unsur", "daftar-saran")
"""The file names of the page's tables."""
BARU = Tanggapan(StatusSaran.BARU)
BULAN_TERAKHIR = 12
"""Months that the chart looks back from the latest remark."""


@dataclass(frozen=True, slots=True)
class Ulasan:
    """A remark as it was read: its plain words, the codes of the unsur that it is about, and the
    remark that stands for those that say nearly the same. `kosong` says no more than "tidak ada".
    """

    saran: Saran
    kunci: str
    unsur: tuple[str, ...]
    kosong: bool
    pokok: str


@dataclass(frozen=True, slots=True)
class Cari:
    """Which remarks; None is no filter. `unsur` "" are those that no word assigns to one."""

    teks: str = ""
    unsur: str | None = None
    layanan: str | None = None
    titik: str | None = None
    kanal: str | None = None
    status: StatusSaran | None = None


@dataclass(frozen=True, slots=True)
class Kelompok:
    """Remarks that say nearly the same and stand alike, newest first; `teks` is the one to show."""

    teks: str
    tanggapan: Tanggapan
    anggota: tuple[Ulasan, ...]

    @property
    def ids(self) -> list[int]:
        """Return the numbers of the remarks."""
        return [u.saran.id for u in self.anggota]

    @property
    def berkode(self) -> int:
        """Return how many of the writers hold a code to read the reply with."""
        return sum(u.saran.berkode for u in self.anggota)

    @property
    def unsur(self) -> tuple[str, ...]:
        """Return the unsur that any of them is about, the most frequent first."""
        return tuple(k for k, _ in Counter(k for u in self.anggota for k in u.unsur).most_common())


@dataclass(frozen=True, slots=True)
class Ringkas:
    """How many of the remarks that were found have which status, and are about which unsur."""

    jumlah: int
    status: Mapping[StatusSaran, int] = field(default_factory=dict)
    unsur: Mapping[str, int] = field(default_factory=dict)


def dictionary_unsur(survei: Survei) -> dict[str, Unsur]:
    """Return the survey's unsur by the dictionary's name, by what either is called."""
    known = {
        name.casefold(): baku.pendek
        for baku in unsur_baku()
        for name in (baku.nama, baku.pendek, *baku.alias)
    }
    found: dict[str, Unsur] = {}
    for unsur in survei.unsur:
        names = (known.get(name.casefold()) for name in (unsur.nama, *unsur.alias))
        short = next((name for name in names if name), None)
        if short is not None:
            found.setdefault(short, unsur)
    return found


def read_remarks(survei: Survei, remarks: Sequence[Saran]) -> tuple[Ulasan, ...]:
    """Return the remarks with what they are about and whom they are like, in the same order."""
    reader, known = Pembaca(built_in()), dictionary_unsur(survei)
    keys = [plain_key(remark.teks) for remark in remarks]
    often = Counter(keys)
    told = {key: reader.content(key) for key in sorted(often) if not reader.is_empty(key)}
    leader = group_alike(told, often)
    about = {
        key: tuple(known[name].kode for name in reader.about(key) if name in known) for key in told
    }
    return tuple(
        Ulasan(remark, key, about.get(key, ()), key not in told, leader.get(key, key))
        for remark, key in zip(remarks, keys, strict=True)
    )


def find_remarks(
    ulasan: Iterable[Ulasan], tanggapan: Mapping[int, Tanggapan], cari: Cari
) -> list[Ulasan]:
    """Return the remarks that are looked for; those that say nothing only if their words are."""
    reader = Pembaca(built_in())
    wanted = [(word, reader.stem(word)) for word in plain_key(cari.teks).split()]

    def fits(u: Ulasan) -> bool:
        s = u.saran
        return (
            (bool(wanted) or not u.kosong)
            and all(word in u.kunci or stem in u.kunci for word, stem in wanted)
            and (cari.unsur is None or (cari.unsur in u.unsur if cari.unsur else not u.unsur))
            and cari.layanan in (None, s.layanan)
            and cari.titik in (None, s.titik)
            and cari.kanal in (None, s.kanal)
            and (cari.status is None or status_of(tanggapan, u) is cari.status)
        )

    return [u for u in ulasan if fits(u)]


def status_of(tanggapan: Mapping[int, Tanggapan], ulasan: Ulasan) -> StatusSaran:
    """Return the status of a remark; one that nobody has touched is new."""
    return tanggapan.get(ulasan.saran.id, BARU).status


def summarize(found: Collection[Ulasan], tanggapan: Mapping[int, Tanggapan]) -> Ringkas:
    """Return the remarks by status and by unsur ("" are those of none); a remark about two unsur
    counts at both.
    """
    status = Counter(status_of(tanggapan, u) for u in found)
    unsur = Counter(kode for u in found for kode in (u.unsur or ("",)))
    return Ringkas(len(found), {s: status[s] for s in StatusSaran}, unsur)


def group_found(
    found: Iterable[Ulasan], tanggapan: Mapping[int, Tanggapan], *, mirip: bool = True
) -> list[Kelompok]:
    """Return the remarks in groups of those that say nearly the same and have the same status and
    reply, the largest first, then the newest; without `mirip` each by itself, newest first.
    """
    groups: dict[tuple[object, ...], list[Ulasan]] = defaultdict(list)
    for u in found:
        state = tanggapan.get(u.saran.id, BARU)
        key = (u.pokok, state.status, state.balasan) if mirip else (u.saran.id,)
        groups[key].append(u)
    made = []
    for members in groups.values():
        members.sort(key=lambda u: -u.saran.id)
        same = [u for u in members if u.kunci == members[0].pokok] or members
        shown = max((u.saran.teks for u in same), key=readability)
        state = tanggapan.get(members[0].saran.id, BARU)
        made.append(Kelompok(shown, state, tuple(members)))
    return sorted(made, key=lambda k: (-len(k.anggota), -k.anggota[0].saran.id))


def per_month(
    found: Iterable[Ulasan], survei: Survei, sampai: date | None = None
) -> list[tuple[date, int]]:
    """Return how many remarks were written in each month of the office's calendar: the last twelve
    up to the latest one, or up to the day `sampai`. Those without a day are not among them.
    """
    days = [u.saran.waktu.astimezone(survei.zona).date() for u in found if u.saran.waktu]
    counts = Counter(day.replace(day=1) for day in days if sampai is None or day <= sampai)
    if not counts:
        return []
    at, first, months = max(counts), min(counts), list[date]()
    while at >= first and len(months) < BULAN_TERAKHIR:
        months.append(at)
        at = date(at.year - (at.month == 1), (at.month - 2) % 12 + 1, 1)
    return [(month, counts[month]) for month in reversed(months)]


def unsur_names(survei: Survei) -> dict[str, str]:
    """Return the unsur as they are chosen: those of the survey, and "" for remarks of none."""
    return {u.kode: f"{u.kode} {u.nama}" for u in survei.unsur} | {"": LAINNYA}


def unsur_table(survei: Survei, periode: Periode, ringkas: Ringkas) -> Tabel:
    """Return the remarks by unsur in the survey's order, "Lainnya" last."""
    rows = tuple(
        (name, format_number(ringkas.unsur.get(kode, 0)))
        for kode, name in unsur_names(survei).items()
    )
    note = "Menurut kata yang dipakai; satu saran dapat menyangkut beberapa unsur."
    title = f"Saran menurut unsur, {periode.label}"
    return Tabel(UNSUR, title, (Kolom("Unsur"), Kolom("Saran", angka=True)), rows, (), note)


def remark_tables(store: Store, survei: Survei, periode: Periode) -> dict[str, Tabel]:
    """Return the tables of the page Saran by file name, for downloads."""
    known = store.responses(survei.id)
    found = find_remarks(read_remarks(survei, store.remarks(survei.id, periode)), known, Cari())
    unsur = unsur_table(survei, periode, summarize(found, known))
    return {UNSUR: unsur, DAFTAR: remark_table(survei, periode, found, known)}


def remark_table(
    survei: Survei,
    periode: Periode,
    found: Iterable[Ulasan],
    known: Mapping[int, Tanggapan],
) -> Tabel:
    """Return remarks with what became of each, for a download. Days, no times."""
    names = unsur_names(survei)
    places, services = names_of(survei, Per.TITIK), names_of(survei, Per.LAYANAN)
    rows = []
    for u in found:
        s, state = u.saran, known.get(u.saran.id, BARU)
        rows.append(
            (
                day_text(s.waktu.astimezone(survei.zona).date()) if s.waktu else TANPA,
                services.get(s.layanan or "", TANPA),
                places.get(s.titik or "", TANPA),
                NAMA_KANAL[s.kanal],
                ", ".join(names[kode] for kode in u.unsur) or LAINNYA,
                s.teks,
                NAMA_STATUS[state.status],
                state.balasan,
            )
        )
    kolom = ("Tanggal", "Layanan", "Titik", "Kanal", "Unsur", "Saran", "Status", "Balasan")
    title = f"Saran, {periode.label}"
    return Tabel(DAFTAR, title, tuple(Kolom(k) for k in kolom), tuple(rows))


def reply(
    store: Store, survei_id: str, ids: Collection[int], status: StatusSaran, balasan: str
) -> int:
    """Set status and reply of remarks; return how many there still were.

    The writers read the reply, and perhaps somebody over their shoulder: NIK, phone numbers and
    e-mail addresses are masked in it as in the remarks. Raises as `Store.respond`.
    """
    return store.respond(survei_id, ids, status, mask(balasan.strip()))
