"""A survey as its office defines it: the TOML files of `surveys/`, validated."""

from skm.survei.baku import regulation_survey
from skm.survei.load import SurveiFault, SurveiInvalidError, load_survei, parse_survei
from skm.survei.model import (
    Kuesioner,
    Layanan,
    Pertanyaan,
    Pilihan,
    Profil,
    Survei,
    Titik,
    Unsur,
)

__all__ = [
    "Kuesioner",
    "Layanan",
    "Pertanyaan",
    "Pilihan",
    "Profil",
    "Survei",
    "SurveiFault",
    "SurveiInvalidError",
    "Titik",
    "Unsur",
    "load_survei",
    "parse_survei",
    "regulation_survey",
]
