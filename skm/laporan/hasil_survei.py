"""BAB III: who answered, and the figures."""

from __future__ import annotations

from dataclasses import replace

from skm.agregasi import HasilPeriode
from skm.analysis.groups import Per
from skm.analysis.lkip import ikm_line, unsur_form
from skm.analysis.table import Tabel
from skm.analysis.tables import ikm_text, method_notes
from skm.angka import format_number
from skm.laporan.bahan import Bahan, methods_of
from skm.laporan.grafik import group_map, share_chart, unsur_chart
from skm.laporan.kalimat import GOLONGAN, sentence
from skm.laporan.kecil import without_few, without_letters
from skm.laporan.ketelitian import with_certainty
from skm.laporan.lembar import Lembar
from skm.peraturan import tabel_mutu

FEW = 20
"""Up to this many groups a map is drawn; more are told by their table."""


def write_results(bahan: Bahan, lembar: Lembar) -> None:
    """Write BAB III."""
    lembar.bab("BAB III", "Hasil pengolahan data SKM")
    lembar.pasal("3.1", "Jumlah responden SKM")
    _write_respondents(bahan, lembar)
    lembar.pasal("3.2", "Indeks Kepuasan Masyarakat unit pelayanan dan per unsur")
    _write_index(bahan, lembar)
    lembar.pasal("3.3", "Indeks Kepuasan Masyarakat per periode")
    table = bahan.ringkasan.periode
    lembar.tulis(
        f"{lembar.tabel_berikut} memuat IKM setiap triwulan, semester, dan tahun beserta targetnya."
    )
    lembar.tabel(table)
    number = 4
    for per in (Per.LAYANAN, Per.TITIK):
        if len(bahan.groups(per)) > 1:
            lembar.pasal(f"3.{number}", f"Indeks Kepuasan Masyarakat per {GOLONGAN[per]}")
            _write_groups(bahan, lembar, per)
            number += 1


def _write_respondents(bahan: Bahan, lembar: Lembar) -> None:
    people = format_number(bahan.kini.hasil.responden)
    lembar.tulis(f"Responden pada {bahan.periode.label} berjumlah {people} orang.")
    for kode, profil in bahan.profil.items():
        table, parts = _filled(profil.tabel, kode), profil.bagian
        if not table.baris or (kode in tuple(Per) and len(table.baris) < 2):
            continue
        lembar.tabel(table)
        if kode not in tuple(Per) and any(p.jumlah for p in parts):
            label = table.kolom[0].judul.lower()
            lembar.gambar(
                f"Responden menurut {label}",
                share_chart(parts),
                f"Diagram batang jumlah responden menurut {label}.",
            )


def _filled(tabel: Tabel, kode: str) -> Tabel:
    """Return the channels that were used; of layanan and titik those without anybody count too."""
    if kode != Per.KANAL:
        return tabel
    return replace(tabel, baris=tuple(row for row in tabel.baris if row[1] != "0"))


def _write_index(bahan: Bahan, lembar: Lembar) -> None:
    for part in bahan.bagian:
        _write_part(part, lembar)
    result = bahan.kini
    if result.bagian:
        note = result.catatan
        what = f"IKM {bahan.periode.label} adalah {note}" if note.startswith("rata-rata") else note
        lembar.tulis(sentence(what), _arithmetic(result))
        if line := ikm_line(result):
            lembar.tulis(line, gaya="rumus")
        lembar.tabel(_form(result, bahan.periode.kode))
    hasil = result.hasil
    lembar.tulis(
        f"Dengan IKM {ikm_text(hasil.ikm)}, mutu pelayanan {bahan.survei.unit} pada "
        f"{bahan.periode.label} adalah {hasil.mutu} ({hasil.kinerja})."
    )
    lembar.gambar(
        f"IKM per unsur, {bahan.periode.label}",
        unsur_chart(hasil, tabel_mutu(bahan.periode.mulai)),
        f"Diagram batang IKM per unsur, {bahan.periode.label}, dengan batas setiap mutu.",
    )


def _write_part(part: HasilPeriode, lembar: Lembar) -> None:
    label = part.periode.label if part.periode else ""
    people = format_number(part.hasil.responden)
    lembar.tulis(
        f"{lembar.tabel_berikut} memuat nilai rata-rata (NRR) dan IKM per unsur pada {label}, "
        f"dari {people} responden."
    )
    lembar.tabel(_form(part, part.periode.kode if part.periode else ""))
    if line := ikm_line(part):
        lembar.tulis("IKM unit pelayanan adalah jumlah IKM per unsur dibagi jumlah unsur terisi:")
        lembar.tulis(line, gaya="rumus")


def _arithmetic(result: HasilPeriode) -> str:
    return "Perhitungannya sebagai berikut." if ikm_line(result) else ""


def _form(result: HasilPeriode, kode: str) -> Tabel:
    label = result.periode.label if result.periode else ""
    table = unsur_form(result.hasil, f"unsur-{kode}", f"NRR dan IKM per unsur, {label}")
    notes = [n for n in method_notes(result.hasil) if not n.startswith("Jumlah IKM")]
    if len(methods_of(result)) > 1:
        notes[0] = "Metode mengikuti setiap periode yang dirata-ratakan."
    return replace(table, catatan=" ".join(notes))


def _write_groups(bahan: Bahan, lembar: Lembar, per: Per) -> None:
    kekuatan, groups = bahan.kekuatan[per], bahan.groups(per)
    names, what = dict(kekuatan.nama), GOLONGAN[per]
    letters = bahan.survei.publikasi.huruf_mulai
    if per is Per.LAYANAN:
        table = with_certainty(bahan, without_few(kekuatan.sorotan, groups, per, names))
        table = without_letters(table, groups, per, names, letters)
    else:
        table = without_few(kekuatan.peringkat, groups, per, names, kolom=1)
        table = without_letters(table, groups, per, names, letters, kolom=1)
    table = replace(table, judul=f"IKM per {what}, {bahan.periode.label}")
    lembar.tulis(
        f"{lembar.tabel_berikut} memuat IKM setiap {what} yang memiliki responden beserta unsur "
        "terlemahnya."
    )
    lembar.tabel(table, rapat=True)
    if len(groups) <= FEW:
        title = f"Peta IKM {what} dan unsur, {bahan.periode.label}"
        alt = (
            f"Peta angka IKM setiap {what} (baris) dan unsur (kolom). Warna menunjukkan jarak dari "
            "IKM unit pelayanan."
        )
        lembar.gambar(title, group_map(groups, per, names, bahan.kini.hasil), alt)
    else:
        table = without_few(kekuatan.peta, groups, per, names)
        title = f"IKM per {what} dan unsur, {bahan.periode.label}"
        lembar.tabel(replace(table, judul=title), rapat=True)
