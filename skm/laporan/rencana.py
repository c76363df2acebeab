"""The plan for weak unsur, and what became of the last one (PermenPANRB 14/2017, hlm. 24)."""

from __future__ import annotations

from skm.analysis.groups import Per
from skm.analysis.suppress import hidden_groups
from skm.analysis.table import Kolom, Tabel
from skm.analysis.tables import TANPA
from skm.analysis.trend import before
from skm.laporan.bahan import Bahan
from skm.laporan.lembar import Lembar
from skm.store import StatusTindak
from skm.tindak import NAMA_STATUS, Kemajuan, change_text, realised_text


def plan_table(bahan: Bahan) -> Tabel:
    """Return the plan in the regulation's columns."""
    rows = tuple(
        (
            str(number),
            priority(item),
            item.tindak.isi.kegiatan,
            item.tindak.isi.waktu or TANPA,
            item.tindak.isi.penanggung_jawab or TANPA,
        )
        for number, item in enumerate(bahan.rencana, start=1)
    )
    kolom = (
        Kolom("No", angka=True),
        Kolom("Prioritas unsur"),
        Kolom("Program/kegiatan"),
        Kolom("Waktu"),
        Kolom("Penanggung jawab"),
    )
    title = f"Rencana tindak lanjut perbaikan SKM, {bahan.periode.label}"
    return Tabel("rencana", title, kolom, rows)


def priority(item: Kemajuan) -> str:
    """Return which unsur, and of which layanan, a plan is for."""
    unsur = f"{item.tindak.isi.unsur} {item.unsur}"
    return f"{unsur} ({item.layanan})" if item.layanan else unsur


def write_previous(bahan: Bahan, lembar: Lembar) -> None:
    """Write what came of the plan of the period before."""
    label = before(bahan.periode, bahan.resmi.aturan).label
    lembar.tulis(
        f"{lembar.tabel_berikut} memuat pelaksanaan rencana tindak lanjut {label} dan nilai "
        "unsurnya sebelum dan sesudah.",
        realised_text(bahan.tindak_lalu),
    )
    lembar.tabel(previous_table(bahan), rapat=True)


def previous_table(bahan: Bahan) -> Tabel:
    """Return the last plan: carried out or not, evidence, obstacles, and what its unsur did."""
    rows = tuple(
        (
            str(number),
            f"{priority(item)}: {item.tindak.isi.kegiatan}",
            _done(item),
            item.tindak.isi.realisasi or TANPA,
            item.tindak.isi.bukti or TANPA,
            item.tindak.isi.hambatan or TANPA,
            _change(bahan, item),
        )
        for number, item in enumerate(bahan.tindak_lalu, start=1)
    )
    kolom = (
        Kolom("No", angka=True),
        Kolom("Rencana tindak lanjut"),
        Kolom("Ditindaklanjuti"),
        Kolom("Deskripsi"),
        Kolom("Dokumentasi"),
        Kolom("Hambatan"),
        Kolom("IKM unsur"),
    )
    label = before(bahan.periode, bahan.resmi.aturan).label
    return Tabel("tindak-lalu", f"Tindak lanjut rencana {label}", kolom, rows)


def _change(bahan: Bahan, item: Kemajuan) -> str:
    """Return what the unsur did; a dash for a layanan whose figures documents do not show."""
    layanan = item.tindak.isi.layanan
    for periode in (item.tindak.isi.periode, item.berikut):
        counts = bahan.resmi.group_counts(periode, Per.LAYANAN.value)
        hidden = hidden_groups([{kode or "": n for kode, n in counts.items()}])
        if layanan is not None and layanan in hidden:
            return TANPA
    return change_text(item)


def _done(item: Kemajuan) -> str:
    status = item.tindak.isi.status
    return "Sudah" if status is StatusTindak.SELESAI else f"Belum ({NAMA_STATUS[status].lower()})"
