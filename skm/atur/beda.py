"""What a draft changes, in words that a clerk checks before pressing Save."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from skm.angka import format_number
from skm.atur.daftar import Butir, Daftar, entries
from skm.atur.dokumen import get
from skm.atur.hitung import SENDIRI, Target, method, targets, weight
from skm.atur.kalimat import INDONESIA, KALIMAT, languages, translation
from skm.atur.kuesioner import VERSI, Soal, asked, questions, unsur_names

Data = Mapping[str, Any]

NAMED = 3
"""As many changes of one kind are named; more are counted."""
_OWN = {
    ("judul",): "Judul survei",
    ("instansi",): "Nama pemerintah/instansi",
    ("unit",): "Nama unit pelayanan",
    ("zona_waktu",): "Zona waktu",
    ("keterangan",): "Keterangan",
    ("agregasi",): "Cara menggabung semester dan tahun",
    ("formulir", "halaman"): "Susunan formulir",
    ("formulir", "waktu_minimum"): "Batas pengisian terlalu cepat",
    ("formulir", "simpan_bulan"): "Masa simpan jawaban",
}
_REST = {
    "profil": "Data responden (usia, pendidikan, dan seterusnya) diubah.",
    "dinilai_langsung": "Periode yang dinilai langsung diubah.",
    "contoh": "Tanda survei contoh diubah.",
    "data": "Daftar berkas contoh diubah.",
}


def changes(before: Data, after: Data) -> tuple[str, ...]:
    """Return what is different, a sentence each; empty where nothing a reader sees is."""
    return tuple(
        sentence
        for part in (_own, _lists, _questions, _method, _targets, _languages, _rest)
        for sentence in part(before, after)
    )


def notes(before: Data, after: Data) -> tuple[str, ...]:
    """Return what a change may have left behind: translations of words that are now others."""
    found = []
    for bahasa in languages(after)[1:]:
        stale = [
            label
            for key, label, old, new in _words(before, after)
            if old != new
            and (kept := translation(after, bahasa, key))
            and kept == translation(before, bahasa, key)
        ]
        if stale:
            found.append(f"Teks {_language(bahasa)} belum disesuaikan: {_names(stale)}.")
    return tuple(found)


def _own(before: Data, after: Data) -> Iterator[str]:
    for path, label in _OWN.items():
        old, new = get(before, path, ""), get(after, path, "")
        if old == new:
            continue
        yield f"{label}: “{old}” menjadi “{new}”." if old != "" else f"{label}: “{new}”."


def _lists(before: Data, after: Data) -> Iterator[str]:
    for daftar in Daftar:
        yield from _list(daftar, entries(before, daftar), entries(after, daftar))


def _list(daftar: Daftar, before: Sequence[Butir], after: Sequence[Butir]) -> Iterator[str]:
    old = {b.kode: b for b in before}
    new = {b.kode: b for b in after}
    both = [(old[k], new[k]) for k in old if k in new]
    nama = daftar.nama
    yield from _counted([new[k].nama for k in new if k not in old], f"{nama} ditambah")
    yield from _counted([old[k].nama for k in old if k not in new], f"{nama} dihapus")
    renamed = [f"{o.nama} → {n.nama}" for o, n in both if o.nama != n.nama]
    yield from _counted(renamed, f"{nama} diganti nama")
    off = [n.nama for o, n in both if o.aktif and not n.aktif]
    yield from _counted(off, f"{nama} tidak dipakai lagi (riwayatnya tetap)")
    yield from _counted(
        [n.nama for o, n in both if n.aktif and not o.aktif], f"{nama} dipakai lagi"
    )
    placed = [n.nama for o, n in both if (o.jenis, o.induk) != (n.jenis, n.induk)]
    yield from _counted(placed, f"{nama} berubah jenis atau induknya")
    if [k for k in old if k in new] != [k for k in new if k in old]:
        yield f"Urutan {nama} diubah."


def _questions(before: Data, after: Data) -> Iterator[str]:
    old_unsur, new_unsur = unsur_names(before), unsur_names(after)
    yield from _counted([n for n in new_unsur if n not in old_unsur], "unsur ditambah")
    yield from _counted([n for n in old_unsur if n not in new_unsur], "unsur dihapus")
    both = [n for n in old_unsur if n in new_unsur]
    if both != [n for n in new_unsur if n in old_unsur]:
        yield "Urutan unsur diubah."
    yield from _counted([n for n in both if old_unsur[n] != new_unsur[n]], "unsur diganti kodenya")
    old, new = questions(before), questions(after)
    versi = get(after, VERSI)
    if asked(before) != asked(after):
        what = ", ".join(_question_changes(old, new)) or "isinya diubah"
        yield f"Kuesioner versi baru {versi}: {what}. Jawaban lama tetap pada versinya."
    elif versi != get(before, VERSI):
        yield f"Versi kuesioner berganti nama menjadi {versi}."


def _question_changes(before: Sequence[Soal], after: Sequence[Soal]) -> Iterator[str]:
    old, new = {q.kode: q for q in before}, {q.kode: q for q in after}
    both = [(old[k], new[k]) for k in old if k in new]
    for amount, what in (
        (len(new.keys() - old.keys()), "pertanyaan ditambah"),
        (len(old.keys() - new.keys()), "pertanyaan dihapus"),
        (sum(o.teks != n.teks for o, n in both), "pertanyaan diubah bunyinya"),
        (sum(o.pilihan != n.pilihan for o, n in both), "pertanyaan diubah pilihannya"),
        (sum(o.unsur != n.unsur for o, n in both), "pertanyaan pindah unsur"),
    ):
        if amount:
            yield f"{format_number(amount)} {what}"
    if [k for k in old if k in new] != [k for k in new if k in old]:
        yield "urutannya diubah"


def _method(before: Data, after: Data) -> Iterator[str]:
    if get(before, ("metode",), {}) == get(after, ("metode",), {}):
        return
    old, new = (f"{method(d)}, bobot {_weight(d)}" for d in (before, after))
    closed = "Periode yang sudah ditutup tidak berubah."
    if old == new:
        yield f"Rincian cara hitung diubah. {closed}"
    else:
        yield f"Cara hitung: {old} menjadi {new}. {closed}"


def _weight(data: Data) -> str:
    found = weight(data)
    return "sendiri" if found == SENDIRI else found.replace(".", ",")


def _targets(before: Data, after: Data) -> Iterator[str]:
    for target, label in ((Target.IKM, "Target IKM"), (Target.RESPONDEN, "Target responden")):
        old, new = targets(before, target), targets(after, target)
        for kode in sorted(old.keys() | new.keys()):
            if old.get(kode) == new.get(kode):
                continue
            if kode not in new:
                yield f"{label} {kode} ({old[kode]}) dihapus."
            elif kode in old:
                yield f"{label} {kode}: {old[kode]} menjadi {new[kode]}."
            else:
                yield f"{label} {kode}: {new[kode]}."


def _languages(before: Data, after: Data) -> Iterator[str]:
    known, offered = languages(before), languages(after)
    for kode in offered:
        if kode not in known:
            yield f"Formulir juga dalam bahasa {_language(kode)}."
    for kode in known:
        if kode not in offered:
            yield f"Bahasa {_language(kode)} dihapus dari formulir."
        yield from _texts(kode, before, after)


def _texts(bahasa: str, before: Data, after: Data) -> Iterator[str]:
    old, new = (get(d, ("bahasa", bahasa, "teks"), {}) for d in (before, after))
    if bahasa not in languages(after):
        return
    touched = [k for k in {**old, **new} if old.get(k) != new.get(k)]
    own = {f"formulir.{k.kunci}": k.judul for k in KALIMAT}
    names = [own[k] for k in own if k in touched]
    rest = len(touched) - len(names)
    suffix = "" if bahasa == INDONESIA else f" ({_language(bahasa)})"
    yield from _counted(names, f"teks formulir diubah{suffix}")
    if rest:
        yield f"{format_number(rest)} terjemahan diubah{suffix}."


def _rest(before: Data, after: Data) -> Iterator[str]:
    for key, sentence in _REST.items():
        if before.get(key) != after.get(key):
            yield sentence
    old, new = (dict(get(d, ("formulir",), {})) for d in (before, after))
    for key in ("halaman", "waktu_minimum", "simpan_bulan"):
        old.pop(key, None)
        new.pop(key, None)
    if old != new:
        yield "Aturan formulir (isian wajib atau jam layanan) diubah."
    for key in ("unsur", "layanan", "titik"):
        old_alias, new_alias = ([r.get("alias") for r in d.get(key, [])] for d in (before, after))
        if old_alias != new_alias and len(old_alias) == len(new_alias):
            yield f"Nama lain (alias) pada daftar {key} diubah."


def _words(before: Data, after: Data) -> Iterator[tuple[str, str, object, object]]:
    """Yield what a language may translate: its key, how it is called, its words before and now."""
    for path in ("judul", "unit"):
        yield path, path, before.get(path), after.get(path)
    old = {q.kode: q for q in questions(before)}
    for number, q in enumerate(questions(after), start=1):
        if q.kode in old:
            yield f"pertanyaan.{q.kode}", f"pertanyaan {number}", old[q.kode].teks, q.teks
            for nilai, teks in q.pilihan:
                was = dict(old[q.kode].pilihan).get(nilai)
                yield f"pilihan.{q.kode}.{nilai}", f"pilihan {nilai} pertanyaan {number}", was, teks
    names = {b.kode: b.nama for b in entries(before, Daftar.LAYANAN)}
    for b in entries(after, Daftar.LAYANAN):
        if b.kode in names:
            yield f"layanan.{b.kode}", f"layanan {b.nama}", names[b.kode], b.nama


def _counted(names: Sequence[str], what: str) -> Iterator[str]:
    if names:
        yield f"{format_number(len(names))} {what}: {_names(names)}."


def _names(names: Sequence[str]) -> str:
    shown = ", ".join(names[:NAMED])
    more = len(names) - NAMED
    return f"{shown}, dan {format_number(more)} lagi" if more > 0 else shown


def _language(kode: str) -> str:
    return {"en": "Inggris", "id": "Indonesia"}.get(kode, kode)
