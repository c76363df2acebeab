"""Ringkasan eksekutif, BAB I and BAB II: what was done, and whom it asked."""

from __future__ import annotations

from skm.analysis.groups import Per
from skm.analysis.lkip import ikm_line
from skm.analysis.table import Kolom, Tabel
from skm.analysis.tables import TANPA, ikm_text
from skm.angka import format_number
from skm.hasil import names_of
from skm.jawaban import NAMA_KANAL
from skm.laporan.bagian import default_text, paragraphs, parts
from skm.laporan.bahan import Bahan
from skm.laporan.kalimat import (
    change_sentences,
    count_word,
    extreme_sentences,
    join_words,
    sentence,
    target_sentence,
)
from skm.laporan.lembar import Lembar
from skm.pengumpulan import collection_shape, marked_effect, shape_sentence
from skm.penutupan.arsip import Jumlah
from skm.peraturan.sampel import needed_sample
from skm.tanggal import day_text, moment_text

DASAR = (
    "Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik",
    "Peraturan Pemerintah Nomor 96 Tahun 2012 tentang Pelaksanaan Undang-Undang Nomor 25 Tahun "
    "2009 tentang Pelayanan Publik",
    "Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi Nomor 14 Tahun 2017 "
    "tentang Pedoman Penyusunan Survei Kepuasan Masyarakat Unit Penyelenggara Pelayanan Publik",
)


def own_text(bahan: Bahan, kode: str) -> tuple[str, ...]:
    """Return the paragraphs of a part: the office's own, else ours."""
    text = bahan.teks.get(kode) or default_text(parts()[kode], bahan.survei, bahan.periode)
    return paragraphs(text)


def write_summary(bahan: Bahan, lembar: Lembar) -> None:
    """Write the ringkasan eksekutif: one page that says it all."""
    hasil, periode = bahan.kini.hasil, bahan.periode
    lembar.bab("", "Ringkasan eksekutif")
    lembar.tulis(
        f"Survei Kepuasan Masyarakat (SKM) pada {bahan.survei.unit} untuk {periode.label} "
        f"menghasilkan Indeks Kepuasan Masyarakat (IKM) {ikm_text(hasil.ikm)} dengan mutu "
        f"pelayanan {hasil.mutu} ({hasil.kinerja}).",
        _how(bahan),
    )
    lembar.tulis(*_who(bahan))
    kekuatan = bahan.kekuatan[Per.LAYANAN]
    lembar.tulis(
        *extreme_sentences(kekuatan.terkuat, kekuatan.terlemah, kekuatan.kini.hasil.unsur_terisi)
    )
    lembar.tulis(*change_sentences(bahan.ringkasan.perubahan, bahan.beda))
    lembar.tulis(target_sentence(bahan.ringkasan.capaian, periode))
    lembar.tulis(_plan(bahan))


def _how(bahan: Bahan) -> str:
    line = ikm_line(bahan.kini)
    note = bahan.kini.catatan
    if not note:
        return ""
    text = sentence(f"nilai itu adalah {note}" if note.startswith("rata-rata") else note)
    return f"{text} Perhitungannya: {line}." if line else text


def _who(bahan: Bahan) -> list[str]:
    hasil = bahan.kini.hasil
    groups = {
        per: sum(g.kode(per) is not None for g in bahan.groups(per))
        for per in (Per.LAYANAN, Per.TITIK)
    }
    survei = bahan.survei
    where = []
    if len(survei.layanan) > 1:
        where.append(f"{count_word(groups[Per.LAYANAN])} jenis layanan")
    if len(survei.titik) > 1:
        where.append(f"{count_word(groups[Per.TITIK])} titik layanan")
    place = f" pada {' dan '.join(where)}" if where else ""
    asked = f"{count_word(hasil.unsur_terisi)} unsur pelayanan"
    return [
        f"Nilai tersebut dihitung dari jawaban {format_number(hasil.responden)} responden{place} "
        f"atas {asked}."
    ]


def _plan(bahan: Bahan) -> str:
    if not bahan.rencana:
        return "Rencana tindak lanjut atas unsur terlemah belum ditetapkan."
    count = count_word(len(bahan.rencana))
    names = join_words(
        list(dict.fromkeys(f"{k.tindak.isi.unsur} {k.unsur}" for k in bahan.rencana))
    )
    return f"Rencana tindak lanjut memuat {count} kegiatan untuk memperbaiki {names}."


