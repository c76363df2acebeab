"""Sentences on certainty, questionnaire, importance and groups, for pages and report alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from skm.analysis.arah import PALING_SEDIKIT, TANPA_GALAT, Tren, Uji
from skm.analysis.beda_kelompok import BedaKelas, Dimensi, Putusan
from skm.analysis.kepastian import FEWEST
from skm.analysis.kepastian_unsur import Arah, letter_text
from skm.analysis.kepentingan import Kuadran, Peta
from skm.analysis.kuesioner import LEMAH, MEMADAI, TERLALU_TINGGI, MutuKuesioner
from skm.analysis.tabel_telaah import ratio_text, slot_name
from skm.analysis.tables import ikm_text, percent_text
from skm.analysis.tertimbang import TakTertimbang, Tertimbang, Tolakan
from skm.angka import format_change, format_number, round_half_up
from skm.ikm import IKM_PLACES
from skm.peraturan import TabelMutu

KEBETULAN = (
    "Rentang itu hanya mencakup kebetulan dalam penarikan responden, bukan siapa yang bersedia "
    "menjawab, cara pertanyaan dipahami, atau jawaban yang tidak jujur."
)
"""What an interval does not cover."""
DISEBUT = 2
"""Layanan that a reason names before it counts the others."""


def list_words(words: Sequence[str]) -> str:
    """Return "a", "a dan b", "a, b, dan c"."""
    if len(words) < 3:
        return " dan ".join(words)
    return f"{', '.join(words[:-1])}, dan {words[-1]}"


def chosen_sentence(sendiri: Fraction) -> str:
    """Return the warning about respondents who chose to answer; empty where there are none."""
    if not sendiri:
        return ""
    share = percent_text(sendiri * 100)
    return (
        f"Sebanyak {share} jawaban masuk melalui QR, kios, atau pesan: respondennya sendiri yang "
        "memilih untuk mengisi. Bila yang tidak puas lebih enggan (atau lebih terdorong) mengisi, "
        "angkanya bergeser, dan menambah jawaban tidak memperbaikinya."
    )


def trend_sentence(tren: Tren | None, periode: int) -> str:
    """Return what a test says of several periods, or how many it would need."""
    if tren is None:
        have = f"baru {format_number(periode)} periode" if periode else "belum ada periode"
        return (
            f"Arah beberapa periode belum dapat diuji: {have}. Diperlukan sedikitnya "
            f"{PALING_SEDIKIT} periode yang galat bakunya diketahui, atau {TANPA_GALAT} periode "
            "bila sebagian adalah angka terbit."
        )
    first, last = tren.periode[0].label, tren.periode[-1].label
    span = f"Selama {format_number(len(tren.periode))} periode ({first} sampai dengan {last})"
    how = "garis berbobot" if tren.uji is Uji.GARIS else "uji Mann-Kendall"
    slope = ""
    if tren.kemiringan is not None:
        slope = f", {format_change(tren.kemiringan, IKM_PLACES)} poin per tahun"
    test = f"({how}{slope}; p = {p_text(tren.p)})"
    if tren.arah is Arah.BELUM:
        return f"{span} kenaikan atau penurunan IKM belum dapat dibedakan dari kebetulan {test}."
    return f"{span} IKM benar-benar {tren.arah.value} {test}."


def p_text(p: Fraction) -> str:
    """Return a p-value as printed: three decimals, never a bare zero."""
    return "< 0,001" if p < Fraction(1, 1000) else format_number(p, 3)


TAK_DITIMBANG = {
    Tolakan.TANPA_POPULASI: "jumlah orang yang dilayani per jenis layanan belum dicatat untuk "
    "{periode}",
    Tolakan.KURANG_POPULASI: "jumlah yang dilayani pada {periode} belum dicatat untuk {layanan}",
    Tolakan.TERLALU_BANYAK: "jawaban pada {periode} lebih banyak daripada orang yang dilayani "
    "untuk {layanan}; periksa jumlah yang dicatat",
    Tolakan.KOSONG: "layanan tanpa satu jawaban pun pada {periode} melayani lebih dari "
    "sepersepuluh orang: {layanan}",
    Tolakan.SATU: f"pada {{periode}} kurang dari dua kelompok layanan memiliki {FEWEST} jawaban",
}
"""Why nothing is weighted, inside a sentence."""


def weighted_sentences(
    hasil: Tertimbang | TakTertimbang, names: Mapping[str, str], tabel: TabelMutu
) -> list[str]:
    """Return the weighted IKM beside the official one, or why there is none."""

    def named(codes: Sequence[str]) -> str:
        return list_words([names.get(kode, kode) for kode in codes])

    if isinstance(hasil, TakTertimbang):
        why = TAK_DITIMBANG[hasil.alasan]
        left = len(hasil.layanan) - DISEBUT
        which = named(hasil.layanan)
        if left > 1:
            first = ", ".join(names.get(kode, kode) for kode in hasil.layanan[:DISEBUT])
            which = f"{first}, dan {format_number(left)} layanan lain"
        reason = why.format(periode=hasil.periode.label, layanan=which)
        return [f"IKM tertimbang menurut jumlah yang dilayani tidak dihitung, karena {reason}."]
    found = [
        "Bila setiap jenis layanan ditimbang menurut jumlah orang yang dilayaninya, IKM menjadi "
        f"{ikm_text(hasil.ikm)}{_error(hasil, tabel)}. Angka ini pembanding; IKM resmi tidak "
        "berubah."
    ]
    effect = (
        f"Bobot yang tidak sama membuat jawaban berbicara seperti {format_number(hasil.setara)} "
        f"responden berbobot sama (efek desain Kish {format_number(hasil.kish, 2)}"
    )
    if hasil.efek is not None:
        effect += f"; efek desain seluruhnya {format_number(hasil.efek, 2)}"
    found.append(f"{effect}).")
    if hasil.digabung:
        found.append(
            f"Layanan dengan kurang dari {FEWEST} jawaban digabung menjadi satu kelompok: "
            f"{named(hasil.digabung)}."
        )
    if hasil.kosong:
        found.append(
            f"Di antaranya tanpa jawaban, dianggap serupa dengan kelompok itu: "
            f"{named(hasil.kosong)}."
        )
    if hasil.tanpa_layanan:
        found.append(
            f"{format_number(hasil.tanpa_layanan)} jawaban tanpa jenis layanan tidak ikut."
        )
    return found


def _error(hasil: Tertimbang, tabel: TabelMutu) -> str:
    sure = hasil.kepastian
    if sure is None:
        return f" (mutu {tabel.classify(hasil.ikm).mutu})"
    return (
        f" ± {format_number(sure.jarak, IKM_PLACES)} (galat baku {format_number(sure.galat, 2)}; "
        f"mutu {letter_text(sure, tabel)})"
    )


def questionnaire_sentences(mutu: MutuKuesioner, names: Mapping[str, str]) -> list[str]:
    """Return how well the questions go together, and how the sheets were filled in."""
    return [*_alpha(mutu), *_weak(mutu, names), *_straight(mutu), *_blank(mutu, names)]


def _alpha(mutu: MutuKuesioner) -> list[str]:
    if mutu.lengkap < FEWEST:
        return [
            f"Keandalan kuesioner dinyatakan mulai dari {FEWEST} lembar yang terisi lengkap; "
            f"periode ini memiliki {format_number(mutu.lengkap)}."
        ]
    if mutu.alpha is None:
        return ["Keandalan kuesioner tidak dapat dihitung, karena jawabannya tidak beragam."]
    printed = round_half_up(mutu.alpha, 2)
    verdict = "memadai" if printed >= MEMADAI else "rendah (di bawah 0,70)"
    if printed >= TERLALU_TINGGI:
        verdict = "sangat tinggi: pertanyaannya menanyakan hal yang sama, atau lembar diisi lurus"
    text = (
        f"Alfa Cronbach {ratio_text(mutu.alpha)} (baku {ratio_text(mutu.alpha_baku)}), {verdict}."
    )
    if mutu.alpha_beragam is not None and mutu.seragam:
        text += f" Tanpa lembar yang diisi lurus: {ratio_text(mutu.alpha_beragam)}."
    return [text]


def _weak(mutu: MutuKuesioner, names: Mapping[str, str]) -> list[str]:
    weak = [
        slot_name(b.slot, names, mutu.butir)
        for b in mutu.butir
        if b.korelasi is not None and b.korelasi < LEMAH
    ]
    if not weak:
        return []
    return [
        f"Kurang sejalan dengan unsur yang lain (korelasi di bawah "
        f"{format_number(LEMAH, 2)}): {list_words(weak)}. Periksa apakah pertanyaannya dipahami."
    ]


def _straight(mutu: MutuKuesioner) -> list[str]:
    if not mutu.dinilai:
        return []
    return [
        f"{format_number(mutu.seragam)} dari {format_number(mutu.dinilai)} lembar "
        f"({percent_text(mutu.persen_seragam)}) diisi lurus: semua jawabannya sama. Itu dapat "
        "berarti benar-benar puas, dapat pula berarti tidak dibaca."
    ]


def _blank(mutu: MutuKuesioner, names: Mapping[str, str]) -> list[str]:
    worst = max(mutu.butir, key=lambda b: b.persen_kosong, default=None)
    if worst is None or not worst.kosong:
        return ["Tidak ada pertanyaan yang dikosongkan."] if mutu.butir else []
    return [
        f"Paling sering dikosongkan: {slot_name(worst.slot, names, mutu.butir)} "
        f"({percent_text(worst.persen_kosong)})."
    ]


def importance_sentences(peta: Peta) -> list[str]:
    """Return which unsur are important and below the unit, and how far that can be trusted."""
    if not peta.titik:
        return [
            f"Kepentingan unsur dinyatakan mulai dari {FEWEST} lembar yang terisi lengkap dengan "
            "sedikitnya tiga unsur yang jawabannya beragam."
        ]
    first = [t for t in peta.titik if t.kuadran is Kuadran.UTAMA]
    clear = [f"{t.kode} {t.nama}" for t in first if t.jelas]
    near = [f"{t.kode} {t.nama}" for t in first if not t.jelas]
    if not first:
        return ["Tidak ada unsur yang penting sekaligus di bawah IKM unit."]
    found = []
    if clear:
        found.append(f"Penting dan di bawah IKM unit: {list_words(clear)}.")
    if near:
        found.append(
            f"Mungkin penting dan di bawah IKM unit, tetapi rentang 95%-nya melintasi batas: "
            f"{list_words(near)}."
        )
    return found


BATAS_KEPENTINGAN = (
    "Kepentingan tidak ditanyakan, melainkan diturunkan dari jawaban: seberapa sejalan sebuah "
    "unsur dengan semua unsur yang lain. Itu petunjuk, bukan bukti sebab-akibat: kesan umum "
    "mengangkat semua jawaban, dan unsur yang baik bagi semua orang tampak kurang penting karena "
    "jawabannya hampir tidak beragam."
)
"""What derived importance cannot say."""


def group_sentences(dimensi: Sequence[Dimensi]) -> list[str]:
    """Return which groups differ from the other respondents beyond chance, and what it may mean."""
    judged = [(d, k) for d in dimensi for k in d.kelas if k.jarak_selisih is not None]
    if not judged:
        return [
            f"Belum ada golongan dengan sedikitnya dua kelompok yang memiliki {FEWEST} responden, "
            "sehingga perbedaannya belum dapat dinilai."
        ]
    low = [_named(d, k) for d, k in judged if k.putusan is Putusan.RENDAH]
    high = [_named(d, k) for d, k in judged if k.putusan is Putusan.TINGGI]
    if not low and not high:
        return [
            f"Dari {format_number(len(judged))} kelompok yang dinilai tidak ada yang berbeda dari "
            "responden lain di luar kebetulan.",
            SEBAB_KELOMPOK,
        ]
    found = []
    if low:
        found.append(f"Lebih rendah daripada responden lain: {list_words(low)}.")
    if high:
        found.append(f"Lebih tinggi daripada responden lain: {list_words(high)}.")
    return [*found, SEBAB_KELOMPOK]


def _named(dimensi: Dimensi, kelas: BedaKelas) -> str:
    change = format_change(kelas.selisih or Fraction(0), IKM_PLACES)
    return f"{kelas.nama} ({dimensi.judul.lower()}, {change} poin)"


SEBAB_KELOMPOK = (
    "Perbedaan antarkelompok dapat berasal dari jenis layanan atau tempat yang mereka datangi, "
    "bukan dari perlakuan terhadap mereka."
)
"""What a difference between groups need not mean."""
TANPA_JAM = (
    "Jam pengisian tidak ada pada arsip periode yang ditutup, sehingga hanya ditampilkan selama "
    "seluruh periode masih terbuka."
)
"""Why the time of day is missing."""
