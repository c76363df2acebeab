"""Follow-up of weak unsur: what became of a plan, and of the unsur it was made for.

PermenPANRB 14/2017 wants a plan for the weak unsur with kegiatan, waktu and penanggung jawab, and
the next report wants to know what came of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from skm.agregasi import Aturan, compute_period
from skm.analysis.groups import Per, group_results
from skm.analysis.strength import printed_ikm
from skm.analysis.table import Kolom, Tabel
from skm.analysis.tables import TANPA, ikm_text, percent_text
from skm.angka import format_change, format_number
from skm.ikm import IKM_PLACES, Hasil
from skm.penutupan.resmi import Resmi
from skm.periode import Periode
from skm.store import StatusTindak, Store, TindakBaru, TindakLanjut

NAMA_STATUS = {
    StatusTindak.RENCANA: "Rencana",
    StatusTindak.BERJALAN: "Berjalan",
    StatusTindak.SELESAI: "Selesai",
    StatusTindak.BATAL: "Dibatalkan",
}
"""What people call each status."""
KOLOM = (
    "Unsur",
    "Kegiatan",
    "Waktu",
    "Penanggung jawab",
    "Status",
    "Realisasi",
    "Bukti",
    "Hambatan",
    "IKM unsur",
)
"""How a plan's table is headed."""
BELUM_SELESAI = (StatusTindak.RENCANA, StatusTindak.BERJALAN)


@dataclass(frozen=True, slots=True)
class Kemajuan:
    """A follow-up beside the printed IKM of its unsur: when it was planned, and one period later.

    `unsur` and `layanan` are names; with a layanan both figures are that layanan's. None is a
    period without a figure.
    """

    tindak: TindakLanjut
    unsur: str
    layanan: str | None
    berikut: Periode
    sebelum: Decimal | None
    sesudah: Decimal | None

    @property
    def perubahan(self) -> Decimal | None:
        """Return the difference of the two printed figures."""
        if self.sebelum is None or self.sesudah is None:
            return None
        return self.sesudah - self.sebelum


def following(periode: Periode, aturan: Aturan) -> Periode:
    """Return the period to compare with: the next one, or the directly measured one around it."""
    after = periode.next
    return next((d for d in aturan.dinilai_langsung if d.contains(after)), after)


def progress(resmi: Resmi, periode: Periode) -> tuple[Kemajuan, ...]:
    """Return what became of the plan of a period, the weakest unsur first."""
    plan = resmi.store.follow_ups(resmi.survei.id, periode)
    return _weakest_first(resmi, periode, _progress(resmi, periode, plan))


def plans(resmi: Resmi, periode: Periode) -> tuple[Kemajuan, ...]:
    """Return what became of the plans of a period and of all inside it, the weakest unsur first.

    A plan that was carried over is told once, as it stands last. Each figure is of the period that
    its plan was made for.
    """
    known = resmi.store.follow_ups(resmi.survei.id)
    by_period: dict[Periode, list[TindakLanjut]] = {}
    for row in latest_copies(row for row in known if periode.contains(row.isi.periode)):
        by_period.setdefault(row.isi.periode, []).append(row)
    found = [k for own, plan in by_period.items() for k in _progress(resmi, own, plan)]
    return _weakest_first(resmi, periode, found)


def latest_copies(rows: Iterable[TindakLanjut]) -> tuple[TindakLanjut, ...]:
    """Return the rows without those that a later period has again, by unsur, layanan and kegiatan.

    Of periods that end together the longer one counts as the later. The order stays.
    """
    found = tuple(rows)
    last: dict[tuple[str, str | None, str], Periode] = {}
    for row in sorted(found, key=lambda r: (r.isi.periode.selesai, r.isi.periode.jenis.value)):
        last[_same(row.isi)] = row.isi.periode
    return tuple(row for row in found if last[_same(row.isi)] == row.isi.periode)


def _progress(resmi: Resmi, periode: Periode, plan: Sequence[TindakLanjut]) -> list[Kemajuan]:
    """Return the rows of one period's plan with their figures, in the same order."""
    if not plan:
        return []
    survei, berikut = resmi.survei_of(periode), following(periode, resmi.aturan)
    names = {u.kode: u.nama for u in survei.unsur}
    services = {item.kode: item.nama for item in survei.layanan}
    before, after = _figures(resmi, periode, plan), _figures(resmi, berikut, plan)
    return [
        Kemajuan(
            tindak=row,
            unsur=names.get(row.isi.unsur, row.isi.unsur),
            layanan=services.get(row.isi.layanan, row.isi.layanan) if row.isi.layanan else None,
            berikut=berikut,
            sebelum=before.get((row.isi.layanan, row.isi.unsur)),
            sesudah=after.get((row.isi.layanan, row.isi.unsur)),
        )
        for row in plan
    ]


