"""The sheet "Metode": how the figures come about, in words, and what was asked."""

from __future__ import annotations

from collections.abc import Iterable

from skm.agregasi import Cara, HasilPeriode
from skm.ikm import IKM_PLACES, KONVERSI, NRR_PLACES
from skm.metode import Jalur, Metode, Terbawa
from skm.peraturan import unsur_baku
from skm.report.buku import BukuKerja
from skm.report.xlsx.answer_columns import Letak, slot_label
from skm.report.xlsx.classes import LetakMutu, write_classes
from skm.report.xlsx.formulas import EXACT, ratio
from skm.report.xlsx.periods import period, walk
from skm.report.xlsx.sheet import Lembar

NAMA = "Metode"
WIDTHS = (13.0, 13.0, 13.0, 34.0, 60.0, 20.0, 20.0, 20.0, 20.0)
TEXT_COLUMNS = 5
"""Sentences run across these columns."""

RUMUS = (
    "Lembar Jawaban memuat nilai 1–4 setiap responden. Lembar Hitungan menghitung banyaknya setiap "
    "nilai dengan COUNTIFS. Lembar IKM menyusun NRR, NRR tertimbang, dan IKM dari hitungan itu. "
    "Mengubah satu jawaban mengubah semua angka sesudahnya.",
    "NRR unsur = jumlah nilai : jumlah kuesioner terisi; jawaban kosong tidak ikut membagi. Unsur "
    "dengan beberapa pertanyaan: NRR-nya rata-rata NRR pertanyaannya.",
    "Unsur yang tidak dijawab siapa pun keluar dari rata-rata; bobotnya dibagikan sebanding ke "
    "unsur lain (bobot terpakai), sehingga jumlah bobot tetap.",
    f"ROUND(ROUND(x,{EXACT}),d) membulatkan x ke d desimal, setengah ke atas. ROUND yang di dalam "
    f"membuang sisa pecahan biner di bawah desimal ke-{EXACT}, agar 76,605 yang tersimpan sebagai "
    "76,60499999999999 menjadi 76,61.",
    "Mutu dicari pada IKM yang sudah dibulatkan 2 desimal, sehingga tidak ada nilai yang jatuh di "
    "celah tabel (76,605 dibulatkan 76,61: B). Nilai di bawah 25 termasuk kelas terendah.",
)
DUA_URUTAN = (
    "Perhatikan nomor unsur: daftar unsur PermenPANRB 14/2017 menomori Penanganan Pengaduan U8 dan "
    "Sarana dan prasarana U9, sedangkan contoh kuesionernya menanyakan Sarana pada nomor 8 dan "
    "Pengaduan pada nomor 9. Bandingkan unsur menurut namanya, bukan nomornya."
)


def method_sentences(metode: Metode) -> list[str]:
    """Return a method in words: each rounding stage, the IKM, and what a mean of periods takes."""
    path = (
        f"jumlah NRR tertimbang × {KONVERSI}"
        if metode.jalur is Jalur.INDEKS
        else "jumlah (IKM per unsur × bobot)"
    )
    taken = (
        "nilai yang belum dibulatkan"
        if metode.terbawa is Terbawa.PENUH
        else f"nilai tercetak (NRR {NRR_PLACES} desimal, IKM {IKM_PLACES} desimal)"
    )
    return [
        metode.keterangan,
        f"NRR {_stage(metode.nrr)}; NRR tertimbang {_stage(metode.tertimbang)}; IKM per unsur "
        f"{_stage(metode.ikm_unsur)}; indeks {_stage(metode.indeks)}.",
        f"IKM unit pelayanan = {path}, dibulatkan {IKM_PLACES} desimal, setengah ke atas.",
        f"Rata-rata beberapa periode memakai {taken}.",
    ]


def aggregation_sentence(hasil: HasilPeriode) -> str:
    """Return how a period's figures came about."""
    match hasil.cara:
        case Cara.RATA_RATA:
            return f"{period(hasil).label}: {hasil.catatan or 'belum ada jawaban'}."
        case Cara.GABUNGAN:
            return f"{period(hasil).label}: dihitung dari gabungan seluruh jawaban."
        case _:
            return f"{period(hasil).label}: dihitung langsung dari jawaban."


