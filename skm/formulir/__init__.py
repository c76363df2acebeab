"""The public form without its server: its fields, texts and pages, and how answers are read."""

from skm.formulir.fields import Isian, Pilihan, build_fields, question_names
from skm.formulir.flags import find_flags, is_outside_hours
from skm.formulir.parse import Formulir, Salah, Terbaca
from skm.formulir.stamp import Cap, read_stamp, sign_stamp
from skm.formulir.texts import Teks, languages

__all__ = [
    "Cap",
    "Formulir",
    "Isian",
    "Pilihan",
    "Salah",
    "Teks",
    "Terbaca",
    "build_fields",
    "find_flags",
    "is_outside_hours",
    "languages",
    "question_names",
    "read_stamp",
    "sign_stamp",
]
