"""Sentences that follow from figures, in the Indonesian of a good office. Nothing here computes."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from skm.analysis.groups import Kelompok, Per
from skm.analysis.kepastian import FEWEST, Alasan, Beda, Kepastian
from skm.analysis.strength import Sorotan, printed_ikm, strongest, weakest
from skm.analysis.suppress import is_small
from skm.analysis.tables import ikm_text, percent_text
from skm.analysis.target import Capaian
from skm.analysis.trend import Perubahan
from skm.angka import format_number
from skm.ikm import HasilUnsur
from skm.peraturan import TabelMutu
from skm.periode import Periode

ANGKA = (
    "nol",
    "satu",
    "dua",
    "tiga",
    "empat",
    "lima",
    "enam",
    "tujuh",
    "delapan",
    "sembilan",
)


def join_words(words: Sequence[str]) -> str:
    """Return "a", "a dan b", "a, b, dan c"."""
    if len(words) < 3:
        return " dan ".join(words)
    return f"{', '.join(words[:-1])}, dan {words[-1]}"


def sentence(text: str) -> str:
    """Return a phrase as a sentence: a capital first, a full stop last."""
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def count_word(number: int) -> str:
    """Return a count inside a sentence: "sembilan" up to nine, digits from ten on."""
    return ANGKA[number] if 0 <= number < len(ANGKA) else format_number(number)


def unsur_name(unsur: HasilUnsur) -> str:
    """Return "U3 Waktu penyelesaian"."""
    return f"{unsur.kode} {unsur.nama}"


def extreme_sentences(terkuat: Sorotan, terlemah: Sorotan, terisi: int) -> list[str]:
    """Return the sentences about the highest and the lowest unsur; one where they are the same."""
    if terisi == 1 and terkuat.unsur:
        (only,) = terkuat.unsur
        value = _value(printed_ikm(only), [only])
        return [f"Hanya satu unsur yang terisi, yaitu {unsur_name(only)} dengan nilai {value}."]
    found = [
        extreme_sentence(terkuat, terendah=False),
        extreme_sentence(terlemah, terendah=True),
    ]
    return list(dict.fromkeys(found))


def extreme_sentence(sorotan: Sorotan, *, terendah: bool) -> str:
    """Return which unsur are the lowest or highest, equal ones named together."""
    groups: dict[Decimal, list[HasilUnsur]] = {}
    for unsur in sorotan.unsur:
        groups.setdefault(printed_ikm(unsur), []).append(unsur)
    if not groups:
        return sorotan.catatan
    kind = "terendah" if terendah else "tertinggi"
    (value, first), *rest = groups.items()
    start = f"{_names(first)} {'sama-sama ' if len(first) > 1 else ''}memperoleh nilai {kind}, "
    followers = [f"{_names(group)} dengan {_value(v, group)}" for v, group in rest]
    tail = f", disusul {join_words(followers)}" if followers else ""
    return f"{start}{_value(value, first)}{tail}."


def _names(unsur: Sequence[HasilUnsur]) -> str:
    return join_words([unsur_name(u) for u in unsur])


def _value(value: Decimal, group: Sequence[HasilUnsur]) -> str:
    each = "masing-masing " if len(group) > 1 else ""
    return f"{each}{ikm_text(value)} (mutu {group[0].mutu})"


def change_sentences(perubahan: Perubahan | None, beda: Beda | None) -> list[str]:
    """Return how the IKM moved, and whether chance explains it."""
    if perubahan is None:
        return ["Nilai periode sebelumnya belum tersedia, sehingga perubahannya tidak dinilai."]
    earlier = f"{perubahan.sebelum.label} ({ikm_text(perubahan.ikm_sebelum)})"
    if not perubahan.selisih:
        return [f"IKM sama dengan {earlier}."]
    move = "naik" if perubahan.selisih > 0 else "turun"
    points = format_number(abs(perubahan.selisih), 2)
    found = [f"Dibandingkan dengan {earlier}, IKM {move} {points} poin."]
    if beda is not None and beda.selisih == perubahan.selisih:
        found.append(_move_sentence(beda))
    return found


def _move_sentence(beda: Beda) -> str:
    word = "kenaikan" if beda.selisih > 0 else "penurunan"
    reach = f"±{format_number(beda.jarak, 2)} poin"
    if beda.nyata:
        return (
            f"Selisih itu lebih besar daripada ketidakpastian penarikan sampel ({reach}), "
            f"sehingga {word} tersebut nyata."
        )
    return (
        f"Selisih itu tidak melampaui ketidakpastian penarikan sampel ({reach}), sehingga belum "
        f"dapat disebut {word}."
    )


def target_sentence(capaian: Capaian | None, periode: Periode) -> str:
    """Return whether the target was reached."""
    if capaian is None or capaian.persen is None:
        return f"{periode.label} tidak memiliki target."
    whose = "" if capaian.periode == periode else f" ({capaian.periode.label})"
    reached = "tercapai" if capaian.persen >= 100 else "belum tercapai"
    return (
        f"Target sebesar {ikm_text(capaian.target)}{whose} {reached}, dengan capaian "
        f"{percent_text(capaian.persen)}."
    )


TANPA_KEPASTIAN = {
    Alasan.SEDIKIT: f"Jumlah responden pada periode yang diukur kurang dari {FEWEST}, sehingga "
    "ketidakpastian angkanya tidak dinyatakan.",
    Alasan.BOBOT: "Bobot unsur tidak sama, sehingga ketidakpastian angkanya tidak dinyatakan.",
    Alasan.SERAGAM: "Semua responden memberi nilai yang sama, sehingga ketidakpastian angkanya "
    "tidak dapat diperkirakan dari jawaban mereka.",
}
"""Why no interval is printed."""


def certainty_sentences(
    kepastian: Kepastian | None, alasan: Alasan | None, tabel: TabelMutu, mutu: str
) -> list[str]:
    """Return the interval in words, and how sure the letter is; or why there is none."""
    if kepastian is None:
        return [TANPA_KEPASTIAN[alasan or Alasan.SEDIKIT]]
    span = f"antara {ikm_text(kepastian.dari)} dan {ikm_text(kepastian.sampai)}"
    found = [
        f"Dengan tingkat kepercayaan 95%, IKM yang sebenarnya diperkirakan berada {span} "
        f"(galat baku {format_number(kepastian.galat, 2)} poin)."
    ]
    letters = [tabel.classify(value).mutu for value in (kepastian.dari, kepastian.sampai)]
    if letters[0] == letters[1]:
        found.append(f"Seluruh selang itu berada pada mutu {mutu}; mutu ini hampir pasti.")
    else:
        both = join_words(sorted(set(letters)))
        found.append(f"Selang itu mencakup mutu {both}, sehingga mutu {mutu} belum pasti.")
    found.append(
        "Selang tersebut hanya memperhitungkan kebetulan dalam penarikan sampel. Kemungkinan bahwa "
        "orang yang mengisi survei berbeda dari yang tidak mengisinya tidak tercakup di dalamnya."
    )
    return found


def group_sentence(group: Kelompok, nama: str, huruf_mulai: int, *, tersembunyi: bool) -> str:
    """Return a layanan's or titik's figures in a sentence, or why they are not told.

    Groups with fewer than `huruf_mulai` respondents have no letter.
    """
    hasil = group.hasil.hasil
    people = f"{nama} ({format_number(hasil.responden)} responden)"
    if is_small(hasil.responden) or hasil.ikm is None:
        return f"{people}: responden terlalu sedikit untuk dinilai tersendiri."
    if tersembunyi:
        return f"{people}: angkanya tidak ditampilkan agar kelompok kecil tidak terhitung darinya."
    strong, weak = strongest(hasil), weakest(hasil)
    letter = f", mutu {hasil.mutu}" if hasil.responden >= huruf_mulai else ""
    text = f"{people}: IKM {ikm_text(hasil.ikm)}{letter}"
    if not weak.unsur or not strong.unsur:
        return f"{text}. {weak.catatan or strong.catatan}"
    return f"{text}; terkuat {_brief(strong)}, terlemah {_brief(weak)}."


def _brief(sorotan: Sorotan) -> str:
    """Return the most extreme unsur, those that print alike together."""
    edge = printed_ikm(sorotan.unsur[0])
    alike = [u for u in sorotan.unsur if printed_ikm(u) == edge]
    return f"{_names(alike)} ({ikm_text(edge)})"


GOLONGAN = {Per.LAYANAN: "jenis layanan", Per.TITIK: "titik layanan", Per.KANAL: "kanal"}
"""What a dimension is called inside a sentence."""
