"""BAB V with the place to sign, and the appendices that let anybody recompute."""

from __future__ import annotations

from skm.analysis.groups import Per
from skm.analysis.lkip import grade_form, ikm_line, processing_form
from skm.analysis.table import Kolom, Tabel
from skm.analysis.tables import ikm_text
from skm.angka import format_number
from skm.jawaban import KOSONG
from skm.laporan.bahan import Bahan, methods_of
from skm.laporan.kalimat import (
    change_sentences,
    extreme_sentences,
    join_words,
    target_sentence,
)
from skm.laporan.lembar import Lembar
from skm.laporan.pendahuluan import own_text
from skm.laporan.telaah import write_review
from skm.metode import Metode
from skm.penutupan.tutup import describe_addendum
from skm.peraturan import tabel_mutu
from skm.report.dokumen import TandaTangan
from skm.survei import Kuesioner
from skm.tanggal import moment_text

ROWS = 150
"""Up to this many answers the processing sheet lists each one; more stand in the workbook."""
GARIS = "……………………, ……………………………"


def write_conclusion(bahan: Bahan, lembar: Lembar) -> None:
    """Write BAB V."""
    hasil, unit = bahan.kini.hasil, bahan.survei.unit
    kekuatan = bahan.kekuatan[Per.LAYANAN]
    lembar.bab("BAB V", "Kesimpulan")
    lembar.tulis("Dari hasil survei ini dapat disimpulkan hal-hal berikut.")
    lembar.daftar(
        [
            f"IKM {unit} pada {bahan.periode.label} adalah {ikm_text(hasil.ikm)}, mutu "
            f"{hasil.mutu} ({hasil.kinerja}).",
            *extreme_sentences(kekuatan.terkuat, kekuatan.terlemah, hasil.unsur_terisi),
            " ".join(change_sentences(bahan.ringkasan.perubahan, bahan.beda)),
            target_sentence(bahan.ringkasan.capaian, bahan.periode),
            _next_step(bahan),
        ],
        bernomor=True,
    )
    lembar.paragraf(own_text(bahan, "kesimpulan"))
    lembar.tanda_tangan(_signature(bahan))


def _next_step(bahan: Bahan) -> str:
    if bahan.rencana:
        names = list(dict.fromkeys(f"{k.tindak.isi.unsur} {k.unsur}" for k in bahan.rencana))
        return f"Perbaikan akan dilaksanakan pada {join_words(names)}, sesuai rencana pada BAB IV."
    weak = [f"{u.kode} {u.nama}" for u in bahan.kekuatan[Per.LAYANAN].terlemah.unsur]
    if weak:
        return f"Unsur yang perlu diprioritaskan untuk diperbaiki adalah {join_words(weak)}."
    return "Semua unsur perlu dipertahankan."


def _signature(bahan: Bahan) -> TandaTangan:
    """Return the four lines that the office typed; what it left out is a line to write on."""
    lines = [line.strip() for line in bahan.teks.get("penandatangan", "").splitlines()]
    place, office, name, number = (lines + [""] * 4)[:4]
    return TandaTangan(place or GARIS, office or f"Kepala {bahan.survei.unit}", name, number)


def write_appendices(bahan: Bahan, lembar: Lembar) -> None:
    """Write the questionnaire, the processing sheet, and the method with the check code."""
    lembar.bab("Lampiran 1", "Kuesioner")
    for versi, questions in bahan.kumpulan.kuesioner.items():
        lembar.tabel(question_table(bahan, versi, questions), lebar=(1, 4, 7, 5), rapat=True)
    lembar.bab("Lampiran 2", "Hasil pengolahan data")
    _write_processing(bahan, lembar)
    lembar.bab("Lampiran 3", "Metode, pembulatan, dan kode periksa")
    _write_method(bahan, lembar)
    write_review(bahan, lembar)


def question_table(bahan: Bahan, versi: str, kuesioner: Kuesioner) -> Tabel:
    """Return the questions in order, with the unsur that each one measures."""
    codes = {u.nama: u.kode for u in bahan.survei.unsur}
    rows = tuple(
        (
            str(number),
            f"{codes.get(q.unsur, '')} {q.unsur}".strip(),
            q.teks,
            "; ".join(f"{o.nilai} = {o.teks}" for o in sorted(q.pilihan, key=lambda o: o.nilai)),
        )
        for number, q in enumerate(kuesioner.pertanyaan, start=1)
    )
    kolom = (Kolom("No", angka=True), Kolom("Unsur"), Kolom("Pertanyaan"), Kolom("Pilihan"))
    return Tabel(f"kuesioner-{versi}", f"Kuesioner versi {versi}", kolom, rows)


