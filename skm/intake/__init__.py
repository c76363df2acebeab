"""Files as offices have them: read → map the columns → check → accepted and rejected rows."""

from skm.intake.check import check
from skm.intake.columns import propose
from skm.intake.findings import BarisTolak, Opsi, Pemeriksaan, Temuan
from skm.intake.mapping import Butir, Keyakinan, Kolom, Pemetaan
from skm.intake.order import UrutanTanggal, undecided_order
from skm.intake.places import TakDikenal
from skm.intake.privacy import clean_saran, mask
from skm.intake.processing import ProcessingSheet
from skm.intake.read import CSV_SHEET, read_file
from skm.intake.rejects import write_rejects
from skm.intake.sheets import Bentuk, Berkas, Lembar, Sel
from skm.intake.template import write_template_csv, write_template_xlsx

__all__ = [
    "CSV_SHEET",
    "BarisTolak",
    "Bentuk",
    "Berkas",
    "Butir",
    "Keyakinan",
    "Kolom",
    "Lembar",
    "Opsi",
    "Pemeriksaan",
    "Pemetaan",
    "ProcessingSheet",
    "Sel",
    "TakDikenal",
    "Temuan",
    "UrutanTanggal",
    "check",
    "clean_saran",
    "mask",
    "propose",
    "read_file",
    "undecided_order",
    "write_rejects",
    "write_template_csv",
    "write_template_xlsx",
]
