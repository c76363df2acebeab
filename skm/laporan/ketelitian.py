"""How sure the figures of a report are: per layanan, and whether each unsur really moved."""

from __future__ import annotations

from dataclasses import replace

from skm.agregasi import compute_period
from skm.analysis.groups import Per
from skm.analysis.kepastian import FEWEST
from skm.analysis.kepastian_unsur import group_certainty, letter_text, unsur_changes
from skm.analysis.table import Kolom, Tabel
from skm.analysis.tables import TANPA, ikm_text
from skm.analysis.trend import before
from skm.angka import format_change, format_number
from skm.ikm import IKM_PLACES
from skm.laporan.bahan import Bahan
from skm.laporan.kecil import hidden_codes, is_hidden
from skm.peraturan import tabel_mutu


def change_table(bahan: Bahan) -> Tabel:
    """Return each unsur's change from the period before, with what can be said of it.

    Without rows where either period has too few answers. The verdicts hold together (Holm).
    """
    earlier = before(bahan.periode, bahan.resmi.aturan)
    past = compute_period(bahan.resmi.cells(earlier), earlier, bahan.resmi.aturan)
    values = {u.kode: u for u in past.hasil.unsur}
    now = {u.kode: u for u in bahan.kini.hasil.unsur}
    rows = tuple(
        (
            f"{c.kode} {c.nama}",
            ikm_text(values[c.kode].ikm),
            ikm_text(now[c.kode].ikm),
            format_change(c.beda.selisih, IKM_PLACES),
            f"±{format_number(c.beda.jarak, IKM_PLACES)}",
            c.arah.value,
        )
        for c in unsur_changes(bahan.kini, past)
    )
    words = (earlier.label, bahan.periode.label, "Perubahan", "Ketidakpastian")
    kolom = (Kolom("Unsur"), *(Kolom(w, angka=True) for w in words), Kolom("Kesimpulan"))
    note = (
        "Ketidakpastian adalah setengah selang kepercayaan 95% karena penarikan sampel. Kesimpulan "
        "berlaku bersama-sama untuk semua unsur (koreksi Holm)."
    )
    title = f"Perubahan IKM per unsur terhadap {earlier.label}"
    return Tabel("perubahan-unsur", title, kolom, rows, catatan=note)


def with_certainty(bahan: Bahan, tabel: Tabel) -> Tabel:
    """Return the table of layanan with a column that says how sure each letter is."""
    groups = bahan.groups(Per.LAYANAN)
    hidden = hidden_codes(groups, Per.LAYANAN)
    scores = bahan.resmi.scores(bahan.periode, (Per.LAYANAN.value,))
    classes = tabel_mutu(bahan.periode.mulai)
    words = []
    for group in groups:
        known = None if is_hidden(group, Per.LAYANAN, hidden) else group_certainty(group, scores)
        words.append(
            TANPA
            if known is None
            else f"±{format_number(known.jarak, IKM_PLACES)}; {letter_text(known, classes)}"
        )
    note = f"Kepastian dinyatakan mulai dari {FEWEST} responden pada setiap periode yang diukur."
    place = next(i for i, k in enumerate(tabel.kolom) if k.judul == "Mutu") + 1
    return replace(
        tabel,
        catatan=f"{note} {tabel.catatan}".strip(),
        kolom=(*tabel.kolom[:place], Kolom("Kepastian"), *tabel.kolom[place:]),
        baris=tuple(
            (*row[:place], word, *row[place:]) for row, word in zip(tabel.baris, words, strict=True)
        ),
    )