def write_introduction(bahan: Bahan, lembar: Lembar) -> None:
    """Write BAB I."""
    lembar.bab("BAB I", "Pendahuluan")
    lembar.pasal("1.1", "Latar belakang")
    lembar.paragraf(own_text(bahan, "latar-belakang"))
    lembar.pasal("1.2", "Dasar pelaksanaan survei kepuasan masyarakat")
    own = [line.strip() for line in bahan.teks.get("dasar", "").splitlines() if line.strip()]
    *before, last = (text.rstrip(".;") for text in (*DASAR, *own))
    lembar.daftar([*(f"{text};" for text in before), f"{last}."], bernomor=True)
    lembar.pasal("1.3", "Maksud dan tujuan")
    lembar.paragraf(own_text(bahan, "maksud-tujuan"))


def write_collection(bahan: Bahan, lembar: Lembar) -> None:
    """Write BAB II."""
    lembar.bab("BAB II", "Pengumpulan data SKM")
    lembar.pasal("2.1", "Pelaksana SKM")
    lembar.paragraf(own_text(bahan, "pelaksana"))
    lembar.pasal("2.2", "Metode pengumpulan data")
    _write_method(bahan, lembar)
    lembar.pasal("2.3", "Lokasi pengumpulan data")
    lembar.tulis(_location(bahan))
    lembar.paragraf(own_text(bahan, "lokasi"))
    lembar.pasal("2.4", "Waktu pelaksanaan SKM")
    lembar.tulis(*_time(bahan))
    lembar.paragraf(own_text(bahan, "waktu"))
    lembar.pasal("2.5", "Penentuan jumlah responden")
    _write_sample(bahan, lembar)


def _write_method(bahan: Bahan, lembar: Lembar) -> None:
    questions = len(bahan.survei.kuesioner.pertanyaan)
    lembar.tulis(
        f"Data dikumpulkan dengan kuesioner berisi {count_word(questions)} pertanyaan yang "
        f"mewakili {count_word(len(bahan.survei.unsur))} unsur pelayanan. Setiap pertanyaan "
        "memiliki empat pilihan jawaban bernilai 1 sampai dengan 4; makin tinggi nilainya, makin "
        "baik pelayanan menurut responden. Kuesioner diisi tanpa nama.",
        _channels(bahan),
    )
    lembar.paragraf(own_text(bahan, "metode-pengumpulan"))


def _channels(bahan: Bahan) -> str:
    found = [
        f"{NAMA_KANAL.get(kode, kode)} ({format_number(g.hasil.hasil.responden)})"
        for g in bahan.groups(Per.KANAL)
        if (kode := g.kode(Per.KANAL)) is not None
    ]
    return f"Jawaban masuk melalui kanal berikut: {join_words(found)}." if found else ""


def _location(bahan: Bahan) -> str:
    known = bahan.survei.titik
    if not known:
        return f"Survei dilaksanakan pada {bahan.survei.unit}."
    answered = {g.kode(Per.TITIK) for g in bahan.groups(Per.TITIK)}
    present = sum(t.kode in answered for t in known)
    if len(known) == 1:
        return f"Survei dilaksanakan pada {known[0].nama}."
    text = f"Survei dilaksanakan pada {count_word(len(known))} titik layanan."
    if present == len(known):
        return f"{text} Semua titik layanan memiliki responden."
    silent = count_word(len(known) - present)
    return f"{text} Sebanyak {silent} titik layanan tidak memiliki responden pada periode ini."


def _time(bahan: Bahan) -> list[str]:
    periode, survei = bahan.periode, bahan.survei
    last = periode.selesai
    if bahan.tutupan is not None:  # a period may be closed before it ends
        last = min(last, bahan.tutupan.batas.astimezone(survei.zona).date())
    found = [
        f"Jawaban yang dihitung adalah jawaban yang diberikan pada {day_text(periode.mulai)} "
        f"sampai dengan {day_text(last)}, menurut waktu {survei.zona_waktu}."
    ]
    closed = bahan.tutupan
    if closed is None:
        found.append("Periode ini belum ditutup; angka pada laporan ini masih dapat berubah.")
    else:
        moment = moment_text(closed.batas, survei.zona, survei.zona_waktu)
        together = "" if bahan.sendiri else f" bersama {closed.periode.label}"
        found.append(f"Data dibekukan{together} pada {moment}.")
    return found


