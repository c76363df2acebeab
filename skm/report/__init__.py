"""Documents for print: QR codes, posters that carry them, and the paper questionnaire."""

from skm.report.bundle import write_posters_zip
from skm.report.kuesioner import sheet_mark, write_questionnaire
from skm.report.poster import UKURAN, Tempelan, Ukuran, write_poster
from skm.report.qr import qr_png, qr_svg

__all__ = [
    "UKURAN",
    "Tempelan",
    "Ukuran",
    "qr_png",
    "qr_svg",
    "sheet_mark",
    "write_poster",
    "write_posters_zip",
    "write_questionnaire",
]