def _write_processing(bahan: Bahan, lembar: Lembar) -> None:
    for part in bahan.bagian:
        label = part.periode.label if part.periode else ""
        kode = part.periode.kode if part.periode else ""
        title = f"Pengolahan data survei per unsur, {label}"
        lembar.tabel(processing_form(part.hasil, f"olah-{kode}", title))
    rows = bahan.kumpulan.baris
    if len(rows) <= ROWS and len(bahan.kumpulan.kuesioner) == 1:
        lembar.tabel(_answer_table(bahan), rapat=True)
    else:
        lembar.tulis(
            f"Nilai setiap responden ({format_number(len(rows))} baris, tanpa identitas) ada pada "
            "lembar “Jawaban” buku kerja olah data yang menyertai laporan ini, lengkap dengan "
            "rumus dari jawaban sampai dengan IKM."
        )


def _answer_table(bahan: Bahan) -> Tabel:
    """Return each answer's values, in an order that says nothing about who came when."""
    (questions,) = bahan.kumpulan.kuesioner.values()
    codes = {u.nama: u.kode for u in bahan.survei.unsur}
    heads = [codes.get(q.unsur, q.unsur) for q in questions.pertanyaan]
    rows = tuple(
        (str(number), *("" if mark == KOSONG else mark for mark in row.nilai))
        for number, row in enumerate(bahan.kumpulan.baris, start=1)
    )
    kolom = (Kolom("No", angka=True), *(Kolom(h, angka=True) for h in heads))
    title = "Nilai setiap responden, diurutkan menurut isinya"
    return Tabel("nilai-responden", title, kolom, rows)


def _write_method(bahan: Bahan, lembar: Lembar) -> None:
    lembar.tulis(
        "NRR setiap unsur adalah jumlah nilai dibagi jumlah responden yang mengisi unsur itu. NRR "
        "dikalikan bobot menjadi NRR tertimbang; jumlahnya dikalikan 25 menjadi IKM pada skala 25 "
        "sampai dengan 100 (PermenPANRB 14/2017, BAB V)."
    )
    found = methods_of(bahan.kini)
    for label, parts in found.items():
        names = join_words([p.periode.label for p in parts if p.periode])
        which = f" untuk {names}" if len(found) > 1 else ""
        method = parts[0].hasil.metode
        lembar.tulis(f"Metode yang dipakai{which} adalah {label}.", rounding_sentence(method))
    if line := ikm_line(bahan.kini):
        lembar.tulis(line, gaya="rumus")
    lembar.tabel(grade_form(tabel_mutu(bahan.periode.mulai), "Nilai interval dan mutu pelayanan"))
    _write_check_code(bahan, lembar)


def rounding_sentence(metode: Metode) -> str:
    """Return which figures are rounded, and to how many decimals."""
    stages = {
        "NRR": metode.nrr,
        "NRR tertimbang": metode.tertimbang,
        "IKM per unsur": metode.ikm_unsur,
        "jumlah NRR tertimbang": metode.indeks,
    }
    kept = [f"{name} {places} desimal" for name, places in stages.items() if places is not None]
    if not kept:
        return "Pembulatan hanya dilakukan satu kali, pada angka yang dicetak, setengah ke atas."
    return f"Pembulatan setengah ke atas dilakukan pada {join_words(kept)}, lalu IKM 2 desimal."


def _write_check_code(bahan: Bahan, lembar: Lembar) -> None:
    closed, survei = bahan.tutupan, bahan.survei
    if closed is None:
        lembar.tulis(
            "Periode ini belum ditutup, sehingga laporan ini berstatus draf dan belum memiliki "
            "kode periksa."
        )
        return
    moment = moment_text(closed.batas, survei.zona, survei.zona_waktu)
    together = "" if bahan.sendiri else f" bersama {closed.periode.label}"
    lembar.tulis(
        f"Angka pada laporan ini dibekukan{together} pada {moment}. Kode periksa (SHA-256) "
        f"arsip {closed.periode.label}:"
    )
    lembar.tulis(closed.sha256, gaya="rumus")
    lembar.tulis(
        "Siapa pun yang memegang arsip itu dapat menghitung ulang semua angkanya dan membandingkan "
        "kode periksa tersebut."
    )
    if bahan.tambahan is not None:
        lembar.tulis(describe_addendum(bahan.tambahan, closed.periode))