def _write_sample(bahan: Bahan, lembar: Lembar) -> None:
    amounts = bahan.kumpulan.jumlah
    if amounts is not None:
        lembar.tulis(
            *_amounts(amounts, bahan.kini.tak_terbagi),
            _without_marked(bahan) if amounts.ditandai else "",
        )
    lembar.tulis(_shape(bahan))
    table = sample_table(bahan)
    if table.baris:
        lembar.tulis(
            f"{lembar.tabel_berikut} membandingkan jumlah responden dengan jumlah sampel minimal "
            "menurut tabel Krejcie dan Morgan (PermenPANRB 14/2017, Lampiran II)."
        )
        lembar.tabel(table)
    else:
        lembar.tulis(
            "Jumlah masyarakat yang dilayani pada periode ini belum dicatat, sehingga kecukupan "
            "jumlah responden terhadap sampel minimal belum dapat dinilai."
        )


def _shape(bahan: Bahan) -> str:
    """Return the sentence on how the answers came in."""
    survei = bahan.survei
    moment = bahan.tutupan.batas if bahan.tutupan else bahan.kumpulan.waktu
    hari = moment.astimezone(survei.zona).date()
    kanal = bahan.resmi.group_counts(bahan.periode, Per.KANAL.value)
    store = bahan.resmi.store
    return shape_sentence(collection_shape(store, survei, bahan.periode, hari, kanal))


def _without_marked(bahan: Bahan) -> str:
    """Return what the IKM would be without the marked answers.

    Only while the stored answers are those that the figures are of: an archive holds no marks.
    """
    found = marked_effect(bahan.resmi.store, bahan.survei, bahan.periode)
    official = bahan.kini.hasil
    if found is None or (found[0].ikm, found[0].responden) != (official.ikm, official.responden):
        return ""
    return f"Tanpa jawaban yang ditandai, IKM menjadi {ikm_text(found[1].ikm)}."


def _amounts(jumlah: Jumlah, tak_terbagi: int) -> list[str]:
    """Return how many answers were received and used (PermenPANRB 14/2017, hlm. 13).

    `tak_terbagi` are answers without a triwulan, which a mean of triwulan cannot take in.
    """
    received = f"Jawaban yang diterima berjumlah {format_number(jumlah.diterima)}"
    used = format_number(jumlah.dipakai - tak_terbagi)
    found = [f"{received} dan seluruhnya digunakan dalam perhitungan."]
    if jumlah.dikecualikan or tak_terbagi:
        found = [f"{received}. Sebanyak {used} digunakan dalam perhitungan."]
    if jumlah.dikecualikan:
        found.append(f"{format_number(jumlah.dikecualikan)} dikecualikan dengan alasan tercatat.")
    if tak_terbagi:
        found.append(
            f"{format_number(tak_terbagi)} tidak memiliki triwulan sehingga tidak ikut dihitung, "
            "tetapi tercantum pada tabel responden."
        )
    if jumlah.ditandai:
        found.append(
            f"Dari jawaban yang digunakan, {format_number(jumlah.ditandai)} ditandai tidak biasa "
            "(misalnya diisi terlalu cepat) tetapi tetap dihitung."
        )
    return found


def sample_table(bahan: Bahan) -> Tabel:
    """Return people served, needed sample and respondents per layanan and for the unit."""
    served = bahan.populasi
    names = names_of(bahan.survei, Per.LAYANAN)
    counts = {g.kode(Per.LAYANAN): g.hasil.hasil.responden for g in bahan.groups(Per.LAYANAN)}
    rows = [
        _sample_row(names.get(kode, kode), n, counts.get(kode, 0))
        for kode, n in served.items()
        if kode is not None
    ]
    if (unit := served.get(None)) is not None:
        rows.append(_sample_row("Seluruh unit pelayanan", unit, bahan.kini.hasil.responden))
    words = ("Dilayani", "Sampel minimal", "Responden")
    kolom = (Kolom("Jenis layanan"), *(Kolom(w, angka=True) for w in words), Kolom("Kecukupan"))
    title = f"Populasi, sampel minimal, dan responden, {bahan.periode.label}"
    return Tabel("sampel", title, kolom, tuple(rows))


def _sample_row(nama: str, dilayani: int, responden: int) -> tuple[str, ...]:
    need = needed_sample(dilayani)
    missing = need - responden
    state = "Terpenuhi" if missing <= 0 else f"Kurang {format_number(missing)}"
    numbers = (dilayani, need, responden)
    return (nama, *(format_number(n) for n in numbers), state if dilayani else TANPA)
