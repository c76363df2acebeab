"""BAB IV: what is strong, what is weak, how sure that is, and what will be done."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from skm.analysis.groups import Per
from skm.analysis.kata_telaah import chosen_sentence, trend_sentence, weighted_sentences
from skm.analysis.saran import LAINNYA, group_remarks
from skm.analysis.table import Kolom, Tabel
from skm.angka import format_number
from skm.hasil import names_of
from skm.laporan.bahan import Bahan
from skm.laporan.grafik import line_chart
from skm.laporan.kalimat import (
    certainty_sentences,
    change_sentences,
    extreme_sentences,
    group_sentence,
    join_words,
    target_sentence,
)
from skm.laporan.kecil import hidden_codes, without_few, without_letters
from skm.laporan.ketelitian import change_table
from skm.laporan.lembar import Lembar
from skm.laporan.pendahuluan import own_text
from skm.laporan.rencana import plan_table, write_previous
from skm.laporan.telaah import write_groups, write_importance, write_questionnaire
from skm.peraturan import tabel_mutu
from skm.saran import NAMA_STATUS, dictionary_unsur
from skm.store import StatusSaran

_PICTURES = frozenset({"So", "Sk", "Mn", "Cf", "Co", "Cn"})
"""Unicode categories of emoji, their skin tones and joiners, and of what has no letter at all."""


def write_analysis(bahan: Bahan, lembar: Lembar) -> None:
    """Write BAB IV; a section without anything to say is left out, the numbers close up."""
    lembar.bab("BAB IV", "Analisis hasil SKM")
    sections = [
        ("Kekuatan dan kelemahan unsur pelayanan", _write_strengths),
        ("Tren nilai SKM", _write_trend),
        ("Kepastian angka", _write_certainty),
    ]
    if len(bahan.groups(Per.KANAL)) > 1:
        sections.append(("Perbedaan menurut kanal", _write_channels))
    sections += [
        ("Perbedaan antarkelompok responden", write_groups),
        ("Mutu kuesioner", write_questionnaire),
        ("Saran responden", _write_remarks),
        ("Rencana tindak lanjut", _write_plan),
    ]
    if bahan.tindak_lalu:
        sections.append(("Tindak lanjut periode sebelumnya", write_previous))
    for number, (title, write) in enumerate(sections, start=1):
        lembar.pasal(f"4.{number}", title)
        write(bahan, lembar)


def _write_strengths(bahan: Bahan, lembar: Lembar) -> None:
    kekuatan = bahan.kekuatan[Per.LAYANAN]
    filled = kekuatan.kini.hasil.unsur_terisi
    *first, last = extreme_sentences(kekuatan.terkuat, kekuatan.terlemah, filled)
    lembar.paragraf(first)
    lembar.tulis(last, _priority(bahan))
    write_importance(bahan, lembar)
    lembar.paragraf(own_text(bahan, "analisis"))
    groups = bahan.groups(Per.LAYANAN)
    if len(groups) > 1:
        hidden = hidden_codes(groups, Per.LAYANAN)
        letters = bahan.survei.publikasi.huruf_mulai
        lembar.tulis("Menurut jenis layanan:")
        lembar.daftar(
            group_sentence(g, kekuatan.nama.get(kode, kode), letters, tersembunyi=kode in hidden)
            for g in groups
            if (kode := g.kode(Per.LAYANAN)) is not None
        )


def _priority(bahan: Bahan) -> str:
    weak = bahan.kekuatan[Per.LAYANAN].terlemah.unsur
    if not weak or bahan.kini.hasil.unsur_terisi == 1:
        return ""
    names = join_words([u.nama for u in weak])
    return f"Prioritas perbaikan ditetapkan mulai dari unsur terendah, yaitu {names}."


def _write_trend(bahan: Bahan, lembar: Lembar) -> None:
    summary, periode = bahan.ringkasan, bahan.periode
    lembar.tulis(*change_sentences(summary.perubahan, bahan.beda))
    moves = change_table(bahan)
    if moves.baris:
        lembar.tulis(f"{lembar.tabel_berikut} memuat perubahan setiap unsur.")
        lembar.tabel(moves)
    lembar.tulis(trend_sentence(bahan.pasti.tren, bahan.pasti.periode_tren))
    lembar.tulis(target_sentence(summary.capaian, periode))
    years = bahan.tahunan
    found = years if len(years) > 1 else summary.realisasi
    if len(years) > 1:
        lembar.tulis(f"{lembar.tabel_berikut} membandingkan nilai antartahun.")
        lembar.tabel(summary.perbandingan)
    else:
        lembar.tulis(
            "Nilai tahun-tahun sebelumnya belum dicatat, sehingga perbandingan dengan dua tahun "
            "sebelumnya belum dapat disajikan."
        )
    if len(found) > 1:
        lembar.gambar(
            "Perkembangan IKM dan target",
            line_chart(found),
            "Diagram garis IKM per periode dengan targetnya. Titik kosong adalah angka terbit.",
        )


def _write_certainty(bahan: Bahan, lembar: Lembar) -> None:
    table = tabel_mutu(bahan.periode.mulai)
    mutu = bahan.kini.hasil.mutu or ""
    lembar.tulis(*certainty_sentences(bahan.kepastian, bahan.alasan, table, mutu))
    lembar.tulis(chosen_sentence(bahan.pasti.sendiri))
    names = names_of(bahan.survei, Per.LAYANAN)
    if len(names) > 1:
        lembar.tulis(*weighted_sentences(bahan.pasti.tertimbang, names, table))


def _write_channels(bahan: Bahan, lembar: Lembar) -> None:
    kekuatan, groups = bahan.kekuatan[Per.KANAL], bahan.groups(Per.KANAL)
    lembar.tulis(
        f"Cara mengisi dapat memengaruhi jawaban. {lembar.tabel_berikut} memuat IKM menurut kanal; "
        "angka per kanal bukan angka resmi unit pelayanan."
    )
    names, letters = dict(kekuatan.nama), bahan.survei.publikasi.huruf_mulai
    table = without_few(kekuatan.sorotan, groups, Per.KANAL, names)
    lembar.tabel(without_letters(table, groups, Per.KANAL, names, letters))


def _write_remarks(bahan: Bahan, lembar: Lembar) -> None:
    remarks = bahan.kumpulan.saran
    if bahan.kumpulan.saran_dihapus:
        lembar.tulis("Saran responden periode ini telah dihapus karena melewati masa simpannya.")
        return
    if not remarks:
        lembar.tulis("Tidak ada saran yang ditulis responden pada periode ini.")
        return
    table = remark_table(bahan)
    if not table.baris:
        lembar.tulis("Saran yang ditulis responden pada periode ini tidak memuat masukan.")
        return
    lembar.tulis(
        f"Sebanyak {format_number(len(remarks))} responden menulis saran. "
        f"{lembar.tabel_berikut} mengelompokkannya menurut unsur berdasarkan kata yang dipakai; "
        "satu saran dapat menyangkut beberapa unsur."
    )
    lembar.tabel(table, lebar=(3, 1, 6), rapat=True)
    lembar.tulis(response_sentence(bahan.tanggapan_saran))


def remark_table(bahan: Bahan) -> Tabel:
    """Return the remarks by unsur with the most frequent ones."""
    names = {short: unsur.nama for short, unsur in dictionary_unsur(bahan.survei).items()}
    groups = group_remarks((r.teks for r in bahan.kumpulan.saran), names)
    rows = tuple(
        (g.unsur, format_number(g.jumlah), "; ".join(_quoted(*example) for example in g.contoh))
        for g in groups
    )
    kolom = (Kolom("Unsur"), Kolom("Saran", angka=True), Kolom("Yang paling sering ditulis"))
    title = f"Saran responden menurut unsur, {bahan.periode.label}"
    note = f"“{LAINNYA}” adalah saran yang tidak menyangkut satu unsur tertentu."
    return Tabel("saran", title, kolom, rows, catatan=note)


def response_sentence(jumlah: Mapping[StatusSaran, int]) -> str:
    """Return how far the office has come with the remarks; "" before it has begun."""
    touched = [(s, n) for s, n in jumlah.items() if n and s is not StatusSaran.BARU]
    if not touched:
        return ""
    parts = join_words([f"{format_number(n)} {NAMA_STATUS[s].lower()}" for s, n in touched])
    return (
        f"Sampai laporan ini disusun, {parts}; {format_number(jumlah.get(StatusSaran.BARU, 0))} "
        "saran belum dibahas."
    )


def _quoted(text: str, times: int) -> str:
    """Return a remark in quotation marks, without emoji: the fonts of print have none."""
    text = "".join(c for c in text if unicodedata.category(c) not in _PICTURES).strip()
    return f"“{text}” ({format_number(times)})" if times > 1 else f"“{text}”"


def _write_plan(bahan: Bahan, lembar: Lembar) -> None:
    if not bahan.rencana:
        weak = bahan.kekuatan[Per.LAYANAN].terlemah.unsur
        which = f" untuk {join_words([f'{u.kode} {u.nama}' for u in weak])}" if weak else ""
        lembar.tulis(f"Rencana tindak lanjut{which} belum ditetapkan.")
        return
    lembar.tulis(
        f"{lembar.tabel_berikut} memuat rencana tindak lanjut, dimulai dari unsur dengan nilai "
        "terendah (PermenPANRB 14/2017, hlm. 24)."
    )
    lembar.tabel(plan_table(bahan))
