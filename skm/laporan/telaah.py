"""The questionnaire, the importance of unsur and the groups of respondents, in the report."""

from __future__ import annotations

from skm.analysis.kata_telaah import (
    BATAS_KEPENTINGAN,
    group_sentences,
    importance_sentences,
    questionnaire_sentences,
)
from skm.analysis.table import Tabel
from skm.laporan.bahan import Bahan
from skm.laporan.lembar import Lembar
from skm.telaah import services_table, sheet_tables

LAMPIRAN = "Lampiran 4"


def write_importance(bahan: Bahan, lembar: Lembar) -> None:
    """Write which unsur weigh most for the respondents; nothing where that cannot be told."""
    peta = bahan.telaah.peta
    if peta.titik:
        lembar.tulis(*importance_sentences(peta), BATAS_KEPENTINGAN, _where())


def write_groups(bahan: Bahan, lembar: Lembar) -> None:
    """Write which groups are less or more satisfied than the other respondents."""
    groups = bahan.telaah.kelompok
    lembar.tulis(*group_sentences(groups), _where() if groups else "")


def write_questionnaire(bahan: Bahan, lembar: Lembar) -> None:
    """Write how well the questions go together, and how the sheets were filled in."""
    mutu = bahan.telaah.kuesioner
    names = {u.kode: u.nama for u in bahan.survei.unsur}
    stated = _where() if mutu.korelasi else ""
    lembar.tulis(*questionnaire_sentences(mutu, names), stated)


def write_review(bahan: Bahan, lembar: Lembar) -> None:
    """Write the appendix with the figures behind these sentences; none where there are none."""
    tables = review(bahan)
    if not tables:
        return
    lembar.bab(LAMPIRAN, "Kepastian, mutu kuesioner, dan perbedaan antarkelompok")
    for table in tables:
        lembar.tabel(table, rapat=True)


def review(bahan: Bahan) -> list[Tabel]:
    """Return the tables of the appendix that have something to say."""
    telaah, survei, periode = bahan.telaah, bahan.survei, bahan.periode
    items, correlations, importance, groups = sheet_tables(telaah, survei, periode)
    found = []
    if len(bahan.pasti.layanan) > 1:
        found.append(services_table(bahan.pasti, survei, periode))
    if telaah.kuesioner.korelasi:
        found += [items, correlations]
    return [*found, *(table for table in (importance, groups) if table.baris)]


def _where() -> str:
    return f"Angkanya ada pada {LAMPIRAN}."