def _weakest_first(
    resmi: Resmi, periode: Periode, rows: Sequence[Kemajuan]
) -> tuple[Kemajuan, ...]:
    """Return the rows by the unit's IKM of their unsur in a period."""
    if not rows:
        return ()
    unit = _figures(resmi, periode, ())

    def place(row: Kemajuan) -> tuple[Decimal, str, int]:
        kode = row.tindak.isi.unsur
        return unit.get((None, kode), Decimal("Infinity")), kode, row.tindak.id

    return tuple(sorted(rows, key=place))


def _figures(
    resmi: Resmi, periode: Periode, plan: Sequence[TindakLanjut]
) -> dict[tuple[str | None, str], Decimal]:
    """Return the printed IKM by layanan (None is the unit) and unsur."""
    found = _by_unsur(None, compute_period(resmi.cells(periode), periode, resmi.aturan).hasil)
    if any(row.isi.layanan for row in plan):
        cells = resmi.cells(periode, (Per.LAYANAN.value,))
        for group in group_results(cells, resmi.aturan, periode, (Per.LAYANAN,)):
            if (layanan := group.kode(Per.LAYANAN)) is not None:
                found |= _by_unsur(layanan, group.hasil.hasil)
    return found


def _by_unsur(layanan: str | None, hasil: Hasil) -> dict[tuple[str | None, str], Decimal]:
    return {(layanan, u.kode): printed_ikm(u) for u in hasil.terisi}


def change_text(row: Kemajuan) -> str:
    """Return both figures as printed: "90,35 → 91,20 (+0,85)", or what is still missing."""
    if row.sebelum is None:
        return TANPA
    if row.perubahan is None:
        return f"{ikm_text(row.sebelum)} ({row.berikut.label} belum memiliki nilai)"
    change = format_change(row.perubahan, IKM_PLACES)
    return f"{ikm_text(row.sebelum)} → {ikm_text(row.sesudah)} ({change})"


def realised(rows: Sequence[Kemajuan]) -> Fraction | None:
    """Return how many percent of a plan are finished; what was called off is no part of it."""
    kept = [row for row in rows if row.tindak.isi.status is not StatusTindak.BATAL]
    done = sum(row.tindak.isi.status is StatusTindak.SELESAI for row in kept)
    return Fraction(done * 100, len(kept)) if kept else None


def realised_text(rows: Sequence[Kemajuan]) -> str:
    """Return the sentence about it: "Terealisasi 50,00%: 1 dari 2 kegiatan selesai."."""
    percent = realised(rows)
    if percent is None:
        return "Semua kegiatan dibatalkan." if rows else ""
    off = sum(row.tindak.isi.status is StatusTindak.BATAL for row in rows)
    done = sum(row.tindak.isi.status is StatusTindak.SELESAI for row in rows)
    text = f"Terealisasi {percent_text(percent)}: {format_number(done)} dari "
    text += f"{format_number(len(rows) - off)} kegiatan selesai"
    return text + (f"; {format_number(off)} yang dibatalkan tidak dihitung." if off else ".")


def progress_table(periode: Periode, rows: Sequence[Kemajuan]) -> Tabel:
    """Return a plan with what came of it, and the IKM of its unsur then and one period later."""
    cells = tuple(
        (
            " · ".join(filter(None, (f"{row.tindak.isi.unsur} {row.unsur}", row.layanan))),
            row.tindak.isi.kegiatan,
            row.tindak.isi.waktu or TANPA,
            row.tindak.isi.penanggung_jawab or TANPA,
            NAMA_STATUS[row.tindak.isi.status],
            row.tindak.isi.realisasi or TANPA,
            row.tindak.isi.bukti or TANPA,
            row.tindak.isi.hambatan or TANPA,
            change_text(row),
        )
        for row in rows
    )
    note = realised_text(rows)
    if rows:
        note += f" IKM unsur: {periode.label} → {rows[0].berikut.label}."
    title = f"Tindak lanjut {periode.label}"
    return Tabel("tindak-lanjut", title, tuple(map(Kolom, KOLOM)), cells, catatan=note)


def carry_over(store: Store, resmi: Resmi, dari: Periode, ke: Periode) -> int:
    """Copy what is not finished of a plan into another period; return how many were copied.

    A row that is there already, by unsur, layanan and kegiatan, is passed over, and so is one whose
    unsur or layanan has left the survey. All are copied or none. Raises as `Store.add_follow_ups`.
    """
    survei_id = resmi.survei.id
    unsur = {u.kode for u in resmi.survei.unsur}
    layanan = {None, *resmi.survei.layanan_by_kode()}
    present = {_same(row.isi) for row in store.follow_ups(survei_id, ke)}
    wanted = [
        replace(row.isi, periode=ke)
        for row in store.follow_ups(survei_id, dari)
        if row.isi.status in BELUM_SELESAI
        and _same(row.isi) not in present
        and row.isi.unsur in unsur
        and row.isi.layanan in layanan
    ]
    if wanted:
        store.add_follow_ups(survei_id, wanted)
    return len(wanted)


def _same(isi: TindakBaru) -> tuple[str, str | None, str]:
    return isi.unsur, isi.layanan, isi.kegiatan