def write_method(lembar: Lembar, buku: BukuKerja, letak: Letak) -> LetakMutu:
    """Write methods, formulas, unsur, mutu and questionnaires; return where the mutu stands."""
    lembar.widths(WIDTHS)
    lembar.title("Metode dan kuesioner")
    row = 2
    methods: dict[Metode, list[str]] = {}
    for node in walk(buku.hasil):
        methods.setdefault(node.hasil.metode, []).append(aggregation_sentence(node))
    for metode, sentences in methods.items():
        texts = [*method_sentences(metode), *sentences]
        row = _paragraphs(lembar, row, f"Metode {metode.label}", texts)
    row = _paragraphs(lembar, row, "Dari jawaban sampai IKM", RUMUS)
    mutu, row = write_classes(lembar, row, [period(node) for node in walk(buku.hasil)], WIDTHS)
    row = _write_unsur(lembar, row, buku)
    _write_questions(lembar, row, buku, letak)
    return mutu


def _stage(desimal: int | None) -> str:
    return "tidak dibulatkan" if desimal is None else f"dibulatkan {desimal} desimal"


def _paragraphs(lembar: Lembar, row: int, judul: str, texts: Iterable[str]) -> int:
    lembar.text(row, 0, judul, lembar.gaya.subjudul)
    for text in texts:
        row += 1
        lembar.paragraph(row, text, TEXT_COLUMNS - 1, sum(WIDTHS[:TEXT_COLUMNS]), lembar.gaya.biasa)
    return row + 2


def _write_unsur(lembar: Lembar, row: int, buku: BukuKerja) -> int:
    """Write the unsur with their weights and the regulation's numbers; return the next free row."""
    unsur, gaya = buku.hasil.hasil.unsur, lembar.gaya
    codes = [u.kode for u in unsur]
    weights = buku.hasil.hasil.metode.bobot.shares(codes, codes)
    lembar.text(row, 0, "Unsur", gaya.subjudul)
    lembar.headings(row + 1, ["Kode", "Pada daftar peraturan", "Bobot", "Unsur"], WIDTHS)
    row += 2
    for item in unsur:
        lembar.text(row, 0, item.kode, gaya.tengah)
        lembar.text(row, 1, regulation_code(item.nama), gaya.tengah)
        lembar.figure(row, 2, ratio(weights[item.kode]), weights[item.kode], gaya.bobot)
        lembar.text(row, 3, item.nama, gaya.teks)
        lembar.fit(row, [item.nama], WIDTHS[3:])
        row += 1
    if {"U8", "U9"} <= {regulation_code(u.nama) for u in unsur}:
        return _paragraphs(lembar, row, "", [DUA_URUTAN])
    return row + 1


def regulation_code(nama: str) -> str:
    """Return the code of an unsur in the regulation's list; "" for one that it does not have."""
    for baku in unsur_baku():
        names = (baku.nama, baku.pendek, *baku.alias)
        if nama.casefold() in {known.casefold() for known in names}:
            return baku.kode
    return ""


def _write_questions(lembar: Lembar, row: int, buku: BukuKerja, letak: Letak) -> None:
    """Write the questions of every version, with the unsur that each counts for."""
    lembar.text(row, 0, "Kuesioner", lembar.gaya.subjudul)
    options = [f"Nilai {value}" for value in range(1, 5)]
    heads = ["Versi", "Pertanyaan", "Dihitung pada", "Unsur", "Teks pertanyaan", *options]
    lembar.headings(row + 1, heads, WIDTHS)
    row += 2
    for versi, kuesioner in buku.kuesioner.items():
        slots = buku.survei.slots(kuesioner)
        for question, slot in zip(kuesioner.pertanyaan, slots, strict=True):
            texts = [o.teks for o in sorted(question.pilihan, key=lambda o: o.nilai)]
            label = slot_label(slot, letak.slot)
            cells = [versi, question.kode, label, question.unsur, question.teks, *texts]
            for column, cell in enumerate(cells):
                lembar.text(row, column, cell, lembar.gaya.teks)
            lembar.fit(row, cells, WIDTHS)
            row += 1
